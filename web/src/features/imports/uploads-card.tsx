import { Button } from '@mantine/core';
import { count } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Stack } from '../../ui/layout.tsx';
import classes from './imports.module.css';
import { retryFailed, type Upload } from './uploads.ts';
import { sizeWords } from './words.ts';

/** Maximum number of files shown; the others are only counted. */
const SHOWN = 12;

/** Files being uploaded, with progress and errors. */
export function UploadsCard({ id, uploads }: { id: string; uploads: readonly Upload[] }) {
  const total = uploads.reduce((sum, { bytes }) => sum + bytes, 0);
  const sent = uploads.reduce((sum, upload) => sum + Math.min(upload.sent, upload.bytes), 0);
  const failed = uploads.filter(({ state }) => state === 'failed');
  const done = uploads.filter(({ state }) => state === 'done').length;
  const order = { failed: 0, sending: 1, waiting: 2, done: 3 } as const;
  const listed = uploads.toSorted((a, b) => order[a.state] - order[b.state]).slice(0, SHOWN);
  return (
    <Card
      title="Sending"
      aside={
        <span role="status">
          {done} of {count(uploads.length, 'file')}, {sizeWords(sent)} of {sizeWords(total)}
        </span>
      }
      {...(failed.length > 0
        ? {
            foot: (
              <Button
                size="xs"
                leftSection={<Icon name="reload" size={14} />}
                onClick={() => retryFailed(id)}
              >
                Send {count(failed.length, 'file')} again
              </Button>
            ),
          }
        : {})}
    >
      <progress className={classes.bar} max={Math.max(total, 1)} value={sent} aria-label="Bytes sent" />
      <Stack as="ul" gap="xs">
        {listed.map((upload) => (
          <li key={upload.key} className="wraps">
            {upload.name}{' '}
            <span className={upload.state === 'failed' ? 'late' : 'muted'}>{wordsOf(upload)}</span>
          </li>
        ))}
        {uploads.length > SHOWN ? <li className="muted">and {uploads.length - SHOWN} more</li> : null}
      </Stack>
    </Card>
  );
}

function wordsOf(upload: Upload): string {
  switch (upload.state) {
    case 'waiting':
      return 'waits';
    case 'sending':
      return `${Math.floor((100 * Math.min(upload.sent, upload.bytes)) / Math.max(upload.bytes, 1))}%`;
    case 'done':
      return 'sent';
    case 'failed':
      return upload.problem ?? 'failed';
  }
}
