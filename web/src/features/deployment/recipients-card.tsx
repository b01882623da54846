import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { fetchFile, routes } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { AppLink } from '../controls/link-button.tsx';
import type { Task } from './words.ts';

interface RecipientsProps {
  readonly slug: string;
  readonly recipients: NonNullable<Task['recipients']>;
  /** Whether Bylaw can send the message and the viewer may record it. */
  readonly sends: boolean;
}

// Loaded only when someone opens it: the page would otherwise need more than 250 kB of script.
const AnnounceDialog = lazy(async () => ({
  default: (await import('./announce-dialog.tsx')).AnnounceDialog,
}));

/** Recipients of an announcement: Bylaw sends one mail to each, or the list is exported for sending by hand. */
export function RecipientsCard({ slug, recipients, sends }: RecipientsProps) {
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState<readonly { address: string; why: string }[]>([]);
  const { count: people, withoutAddress, why, rosterOn } = recipients;
  return (
    <Card
      title="Who has to be notified"
      aside={rosterOn === null ? undefined : `Roster of ${dayWords(rosterOn)}`}
    >
      {people === null || withoutAddress === null ? (
        <p>
          Not known yet. {why} <AppLink href={`/c/${slug}/imports`}>Import files</AppLink>
        </p>
      ) : (
        <Stack>
          <p>
            {count(people, 'person works', 'people work')} here according to the roster.{' '}
            {sends ? 'Send the message from here, or export' : 'Export'} the list, send the message to
            everyone on it, and keep the file with its date under Evidence.
            {withoutAddress === 0
              ? ''
              : ` ${count(withoutAddress, 'line', 'lines')} of it ${withoutAddress === 1 ? 'says' : 'say'} what is missing, such as an address.`}
          </p>
          {failed.length === 0 ? null : (
            <Notice mark="fail">
              These emails could not be sent. You can send them again:{' '}
              {failed.map(({ address, why }) => `${address} (${why})`).join('; ')}
            </Notice>
          )}
          <Row gap="md">
            {sends ? <Button onClick={() => setOpen(true)}>Notify staff by email…</Button> : null}
            <ExportMenu
              onExport={(format) => fetchFile(routes.deployment.recipients, { client: slug, format })}
            />
          </Row>
          {open ? (
            <Suspense fallback={null}>
              <AnnounceDialog onClose={() => setOpen(false)} onFailed={setFailed} />
            </Suspense>
          ) : null}
        </Stack>
      )}
    </Card>
  );
}
