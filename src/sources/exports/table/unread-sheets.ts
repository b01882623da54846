import type { Cell, Table, UnreadSheet } from '../file-kind.ts';
import { filled } from '../read/heading.ts';
import { cellValue } from './cells.ts';
import { looksLikeDate } from './date-column.ts';

/** Number of filled cells in the fullest row of a sheet. */
export function widthOf(rows: readonly { readonly cells: readonly Cell[] }[]): number {
  return rows.reduce((most, { cells }) => Math.max(most, filled(cells)), 0);
}

/** A sheet that was not read. Its heading may be a row of the list. */
export function unreadSheet({ sheet, columns, rows }: Table): UnreadSheet {
  const all = [{ cells: columns }, ...rows];
  return { sheet: sheet ?? '', width: widthOf(all), rows: all.map(({ cells }) => cells) };
}

/**
 * Unread sheets that may continue a list, because their rows are at least half as wide as those of the list. Short
 * notes and two-column keys next to a long list are not.
 *
 * @param isOfList matches a cell that every line of the list has. A sheet without such a cell, but with a column of
 *   days or email addresses, is a different list. Omitted: any sheet may continue the list.
 */
export function mayContinue(
  unread: readonly UnreadSheet[],
  list: readonly Table[],
  isOfList?: (text: string) => boolean,
): readonly UnreadSheet[] {
  const width = Math.max(0, ...list.map(({ rows }) => widthOf(rows)));
  return unread.filter(
    (sheet) =>
      sheet.width * 2 >= width &&
      !(isAside(sheet) && !sheet.rows.flat().some((cell) => mayBeOfList(cell, isOfList))) &&
      (isOfList === undefined || sheet.rows.flat().some(holds(isOfList)) || !listsDaysOrAddresses(sheet)),
  );
}

/** Names of sheets with to-do items, explanations, or counts. */
const SIDE_SHEET =
  /^(?:to ?do(?:s| list)?|tasks?|action items?|notes?|my notes|comments?|remarks?|instructions?|how to(?: use)?|read ?me|about|cover(?: (?:page|sheet))?|contents?|key|legend|codes?|lists?|lookups?|drop ?downs?|settings|pivot(?: table)?\d*|summary|charts?|graphs?|dashboard|change ?log|changes|revisions?|version history|aufgaben|notizen|anleitung|hinweise|legende|codes|listen|tâches|notes|instructions|légende|mode d emploi|tareas|pendientes|notas|instrucciones|leyenda|listas)$/iu;

/** Whether a sheet is named like something other than a list. Its cells still have to be checked for people. */
const isAside = ({ sheet }: UnreadSheet) => SIDE_SHEET.test(sheet.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim());

/** Whether a cell is an email address, or what every line of such a list has. */
function mayBeOfList(cell: Cell, isOfList: ((text: string) => boolean) | undefined): boolean {
  return /\S@\S/.test(String(cell ?? '')) || (isOfList !== undefined && holds(isOfList)(cell));
}

const holds = (isOfList: (text: string) => boolean) => (cell: Cell) => {
  const text = cellValue(cell);
  return text !== null && isOfList(text);
};

/** Whether it has a column of days or addresses, like a change log or a list of people. */
function listsDaysOrAddresses({ rows: [, ...rows], width }: UnreadSheet): boolean {
  return Array.from({ length: width }, (_, at) => at).some((at) => {
    const cells = rows.flatMap(({ [at]: cell }) => (cellValue(cell) === null ? [] : [cell]));
    const days = cells.filter(
      (cell) => (typeof cell === 'string' && /^\S+@\S+$/.test(cell)) || looksLikeDate(cell, 'UTC'),
    );
    return days.length > 0 && days.length * 2 >= cells.length;
  });
}

/** Message about a sheet that may continue the list. */
export function asksOfSheet({ sheet }: UnreadSheet): string {
  return `The sheet “${sheet.slice(0, 60)}” was not read and may hold more of the list, so this counts as a part of it. Give the sheet the headings of the list, or delete it.`;
}

/** Message about a second list of people beside the one that was read. */
export function asksOfBeside(columns: readonly string[]): string {
  const names = columns.slice(0, 4).map((column) => `“${column.replace(/ \(\d+\)$/, '').slice(0, 40)}”`);
  return `Beside the list, behind an empty column, is a second one (${names.join(', ')}), which was not read and may hold more people, so this counts as a part of it. Move it to a file of its own, or below the list with the same columns.`;
}
