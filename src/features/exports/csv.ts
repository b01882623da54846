import { DateTime } from 'luxon';
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

/** Spreadsheet programs calculate a cell that begins so, in the wide forms of East Asian input too. */
const CALCULATED = /^[=+\-@\t\r\n＝＋－＠]/u;
/** Where a comma does not separate, a semicolon or tab may: what follows it would begin a cell there. */
const AFTER_SEPARATOR = /([;\t])(?=[=+\-@＝＋－＠])/gu;

/** A leading apostrophe tells a spreadsheet program that the cell is text. */
function neutral(text: string): string {
  const inner = text.replace(AFTER_SEPARATOR, "$1'");
  return CALCULATED.test(inner) ? `'${inner}` : inner;
}

/** Quoted where a reader would otherwise split it, trim it or take it for a comment. */
function field(text: string, isDay = false): string {
  const safe = isDay && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : neutral(text);
  return /[",\r\n;\t]|^#|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line, in which nothing can begin a cell that is calculated, quoted or a line of its own. */
function comment(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('"', '”')
    .replace(/([,;]\s*)(?=[=+\-@＝＋－＠])/gu, "$1'");
  return `# ${line}`;
}
