import type { ReactNode } from 'react';
import classes from './charts.module.css';

/** Pattern for unknown values, as a fill: `url(#id)`. */
export function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="2" height="6" className={classes.hatch} />
      </pattern>
    </defs>
  );
}

interface ChartTableProps {
  /** The main finding, which distinguishes this chart's table from others. */
  readonly label: string;
  /** Heading of the first column. */
  readonly heading: string;
  /** Rows start with a day or another short label that does not wrap; left out: with names, which may be long. */
  readonly short?: boolean;
  readonly columns: readonly { readonly key: string; readonly head: ReactNode }[];
  /** Text instead of cells: why there are none. */
  readonly rows: readonly {
    readonly key: string;
    readonly head: ReactNode;
    readonly cells: readonly ReactNode[] | string;
  }[];
}

/** The data table of a chart, behind a button that is accessible by keyboard and screen reader. */
export function ChartTable({ label, heading, short, columns, rows }: ChartTableProps) {
  return (
    <details className={classes.details}>
      <summary>As a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard (WCAG 2.1.1). */}
      <section className={classes.scroll} aria-label={`Figures: ${label}`} tabIndex={0}>
        <table data-short={short || undefined}>
          <thead>
            <tr>
              <th scope="col">{heading}</th>
              {columns.map(({ key, head }) => (
                <th key={key} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, head, cells }) => (
              <tr key={key}>
                <th scope="row">{head}</th>
                {typeof cells === 'string' ? (
                  <td colSpan={columns.length} className="muted">
                    {cells}
                  </td>
                ) : (
                  cells.map((cell, at) => <td key={columns[at]?.key ?? at}>{cell}</td>)
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
