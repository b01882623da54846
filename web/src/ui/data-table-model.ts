import {
  type ColumnDef,
  createSortedRowModel,
  rowSelectionFeature,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
} from '@tanstack/react-table';

/** A column of a list. The first column has the name of the thing and its link. */
export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  /** The heading is for screen readers only, for a column of menus. */
  readonly quiet?: boolean;
  readonly cell: (row: Row) => React.ReactNode;
  /** Sort key; without one, the column cannot be sorted. Unknown values come last in both directions. */
  readonly sort?: (row: Row) => string | number | null;
  /** Numbers are right-aligned. */
  readonly align?: 'end';
  /** CSS width of the column; the first one takes the rest. */
  readonly width?: string;
  /** Width of the list in px below which the column moves to a line below the name. Default 560. */
  readonly from?: number;
  /**
   * Its cells are self-explanatory (a state with its icon, a sentence): in that line, the heading is for screen
   * readers only.
   */
  readonly evident?: boolean;
  /** Omitted from that line: menus, checkboxes. */
  readonly unlisted?: boolean;
}

/** A heading between rows: a state, a kind of difference. Groups without rows are not shown. */
export interface RowGroup {
  readonly key: string;
  readonly label: React.ReactNode;
  /** Total number of its rows, if the list does not contain all. */
  readonly total?: number;
}

const NARROW = 560;
/** Default CSS widths: of the naming column, so that names are not cut off; and of others. */
const LEAD = '12rem';
const OTHER = '5rem';
const REM_PX = 16;

/**
 * The columns beside the first that fit a list of this width in px; the others move below the name. Columns that need
 * the widest list move first, and among equals the leftmost.
 */
export function columnsIn<Row>(columns: readonly Column<Row>[], px: number): readonly Column<Row>[] {
  const [first, ...others] = columns;
  const shown = others.filter(({ from = NARROW }) => px >= from);
  const needed = (own: string) => Number.parseFloat(own) * (own.endsWith('%') ? px / 100 : REM_PX);
  const sum = () =>
    shown.reduce((all, { width = OTHER }) => all + needed(width), needed(first?.width ?? LEAD));
  while (shown.length > 0 && sum() > px) {
    const widest = Math.max(...shown.map(({ from = NARROW }) => from));
    shown.splice(
      shown.findIndex(({ from = NARROW }) => from === widest),
      1,
    );
  }
  return shown;
}

export const features = tableFeatures({
  rowSortingFeature,
  rowSelectionFeature,
  sortedRowModel: createSortedRowModel(),
});

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return collator.compare(String(one), String(other));
}

export function definitions<Row extends object>(
  columns: readonly Column<Row>[],
): ColumnDef<typeof features, Row>[] {
  return columns.map((column) => ({
    id: column.id,
    header: column.header,
    accessorFn: (row) => column.sort?.(row) ?? undefined,
    enableSorting: column.sort !== undefined,
    sortUndefined: 'last',
    sortFn: (one, other, id) => compare(one.getValue(id), other.getValue(id)),
  }));
}

/** Sort order as in the URL: `observed` ascending, `-observed` descending. */
export function sortingFrom(text: string | undefined): SortingState {
  if (text === undefined || text === '') return [];
  return [{ id: text.replace(/^-/, ''), desc: text.startsWith('-') }];
}

/** The next order after clicking a heading: ascending, descending, unsorted. */
export function nextSort(text: string | undefined, id: string): string | undefined {
  if (text === id) return `-${id}`;
  if (text === `-${id}`) return undefined;
  return id;
}

export type Line<Row> =
  | { readonly kind: 'group'; readonly group: RowGroup; readonly count: number }
  | { readonly kind: 'row'; readonly id: string; readonly row: Row };

/** Groups rows in the order of the groups, keeping the order of rows within each. */
export function linesOf<Row extends object>(
  rows: readonly { id: string; original: Row }[],
  groups: readonly RowGroup[] | undefined,
  groupOf: ((row: Row) => string) | undefined,
): Line<Row>[] {
  const line = ({ id, original }: { id: string; original: Row }): Line<Row> => ({
    kind: 'row',
    id,
    row: original,
  });
  if (groups === undefined || groupOf === undefined) return rows.map(line);
  const known = new Set(groups.map((group) => group.key));
  const lines = groups.flatMap((group) => {
    const within = rows.filter((row) => groupOf(row.original) === group.key);
    if (within.length === 0) return [];
    return [{ kind: 'group' as const, group, count: within.length }, ...within.map(line)];
  });
  return [...lines, ...rows.filter((row) => !known.has(groupOf(row.original))).map(line)];
}
