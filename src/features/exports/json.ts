import { DateTime } from 'luxon';
import type { Table, Value } from './table.ts';

/** The list for programs: instants in UTC, unknown as null. */
export function jsonTable<Row>({ heading, columns, rows }: Table<Row>): string {
  return `${JSON.stringify(
    {
      list: heading.title,
      client: heading.client,
      showing: heading.filter,
      takenAt: heading.at.toISOString(),
      timezone: heading.zone,
      takenBy: heading.person,
      total: rows.length,
      columns: columns.map(({ key, title }) => ({ key, title })),
      rows: rows.map((row) => Object.fromEntries(columns.map(({ key, value }) => [key, plain(value(row))]))),
    },
    null,
    2,
  )}\n`;
}

function plain(value: Value): string | number | boolean | null {
  if (value instanceof Date) return DateTime.fromJSDate(value).toUTC().toISO();
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
