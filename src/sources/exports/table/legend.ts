import type { Cell, TableRow } from '../file-kind.ts';
import { cellText } from './cells.ts';

/** Meanings of codes in a table: "A = Active", or "T" next to a cell with "Terminated". */

/** A code: up to three letters, starting with a capital. */
const CODE = String.raw`\p{Lu}\p{L}{0,2}`;
const MEANING = String.raw`\p{L}[\p{L}\p{M}'’ ()/.-]{1,40}?`;
/**
 * A dash may separate a code from its meaning or the parts of a name, so with a dash alone the code must be in
 * capitals.
 */
const ENTRY = new RegExp(
  String.raw`(?<![\p{L}\d])(${CODE})\s?(?:=|[:：]|\s[–-]|[–-]\s)\s?(${MEANING})(?=\s?(?:$|[,;|/.·•])|\s(?:and|und|et|y|e|en)\s|\s${CODE}\s?(?:=|[:：]|[–-]))`,
  'gu',
);
const IS_CODE = new RegExp(`^${CODE}$`, 'u');

/** Whether a text is as short as a code. */
export function isCode(text: string): boolean {
  return IS_CODE.test(text);
}

/** Whether a line consists of one code, "=" and its meaning. Names do not contain that sign. */
export function explainsCode(line: string): boolean {
  return new RegExp(String.raw`^${CODE}\s?=\s?${MEANING}\.?$`, 'u').test(line.trim());
}

/** Codes, in lowercase, and their meanings in these lines. A code with two different explanations is omitted. */
export function legendIn(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string | null>();
  for (const line of lines)
    for (const [, code = '', meaning = ''] of line.replaceAll(/\s+/gu, ' ').matchAll(ENTRY)) {
      const key = code.toLowerCase();
      const known = found.get(key);
      const said = meaning.trim();
      found.set(key, known === undefined || known?.toLowerCase() === said.toLowerCase() ? said : null);
    }
  return new Map([...found].flatMap(([code, said]) => (said === null ? [] : [[code, said] as const])));
}

/** Joins a line of two cells, a code and its meaning; null: another line. */
export function entryOf(cells: readonly (Cell | undefined)[]): string | null {
  const [code, meaning, ...more] = cells.flatMap((cell) => cellText(cell) ?? []);
  if (code === undefined || meaning === undefined || more.length > 0 || !isCode(code)) return null;
  return new RegExp(`^${MEANING}$`, 'u').test(meaning) ? `${code} = ${meaning}` : null;
}

/**
 * Lines that only explain a code used in other lines: exactly two filled cells, the code first. Since a person may be
 * called Bo, the code must also occur in another column.
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
