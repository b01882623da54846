import { DateTime } from 'luxon';
import { neutralCell, quotedCell } from '#domain/text/csv-cell.ts';
import { visible } from '#domain/text/unsafe-text.ts';
import { inTurns } from '../shared/turn.ts';
import { shownIn } from './shown.ts';
import type { Table, TableColumn, Value } from './table.ts';

/**
 * RFC 4180 with a byte-order mark, so that spreadsheet programs read it as UTF-8. The first line has the column names
 * and every other line is a row, so that no program reads a heading as data. The name of the file says what the list
 * is; the workbook and JSON also contain it.
 */
export async function csvTable<Row>({ heading, columns, rows }: Table<Row>): Promise<string> {
  const names = columns.map((column) => field(column.title)).join(',');
  const lines = await inTurns(rows, (row) =>
    columns.map((column) => cell(column, shownIn(column, row), heading.zone)).join(','),
  );
  return `\uFEFF${[names, ...lines].join('\r\n')}\r\n`;
}

function cell<Row>(column: TableColumn<Row>, value: Value, zone: string): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value instanceof Date)
    return DateTime.fromJSDate(value, { zone }).startOf('second').toISO({ suppressMilliseconds: true }) ?? '';
  return field(value, column.kind === 'day');
}

/**
 * Strangers' text as a cell. An invisible character is written as its code, as in every other form of the list: a
 * right-to-left override would turn the text around it in whichever program opens the file.
 */
function field(text: string, isDay = false): string {
  return quotedCell(isDay && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : neutralCell(visible(text, true)));
}
