import type { FocusEvent, KeyboardEvent } from 'react';

/**
 * The roles of the ARIA tree grid pattern on plain elements: table elements cannot be laid out so that a line wraps
 * into blocks on a narrow screen. Controls inside the rows receive the focus, as the pattern allows.
 */
export const GRID_ROLES = {
  group: { role: 'rowgroup' },
  head: { role: 'columnheader' },
  rowHead: { role: 'rowheader' },
  cell: { role: 'gridcell' },
} as const;

/** A line of the tree; the first line of the grid contains the headings. */
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
  /** Number of lines, including those not rendered. */
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

/** Focuses the main control of a line; false: the line is not rendered. */
export function focusOn(root: HTMLElement | null, id: string): boolean {
  const line = root?.querySelector(`[data-line="${CSS.escape(id)}"]`);
  const main = line?.querySelector<HTMLElement>('[data-main]');
  main?.focus();
  return main !== null && main !== undefined;
}

/** Whether all, some or none of the rows are selected. */
export function amountOf(rows: readonly { readonly id: string }[], selected: ReadonlySet<string>) {
  const n = rows.reduce((sum, { id }) => sum + (selected.has(id) ? 1 : 0), 0);
  return n === 0 ? 'none' : n === rows.length ? 'all' : 'some';
}
