import type { Cell } from '../file-kind.ts';
import type { NumberedRow } from './heading.ts';

/** Changes to a table made by programs and people who save or copy it again. */

const textOf = (cell: Cell | undefined) => String(cell ?? '').trim();

/** Whether a row is the separator below a Markdown table's heading: "--- | :---: | ---". */
export function isRule(cells: readonly Cell[]): boolean {
  const texts = cells.map(textOf).filter((text) => text !== '');
  return texts.length >= 2 && texts.every((text) => /^:?-{2,}:?$/.test(text));
}

/** Minimum share of filled cells with a leading apostrophe for it to be a text marker, not part of names. */
const MARKED = 0.9;
const MIN_CELLS = 4;

/** Whether nearly every filled cell starts with an apostrophe, with which spreadsheets mark text. */
export function marksText(rows: readonly NumberedRow[]): boolean {
  const filled = rows.flatMap(({ cells }) => cells.map(textOf)).filter((text) => text !== '');
  return (
    filled.length >= MIN_CELLS &&
    filled.filter((text) => text.startsWith("'")).length >= filled.length * MARKED
  );
}

export function withoutMark(cell: string): string {
  return cell.replace(/^\s*'/, '');
}

/**
 * Whether every line is one quoted cell that contains a whole line of a table, as a spreadsheet saves a file that it
 * did not split: the first contains delimiters, and nearly all others as many.
 */
export function unwrapped(rows: readonly NumberedRow[], delimiters: readonly string[]): boolean {
  const lines = rows.flatMap(({ cells }) => (cells.every((cell) => textOf(cell) === '') ? [] : [cells]));
  if (lines.length < 2 || lines.some((cells) => cells.length > 1)) return false;
  const [heading = '', ...data] = lines.map(([cell]) => textOf(cell));
  return delimiters.some((delimiter) => {
    const parts = (line: string) => line.replaceAll(/"(?:[^"]|"")*"/g, '').split(delimiter).length;
    const width = parts(heading);
    return width >= 3 && data.filter((line) => parts(line) === width).length >= data.length * 0.8;
  });
}
