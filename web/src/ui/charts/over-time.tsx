import { useId } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { VERDICT_ORDER, type VerdictState, verdictWord } from '../../theme/tokens.ts';
import { useWidth } from '../measure.ts';
import { VerdictMark, VerdictShape } from '../verdict-mark.tsx';
import classes from './charts.module.css';
import { ChartTable, Hatch } from './parts.tsx';

/** Consecutive days with the same number of controls in each state. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
  readonly days: number;
  /** null: no reading was current, so nothing is known. Drawn as a hatched gap. */
  readonly counts: Readonly<Record<VerdictState, number>> | null;
}

interface OverTimeProps {
  /** The main finding, as text alternative of the chart. */
  readonly summary: string;
  /** Oldest first, without missing days. */
  readonly stretches: readonly Stretch[];
}

const HEIGHT = 132;
const BOTTOM = 20;
/** Space at the right for the shape and number of each state. */
const RIGHT = 44;
/** Minimum height at which a shape can be distinguished from its neighbor. */
const SHAPE = 12;

/** Controls by state over time, stacked in the fixed order of states, with a data table. */
export function OverTime({ summary, stretches }: OverTimeProps) {
  const [frame, width] = useWidth();
  const hatch = useId();
  const room = Math.max(80, width - RIGHT);
  const days = stretches.reduce((sum, one) => sum + one.days, 0);
  const max = Math.max(1, ...stretches.map(({ counts }) => totalOf(counts)));
  const tall = HEIGHT - BOTTOM;
  const placed = placedIn(stretches, room / Math.max(1, days));
  const last = stretches.at(-1);
  return (
    <div ref={frame} className={classes.chart}>
      <svg
        width="100%"
        height={HEIGHT}
        viewBox={`0 0 ${room + RIGHT} ${HEIGHT}`}
        role="img"
        aria-label={summary}
      >
        <Hatch id={hatch} />
        {placed.map(({ stretch, x, wide }) =>
          stretch.counts === null ? (
            <rect key={stretch.from} x={x} y={0} width={wide} height={tall} fill={`url(#${hatch})`}>
              <title>{`${period(stretch)}: no reading was current`}</title>
            </rect>
          ) : (
            bands(stretch.counts, tall, max).map(({ state, y, height, n }) => (
              <rect
                key={`${stretch.from} ${state}`}
                x={x}
                y={y}
                width={wide}
                height={height}
                className={classes.state}
                data-state={state}
              >
                <title>{`${period(stretch)}: ${verdictWord(state)} ${n}`}</title>
              </rect>
            ))
          ),
        )}
        {bands(last?.counts ?? null, tall, max).map(({ state, y, height, n }) =>
          height < SHAPE ? null : (
            <g key={state} transform={`translate(${room + 6} ${y + height / 2 - SHAPE / 2})`}>
              <VerdictShape state={state} size={SHAPE} />
              <text x={SHAPE + 4} y={SHAPE - 2} className={classes.tick}>
                {n}
              </text>
            </g>
          ),
        )}
        <text x={0} y={HEIGHT - 4} className={classes.tick}>
          {dayWords(stretches[0]?.from ?? '')}
        </text>
        <text x={room} y={HEIGHT - 4} textAnchor="end" className={classes.tick}>
          Today
        </text>
      </svg>
      <ChartTable
        label={summary}
        short
        heading="Days"
        columns={VERDICT_ORDER.map((state) => ({
          key: state,
          head: <VerdictMark state={state} />,
        }))}
        rows={stretches.map((stretch) => ({
          key: stretch.from,
          head: period(stretch),
          cells:
            stretch.counts === null
              ? 'No reading was current'
              : VERDICT_ORDER.map((state) => stretch.counts?.[state] ?? 0),
        }))}
      />
    </div>
  );
}

function totalOf(counts: Stretch['counts']): number {
  return counts === null ? 0 : VERDICT_ORDER.reduce((sum, state) => sum + counts[state], 0);
}

function placedIn(stretches: readonly Stretch[], perDay: number) {
  let x = 0;
  return stretches.map((stretch) => {
    const at = x;
    x += stretch.days * perDay;
    return { stretch, x: at, wide: stretch.days * perDay };
  });
}

function bands(counts: Stretch['counts'], tall: number, max: number) {
  let y = tall * (1 - totalOf(counts) / max);
  return VERDICT_ORDER.flatMap((state) => {
    const n = counts?.[state] ?? 0;
    if (n === 0) return [];
    const height = (tall * n) / max;
    y += height;
    return [{ state, n, y: y - height, height }];
  });
}

/** "Oct 3, 2026 to Oct 9, 2026", or the one day. */
function period({ from, to }: Stretch): string {
  return from === to ? dayWords(from) : `${dayWords(from)} to ${dayWords(to)}`;
}
