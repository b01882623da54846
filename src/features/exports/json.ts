import { DateTime } from 'luxon';
import { inertJson } from '#domain/text/unsafe-text.ts';
import { inTurns } from '../shared/turn.ts';
import type { Table, Value } from './table.ts';

/**
 * The list for programs: instants in UTC, unknown values as null. Characters that turn or end text are written as
 * escapes of JSON, which change no value.
 */
export async function jsonTable<Row>({ heading, columns, rows }: Table<Row>): Promise<string> {
  const head = JSON.stringify(
    {
      list: heading.title,
      client: heading.client,
      showing: heading.filter,
      takenAt: heading.at.toISOString(),
      timezone: heading.zone,
      takenBy: heading.person,
      total: rows.length,
      columns: columns.map(({ key, title }) => ({ key, title })),
    },
    null,
    2,
  );
  const written = await inTurns(rows, (row) =>
    indented(Object.fromEntries(columns.map(({ key, value }) => [key, plain(value(row))]))),
  );
  const list = written.length === 0 ? '[]' : `[\n${written.join(',\n')}\n  ]`;
  return inertJson(`${head.slice(0, -'\n}'.length)},\n  "rows": ${list}\n}\n`);
}

/** A row indented as an element of the list. */
function indented(row: object): string {
  return `    ${JSON.stringify(row, null, 2).replaceAll('\n', '\n    ')}`;
}

function plain(value: Value): string | number | boolean | null {
  if (value instanceof Date) return DateTime.fromJSDate(value).toUTC().toISO();
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
