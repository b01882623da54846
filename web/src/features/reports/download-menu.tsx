import { Button, Menu } from '@mantine/core';
import { addressOf, routes } from '../../api.ts';
import { Icon } from '../../ui/icon.tsx';
import { FILES } from './words.ts';

type File = Pick<(typeof FILES)[number], 'format' | 'part'>;

/** URL of a report's file. The same report always returns the same bytes. */
export function reportFile(client: string, report: string, { format, part }: File): string {
  return addressOf(routes.reports.download, {
    client,
    report,
    format,
    ...(part === undefined ? {} : { part }),
  });
}

/** The files of a report, as a menu in its row of the list. */
export function DownloadMenu({ client, report, title }: { client: string; report: string; title: string }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" leftSection={<Icon name="download" size={14} />} aria-label={`Download ${title}`}>
          Download
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FILES.map((file) => (
          <Menu.Item key={file.label} component="a" href={reportFile(client, report, file)} download>
            {file.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
