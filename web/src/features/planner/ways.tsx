import { Button } from '@mantine/core';
import { Card } from '../../ui/card.tsx';
import { TableRegion } from './table-region.tsx';
import type { Paths, Shown } from './words.ts';

interface WaysProps {
  readonly goals: Shown['goals'];
  readonly paths: Paths;
  readonly onCompare: ((sets: string) => void) | null;
}

/** The cheapest way to each goal of appendix B, and what would reach it once it has a price. */
export function Ways({ goals, paths, onCompare }: WaysProps) {
  return (
    <Card title="The cheapest way to each goal" aside="Guide, appendix B" flush>
      <TableRegion label="The cheapest way to each goal">
        <table>
          <thead>
            <tr>
              <th scope="col">Goal</th>
              <th scope="col">Cheapest way with a known price</th>
              <th scope="col" data-align="end">
                Each month
              </th>
              <th scope="col">Without a price yet</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {goals.map((goal) => {
              const way = paths.paths.find((path) => path.goal === goal.goal);
              const reached = goal.has === 'yes';
              const set = way?.cheapest ?? way?.unpriced[0];
              return (
                <tr key={goal.goal}>
                  <th scope="row">{goal.title}</th>
                  <td>
                    {reached ? (
                      'Reached today'
                    ) : way?.cheapest == null ? (
                      <span className="muted">
                        {set === undefined ? 'No purchase reaches it' : 'None has a whole price'}
                      </span>
                    ) : (
                      <>
                        {way.cheapest.name}
                        {way.dearer.map((other) => (
                          <span key={other.sets} className="second">
                            Or {other.name}, {other.cost.month}
                          </span>
                        ))}
                      </>
                    )}
                  </td>
                  <td data-align="end">{reached || way?.cheapest == null ? '' : way.cheapest.cost.month}</td>
                  <td>{reached || way === undefined ? '' : unpricedText(way)}</td>
                  <td>
                    {reached || set === undefined || set.sets === '' || onCompare === null ? null : (
                      <Button
                        size="xs"
                        onClick={() => onCompare(set.sets)}
                        aria-label={`Compare the way to ${goal.title}`}
                      >
                        Compare
                      </Button>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableRegion>
    </Card>
  );
}

function unpricedText({ unpriced, unpricedTotal }: Paths['paths'][number]): string {
  const [first] = unpriced;
  if (first === undefined) return '';
  return unpricedTotal === 1 ? first.name : `${first.name}, and ${unpricedTotal - 1} more`;
}
