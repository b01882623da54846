import type { Cell } from '../file-kind.ts';
import { holdsAddress } from '../table/cells.ts';
import { isKnownHeading } from '../words/english.ts';

export interface NumberedRow {
  readonly row: number;
  readonly cells: readonly Cell[];
}

/** Rows in which to look for a heading. Consoles and HR systems print at most a dozen title lines above it. */
export const HEADING_WITHIN = 40;

/**
 * Index of the heading among the first rows: the first row as wide as the table that contains names and not values.
 * null: none, or a row of values comes first.
 */
export function findHeading(rows: readonly NumberedRow[]): number | null {
  const first = rows.slice(0, HEADING_WITHIN);
  const width = first.reduce((max, { cells }) => Math.max(max, filled(cells)), 0);
  if (width === 0) return null;
  for (const [index, { cells }] of first.entries()) {
    const here = filled(cells);
    if (isAboutTable(first, index) || (width === 2 && isTitle(first, index)) || isCounting(cells)) continue;
    if (here < width / 2) continue;
    const values = cells.filter(isValue).length;
    if (values > here / 4 || cells.some((cell) => typeof cell === 'string' && holdsAddress(cell)))
      return null;
    return index;
  }
  return null;
}

/** Whether a row only numbers the columns, like "A, B, C" or "1, 2, 3" above the heading. */
function isCounting(cells: readonly Cell[]): boolean {
  const texts = cells.map((cell) => String(cell ?? '').trim());
  if (texts.length < 3) return false;
  return (
    texts.every((text, at) => text === columnLetter(at)) || texts.every((text, at) => text === String(at + 1))
  );
}

/** Labels in a report's own lines above the table, such as "Domain" or "Exported on:". */
const LABEL =
  /^(?:(?:domain|client|customer|organi[sz]ation|company|tenant|workspace|report(?: name| date)?|(?:exported|generated|created|prepared|run)(?: on| at| by)?|(?:export|run) date|date range|period|as of|filters?|time ?zone)\s*:?|.{1,40}:)$/i;

function isLabelled({ cells }: NumberedRow): boolean {
  const written = cells.filter((cell) => cell !== null && String(cell).trim() !== '');
  return written.length === 2 && LABEL.test(String(written[0]).trim());
}

/** Whether a line is a label with its value, followed by a heading with more columns. */
function isAboutTable(rows: readonly NumberedRow[], index: number): boolean {
  const row = rows[index];
  if (row === undefined || !isLabelled(row)) return false;
  const next = rows.slice(index + 1).find((one) => filled(one.cells) > 0 && !isLabelled(one));
  return (
    next !== undefined &&
    filled(next.cells) > 2 &&
    !next.cells.some((cell) => isValue(cell) || (typeof cell === 'string' && holdsAddress(cell)))
  );
}

/** Maximum title lines above a table of two columns. */
const MAX_TITLES = 4;

/**
 * Whether a line with one filled cell is a title above a two-column table, for which half the width proves nothing. It
 * must not be a known heading, must be separated from the heading by a blank line or another such line (or all headings
 * below must be known), and nearly all lines below the heading must have two cells.
 */
function isTitle(rows: readonly NumberedRow[], index: number): boolean {
  const own = rows[index];
  const text = String(own?.cells.find((cell) => String(cell ?? '').trim() !== '') ?? '');
  if (own === undefined || filled(own.cells) !== 1 || isKnownHeading(text)) return false;
  const below = rows.slice(index + 1).filter(({ cells }) => filled(cells) > 0);
  const titles = below.findIndex(({ cells }) => filled(cells) > 1);
  const [heading, ...data] = titles < 0 ? [] : below.slice(titles);
  if (heading === undefined || data.length === 0 || titles >= MAX_TITLES) return false;
  // A name above columns that each have a known heading is a title, not a group of columns.
  const allNamed = heading.cells.every((cell) => cell === null || isKnownHeading(String(cell)));
  const isSetOff = titles > 0 || heading.row > own.row + 1 || allNamed;
  const names = !heading.cells.some(
    (cell) => isValue(cell) || (typeof cell === 'string' && holdsAddress(cell)),
  );
  const wide = data.filter(({ cells }) => filled(cells) > 1).length;
  return isSetOff && names && wide * 5 >= data.length * 4;
}

/**
 * Names of the columns: an empty heading becomes its spreadsheet letter, and a repeated one gets a number, so that
 * messages can refer to both.
 */
export function nameColumns(cells: readonly Cell[], width: number): string[] {
  const seen = new Map<string, number>();
  const plain = withoutTable(
    Array.from({ length: width }, (_, index) =>
      String(cells[index] ?? '')
        .replace(/\s+/g, ' ')
        .trim(),
    ),
  );
  return plain.map((written, index) => {
    const name = written === '' ? `Column ${columnLetter(index)}` : written;
    const times = (seen.get(name.toLowerCase()) ?? 0) + 1;
    seen.set(name.toLowerCase(), times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/** Removes the table name that Power Query and Power BI put before each heading: "Staff[Email]". */
function withoutTable(headings: readonly string[]): readonly string[] {
  const parts = headings.map((text) => /^('?[^[\]]+'?)\[([^[\]]+)\]$/.exec(text));
  const [first] = parts;
  if (headings.length < 2 || first == null || !parts.every((part) => part?.[1] === first[1])) return headings;
  return parts.map((part, at) => part?.[2]?.trim() ?? headings[at] ?? '');
}

/** Spreadsheet letter of a column: 0 is A, 25 is Z, 26 is AA. */
export function columnLetter(index: number): string {
  return index < 26
    ? String.fromCharCode(65 + index)
    : columnLetter(Math.floor(index / 26) - 1) + columnLetter(index % 26);
}

export function filled(cells: readonly Cell[]): number {
  let count = 0;
  for (const cell of cells) if (cell !== null && (typeof cell !== 'string' || cell.trim() !== '')) count += 1;
  return count;
}

/** Whether a cell holds a number, a day or yes or no, and so cannot be a heading. */
export function isValue(cell: Cell): boolean {
  if (cell === null) return false;
  if (typeof cell !== 'string') return true;
  const text = cell.trim();
  if (text === '') return false;
  return (
    /^[-+($€£]?\s?\d[\d\s.,'%)]*$/.test(text) ||
    /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(\D|$)/.test(text) ||
    text.startsWith('{') ||
    /^(true|false)$/i.test(text)
  );
}
