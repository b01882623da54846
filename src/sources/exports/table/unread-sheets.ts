import type { Cell, Table, UnreadSheet } from '../file-kind.ts';
import { filled } from '../read/heading.ts';
import { cellValue } from './cells.ts';
import { looksLikeDate } from './date-column.ts';

/** Cells of the fullest row of a sheet. */
export function widthOf(rows: readonly { readonly cells: readonly Cell[] }[]): number {
  return rows.reduce((most, { cells }) => Math.max(most, filled(cells)), 0);
}

/** A sheet of which nothing was taken; its heading may be a row of the list. */
export function unreadSheet({ sheet, columns, rows }: Table): UnreadSheet {
  const all = [{ cells: columns }, ...rows];
  return { sheet: sheet ?? '', width: widthOf(all), rows: all.map(({ cells }) => cells) };
}

/**
 * The unread sheets that may hold more of a list: they have at least half as many cells in a row as its own sheets. A short
 * note or a key of two columns beside a long list has not.
 *
 * @param isOfList whether a cell holds what lines of the list always hold. A sheet without such a cell, and with a column of
 * days or of mail addresses, is a list of something else. Left out: any sheet may hold more.
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

/** What sheets are called on which people keep what they have to do, explain the list, or count it. */
const ASIDE =
  /^(?:to ?do(?:s| list)?|tasks?|action items?|notes?|my notes|comments?|remarks?|instructions?|how to(?: use)?|read ?me|about|cover(?: (?:page|sheet))?|contents?|key|legend|codes?|lists?|lookups?|drop ?downs?|settings|pivot(?: table)?\d*|summary|charts?|graphs?|dashboard|change ?log|changes|revisions?|version history|aufgaben|notizen|anleitung|hinweise|legende|codes|listen|tâches|notes|instructions|légende|mode d emploi|tareas|pendientes|notas|instrucciones|leyenda|listas)$/iu;

/** Whether a sheet is called after something beside a list. That it lists nobody all the same, its cells have to show. */
const isAside = ({ sheet }: UnreadSheet) => ASIDE.test(sheet.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim());

/** A mail address, or what every line of such a list has. */
function mayBeOfList(cell: Cell, isOfList: ((text: string) => boolean) | undefined): boolean {
  return /\S@\S/.test(String(cell ?? '')) || (isOfList !== undefined && holds(isOfList)(cell));
}

const holds = (isOfList: (text: string) => boolean) => (cell: Cell) => {
  const text = cellValue(cell);
  return text !== null && isOfList(text);
};

/** Whether a column of days or of addresses is in it, as in a log of changes or in a list of people. */
function listsDaysOrAddresses({ rows: [, ...rows], width }: UnreadSheet): boolean {
  return Array.from({ length: width }, (_, at) => at).some((at) => {
    const cells = rows.flatMap(({ [at]: cell }) => (cellValue(cell) === null ? [] : [cell]));
    const days = cells.filter(
      (cell) => (typeof cell === 'string' && /^\S+@\S+$/.test(cell)) || looksLikeDate(cell, 'UTC'),
    );
    return days.length > 0 && days.length * 2 >= cells.length;
  });
}

/** What to do about a sheet that may hold more of the list. */
export function asksOfSheet({ sheet }: UnreadSheet): string {
  return `The sheet "${sheet.slice(0, 60)}" was not read and may hold more of the list, so this counts as a part of it. Give the sheet the headings of the list, or delete it.`;
}
