import { ImportProblem } from '../file-kind.ts';
import { columnLetter } from './heading.ts';
import { LIMITS } from './limits.ts';
import { refuseBoundlessMarkup } from './xlsx-markup.ts';
import { columnNumber, type Shown, shownOf } from './xlsx-shown.ts';
import { StruckRows, struckFormats } from './xlsx-struck.ts';
import type { ZipEntry } from './zip.ts';

const MAX_ROW = 1_048_576;
const MAX_COLUMN = 16_384;
/** An Excel cell holds up to 32,767 characters, each of at most ten bytes (`&#x10FFFF;`). */
const MAX_TEXT_BYTES = 32_767 * 10;

/** A name with or without any prefix, as the reader accepts it. */
const PREFIX = '(?:[^\\s<>:/]*:)?';
const ROW_OR_CELL = new RegExp(`<${PREFIX}(row|c)(?=[\\s/>])`, 'g');
const ATTRIBUTE = /\s+([^\s=<>"'/]+)\s*=\s*(?:"([^"<>&]*)"|'([^'<>&]*)')/y;
const TAG_END = /\s*(\/?)>/y;
const UNSAVED_FORMULA = new RegExp(
  `\\s*<${PREFIX}f(?=[\\s/>])[^<>]*(?:/>|>[^<]*</${PREFIX}f\\s*>)\\s*</${PREFIX}c\\s*>`,
  'y',
);

const ERROR_VALUE = new RegExp(
  `\\s*(?:<${PREFIX}f(?=[\\s/>])[^<>]*(?:/>|>[^<]*</${PREFIX}f\\s*>)\\s*)?<${PREFIX}v\\s*>([^<]{1,32})</`,
  'y',
);

/** Text for a cell whose formula has no saved result. */
export const NO_RESULT = '#RESULT NOT SAVED';

/**
 * A cell with a formula error or without a saved result, which the reader treats as empty. Row and column are 0-based.
 */
export interface FailedCell {
  readonly row: number;
  readonly column: number;
  /** The error as displayed in the workbook, or `NO_RESULT`. */
  readonly text: string;
}

/** Facts about a sheet that its cells do not show. */
export interface SheetFacts {
  readonly failed: readonly FailedCell[];
  /** Size of the cell area, without blank cells at the end. */
  readonly cells: number;
  readonly shown: Shown;
  /** The sheet without blank rows and cells; null: it has none. */
  readonly trimmed: Buffer | null;
}

const BLANK_CELL = new RegExp(`<${PREFIX}c(?=[\\s/>])[^<>]*(?:/>|(?<!/)>\\s*</${PREFIX}c\\s*>)`, 'g');
const BLANK_ROW = new RegExp(`<${PREFIX}row(?=[\\s/>])[^<>]*(?:/>|(?<!/)>\\s*</${PREFIX}row\\s*>)`, 'g');

/**
 * Removes blank rows and cells, of which a fully formatted sheet has a million: the reader's time is quadratic in the
 * number of cells.
 */
function withoutBlanks(xml: string): string {
  return xml.replace(BLANK_CELL, '').replace(BLANK_ROW, '');
}

/**
 * Checks every part of a workbook before the reader sees it, and rejects what no spreadsheet program writes: document
 * types, entities, and addresses that would make the reader fill memory with blanks. Returns facts about each sheet, by
 * part. Reads each part once.
 */
export async function checkParts(entries: readonly ZipEntry[]): Promise<ReadonlyMap<string, SheetFacts>> {
  const sheets = new Map<string, SheetFacts>();
  const struck = await struckFormats(entries);
  let cells = 0;
  for (const entry of entries) {
    if (!/\.(xml|rels)$/i.test(entry.name)) continue;
    const bytes = await entry.read();
    refuseForeignMarkup(bytes);
    refuseEndlessText(bytes);
    refuseBoundlessMarkup(bytes);
    // Any part can be referred to as a sheet, wherever it is.
    if (!bytes.includes('row') && !bytes.includes(':c')) continue;
    const sheet = checkSheet(bytes.toString('latin1'), struck);
    sheets.set(entry.name, sheet);
    cells += sheet.cells;
    if (cells > LIMITS.workbookCells)
      throw new ImportProblem(
        'The sheets of the workbook reach over more cells than Bylaw reads. Export the list as CSV.',
      );
  }
  return sheets;
}

function refuseForeignMarkup(bytes: Buffer): void {
  if (
    (bytes[0] === 0xff && bytes[1] === 0xfe) ||
    (bytes[0] === 0xfe && bytes[1] === 0xff) ||
    bytes.subarray(0, 200).includes(0)
  )
    throw new ImportProblem(
      'The workbook holds a part in an encoding that no spreadsheet program writes, so it was not opened.',
    );
  if (
    bytes.includes('<!DOCTYPE') ||
    bytes.includes('<!ENTITY') ||
    /<!\s*(doctype|entity)/i.test(bytes.subarray(0, 4096).toString('latin1'))
  )
    throw new ImportProblem(
      'The workbook holds a document type or entity definition, which no spreadsheet program writes, so it was not opened.',
    );
}

/** The reader's time is quadratic in the length of a text: 20 MB in a cell, 20 kB when compressed, took a minute. */
function refuseEndlessText(bytes: Buffer): void {
  for (let at = 0, next = 0; at < bytes.length; at = next + 1) {
    next = bytes.indexOf('<', at);
    if (next === -1) next = bytes.length;
    if (next - at > MAX_TEXT_BYTES)
      throw new ImportProblem(
        'The workbook contains text longer than a spreadsheet cell allows, so it was not opened. Export the list as CSV.',
      );
  }
}

/**
 * The reader fills the area up to the last row and column with blanks, and treats a formula without a saved result as
 * blank. Therefore rows and cells are parsed here exactly as programs write them, and anything else is rejected, since
 * the reader might interpret it differently from this check.
 */
function checkSheet(whole: string, struckFormat: ReadonlySet<string>): SheetFacts {
  const xml = withoutBlanks(whole);
  let lastRow = 0;
  let lastColumn = 0;
  const failed: FailedCell[] = [];
  const hiddenRows = new Set<number>();
  const struck = new StruckRows(struckFormat);
  let isHidden = false;
  for (const found of xml.matchAll(ROW_OR_CELL)) {
    const { attributes, end } = tagAt(xml, found.index + found[0].length);
    const address = attributes.get('r');
    if (found[1] === 'row') {
      // The reader uses it, whatever the addresses of the cells say.
      if (address !== undefined) lastRow = Math.max(lastRow, rowNumber(address));
      isHidden = /^(?:1|true)$/.test(attributes.get('hidden') ?? '');
      continue;
    }
    const [, letters, digits] = /^([A-Z]+)(\d+)$/.exec(address ?? '') ?? [];
    if (letters === undefined || digits === undefined) throw notAsWritten();
    const row = rowNumber(digits);
    const column = letters.length > 3 ? Number.POSITIVE_INFINITY : columnNumber(letters);
    if (column > MAX_COLUMN)
      throw new ImportProblem('A sheet names a cell that no spreadsheet has, so it was not opened.');
    if (isHidden) hiddenRows.add(row);
    struck.add(row, attributes.get('s'));
    lastRow = Math.max(lastRow, row);
    lastColumn = Math.max(lastColumn, column);
    UNSAVED_FORMULA.lastIndex = end;
    ERROR_VALUE.lastIndex = end;
    const text = UNSAVED_FORMULA.test(xml)
      ? NO_RESULT
      : attributes.get('t') === 'e'
        ? (ERROR_VALUE.exec(xml)?.[1] ?? NO_RESULT)
        : null;
    if (text !== null) failed.push({ row: row - 1, column: column - 1, text });
  }
  if (lastRow * lastColumn > LIMITS.workbookCells)
    throw new ImportProblem(
      `A sheet reaches to cell ${columnLetter(lastColumn - 1)}${lastRow}. That is more than Bylaw reads of a workbook. Export the list as CSV.`,
    );
  return {
    failed,
    cells: lastRow * lastColumn,
    shown: shownOf(xml, [...hiddenRows], struck.rows()),
    trimmed: xml.length === whole.length ? null : Buffer.from(xml, 'latin1'),
  };
}

interface Tag {
  /** By name without prefix. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Offset of the text after the tag. */
  readonly end: number;
}

function tagAt(xml: string, start: number): Tag {
  const attributes = new Map<string, string>();
  let at = start;
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const attribute = ATTRIBUTE.exec(xml);
    if (attribute === null) break;
    const [, name = '', double, single] = attribute;
    const bare = name.slice(name.indexOf(':') + 1);
    if (attributes.has(bare)) throw notAsWritten();
    attributes.set(bare, double ?? single ?? '');
    at = ATTRIBUTE.lastIndex;
  }
  TAG_END.lastIndex = at;
  const end = TAG_END.exec(xml);
  if (end === null) throw notAsWritten();
  return { attributes, end: TAG_END.lastIndex };
}

function rowNumber(digits: string): number {
  if (!/^\d+$/.test(digits)) throw notAsWritten();
  const row = Number(digits);
  if (row > MAX_ROW)
    throw new ImportProblem(
      `A sheet names row ${digits.slice(0, 20)}, and no spreadsheet has that many. It was not opened.`,
    );
  return row;
}

function notAsWritten(): ImportProblem {
  return new ImportProblem(
    'A sheet holds a row or cell in a form that no spreadsheet program writes, so it was not opened. Open the workbook, save it again as XLSX or CSV, and try again.',
  );
}
