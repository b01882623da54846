import { Checkbox } from '@mantine/core';
import { useTable } from '@tanstack/react-table';
import { useMemo, useRef, useState } from 'react';
import { breakableCell } from './breakable.tsx';
import { BulkBar } from './bulk-bar.tsx';
import classes from './data-table.module.css';
import {
  type Column,
  columnsIn,
  definitions,
  features,
  linesOf,
  nextSort,
  type RowGroup,
  sortingFrom,
} from './data-table-model.ts';
import { Icon } from './icon.tsx';
import { useDelayed, useWidth } from './measure.ts';
import { useRowKeys } from './row-keys.ts';
import { useWindowed } from './windowed.ts';

export type { Column } from './data-table-model.ts';

interface DataTableProps<Row> {
  /** Accessible name of the list: "Controls". */
  readonly label: string;
  /** Undefined while loading. */
  readonly rows: readonly Row[] | undefined;
  readonly columns: readonly Column<Row>[];
  readonly rowId: (row: Row) => string;
  readonly groups?: readonly RowGroup[];
  readonly groupOf?: (row: Row) => string;
  /** The row whose panel is open. */
  readonly openId?: string | null;
  /** As in the URL: `observed` or `-observed`. */
  readonly sort?: string | undefined;
  readonly onSort?: (sort: string | undefined) => void;
  /** Makes rows selectable and defines the bulk actions. */
  readonly selection?: {
    readonly noun: (count: number) => string;
    /** What will happen, in a sentence. */
    readonly explain?: (rows: readonly Row[]) => React.ReactNode;
    readonly actions: (rows: readonly Row[], clear: () => void) => React.ReactNode;
    readonly allowed?: (row: Row) => boolean;
  };
  /** Shown if there is no data at all: an EmptyState. */
  readonly empty: React.ReactNode;
  /** Describes the filter that hides everything, with a button to remove it. */
  readonly filtered?: { readonly words: string; readonly onClear: () => void } | undefined;
}

/** Width of the checkbox column, in px. */
const BOX = 42;
const NO_ROWS: readonly never[] = [];

/**
 * The list of every page: a plain table with sorting, grouping, selection and shortcuts J, K, X, which folds into
 * lines when narrow.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { columns, rows, rowId, selection, sort } = props;
  const [frame, width] = useWidth();
  const body = useRef<HTMLTableSectionElement>(null);
  const [selected, setSelected] = useState<Record<string, true>>({});
  const defs = useMemo(() => definitions(columns), [columns]);
  const table = useTable({
    features,
    columns: defs,
    data: rows ?? NO_ROWS,
    getRowId: rowId,
    state: { sorting: sortingFrom(sort), rowSelection: selected },
    onRowSelectionChange: setSelected,
    enableRowSelection: (row) => selection?.allowed?.(row.original) ?? true,
  });
  const sorted = table.getRowModel().rows;
  const lines = useMemo(
    () => linesOf(sorted, props.groups, props.groupOf),
    [sorted, props.groups, props.groupOf],
  );
  const windowed = useWindowed(lines.length, body);
  const chosen = sorted.filter((row) => selected[row.id] === true).map((row) => row.original);
  const clear = () => setSelected({});
  const toggle = (id: string) =>
    setSelected(({ [id]: was, ...rest }) => (was ? rest : { ...rest, [id]: true }));
  useRowKeys({
    body,
    lines,
    reveal: windowed.reveal,
    toggle: selection === undefined ? null : toggle,
    clear: chosen.length > 0 ? clear : null,
  });
  const waiting = useDelayed(rows === undefined, 200);

  const [first, ...others] = columns;
  if (first === undefined) return null;
  const shown = columnsIn(columns, width - (selection === undefined ? 0 : BOX));
  const folded = others.filter((column) => !shown.includes(column) && column.unlisted !== true);
  // A single column takes the full width.
  const { width: _ofMany, ...alone } = first;
  const lead = shown.length === 0 ? alone : first;
  const span = shown.length + 1 + (selection === undefined ? 0 : 1);

  if (rows !== undefined && rows.length === 0) {
    if (props.filtered === undefined) return <div ref={frame}>{props.empty}</div>;
    return (
      <div ref={frame} className={classes.none} role="status">
        <p>Nothing matches {props.filtered.words}.</p>
        <button type="button" className={classes.clear} onClick={props.filtered.onClear}>
          Clear the filter
        </button>
      </div>
    );
  }

  return (
    <div ref={frame} className={classes.frame}>
      <table
        className={classes.table}
        aria-label={props.label}
        aria-rowcount={lines.length + 1}
        aria-busy={rows === undefined}
      >
        <thead>
          <tr aria-rowindex={1}>
            {selection === undefined ? null : (
              <th className={classes.box} scope="col">
                <Checkbox
                  aria-label="Select all shown"
                  checked={chosen.length > 0 && table.getIsAllRowsSelected()}
                  indeterminate={chosen.length > 0 && !table.getIsAllRowsSelected()}
                  onChange={() => table.toggleAllRowsSelected()}
                />
              </th>
            )}
            {[lead, ...shown].map((column) => (
              <Heading key={column.id} column={column} sort={sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows === undefined && waiting ? <Waiting span={span} /> : null}
          {windowed.before > 0 ? <Gap height={windowed.before} span={span} /> : null}
          {lines.slice(windowed.from, windowed.to).map((line, at) => {
            const index = windowed.from + at;
            const measured = { 'data-index': index, ref: windowed.measure, 'aria-rowindex': index + 2 };
            if (line.kind === 'group')
              return (
                <tr key={`group:${line.group.key}`} className={classes.group} {...measured}>
                  <th scope="rowgroup" colSpan={span}>
                    <span className={classes.groupLabel}>
                      {line.group.label}{' '}
                      <span className={classes.groupCount}>{countOf(line.count, line.group.total)}</span>
                    </span>
                  </th>
                </tr>
              );
            return (
              <tr
                key={line.id}
                {...measured}
                data-row={line.id}
                data-open={props.openId === line.id || undefined}
                data-selected={selected[line.id] || undefined}
                aria-current={props.openId === line.id ? 'true' : undefined}
              >
                {selection === undefined ? null : (
                  <td className={classes.box}>
                    <Checkbox
                      aria-label="Select this row"
                      disabled={selection.allowed?.(line.row) === false}
                      checked={selected[line.id] === true}
                      onChange={() => toggle(line.id)}
                    />
                  </td>
                )}
                <td>
                  {breakableCell(first.cell(line.row))}
                  {folded.length === 0 ? null : <Folded columns={folded} row={line.row} />}
                </td>
                {shown.map((column) => (
                  <td key={column.id} data-align={column.align}>
                    {breakableCell(column.cell(line.row))}
                  </td>
                ))}
              </tr>
            );
          })}
          {windowed.after > 0 ? <Gap height={windowed.after} span={span} /> : null}
        </tbody>
      </table>
      {selection === undefined || chosen.length === 0 ? null : (
        <BulkBar words={selection.noun(chosen.length)} explain={selection.explain?.(chosen)} onClear={clear}>
          {selection.actions(chosen, clear)}
        </BulkBar>
      )}
    </div>
  );
}

function Heading<Row>(props: {
  column: Column<Row>;
  sort: string | undefined;
  onSort: ((sort: string | undefined) => void) | undefined;
}) {
  const { column, sort, onSort } = props;
  const direction = sort === column.id ? 'ascending' : sort === `-${column.id}` ? 'descending' : undefined;
  const style = column.width === undefined ? undefined : { width: column.width };
  if (column.sort === undefined || onSort === undefined)
    return (
      <th scope="col" data-align={column.align} style={style}>
        <span className={column.quiet ? 'hidden-text' : undefined}>{column.header}</span>
      </th>
    );
  return (
    <th scope="col" data-align={column.align} style={style} aria-sort={direction}>
      <button type="button" className={classes.sort} onClick={() => onSort(nextSort(sort, column.id))}>
        {column.header}
        {direction === undefined ? null : (
          <Icon name={direction === 'ascending' ? 'sort-up' : 'sort-down'} size={12} />
        )}
      </button>
    </th>
  );
}

function Folded<Row>({ columns, row }: { columns: readonly Column<Row>[]; row: Row }) {
  return (
    <span className={classes.folded}>
      {columns.map((column) => {
        const cell = column.cell(row);
        // A heading without content looks like an error.
        return cell === null ? null : (
          <span key={column.id}>
            <span className={column.evident || column.quiet ? 'hidden-text' : 'muted'}>{column.header} </span>
            {breakableCell(cell)}
          </span>
        );
      })}
    </span>
  );
}

function Gap({ height, span }: { height: number; span: number }) {
  return (
    <tr className={classes.gap}>
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}

function Waiting({ span }: { span: number }) {
  return ['a', 'b', 'c', 'd', 'e', 'f'].map((key, at) => (
    <tr key={key} className={classes.waiting}>
      <td colSpan={span}>
        {at === 0 ? <span className="hidden-text">Loading</span> : null}
        <span className={classes.bone} />
      </td>
    </tr>
  ));
}

function countOf(shown: number, total: number | undefined): string {
  return total === undefined || total <= shown ? String(shown) : `${shown} of ${total}`;
}
