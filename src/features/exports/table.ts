import { DateTime } from 'luxon';
import { count, number } from '#domain/text/words.ts';
import { unprocessable } from '../problems.ts';
import { type Download, fileWord } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { csvTable } from './csv.ts';
import { jsonTable } from './json.ts';
import { xlsxTable } from './workbook.ts';

/**
 * The value of a cell. `null` is unknown or missing and leaves the cell empty; it is never written as no or zero. A
 * `Date` is an instant; a day is text of the form YYYY-MM-DD in a column of kind `day`.
 */
export type Value = string | number | boolean | Date | null;

export interface TableColumn<Row> {
  /** Name in JSON. */
  readonly key: string;
  /** Heading, as on the page. */
  readonly title: string;
  readonly kind?: 'text' | 'number' | 'day' | 'instant' | 'yes_no';
  /** Width in a workbook, in characters. */
  readonly width?: number;
  readonly value: (row: Row) => Value;
  /** Text for CSV and workbooks in place of a code in `value`, which JSON contains. */
  readonly words?: (row: Row) => Value;
}

/** The metadata in every file: the client, the filter, and when and by whom it was exported. */
export interface TableHeading {
  /** Name of the list, for example "Exceptions". */
  readonly title: string;
  /** null for a list of the workspace. */
  readonly client: string | null;
  /** The filter in words, or null if everything is shown. */
  readonly filter: string | null;
  readonly at: Date;
  /** Time zone in which times are written, normally the client's: `context.client.timezone`. */
  readonly zone: string;
  readonly person: string;
}

export interface Table<Row> {
  readonly heading: TableHeading;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
}

/** Maximum rows of a file; longer lists must be filtered first. */
export const MAX_ROWS = 100_000;

/**
 * A list as a file, with the content of the page. Text that a spreadsheet program would evaluate as a formula stays
 * text. Throws UNPROCESSABLE if there are more than MAX_ROWS rows.
 */
export async function tableFile<Row>(table: Table<Row>, format: TableFormat): Promise<Download> {
  if (table.rows.length > MAX_ROWS)
    throw unprocessable(
      `The list has ${count(table.rows.length, 'row')}; a file holds ${number(MAX_ROWS)}. Filter the list first, for example to fewer days.`,
    );
  const { title, client, at, zone } = table.heading;
  const day = DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd');
  const name = `${fileWord([client, title].filter((word) => word !== null).join(' '))}-${day}.${format}`;
  const encoder = new TextEncoder();
  switch (format) {
    case 'csv':
      return { name, type: 'text/csv; charset=utf-8', bytes: encoder.encode(await csvTable(table)) };
    case 'json':
      return { name, type: 'application/json', bytes: encoder.encode(await jsonTable(table)) };
    case 'xlsx':
      return {
        name,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        bytes: await xlsxTable(table),
      };
  }
}
