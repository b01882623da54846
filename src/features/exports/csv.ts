import { DateTime } from 'luxon';
import { neutralCell, quotedCell } from '#domain/text/csv-cell.ts';
import { headingLines } from './heading.ts';
import type { Table, TableColumn, Value } from './table.ts';

/**
 * RFC 4180 with a byte-order mark, so that spreadsheet programs read it as UTF-8. The heading stands in lines that
 * start with `#`, above the row of column names; a reader skips them as comments.
 */
export function csvTable<Row>({ heading, columns, rows }: Table<Row>): string {
  const lines = [
    ...headingLines(heading, rows.length).map(([term, words]) => comment(`${term}: ${words}`)),
    columns.map((column) => field(column.title)).join(','),
    ...rows.map((row) => columns.map((column) => cell(column, column.value(row), heading.zone)).join(',')),
  ];
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function cell<Row>(column: TableColumn<Row>, value: Value, zone: string): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value instanceof Date)
    return DateTime.fromJSDate(value, { zone }).toISO({ suppressMilliseconds: true }) ?? '';
  return field(value, column.kind === 'day');
}

function field(text: string, isDay = false): string {
  return quotedCell(isDay && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : neutralCell(text));
}

/** One line, in which nothing can begin a cell that is calculated, quoted or a line of its own. */
function comment(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('"', '”')
    .replace(/([,;]\s*)(?=[=+\-@＝＋－＠])/gu, "$1'");
  return `# ${line}`;
}
