import type { Cell, TableRow } from '../file-kind.ts';
import { cellText } from './cells.ts';

/** What codes of a table stand for: "A = Active", "T" with "Terminated" in the cell beside it. */

/** A code as tables have them: up to three letters, the first of them a capital. */
const CODE = String.raw`\p{Lu}\p{L}{0,2}`;
const MEANING = String.raw`\p{L}[\p{L}\p{M}'’ ()/.-]{1,40}?`;
/** A dash stands between a code and its meaning, and between parts of a name, so that alone it needs a code in capitals. */
const ENTRY = new RegExp(
  String.raw`(?<![\p{L}\d])(${CODE})\s?(?:=|[:：]|\s[–-]|[–-]\s)\s?(${MEANING})(?=\s*(?:$|[,;|/.·•]|\s(?:and|und|et|y|e|en)\s|\s+${CODE}\s?(?:=|[:：]|[–-])))`,
  'gu',
);
const IS_CODE = new RegExp(`^${CODE}$`, 'u');

/** Whether a text is as short as codes are. */
export function isCode(text: string): boolean {
  return IS_CODE.test(text);
}

/** Whether a line has one code with "=" and its meaning, and nothing else: no name has that sign. */
export function explainsCode(line: string): boolean {
  return new RegExp(String.raw`^${CODE}\s?=\s?${MEANING}\.?$`, 'u').test(line.trim());
}

/** The codes, in small letters, with what these lines say that they mean. A code that two lines explain differently means nothing. */
export function legendIn(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string | null>();
  for (const line of lines)
    for (const [, code = '', meaning = ''] of line.matchAll(ENTRY)) {
      const key = code.toLowerCase();
      const known = found.get(key);
      const said = meaning.trim();
      found.set(key, known === undefined || known?.toLowerCase() === said.toLowerCase() ? said : null);
    }
  return new Map([...found].flatMap(([code, said]) => (said === null ? [] : [[code, said] as const])));
}

/** A line of two cells, a code and its meaning, written as one; null: it is another. */
export function entryOf(cells: readonly (Cell | undefined)[]): string | null {
  const [code, meaning, ...more] = cells.flatMap((cell) => cellText(cell) ?? []);
  if (code === undefined || meaning === undefined || more.length > 0 || !isCode(code)) return null;
  return new RegExp(`^${MEANING}$`, 'u').test(meaning) ? `${code} = ${meaning}` : null;
}

/**
 * Lines of a table that only explain a code which other lines use: with two cells filled, the code first. Somebody may be
 * called Bo, so that the code has to stand in a cell of another column, too.
 */
export function explainingRows(rows: readonly TableRow[]): ReadonlyMap<TableRow, string> {
  const used = new Map<string, Set<number>>();
  for (const { cells } of rows)
    for (const [at, cell] of cells.entries()) {
      const text = cellText(cell);
      if (text !== null && isCode(text)) used.set(text, (used.get(text) ?? new Set()).add(at));
    }
  return new Map(
    rows.flatMap((row) => {
      const entry = entryOf(row.cells);
      if (entry === null) return [];
      const at = row.cells.findIndex((cell) => cellText(cell) !== null);
      const columns = used.get(cellText(row.cells[at]) ?? '') ?? new Set();
      return columns.size > 1 || !columns.has(at) ? [[row, entry] as const] : [];
    }),
  );
}
