import { DateTime } from 'luxon';
import type { Cell } from 'write-excel-file/node';
import { date, head, number, text } from '../shared/xlsx-cells.ts';
import { headingLines } from './heading.ts';
import { shownIn } from './shown.ts';
import type { Table, TableColumn, Value } from './table.ts';

/** The list with its heading row frozen, and a second sheet that says what it is. */
export function xlsxTable<Row>(table: Table<Row>): Promise<Uint8Array> {
  return xlsxTables([table as unknown as Table<unknown>]);
}

/** Several lists of one client in one workbook, a sheet each, and a last one that says what each is. */
export async function xlsxTables(tables: readonly Table<unknown>[]): Promise<Uint8Array> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  return await writeXlsxFile(
    [
      ...tables.map(({ heading, columns, rows }) => ({
        sheet: sheetName(heading.title),
        data: [
          head(columns.map((column) => column.title)),
          ...rows.map((row) => columns.map((column) => cell(column, shownIn(column, row), heading.zone))),
        ],
        columns: columns.map((column) => ({ width: column.width ?? WIDTHS[column.kind ?? 'text'] })),
        stickyRowsCount: 1,
        orientation: 'landscape' as const,
      })),
      {
        sheet: 'About',
        data: tables.flatMap(({ heading, rows }) =>
          headingLines(heading, rows.length).map(([term, words]) => [
            text(term, { textColor: '#5F6571' }),
            text(words),
          ]),
        ),
        columns: [{ width: 14 }, { width: 80 }],
      },
    ],
    { fontFamily: 'Calibri', fontSize: 11 },
  ).toBuffer();
}

const WIDTHS = { text: 28, number: 10, day: 12, instant: 20, yes_no: 10 } as const;

function cell<Row>(column: TableColumn<Row>, value: Value, zone: string): Cell {
  if (value === null) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? number(value) : null;
  if (typeof value === 'boolean') return text(value ? 'yes' : 'no');
  if (value instanceof Date) return instant(value, zone);
  return column.kind === 'day' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? date(value) : text(value);
}

/** Workbooks know no zones: the cell holds the clock of the heading's zone, which the sheet "About" names. */
function instant(value: Date, zone: string): Cell {
  const wall = DateTime.fromJSDate(value, { zone }).setZone('UTC', { keepLocalTime: true });
  if (!wall.isValid) return null;
  return {
    value: wall.toJSDate(),
    type: Date,
    format: 'yyyy-mm-dd hh:mm:ss',
    align: 'left',
    alignVertical: 'top',
  };
}

/** Names of sheets are short, may not hold some characters, and differ from "About". */
function sheetName(title: string): string {
  const name = title
    .replace(/[[\]:*?/\\']/g, ' ')
    .trim()
    .slice(0, 31);
  return name === '' || name.toLowerCase() === 'about' ? 'List' : name;
}
