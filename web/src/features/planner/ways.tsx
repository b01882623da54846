import { Button } from '@mantine/core';
import { count, verb } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import type { Comparing, Paths, Shown } from './words.ts';

interface WaysProps {
  readonly goals: Shown['goals'];
  readonly devices: Shown['devices'];
  readonly paths: Paths;
  readonly comparing: Comparing;
}

/** The cheapest way to each goal of appendix B, and ways that only lack a price. */
export function Ways({ goals, devices, paths, comparing }: WaysProps) {
  const reached = goals.filter(({ has }) => has === 'yes').map(({ title }) => title);
  const rest = goals.filter(({ has }) => has !== 'yes');
  return (
    <Card
      title="The cheapest way to each goal"
      aside="Guide, appendix B"
      foot={[reached.length === 0 ? '' : `Reached today: ${reached.join('; ')}.`, devicesWords(devices)]
        .filter((words) => words !== '')
        .join(' ')}
      flush
    >
      {rest.length === 0 ? null : (
        <PlainTable
          label="The cheapest way to each goal"
          rows={rest.map((goal) => wayTo(goal, paths))}
          rowId={({ goal }) => goal.goal}
          columns={[
            { head: 'Goal', cell: ({ goal }) => goal.title },
            {
              head: 'Cheapest way with a known price',
              cell: ({ way, set }) =>
                way?.cheapest == null ? (
                  <span className="muted">
                    {set === undefined ? 'No purchase reaches it' : 'None has a complete price'}
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
                ),
            },
            {
              head: 'Each month',
              align: 'end',
              cell: ({ way }) => way?.cheapest?.cost.month,
            },
            {
              head: 'Without a price yet',
              cell: ({ way }) => (way === undefined ? '' : unpricedText(way)),
            },
            {
              head: '',
              cell: ({ goal, set }) => {
                const press = set === undefined ? null : comparing(set.sets);
                return press === null ? null : (
                  <Button size="xs" onClick={press} aria-label={`Compare the way to ${goal.title}`}>
                    Compare
                  </Button>
                );
              },
            },
          ]}
        />
      )}
    </Card>
  );
}

/** What licenses alone do not show about compliant devices: whether people have one. */
function devicesWords(devices: Shown['devices']): string {
  return devices === null
    ? 'It was not read who has a compliant device.'
    : `Of ${count(devices.people, 'person', 'people')} with a seat, ${devices.enrolled} ${verb(devices.enrolled, 'has', 'have')} a device in Intune, and ${devices.ready} ${verb(devices.ready, 'has', 'have')} only compliant devices.`;
}

function wayTo(goal: Shown['goals'][number], paths: Paths) {
  const way = paths.paths.find((path) => path.goal === goal.goal);
  return { goal, way, set: way?.cheapest ?? way?.unpriced[0] };
}

function unpricedText({ unpriced, unpricedTotal }: Paths['paths'][number]): string {
  const [first] = unpriced;
  if (first === undefined) return '';
  const others = unpricedTotal - 1;
  return others === 0 ? first.name : `${first.name}, or ${count(others, 'other way', 'other ways')}`;
}
