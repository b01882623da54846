import { DateTime } from 'luxon';
import type { Cell } from 'write-excel-file/node';
import { date, head, number, text } from '../shared/xlsx-cells.ts';
import { printed } from '../shared/xlsx-print.ts';
import type { TableColumn } from './table.ts';

/** A cell's value as JSON; an instant is in milliseconds. */
export type PlainValue = string | number | boolean | null | { readonly at: number };

type Kind = NonNullable<TableColumn<unknown>['kind']>;

/** A list without functions, which can be passed to a thread. */
export interface PlainSheet {
  readonly title: string;
  /** Time zone in which times are written. */
  readonly zone: string;
  readonly columns: readonly { readonly title: string; readonly kind: Kind; readonly width: number | null }[];
  /**
   * Rows of values as JSON strings, in pieces. Passing strings to a thread is a hundred times faster than passing
   * arrays of values.
   */
  readonly pieces: readonly string[];
}

export interface Book {
  readonly paper: 'letter' | 'a4';
  readonly sheets: readonly PlainSheet[];
  /** Terms and values for the last sheet, the metadata of the lists. */
  readonly about: readonly (readonly [string, string])[];
}

/** The bytes of a workbook. */
export async function writeBook({ sheets, about, paper }: Book): Promise<Uint8Array> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  return await writeXlsxFile(
    [
      ...sheets.map(({ title, zone, columns, pieces }) => ({
        sheet: sheetName(title),
        data: [
          head(columns.map((column) => column.title)),
          ...pieces.flatMap((piece) =>
            (JSON.parse(piece) as readonly (readonly PlainValue[])[]).map((row) =>
              row.map((value, at) => cell(columns[at]?.kind ?? 'text', value, zone)),
            ),
          ),
        ],
        columns: columns.map(({ kind, width }) => ({ width: width ?? WIDTHS[kind] })),
        stickyRowsCount: 1,
        orientation: 'landscape' as const,
      })),
      {
        sheet: 'About',
        data: about.map(([term, words]) => [text(term, { textColor: '#5F6571' }), text(words)]),
        columns: [{ width: 14 }, { width: 80 }],
      },
    ],
    { fontFamily: 'Calibri', fontSize: 11, features: [printed(paper)] },
  ).toBuffer();
}

const WIDTHS = { text: 28, number: 10, day: 12, instant: 20, yes_no: 10 } as const;

function cell(kind: Kind, value: PlainValue, zone: string): Cell {
  if (value === null) return null;
  if (typeof value === 'number') return number(value);
  if (typeof value === 'boolean') return text(value ? 'yes' : 'no');
  if (typeof value === 'object') return instant(value.at, zone);
  return kind === 'day' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? date(value) : text(value);
}

/**
 * Workbooks have no time zones, and programs round up parts of a second, even to the next day: the cell contains the local time in the heading's zone, which the sheet "About" names.
 */
function instant(at: number, zone: string): Cell {
  const wall = DateTime.fromMillis(at, { zone }).startOf('second').setZone('UTC', { keepLocalTime: true });
  if (!wall.isValid) return null;
  return {
    value: wall.toJSDate(),
    type: Date,
    format: 'yyyy-mm-dd hh:mm:ss',
    align: 'left',
    alignVertical: 'top',
  };
}

/** Sheet names are limited to 31 characters, must not contain some characters, and must differ from "About". */
function sheetName(title: string): string {
  const name = title
    .replace(/[[\]:*?/\\']/g, ' ')
    .trim()
    .slice(0, 31);
  return name === '' || name.toLowerCase() === 'about' ? 'List' : name;
}
