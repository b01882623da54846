import type { ReactNode } from 'react';
import { type VerdictState, verdictWord } from '../../theme/tokens.ts';
import { VerdictShape } from '../verdict-mark.tsx';
import classes from './heat-map.module.css';

/** The worst state in a cell, shown by shape, color and number together, and in words for screen readers. */
export interface HeatCell {
  readonly state: VerdictState;
  /** Number of items in that state. */
  readonly n: number;
  readonly of: number;
}

interface HeatMapProps<Row> {
  readonly label: string;
  /** Heading of the first column. */
  readonly heading: string;
  readonly columns: readonly { readonly key: string; readonly name: string }[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly name: (row: Row) => ReactNode;
  /** null: nothing is known here. */
  readonly cell: (row: Row, column: string) => HeatCell | null;
  /** Turns a cell into a link to its data. */
  readonly link: (row: Row, column: string, cell: HeatCell, content: ReactNode) => ReactNode;
}

/**
 * Matrix of things and criteria, each cell with its worst state. It is a table itself, so it has no separate data
 * table.
 */
export function HeatMap<Row>({ label, heading, columns, rows, rowId, name, cell, link }: HeatMapProps<Row>) {
  return (
    <section
      className={classes.region}
      aria-label={`${label}, table`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
    >
      <table aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{heading}</th>
            {columns.map((column) => (
              <th key={column.key} scope="col">
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowId(row)}>
              <th scope="row">{name(row)}</th>
              {columns.map(({ key }) => {
                const found = cell(row, key);
                return (
                  <td key={key} data-state={found?.state}>
                    {found === null ? (
                      <span className="muted">·</span>
                    ) : (
                      link(
                        row,
                        key,
                        found,
                        <>
                          <VerdictShape state={found.state} />
                          <span>{found.n}</span>
                          <span className="hidden-text">
                            {' '}
                            of {found.of}: {verdictWord(found.state)}
                          </span>
                        </>,
                      )
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
