import type { Cell } from '../file-kind.ts';
import { holdsAddress } from '../table/cells.ts';
import { isKnownHeading } from '../words/english.ts';

export interface NumberedRow {
  readonly row: number;
  readonly cells: readonly Cell[];
}

/** Rows in which a heading is looked for; consoles and HR systems put at most a dozen lines of title above it. */
export const HEADING_WITHIN = 40;

/**
 * Index of the heading among the first rows: the first one that is as wide as a row of the table and names things
 * instead of holding values. null: none does, or a row of values stands above the first that might.
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

/** Whether a row only counts the columns, as "A, B, C" or "1, 2, 3" above the heading. */
function isCounting(cells: readonly Cell[]): boolean {
  const texts = cells.map((cell) => String(cell ?? '').trim());
  if (texts.length < 3) return false;
  return (
    texts.every((text, at) => text === columnLetter(at)) || texts.every((text, at) => text === String(at + 1))
  );
}

/** What a report says of itself on a line of its own above the table: "Domain", "Exported on:". */
const LABEL =
  /^(?:(?:domain|client|customer|organi[sz]ation|company|tenant|workspace|report(?: name| date)?|(?:exported|generated|created|prepared|run)(?: on| at| by)?|(?:export|run) date|date range|period|as of|filters?|time ?zone)\s*:?|.{1,40}:)$/i;

function isLabelled({ cells }: NumberedRow): boolean {
  const written = cells.filter((cell) => cell !== null && String(cell).trim() !== '');
  return written.length === 2 && LABEL.test(String(written[0]).trim());
}

/** Whether a line is a label with what it is of, and a heading of more columns follows. */
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

/** Lines of title that stand above a table of two columns. */
const MAX_TITLES = 4;

/**
 * Whether a line with one cell stands above a table of two columns, where half of the width is no sign: it is set off from the
 * heading by a blank line or another such line, or each column below has a known heading; it names no column, and nearly all
 * lines below the heading have two cells.
 */
function isTitle(rows: readonly NumberedRow[], index: number): boolean {
  const own = rows[index];
  const text = String(own?.cells.find((cell) => String(cell ?? '').trim() !== '') ?? '');
  if (own === undefined || filled(own.cells) !== 1 || isKnownHeading(text)) return false;
  const below = rows.slice(index + 1).filter(({ cells }) => filled(cells) > 0);
  const titles = below.findIndex(({ cells }) => filled(cells) > 1);
  const [heading, ...data] = titles < 0 ? [] : below.slice(titles);
  if (heading === undefined || data.length === 0 || titles >= MAX_TITLES) return false;
  // A name over all columns, each of which has a heading of its own, is a title and no group of some of them.
  const allNamed = heading.cells.every((cell) => cell === null || isKnownHeading(String(cell)));
  const isSetOff = titles > 0 || heading.row > own.row + 1 || allNamed;
  const names = !heading.cells.some(
    (cell) => isValue(cell) || (typeof cell === 'string' && holdsAddress(cell)),
  );
  const wide = data.filter(({ cells }) => filled(cells) > 1).length;
  return isSetOff && names && wide * 5 >= data.length * 4;
}

/**
 * Names of the columns: blanks get their spreadsheet letter, and a heading that comes again gets a number, so that
 * both columns stay apart and can be named in a message.
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

/** Headings without the name of their table, which Power Query and Power BI write before each: "Staff[Email]". */
function withoutTable(headings: readonly string[]): readonly string[] {
  const parts = headings.map((text) => /^('?[^[\]]+'?)\[([^[\]]+)\]$/.exec(text));
  const [first] = parts;
  if (headings.length < 2 || first == null || !parts.every((part) => part?.[1] === first[1])) return headings;
  return parts.map((part, at) => part?.[2]?.trim() ?? headings[at] ?? '');
}

/** 0 is A, 25 is Z, 26 is AA, as spreadsheets name columns. */
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

/** Whether a cell holds a number, a day or yes and no, and so names nothing. */
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
