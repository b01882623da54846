import { type Cell, ImportProblem, type Note, type Table } from '../file-kind.ts';
import { columnLetter, filled, findHeading, type NumberedRow, nameColumns } from './heading.ts';
import { LIMITS, megabytes } from './limits.ts';
import type { ZipEntry } from './zip.ts';

const MAX_ROW = 1_048_576;

/** What a zip is, by the names inside: a workbook that Bylaw reads, another Office format, or an ordinary archive. */
export function workbookForm(
  entries: readonly ZipEntry[],
): 'xlsx' | 'xlsb' | 'opendocument' | 'office' | 'archive' {
  const names = new Set(entries.map((entry) => entry.name));
  if (names.has('xl/workbook.xml')) return 'xlsx';
  if (names.has('xl/workbook.bin')) return 'xlsb';
  if (names.has('mimetype') && names.has('content.xml')) return 'opendocument';
  if (names.has('[Content_Types].xml')) return 'office';
  return 'archive';
}

/**
 * All sheets of an XLSX workbook as tables. Every part is checked before the reader sees it: no document types or
 * entities, no addresses that would make the reader fill memory with blanks. Macros are left where they are.
 */
export async function readXlsx(
  bytes: Buffer,
  entries: readonly ZipEntry[],
): Promise<{ tables: Table[]; notes: Note[] }> {
  const notes: Note[] = [];
  if (entries.some((entry) => /vbaProject\.bin$/i.test(entry.name))) {
    notes.push({
      row: null,
      column: null,
      says: 'The workbook holds macros. Its cells were read; the macros were neither run nor kept.',
    });
  }
  let failed = 0;
  for (const entry of entries) {
    if (/\.(xml|rels)$/i.test(entry.name)) failed += await checkPart(entry);
  }
  if (failed > 0)
    notes.push({
      row: null,
      column: null,
      says: `${failed} ${failed === 1 ? 'cell shows' : 'cells show'} an error of a formula, such as #N/A. Read as empty.`,
    });
  let sheets: { sheet: string; data: unknown[][] }[];
  try {
    const { default: readWorkbook } = await import('read-excel-file/universal');
    const copy = new Uint8Array(bytes).buffer;
    sheets = (await readWorkbook(copy)) as unknown as { sheet: string; data: unknown[][] }[];
  } catch (error) {
    throw explain(error);
  }
  const tables: Table[] = [];
  const unreadable: string[] = [];
  for (const { sheet, data } of sheets) {
    const rows = data.map((cells, index) => ({ row: index + 1, cells: cells.map(cellOf) }));
    if (!rows.some(({ cells }) => filled(cells) > 0)) continue;
    const table = tableOf(sheet, rows);
    if (table) tables.push(table);
    else unreadable.push(sheet);
  }
  if (tables.length === 0) {
    if (unreadable.length === 0)
      throw new ImportProblem('The workbook is empty. Nothing was taken. Is this the right file?');
    throw new ImportProblem(
      `The sheet ${quoted(unreadable[0] ?? '')} has no heading row that names the columns. Add one, or export the file again with its headings.`,
    );
  }
  for (const sheet of unreadable)
    notes.push({
      row: null,
      column: null,
      says: `The sheet ${quoted(sheet)} has no heading row, so it was left out.`,
    });
  return { tables, notes };
}

function tableOf(sheet: string, rows: readonly NumberedRow[]): Table | null {
  const index = findHeading(rows);
  const heading = index === null ? undefined : rows[index];
  if (index === null || !heading) return null;
  const width = rows.slice(index).reduce((most, { cells }) => Math.max(most, cells.length), 0);
  if (width > LIMITS.columns)
    throw new ImportProblem(
      `The sheet ${quoted(sheet)} has ${width} columns. Bylaw reads at most ${LIMITS.columns}.`,
      { row: heading.row },
    );
  return {
    sheet,
    headingRow: heading.row,
    columns: nameColumns(heading.cells, width),
    title: rows
      .slice(0, index)
      .map(({ cells }) =>
        cells
          .filter((cell) => cell !== null)
          .join(' ')
          .trim(),
      )
      .filter((line) => line !== ''),
    rows: rows.slice(index + 1).filter(({ cells }) => filled(cells) > 0),
  };
}

/** Dates become days, or day and time without zone, as the sheet shows them. */
function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return null;
    // A time of day comes as a fraction of a day and so may miss the second by a hair.
    const text = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString();
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19);
  }
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return String(value);
}

/** Refuses what no spreadsheet program writes; the number of cells that show an error. */
async function checkPart(entry: ZipEntry): Promise<number> {
  const bytes = await entry.read();
  if (
    (bytes[0] === 0xff && bytes[1] === 0xfe) ||
    (bytes[0] === 0xfe && bytes[1] === 0xff) ||
    bytes.subarray(0, 200).includes(0)
  ) {
    throw new ImportProblem(
      'The workbook holds a part in an encoding that no spreadsheet program writes, so it was not opened.',
    );
  }
  if (
    bytes.includes('<!DOCTYPE') ||
    bytes.includes('<!ENTITY') ||
    /<!\s*(doctype|entity)/i.test(bytes.subarray(0, 4096).toString('latin1'))
  ) {
    throw new ImportProblem(
      'The workbook holds a document type or entity definition, which no spreadsheet program writes, so it was not opened.',
    );
  }
  // Any part may be named as a sheet, wherever it lies.
  if (bytes.includes('<row') || bytes.includes(':row')) return checkSheet(bytes.toString('latin1'));
  return 0;
}

/** The reader fills gaps with blank cells, so one far cell could exhaust memory; and it takes a formula without result for a blank. */
function checkSheet(xml: string): number {
  let lastRow = 0;
  let lastColumn = 0;
  for (const match of xml.matchAll(/<(?:\w+:)?row\b[^>]*?\sr="(\d+)"/g)) {
    const row = Number(match[1]);
    if (row > MAX_ROW)
      throw new ImportProblem(
        `A sheet names row ${row}, and no spreadsheet has that many. It was not opened.`,
      );
  }
  for (const match of xml.matchAll(/<(?:\w+:)?c\b[^>]*?\sr="([A-Z]+)(\d+)"[^>/]*>/g)) {
    const row = Number(match[2]);
    const letters = match[1] ?? '';
    const column = letters.length > 3 ? Number.POSITIVE_INFINITY : columnNumber(letters);
    if (row > MAX_ROW || column > 16_384)
      throw new ImportProblem('A sheet names a cell that no spreadsheet has, so it was not opened.');
    lastRow = Math.max(lastRow, row);
    lastColumn = Math.max(lastColumn, column);
  }
  if (lastRow * lastColumn > LIMITS.workbookCells) {
    throw new ImportProblem(
      `A sheet reaches to cell ${columnLetter(lastColumn - 1)}${lastRow}. That is more than Bylaw reads of a workbook. Export the list as CSV.`,
    );
  }
  const open =
    /<(?:\w+:)?c\b[^>]*?\sr="([A-Z]+)(\d+)"[^>]*>\s*<(?:\w+:)?f\b[^>]*(?:\/>|>[^<]*<\/(?:\w+:)?f>)\s*<\/(?:\w+:)?c>/.exec(
      xml,
    );
  if (open) {
    throw new ImportProblem(
      'A cell holds a formula whose result was not saved. Open the workbook, save it, and try again.',
      { row: Number(open[2]), column: `Column ${open[1] ?? ''}` },
    );
  }
  return xml.match(/<(?:\w+:)?c\b[^>]*\st="e"/g)?.length ?? 0;
}

function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}

function explain(error: unknown): ImportProblem {
  const message = error instanceof Error ? error.message : '';
  const place = /at row (\d+), col (\d+): (\w+)/.exec(message);
  if (place) {
    const column = `Column ${columnLetter(Number(place[2]) - 1)}`;
    return new ImportProblem(
      'A cell cannot be read. Open the workbook, save it again as XLSX, and try again.',
      { row: Number(place[1]), column },
    );
  }
  return new ImportProblem(
    `The workbook cannot be read. Open it, save it again as XLSX or CSV, and try again.`,
  );
}

function quoted(sheet: string): string {
  return `"${sheet.slice(0, 60)}"`;
}

export function tooBig(bytes: number): ImportProblem {
  return new ImportProblem(
    `The file is ${megabytes(bytes)}. Bylaw reads files of up to ${megabytes(LIMITS.fileBytes)}.`,
  );
}
