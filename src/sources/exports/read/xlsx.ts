import { type Cell, ImportProblem, type Note, type Table, type UnreadSheet } from '../file-kind.ts';
import { widthOf } from '../table/unread-sheets.ts';
import { columnLetter, filled, findHeading, type NumberedRow, nameColumns } from './heading.ts';
import { LIMITS, megabytes } from './limits.ts';
import { storedZip } from './stored-zip.ts';
import { wholeHeading } from './two-row-heading.ts';
import { checkParts, NO_RESULT, type SheetFacts } from './xlsx-parts.ts';
import { sheetParts } from './xlsx-sheets.ts';
import { hiddenNotes, type Merge, type Shown, withMerges } from './xlsx-shown.ts';
import type { ZipEntry } from './zip.ts';

/** Excel's maximum for a cell. */
const MAX_CELL_CHARACTERS = 32_767;

/** Type of a ZIP file by its entries: a readable workbook, another Office format, or an ordinary archive. */
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
 * entities, no addresses that would make the reader fill memory with blanks. Macros are ignored.
 */
export async function readXlsx(
  bytes: Buffer,
  entries: readonly ZipEntry[],
): Promise<{ tables: Table[]; unread: UnreadSheet[]; notes: Note[] }> {
  const notes: Note[] = [];
  if (entries.some((entry) => /vbaProject\.bin$/i.test(entry.name))) {
    notes.push({
      row: null,
      column: null,
      says: 'The workbook holds macros. Its cells were read; the macros were neither run nor kept.',
    });
  }
  const facts = await checkParts(entries);
  const texts = [...facts.values()].flatMap(({ failed }) => failed).map(({ text }) => text);
  const unsaved = texts.filter((text) => text === NO_RESULT).length;
  const errors = texts.length - unsaved;
  const note = (says: string) => notes.push({ row: null, column: null, says });
  if (errors > 0)
    note(
      `${errors} ${errors === 1 ? 'cell shows' : 'cells show'} an error of a formula, such as #N/A. What belongs there is not known.`,
    );
  if (unsaved > 0)
    note(
      `${unsaved} ${unsaved === 1 ? 'cell holds a formula whose result was' : 'cells hold formulas whose results were'} not saved, so what belongs there is not known. Open the workbook, save it, and import it again.`,
    );
  const parts = await sheetParts(entries);
  /** The reader returns no cells for a sheet that it did not find or that shares its part with another. */
  let read: { sheet: string; data: unknown[][] | undefined }[];
  try {
    const { default: readWorkbook } = await import('read-excel-file/universal');
    const copy = new Uint8Array(await withoutBlanks(bytes, entries, facts)).buffer;
    read = (await readWorkbook(copy)) as unknown as typeof read;
  } catch (error) {
    throw explain(error);
  }
  if (parts.length !== read.length)
    throw new ImportProblem(
      'Which sheets the workbook has cannot be determined. Open it, save it again as XLSX or CSV, and try again.',
    );
  const sheets = read.flatMap(({ sheet, data }, at) => {
    const { part = '', hasCells = true, isHidden = false } = parts[at] ?? {};
    if (data !== undefined) return [{ sheet, data, part, isHidden }];
    if (hasCells)
      throw new ImportProblem(
        `The workbook lists a sheet, ${quoted(sheet)}, whose cells are not in it. Open it, save it again as XLSX or CSV, and try again.`,
      );
    note(`The sheet ${quoted(sheet)} is a chart or a dialog without cells, so it was left out.`);
    return [];
  });
  // The reader treats them as empty, and an empty last day would mean none.
  for (const { data, part } of sheets)
    for (const { row, column, text } of facts.get(part)?.failed ?? []) {
      const cells = data[row];
      if (cells !== undefined) cells[column] = text;
    }
  const tables: Table[] = [];
  const unread: UnreadSheet[] = [];
  for (const { sheet, data, part, isHidden } of sheets) {
    const shown = facts.get(part)?.shown ?? NOTHING_HIDDEN;
    const hidden = new Set(shown.hiddenRows);
    const struck = new Set(shown.struckRows);
    const rows = data.map((cells, index) => ({
      row: index + 1,
      cells: cells.map(cellOf),
      ...(isHidden || hidden.has(index + 1) ? { hidden: true as const } : {}),
      ...(struck.has(index + 1) ? { struck: true as const } : {}),
    }));
    if (!rows.some(({ cells }) => filled(cells) > 0)) continue;
    notes.push(...hiddenNotes(sheet.slice(0, 60), isHidden, shown));
    const table = tableOf(sheet, rows, shown.merges);
    if (table) tables.push(table);
    else unread.push({ sheet, width: widthOf(rows), rows: rows.map(({ cells }) => cells) });
  }
  if (tables.length === 0) {
    const [first] = unread;
    if (first === undefined)
      throw new ImportProblem('The workbook is empty. Nothing was imported. Is this the right file?');
    throw new ImportProblem(
      `The sheet ${quoted(first.sheet)} has no heading row that names the columns. Add one, or export the file again with its headings.`,
    );
  }
  for (const { sheet } of unread)
    notes.push({
      row: null,
      column: null,
      says: `The sheet ${quoted(sheet)} has no heading row, so it was left out.`,
    });
  return { tables, unread, notes };
}

const NOTHING_HIDDEN: Shown = { hiddenRows: [], struckRows: [], hiddenColumns: [], merges: [] };

/** The workbook with its sheets stripped of blank rows and cells; unchanged if there are none. */
async function withoutBlanks(
  bytes: Buffer,
  entries: readonly ZipEntry[],
  facts: ReadonlyMap<string, SheetFacts>,
): Promise<Buffer> {
  if (![...facts.values()].some(({ trimmed }) => trimmed !== null)) return bytes;
  const files = new Map<string, Buffer>();
  for (const entry of entries)
    if (/\.(xml|rels)$/i.test(entry.name))
      files.set(entry.name, facts.get(entry.name)?.trimmed ?? (await entry.read()));
  return storedZip(files);
}

function tableOf(sheet: string, rows: readonly NumberedRow[], merges: readonly Merge[]): Table | null {
  const index = findHeading(rows);
  const heading = index === null ? null : wholeHeading(rows, index);
  if (heading === null) return null;
  const width = rows.slice(heading.above).reduce((max, { cells }) => Math.max(max, cells.length), 0);
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
      .slice(0, heading.above)
      .map(({ cells }) =>
        cells
          .filter((cell) => cell !== null)
          .join(' ')
          .trim(),
      )
      .filter((line) => line !== ''),
    rows: withMerges(rows, merges, heading.through).filter(
      ({ row, cells }) => row > heading.through && filled(cells) > 0,
    ),
  };
}

/** Converts dates to days, or to day and time without a zone, as displayed in the sheet. */
function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return null;
    // A time of day is stored as a fraction of a day, so it may be off by a rounding error.
    const text = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString();
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19);
  }
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = String(value);
  if (text.length > MAX_CELL_CHARACTERS)
    throw new ImportProblem(
      `A cell holds ${text.length} characters, and no spreadsheet has cells of more than ${MAX_CELL_CHARACTERS}. Export the list as CSV.`,
    );
  return text;
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
  return `“${sheet.slice(0, 60)}”`;
}

export function tooBig(bytes: number): ImportProblem {
  return new ImportProblem(
    `The file is ${megabytes(bytes)}. Bylaw reads files of up to ${megabytes(LIMITS.fileBytes)}.`,
  );
}
