import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { sizeWords } from '../imports/words.ts';
import { type Removal, removesNothing, staysWords } from './words.ts';

/** What would be removed, by kind, with the days covered; and what is old enough but is kept. */
export function RemovalTable({ removal }: { removal: Removal }) {
  const stays = staysWords(removal);
  return (
    <Stack>
      {removesNothing(removal) ? (
        <p>
          Nothing is old enough to be removed today. From now on, items are removed when their time is up.
        </p>
      ) : (
        <>
          <p>
            {count(removal.readings, 'reading')}, {count(removal.files, 'file')} and{' '}
            {count(removal.reports, 'report')} will be removed at the next daily run:{' '}
            {sizeWords(removal.bytes)}.
          </p>
          <PlainTable
            label="What will be removed"
            framed
            rows={removal.lines}
            rowId={(line) => line.kind}
            columns={[
              { head: 'What', cell: (line) => line.name },
              { head: 'Number', cell: (line) => line.readings + line.reports || '' },
              { head: 'Files', cell: (line) => line.files || '' },
              { head: 'Size', cell: (line) => sizeWords(line.bytes) },
              {
                head: 'Of',
                cell: (line) =>
                  line.from === line.to
                    ? dayWords(line.from)
                    : `${dayWords(line.from)} to ${dayWords(line.to)}`,
              },
            ]}
          />
        </>
      )}
      {stays.map((words) => (
        <p key={words} className="muted">
          {words}
        </p>
      ))}
    </Stack>
  );
}
