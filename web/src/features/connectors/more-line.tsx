import type { MoreLine as Line } from './lines.ts';
import classes from './matrix.module.css';
import { asRow, GRID_ROLES } from './tree-grid.ts';

interface MoreLineProps {
  readonly line: Line;
  readonly index: number;
  readonly measure: ((node: HTMLElement | null) => void) | undefined;
  readonly active: boolean;
  readonly onWhole: (connector: string) => void;
}

/** Shows how many actions match the charter, with a button to list them. */
export function MoreLine({ line, index, measure, active, onWhole }: MoreLineProps) {
  return (
    <div
      {...asRow(index + 1, { level: 2 })}
      className={classes.rest}
      data-line={line.id}
      data-index={index}
      ref={measure}
    >
      <div {...GRID_ROLES.rowHead}>
        {line.left} more {line.left === 1 ? 'action matches' : 'actions match'} the charter.{' '}
        <button
          type="button"
          className={classes.link}
          data-main
          tabIndex={active ? 0 : -1}
          aria-label={`Show all ${line.all} actions of ${line.connector.name}`}
          onClick={() => onWhole(line.connector.id)}
        >
          Show all {line.all}
        </button>
      </div>
    </div>
  );
}
