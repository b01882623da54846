import type { Reading } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { lineOf } from './line.ts';
import { readOut } from './read-out.ts';
import type { Line } from './table.ts';
import { WIDTH_WORDS } from './width.ts';

export interface Table {
  readonly day: string;
  readonly lines: Line[];
  readonly file: string;
}

/** Earlier tables, oldest first. Skips days with two different tables, since either may be the right one. */
export function tablesUpTo(context: CheckContext, day: string): readonly Table[] {
  const byDay = new Map<string, Reading<'connectors'>[]>();
  for (const reading of context.history('connectors')) {
    if (reading.observedOn > day || !reading.complete || reading.rows.length === 0) continue;
    const same = byDay.get(reading.observedOn) ?? [];
    if (!same.some((other) => other.sha256 === reading.sha256))
      byDay.set(reading.observedOn, [...same, reading]);
  }
  return [...byDay]
    .filter(([, list]) => list.length === 1)
    .flatMap(([on, [reading]]) =>
      reading
        ? [
            {
              day: on,
              file: reading.file,
              lines: readOut(
                reading.rows
                  .filter(({ unread }) => unread?.field !== 'connector')
                  .map((row) =>
                    lineOf(row, {
                      kind: 'connectors',
                      file: row.file,
                      row: row.row,
                      observedOn: on,
                      says: `${row.connector} “${row.action ?? ''}”: ${row.state ? WIDTH_WORDS[row.state] : 'no state'}`,
                    }),
                  ),
                context.catalogue,
              ),
            },
          ]
        : [],
    );
}
