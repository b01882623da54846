import { isPasswordCell } from './bodies.ts';
import type { CompiledRules } from './compile.ts';
import type { Finding } from './finding.ts';

/** A cell of a table within text. */
export interface CellPlace {
  /** Its heading in lower case; null: none. */
  readonly heading: string | null;
  /** Offsets in the text; the end is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Cells of tables within a text, with their headings. */
export interface Columns {
  /** The cell at an offset; null: it is not in a table. */
  cellAt(offset: number): CellPlace | null;
  /** Findings based on headings alone, up to an offset. */
  cells(to: number): readonly Finding[];
}

const NONE: Columns = { cellAt: () => null, cells: () => [] };

interface Block {
  readonly start: number;
  readonly end: number;
  readonly delimiter: string;
  readonly headings: readonly (string | null)[];
}

/** Minimum number of rows below the headings. */
const MIN_ROWS = 2;
const MAX_HEAD_LENGTH = 2_000;
/** Lines at the start of a text that may be headings; further down, headings follow an empty line. */
const TOP_LINES = 30;

/** Finds tables in text: a line with a heading that a rule knows, followed by lines with as many delimiters. */
export function tableColumns(text: string, rules: CompiledRules): Columns {
  if (rules.headings.size === 0) return NONE;
  const blocks = blocksOf(text, rules);
  return blocks.length === 0 ? NONE : columnsOf(text, blocks, rules);
}

function blocksOf(text: string, rules: CompiledRules): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  let lines = 0;
  let afterBlank = true;
  while (at !== -1 && at < text.length) {
    // Headings are near the start, or after an empty line.
    if (lines >= TOP_LINES && !afterBlank) {
      const blank = text.indexOf('\n\n', at);
      if (blank === -1) return blocks;
      at = blank + 2;
    }
    const head = lineAt(text, at);
    const next = at + head.length + 1;
    lines += 1;
    afterBlank = head.trim() === '';
    const delimiter = head.length <= MAX_HEAD_LENGTH ? delimiterOf(head) : null;
    if (delimiter !== null && !(alike(head, lineAt(text, next), delimiter) && PLAIN_HEAD.test(head))) {
      at = next;
      continue;
    }
    if (delimiter !== null) {
      const values = cellsOf(head, 0, delimiter).map(({ value }) => value);
      if (values.some((value) => isHeading(value, rules))) {
        const cells = values.map(headingOf);
        let end = next;
        let rows = 0;
        while (end < text.length) {
          const line = lineAt(text, end);
          if (cellsOf(line, 0, delimiter).length !== cells.length) break;
          rows += 1;
          end += line.length + 1;
        }
        if (rows >= MIN_ROWS) {
          blocks.push({
            start: next,
            end: Math.min(end, text.length),
            delimiter,
            headings: cells.map((cell) => (cell === '' ? null : cell)),
          });
          at = end;
          continue;
        }
      }
    }
    at = next;
  }
  return blocks;
}

function lineAt(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(at, end === -1 ? text.length : end);
}

function delimiterOf(line: string): string | null {
  for (const one of ['\t', ';', ',', '|']) if (line.includes(one)) return one;
  return null;
}

/** Sentences are not headings. */
const PLAIN_HEAD = /^[^.!?]*$/u;

/** Whether the next line can have as many cells; with quoted cells, it may have more delimiters. */
function alike(head: string, below: string, delimiter: string): boolean {
  const cells = occurrences(head, delimiter);
  const others = occurrences(below, delimiter);
  return cells === others || (others > cells && below.includes('"')) || head.includes('"');
}

function occurrences(line: string, char: string): number {
  let count = 0;
  for (let at = line.indexOf(char); at !== -1; at = line.indexOf(char, at + 1)) count += 1;
  return count;
}

/** Normalizes a heading as in rules: lower case, with punctuation as spaces. */
export const headingOf = (value: string) =>
  value
    .replace(/([a-z])([A-Z])/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();

/** Whether a rule knows a heading. For nearly all prose, its outline already excludes that. */
function isHeading(value: string, { headings, headingOutlines }: CompiledRules): boolean {
  const outline = outlineOf(value);
  return (outline === null || headingOutlines.has(outline)) && headings.has(headingOf(value));
}

/**
 * The outline of a heading, equal for all ways to write it: the number of ASCII letters and digits, and the first and
 * last one without case, combined in one number. null: it has other letters.
 */
export function outlineOf(heading: string): number | null {
  let count = 0;
  let first = 0;
  let last = 0;
  for (let at = 0; at < heading.length; at += 1) {
    const code = heading.charCodeAt(at);
    if (code >= 128) return null;
    const small = code | 32;
    if (!((small >= 97 && small <= 122) || (code >= 48 && code <= 57))) continue;
    if (count === 0) first = small;
    last = small;
    count += 1;
  }
  return (count << 14) | (first << 7) | last;
}

interface Cell {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Splits a line into cells, ignoring delimiters within quotation marks. */
function cellsOf(line: string, offset: number, delimiter: string): Cell[] {
  const cells: Cell[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at <= line.length; at += 1) {
    const char = line.charAt(at);
    if (char === '"') quoted = !quoted;
    if (at < line.length && (quoted || char !== delimiter)) continue;
    let from = start;
    let to = at;
    while (from < to && /[\s"]/u.test(line.charAt(from))) from += 1;
    while (to > from && /[\s"]/u.test(line.charAt(to - 1))) to -= 1;
    cells.push({ value: line.slice(from, to), start: offset + from, end: offset + to });
    start = at + 1;
  }
  return cells;
}

function blockAt(blocks: readonly Block[], offset: number): Block | null {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  const block = blocks[low];
  return block !== undefined && offset >= block.start ? block : null;
}

function columnsOf(text: string, blocks: readonly Block[], rules: CompiledRules): Columns {
  let line: {
    readonly start: number;
    readonly end: number;
    readonly cells: readonly Cell[];
    readonly block: Block;
  } | null = null;
  return {
    cellAt(offset) {
      if (line === null || offset < line.start || offset > line.end) {
        const block = blockAt(blocks, offset);
        if (block === null) return null;
        const start = text.lastIndexOf('\n', offset) + 1;
        const content = lineAt(text, start);
        line = { start, end: start + content.length, cells: cellsOf(content, start, block.delimiter), block };
      }
      const column = line.cells.findIndex(({ start, end }) => offset >= start && offset < end);
      const cell = line.cells[column];
      return cell === undefined
        ? null
        : { heading: line.block.headings[column] ?? null, start: cell.start, end: cell.end };
    },
    cells(to) {
      const found: Finding[] = [];
      for (const block of blocks)
        for (let at = block.start; at < Math.min(block.end, to); ) {
          const content = lineAt(text, at);
          cellsOf(content, at, block.delimiter).forEach(({ value, start, end }, column) => {
            const heading = block.headings[column];
            if (heading === undefined || heading === null || value === '') return;
            for (const rule of rules.headings.get(heading) ?? [])
              if (rule.find === 'column' && (rule.secret === undefined || isPasswordCell(value)))
                found.push({
                  rule: rule.id,
                  group: rule.group,
                  start,
                  end,
                  confidence: 'high',
                  because: { check: null, near: null, heading, distance: 0 },
                });
          });
          at += content.length + 1;
        }
      return found;
    },
  };
}
