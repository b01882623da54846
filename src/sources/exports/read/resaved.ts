import type { Cell } from '../file-kind.ts';
import type { NumberedRow } from './heading.ts';

/** What programs and people make of a table when they save or copy it again. */

const textOf = (cell: Cell | undefined) => String(cell ?? '').trim();

/** Whether a row is the rule below the heading of a table in Markdown: "--- | :---: | ---". */
export function isRule(cells: readonly Cell[]): boolean {
  const texts = cells.map(textOf).filter((text) => text !== '');
  return texts.length >= 2 && texts.every((text) => /^:?-{2,}:?$/.test(text));
}

/** Share of filled cells with the mark that a spreadsheet puts before text: by that many it is a mark, and no name. */
const MARKED = 0.9;
const FEWEST = 4;

/** Whether nearly every filled cell begins with an apostrophe, by which a spreadsheet marks a text as one. */
export function marksText(rows: readonly NumberedRow[]): boolean {
  const filled = rows.flatMap(({ cells }) => cells.map(textOf)).filter((text) => text !== '');
  return (
    filled.length >= FEWEST && filled.filter((text) => text.startsWith("'")).length >= filled.length * MARKED
  );
}

export function withoutMark(cell: string): string {
  return cell.replace(/^\s*'/, '');
}

/**
 * Whether each line is one cell in quotation marks that holds a whole line of a table, as a spreadsheet saves a file that it
 * did not take apart: the first holds separators, and nearly all others as many.
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
