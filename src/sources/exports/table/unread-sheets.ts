import type { Cell, Table, UnreadSheet } from '../file-kind.ts';
import { filled } from '../read/heading.ts';

/** Cells of the fullest row of a sheet. */
export function widthOf(rows: readonly { readonly cells: readonly Cell[] }[]): number {
  return rows.reduce((most, { cells }) => Math.max(most, filled(cells)), 0);
}

/** A sheet of which nothing was taken; its heading may be a row of the list. */
export function unreadSheet({ sheet, columns, rows }: Table): UnreadSheet {
  return { sheet: sheet ?? '', width: widthOf([{ cells: columns }, ...rows]) };
}

/**
 * The unread sheets that may hold more of a list: they have at least half as many cells in a row as its own sheets. A short
 * note or a key of two columns beside a long list has not.
 */
export function mayContinue(unread: readonly UnreadSheet[], list: readonly Table[]): readonly UnreadSheet[] {
  const width = Math.max(0, ...list.map(({ rows }) => widthOf(rows)));
  return unread.filter((sheet) => sheet.width * 2 >= width);
}

/** What to do about a sheet that may hold more of the list. */
export function asksOfSheet({ sheet }: UnreadSheet): string {
  return `The sheet "${sheet.slice(0, 60)}" was not read and may hold more of the list, so this counts as a part of it. Give the sheet the headings of the list, or delete it.`;
}
