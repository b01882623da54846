import { Button, Menu } from '@mantine/core';
import { addressOf, routes } from '../../api.ts';
import { Icon } from '../../ui/icon.tsx';
import { FILE_FORMATS } from './words.ts';

type Format = (typeof FILE_FORMATS)[number]['format'];

/** Where a report's file is fetched from. The same report gives the same bytes whenever it is asked for. */
export function reportFile(client: string, report: string, format: Format): string {
  return addressOf(routes.reports.download, { client, report, format });
}

/** A report as PDF, web page, workbook or JSON, from its row in the list. */
export function DownloadMenu({ client, report, title }: { client: string; report: string; title: string }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" leftSection={<Icon name="download" size={14} />} aria-label={`Download ${title}`}>
          Download
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FILE_FORMATS.map(({ format, label }) => (
          <Menu.Item key={format} component="a" href={reportFile(client, report, format)} download>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
