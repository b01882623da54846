import { Fragment, type Key, type ReactNode } from 'react';
import { breakableCell } from './breakable.tsx';
import classes from './plain-table.module.css';

interface PlainColumn<Row> {
  /** Empty: a column of buttons, which are self-explanatory. */
  readonly head: ReactNode;
  readonly cell: (row: Row, index: number) => ReactNode;
  /** `end`: figures, which are right-aligned for comparison. */
  readonly align?: 'end';
  /** Class of the cells below the heading. */
  readonly className?: string | undefined;
  /** Hidden on a narrow window, where it would only repeat others. */
  readonly wide?: boolean;
}

interface PlainTableProps<Row> {
  /** Accessible name. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowId: (row: Row, index: number) => Key;
  /** The first cell names its row. */
  readonly columns: readonly PlainColumn<Row>[];
  /** Rows of the same group are together below its name. */
  readonly groupOf?: (row: Row) => string;
  readonly isOpen?: (row: Row) => boolean;
  /** All columns except the first are figures. */
  readonly figures?: boolean;
  /** Has its own border, outside of cards. */
  readonly framed?: boolean;
  /**
   * On a narrow window it scrolls sideways, like `figures`. Otherwise each row becomes a paragraph there, with
   * headings before the cells.
   */
  readonly scrolls?: boolean;
}

/** A read-only table, in a card (`flush`) or framed. Use `DataTable` for sorting or filtering. */
export function PlainTable<Row>(props: PlainTableProps<Row>) {
  const { label, rows, columns, groupOf, isOpen } = props;
  const folds = !(props.figures || props.scrolls);
  const line = (row: Row) => {
    const at = rows.indexOf(row);
    return (
      <tr key={props.rowId(row, at)} data-open={isOpen?.(row) || undefined}>
        {columns.map((column, index) => {
          const Tag = index === 0 ? 'th' : 'td';
          const head = typeof column.head === 'string' && column.head !== '' ? column.head : undefined;
          return (
            <Tag
              key={index}
              scope={index === 0 ? 'row' : undefined}
              className={column.className}
              data-wide={column.wide}
              data-align={column.align ?? (props.figures && index > 0 ? 'end' : undefined)}
              data-head={folds && index > 0 ? head : undefined}
            >
              {breakableCell(column.cell(row, at))}
            </Tag>
          );
        })}
      </tr>
    );
  };
  return (
    <section
      className={classes.region}
      aria-label={`${label}, table`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      data-framed={props.framed}
      data-figures={props.figures}
      data-folds={folds || undefined}
    >
      <table aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ head, wide, align = props.figures ? 'end' : undefined }, index) =>
              head === '' ? (
                <td key={index} />
              ) : (
                <th key={index} scope="col" data-wide={wide} data-align={index > 0 ? align : undefined}>
                  {head}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {groupOf === undefined
            ? rows.map(line)
            : [...new Set(rows.map(groupOf))].map((group) => (
                <Fragment key={group}>
                  <tr>
                    <th scope="rowgroup" colSpan={columns.length}>
                      {group}
                    </th>
                  </tr>
                  {rows.filter((row) => groupOf(row) === group).map(line)}
                </Fragment>
              ))}
        </tbody>
      </table>
    </section>
  );
}
