import { parse } from 'csv-parse/browser/esm/sync';
import { count, number } from '../../../src/domain/text/words.ts';

/** A sheet as rows of text. A delimited text file has a single sheet without a name. */
export interface Sheet {
  readonly name: string | null;
  readonly rows: readonly (readonly string[])[];
}

/** The reason why a file cannot be read, as one sentence. */
export class FileProblem extends Error {}

const MAX_BYTES = 20 * 1024 * 1024;
const MAX_ROWS = 200_000;
/** Maximum cells of a table, with those that are missing at the end of its rows. */
const MAX_CELLS = 8_000_000;
/** Time limit for reading a workbook, in milliseconds. */
const MAX_MS = 20_000;

/** The reader of workbooks, loaded with the page, because it cannot load anything once the network is gone. */
const reader = import('../../../src/sources/file-text/workbook.ts');
// Reported when a workbook is selected.
reader.catch(() => undefined);

/** Reads a CSV or XLSX file in the browser. */
export async function readSheets(file: File): Promise<readonly Sheet[]> {
  if (file.size === 0) throw new FileProblem('The file is empty.');
  if (file.size > MAX_BYTES)
    throw new FileProblem('The file is larger than 20 MB. Export fewer rows or columns, and try again.');
  const bytes = await file.arrayBuffer();
  const head = new Uint8Array(bytes.slice(0, 8));
  if (head[0] === 0x50 && head[1] === 0x4b) return workbook(bytes);
  if (head[0] === 0xd0 && head[1] === 0xcf)
    throw new FileProblem(
      'This is a workbook in the old format (.xls), or one with a password. Save it as .xlsx without a password, or as CSV.',
    );
  if (String.fromCharCode(...head.slice(0, 5)) === '%PDF-')
    throw new FileProblem('This is a PDF. Export the report as CSV or XLSX.');
  return [{ name: null, rows: separated(textOf(bytes)) }];
}

async function workbook(bytes: ArrayBuffer): Promise<readonly Sheet[]> {
  const { workbookSheets } = await reader.catch(() => {
    throw new FileProblem('This page did not load completely. Load it again, and then choose the file.');
  });
  const until = performance.now() + MAX_MS;
  let read: readonly Sheet[];
  try {
    read = workbookSheets(new Uint8Array(bytes), { stop: () => performance.now() > until });
  } catch (error) {
    const why = error instanceof Error && 'why' in error ? error.why : null;
    throw new FileProblem(
      why === 'expands' || why === 'time'
        ? 'The workbook contains too many cells to be read here. Export fewer rows or columns, and try again.'
        : 'The workbook cannot be read. Save it again as .xlsx, or as CSV.',
    );
  }
  if (read.length === 0) throw new FileProblem('The workbook is empty.');
  return read.map(limited);
}

function textOf(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes.slice(0, 2));
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Files that are not UTF-8 usually come from older Windows programs.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function separated(text: string): readonly (readonly string[])[] {
  if (text.includes('\0')) throw new FileProblem('This is not a CSV file. Export the report as CSV or XLSX.');
  try {
    return limited({
      name: null,
      rows: parse(text, {
        delimiter: delimiterOf(text),
        relaxColumnCount: true,
        relaxQuotes: true,
        bom: true,
      }) as string[][],
    }).rows;
  } catch (error) {
    if (error instanceof FileProblem) throw error;
    throw new FileProblem('The file cannot be split into rows and columns. Export it again as CSV or XLSX.');
  }
}

/** The delimiter that occurs most often near the start, outside of quoted values. */
function delimiterOf(text: string): string {
  const start = text.slice(0, 20_000).replace(/"[^"]*"/g, '');
  const counted = [',', ';', '\t', '|'].map((one) => [one, start.split(one).length] as const);
  return counted.toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? ',';
}

function limited(sheet: Sheet): Sheet {
  if (sheet.rows.length > MAX_ROWS)
    throw new FileProblem(
      `The file has ${count(sheet.rows.length, 'row')}; ${number(MAX_ROWS)} can be prepared at once. Export it in parts.`,
    );
  const width = sheet.rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (width * sheet.rows.length > MAX_CELLS)
    throw new FileProblem('The file contains too many cells. Export fewer rows or columns, and try again.');
  return sheet;
}
