import { type ReactNode, useId } from 'react';
import { useWidth } from '../measure.ts';
import classes from './charts.module.css';
import { ChartTable, Hatch } from './parts.tsx';

export interface Bar {
  readonly key: string;
  /** Below the axis, if there is room. */
  readonly label: string;
  /** null: unknown. Drawn as a hatched gap, never as zero. */
  readonly value: number | null;
  /** A period that is not over or starts in its middle: drawn lighter, or outlined if `soft` has a meaning. */
  readonly part?: boolean;
  /** The part of the value drawn lighter, on top of the rest. 0: none of it, where others may have one. */
  readonly soft?: number;
  /** Additional cells of its table row. */
  readonly details?: readonly ReactNode[];
  /** The label as a link to the data behind the bar, in the table. */
  readonly link?: ReactNode;
}

interface BarsProps {
  /** The main finding, as text alternative of the chart. */
  readonly summary: string;
  readonly bars: readonly Bar[];
  /** The unit: "Messages". */
  readonly unit: string;
  /** Heading of the table's first column: "Week from". */
  readonly heading: string;
  readonly words?: (value: number) => string;
  /** Headings of additional table columns, for the `details` of the bars. */
  readonly more?: readonly string[];
  /** Half height: above a list, which is more important. */
  readonly low?: boolean;
  /** `soft`: for a distribution. */
  readonly tone?: 'strong' | 'soft';
}

const TALL = 190;
const LOW = 110;
const TOP = 8;
const BOTTOM = 24;
const LEFT = 48;
/** Between a bar and its outline. */
const OUTLINE = 3;
/** Height of a label below the axis. */
const LABEL = 62;

/** Bar chart from zero with its data table. Missing values are hatched gaps. */
export function Bars({
  summary,
  bars,
  unit,
  heading,
  words = plain,
  more = [],
  low,
  tone = 'strong',
}: BarsProps) {
  const [frame, width] = useWidth();
  const hatch = useId();
  const ticks = ticksTo(Math.max(0, ...bars.map(({ value }) => value ?? 0)));
  const max = ticks.at(-1) ?? 1;
  const height = low ? LOW : TALL;
  const room = Math.max(60, width - LEFT);
  const step = room / Math.max(1, bars.length);
  const each = Math.max(1, Math.ceil(LABEL / step));
  const y = (value: number) => TOP + (height - TOP - BOTTOM) * (1 - value / max);
  return (
    <div ref={frame} className={classes.chart}>
      <svg
        width="100%"
        height={height}
        viewBox={`0 0 ${LEFT + room} ${height}`}
        role="img"
        aria-label={summary}
      >
        <Hatch id={hatch} />
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={LEFT} x2={LEFT + room} y1={y(tick)} y2={y(tick)} className={classes.grid} />
            <text x={LEFT - 8} y={y(tick) + 4} textAnchor="end" className={classes.tick}>
              {words(tick)}
            </text>
          </g>
        ))}
        {bars.map(({ key, label, value, part, soft }, at) => {
          const x = LEFT + at * step + step * 0.15;
          const wide = Math.max(1, step * 0.7);
          const top = value === null ? TOP : Math.min(y(value), y(0) - (value > 0 ? 1 : 0));
          return (
            <g key={key}>
              <rect
                x={x}
                y={top}
                width={wide}
                height={Math.max(0, y(0) - top)}
                className={classes.bar}
                data-tone={tone}
                data-part={(part && soft === undefined) || undefined}
                {...(value === null ? { style: { fill: `url(#${hatch})`, stroke: 'none' } } : {})}
              >
                <title>{`${label}: ${value === null ? 'not known' : words(value)}`}</title>
              </rect>
              {value === null || !soft ? null : (
                <rect
                  x={x}
                  y={top}
                  width={wide}
                  height={y(value - soft) - top}
                  className={classes.bar}
                  data-tone="soft"
                />
              )}
              {part && soft !== undefined && value !== null && value > 0 ? (
                <rect
                  x={x - OUTLINE}
                  y={top - OUTLINE}
                  width={wide + 2 * OUTLINE}
                  height={y(0) - top + 2 * OUTLINE}
                  className={classes.outline}
                />
              ) : null}
              {at % each === 0 ? (
                <text
                  x={LEFT + at * step + step / 2}
                  y={height - 6}
                  textAnchor="middle"
                  className={classes.tick}
                >
                  {label}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
      <ChartTable
        label={summary}
        short
        heading={heading}
        columns={[{ key: 'value', head: unit }, ...more.map((head) => ({ key: head, head }))]}
        rows={bars.map(({ key, label, value, part, details = [], link }) => ({
          key,
          head: link ?? label,
          cells: [
            value === null ? (
              <span className="muted">Not known</span>
            ) : (
              <>
                {words(value)}
                {part ? <span className="muted"> (a part)</span> : null}
              </>
            ),
            ...details,
          ],
        }))}
      />
    </div>
  );
}

function plain(value: number): string {
  return value.toLocaleString('en-US');
}

/** Three or four round values from zero to the maximum or just above. */
function ticksTo(max: number): number[] {
  if (max <= 0) return [0, 1];
  const rough = max / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? rough;
  const whole = max >= 3 ? Math.max(1, Math.ceil(step)) : step;
  return Array.from({ length: Math.ceil(max / whole) + 1 }, (_, at) => Math.round(at * whole * 1e6) / 1e6);
}
