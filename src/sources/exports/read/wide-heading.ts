import { type Cell, ImportProblem } from '../file-kind.ts';
import { filled, type NumberedRow } from './heading.ts';
import { isRule } from './resaved.ts';

interface Heading {
  readonly cells: readonly Cell[];
  readonly row: number;
  readonly through: number;
}

/**
 * Number of rows that shows that all of them have fewer cells; one or two may have been typed without their last cells.
 */
const MIN_ROWS = 3;

/**
 * Corrects the heading by the rows below it. An unquoted delimiter in a heading ("Name (Last, First)") makes it wider
 * than every row and shifts the columns after it. Its pieces are joined if parentheses and rows agree; otherwise `wide`
 * says why no row can be read.
 */
export function againstRows<H extends Heading>(
  heading: H,
  top: readonly NumberedRow[],
  delimiter: string,
): { readonly heading: H; readonly wide: ImportProblem | null } {
  const as = { heading, wide: null };
  const rows = top.filter(({ row, cells }) => row > heading.through && filled(cells) > 0 && !isRule(cells));
  if (rows.length === 0) return as;
  const width = heading.cells.length;
  const joined = rejoined(heading.cells, delimiter);
  if (joined.length < width && rows.every(({ cells }) => cells.length === joined.length))
    return { heading: { ...heading, cells: joined }, wide: null };
  const named = lastFilled(heading.cells);
  const widest = Math.max(...rows.map(({ cells }) => cells.length));
  const isShort = rows.length >= MIN_ROWS && widest > 1 && widest < named;
  // The parentheses show how many cells there are too many. The last cells of a row may exist, but be empty.
  const isSplit =
    joined.length < width && rows.every(({ cells }) => lastFilled(cells) <= joined.length) && named === width;
  // One or two rows may lack their last cells, unless a comma with a space is one within a heading: “Role, Title”.
  const isSpaced = widest > 1 && widest < named && hasSpacedPart(heading.cells, widest, delimiter);
  if (!isShort && !isSplit && !isSpaced) return as;
  return {
    heading,
    wide: new ImportProblem(
      `The heading has ${named} cells, and no row below it has more than ${isSplit && !isShort ? joined.length : widest}, so it is not certain which column is which. A separator inside a heading needs quotation marks around the heading; if the last columns are empty, add their separators to each row.`,
      { row: heading.row },
    ),
  };
}

/**
 * Whether some of the headings above the first `width` columns begin with a space, and not all of them, as they do
 * where a system writes a space after each separator.
 */
function hasSpacedPart(cells: readonly Cell[], width: number, delimiter: string): boolean {
  if (delimiter !== ',') return false;
  const spaced = cells.flatMap((cell, at) => (at > 0 && /^\s+\S/.test(String(cell ?? '')) ? [at] : []));
  return spaced.length < cells.length - 1 && spaced.some((at) => at < width);
}

function lastFilled(cells: readonly Cell[]): number {
  return cells.findLastIndex((cell) => cell !== null && String(cell).trim() !== '') + 1;
}

/** Joins a cell with an unclosed parenthesis and those after it, up to the one that closes it. */
function rejoined(cells: readonly Cell[], delimiter: string): readonly Cell[] {
  const whole: Cell[] = [];
  for (let at = 0; at < cells.length; at++) {
    const end = open(cells[at]) === 1 ? cells.findIndex((cell, next) => next > at && open(cell) !== 0) : -1;
    if (end < 0 || open(cells[end]) !== -1) whole.push(cells[at] ?? null);
    else {
      whole.push(cells.slice(at, end + 1).join(delimiter));
      at = end;
    }
  }
  return whole;
}

/** Number of opening minus closing parentheses in a cell. */
function open(cell: Cell | undefined): number {
  const text = String(cell ?? '');
  return text.split('(').length - text.split(')').length;
}
