import { Button } from '@mantine/core';
import { Card } from '../../ui/card.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import classes from './planner.module.css';
import type { Comparing, Paths } from './words.ts';

const WIDTH = 640;
const HEIGHT = 240;
const LEFT = 44;
const BOTTOM = 32;
const TOP = 24;
const RIGHT = 44;
/** Minimum distance between two labeled amounts, in units of the viewBox; the table lists those left out. */
const MIN_LABEL_DISTANCE = 84;

/** The sets on the cost-coverage frontier, as a chart and as a table. */
export function Frontier({ paths, comparing }: { paths: Paths; comparing: Comparing }) {
  const { frontier, risks } = paths;
  const finding = findingOf(paths);
  return (
    <Card
      title="Best value"
      aside={`${paths.sets} sets considered`}
      foot="A set is listed if no other set covers as much for less. A risk that is enforced counts as 1, one that is partly covered as one half. Sets that include a purchase without a price are left out; usage charges are not estimated."
    >
      <p>{finding}</p>
      {frontier.length > 1 ? (
        <p className={classes.units}>
          Risks covered, of {risks} (vertical axis), by US dollars each month (horizontal axis)
        </p>
      ) : null}
      {frontier.length > 1 ? <Chart frontier={frontier} risks={risks} finding={finding} /> : null}
      <PlainTable
        label="Best-value sets"
        framed
        rows={frontier}
        rowId={(set) => set.sets}
        columns={[
          { head: 'Set', cell: (set) => set.name },
          { head: 'Each month', align: 'end', cell: (set) => set.cost.month },
          { head: `Risks covered, of ${risks}`, align: 'end', cell: (set) => set.covered },
          { head: 'Controls gained', align: 'end', cell: (set) => set.gains },
          {
            head: 'Covers better',
            cell: (set) =>
              set.better.length === 0 ? <span className="muted">As today</span> : set.better.join('; '),
          },
          {
            head: '',
            cell: (set) => {
              const press = comparing(set.sets);
              return press === null ? null : (
                <Button size="xs" onClick={press} aria-label={`Compare ${set.name}`}>
                  Compare
                </Button>
              );
            },
          },
        ]}
      />
    </Card>
  );
}

function findingOf({ frontier, risks }: Paths): string {
  const [today, ...more] = frontier;
  const last = more.at(-1);
  if (today === undefined || last === undefined)
    return 'No set with a known price covers more than you have today. Quotes may change that.';
  const steps =
    more.length === 1
      ? 'One set offers more coverage for the money'
      : `${more.length} sets offer more coverage for the money`;
  return `${steps}: the largest, ${last.name}, raises the risks covered from ${today.covered} to ${last.covered} of ${risks} for ${last.cost.month} each month.`;
}

function Chart({ frontier, risks, finding }: Pick<Paths, 'frontier' | 'risks'> & { finding: string }) {
  const costs = frontier.map(({ cost }) => cost.usdPerMonth ?? 0);
  const [least, max] = [Math.min(0, ...costs), Math.max(1, ...costs)];
  const x = (usd: number) => LEFT + ((usd - least) / (max - least)) * (WIDTH - LEFT - RIGHT);
  const y = (covered: number) => HEIGHT - BOTTOM - (covered / risks) * (HEIGHT - BOTTOM - TOP);
  const steps = frontier
    .map(({ covered, cost }, index) => {
      const at = x(cost.usdPerMonth ?? 0);
      return index === 0 ? `M${at} ${y(covered)}` : `H${at}V${y(covered)}`;
    })
    .join('');
  const written = new Set<string>();
  let before = -MIN_LABEL_DISTANCE;
  for (const { sets, cost } of frontier) {
    const at = x(cost.usdPerMonth ?? 0);
    if (at - before < MIN_LABEL_DISTANCE) continue;
    written.add(sets);
    before = at;
  }
  const levels = [0, risks];
  return (
    <svg
      className={classes.chart}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`Chart of the same data as the table below. ${finding}`}
    >
      {levels.map((level) => (
        <g key={level}>
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(level)} y2={y(level)} className={classes.grid} />
          <text x={LEFT - 8} y={y(level) + 4} textAnchor="end">
            {level}
          </text>
        </g>
      ))}
      <path d={steps} className={classes.step} />
      {frontier.map(({ sets, covered, cost }) => (
        <g key={sets}>
          <circle cx={x(cost.usdPerMonth ?? 0)} cy={y(covered)} r="5" className={classes.dot} />
          <text x={x(cost.usdPerMonth ?? 0)} y={y(covered) - 10} textAnchor="middle">
            {covered}
          </text>
          {written.has(sets) ? (
            <text x={x(cost.usdPerMonth ?? 0)} y={HEIGHT - BOTTOM + 24} textAnchor="middle">
              {cost.month}
            </text>
          ) : null}
        </g>
      ))}
    </svg>
  );
}
