import type { ReactNode } from 'react';
import { useId } from 'react';
import { useWidth } from '../measure.ts';
import classes from './flows.module.css';

export interface FlowTarget {
  readonly key: string;
  /** Calls that only read, and calls that did or may have done more. */
  readonly reads: number;
  readonly more: number;
  /** Label at the end of the flow: name, figures, problems. */
  readonly label: ReactNode;
}

interface FlowsProps {
  /** The main finding, as text alternative of the chart. */
  readonly summary: string;
  readonly sources: readonly {
    readonly key: string;
    readonly label: string;
    readonly n: number;
    readonly more: boolean;
  }[];
  readonly through: string;
  readonly targets: readonly FlowTarget[];
}

/** Height of a target with its label, in px: three lines, six if narrow. */
const ROW = 68;
const NARROW_ROW = 112;
/** Maximum width of a single flow. */
const MAX_FLOW_WIDTH = 30;
const BOX = 88;

/**
 * Flow chart: who sends how much through something to which targets. Reads are solid, everything else hatched; the
 * labels have the figures.
 */
export function Flows({ summary, sources, through, targets }: FlowsProps) {
  const [frame, width] = useWidth();
  const hatch = useId();
  const narrow = width < 260;
  const row = narrow ? NARROW_ROW : ROW;
  const height = Math.max(targets.length * row, 120);
  const people = narrow ? 0 : Math.min(120, width * 0.3);
  const left = people === 0 ? 0 : people + Math.min(110, width * 0.14);
  const middle = height / 2;
  const max = Math.max(1, ...targets.map(({ reads, more }) => reads + more));
  const thick = (n: number) => (n === 0 ? 0 : Math.max(2, (n / max) * MAX_FLOW_WIDTH));
  const heads = Math.max(1, ...sources.map(({ n }) => n));
  return (
    <div className={classes.flows}>
      <div ref={frame} className={classes.picture}>
        <svg width="100%" height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary}>
          <defs>
            <pattern
              id={hatch}
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width="6" height="6" className={classes.ground} />
              <rect width="2.5" height="6" className={classes.line} />
            </pattern>
          </defs>
          {people === 0
            ? null
            : sources.map(({ key, label, n, more }, at) => {
                const y = middle + (at - (sources.length - 1) / 2) * 72;
                const wide = n === 0 ? 0 : Math.max(2, (n / heads) * MAX_FLOW_WIDTH);
                return (
                  <g key={key}>
                    <path
                      d={ribbon(people, y, left, middle)}
                      strokeWidth={wide}
                      className={classes.flow}
                      style={more ? { stroke: `url(#${hatch})` } : undefined}
                    />
                    <text x={0} y={y - 4} className={classes.number}>
                      {n}
                    </text>
                    <text x={0} y={y + 12} className={classes.words}>
                      {label}
                    </text>
                  </g>
                );
              })}
          {targets.map(({ key, reads, more }, at) => {
            const y = at * row + row / 2;
            const [a, b] = [thick(reads), thick(more)];
            const top = -(a + b) / 2;
            if (reads + more === 0)
              return (
                <path
                  key={key}
                  d={ribbon(left + BOX, middle, width, y)}
                  strokeWidth={1}
                  className={classes.none}
                />
              );
            return (
              <g key={key}>
                {a === 0 ? null : (
                  <path
                    d={ribbon(left + BOX, middle, width, y + top + a / 2)}
                    strokeWidth={a}
                    className={classes.flow}
                  />
                )}
                {b === 0 ? null : (
                  <path
                    d={ribbon(left + BOX, middle, width, y + top + a + b / 2)}
                    strokeWidth={b}
                    className={classes.flow}
                    style={{ stroke: `url(#${hatch})` }}
                  />
                )}
              </g>
            );
          })}
          <rect x={left} y={middle - 24} width={BOX} height={48} rx={3} className={classes.box} />
          <text x={left + BOX / 2} y={middle + 4} textAnchor="middle" className={classes.through}>
            {through}
          </text>
        </svg>
      </div>
      <ul className={classes.targets}>
        {targets.map(({ key, label }) => (
          <li key={key} style={{ height: row }}>
            {label}
          </li>
        ))}
      </ul>
    </div>
  );
}

function ribbon(x: number, y: number, toX: number, toY: number): string {
  const half = (x + toX) / 2;
  // A horizontal line has no bounding box height, so patterns cannot fill it.
  const end = toY === y ? toY + 0.01 : toY;
  return `M${x} ${y}C${half} ${y} ${half} ${end} ${toX} ${end}`;
}
