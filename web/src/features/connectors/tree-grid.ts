import type { FocusEvent, KeyboardEvent } from 'react';

/**
 * The roles of the tree grid pattern, for plain elements: a table's own elements cannot be laid out so that a line folds
 * into blocks on a narrow screen. Controls inside the rows take the focus, as the pattern allows.
 */
export const AS = {
  group: { role: 'rowgroup' },
  head: { role: 'columnheader' },
  rowHead: { role: 'rowheader' },
  cell: { role: 'gridcell' },
} as const;

/** A line of the tree; the first line of the grid are its headings. */
export function asRow(
  index: number,
  tree?: { readonly level: 1 | 2; readonly expanded?: boolean; readonly selected?: boolean | undefined },
) {
  return {
    role: 'row',
    'aria-rowindex': index + 1,
    ...(tree === undefined ? {} : { 'aria-level': tree.level }),
    ...(tree?.expanded === undefined ? {} : { 'aria-expanded': tree.expanded }),
    ...(tree?.selected === undefined ? {} : { 'aria-selected': tree.selected }),
  } as const;
}

interface GridProps {
  readonly label: string;
  /** Lines, those that are not drawn included. */
  readonly lines: number;
  readonly selectable: boolean;
  readonly onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void;
  readonly onFocus: (event: FocusEvent<HTMLDivElement>) => void;
}

export function asTreeGrid({ label, lines, selectable, onKeyDown, onFocus }: GridProps) {
  return {
    role: 'treegrid',
    'aria-label': label,
    'aria-rowcount': lines + 1,
    ...(selectable ? { 'aria-multiselectable': true } : {}),
    onKeyDown,
    onFocus,
  } as const;
}

/** Moves the focus to what a line is worked with; false: the line is not drawn. */
export function focusOn(root: HTMLElement | null, id: string): boolean {
  const line = root?.querySelector(`[data-line="${CSS.escape(id)}"]`);
  const main = line?.querySelector<HTMLElement>('[data-main]');
  main?.focus();
  return main !== null && main !== undefined;
}

/** How many of the rows are selected. */
export function amountOf(rows: readonly { readonly id: string }[], selected: ReadonlySet<string>) {
  const n = rows.reduce((sum, { id }) => sum + (selected.has(id) ? 1 : 0), 0);
  return n === 0 ? 'none' : n === rows.length ? 'all' : 'some';
}
