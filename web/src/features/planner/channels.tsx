import { Button } from '@mantine/core';
import { Card } from '../../ui/card.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { GIVEN_WORDS } from '../visibility/words.ts';
import classes from './planner.module.css';
import type { Comparing, Paths } from './words.ts';

type Channel = Paths['channels'][number];

interface ChannelsProps {
  readonly channels: readonly Channel[];
  readonly comparing: Comparing;
}

/** Every channel for checking uploads, with what it sees and what it costs. */
export function Channels({ channels, comparing }: ChannelsProps) {
  if (channels.length === 0) return null;
  return (
    <Card
      title="What can check uploads, and for how much"
      aside="Guide, appendix B"
      foot="A license checks nothing on its own: each channel has to be set up. The cheapest channel known to see your own Claude is marked; one without a price yet may be cheaper."
      flush
    >
      <PlainTable
        label="What can check uploads, and for how much"
        rows={channels}
        rowId={({ channel }) => channel}
        columns={[
          {
            head: 'Channel',
            className: classes.channel,
            cell: ({ title, says }) => (
              <>
                <strong>{title}</strong>
                <p className="muted">{says}</p>
              </>
            ),
          },
          { head: 'Licensed today', cell: ({ has }) => GIVEN_WORDS[has] },
          { head: 'Your Claude', cell: ({ meets }) => GIVEN_WORDS[meets] },
          { head: 'Personal account', cell: ({ personal }) => GIVEN_WORDS[personal] },
          { head: 'To buy', cell: buyText },
          {
            head: 'Each month',
            align: 'end',
            cell: (one) => (
              <>
                {monthText(one)}
                {one.cheapest ? <span className="second">Cheapest that meets the goal</span> : null}
              </>
            ),
          },
          {
            head: '',
            cell: ({ title, way, unpriced }) => {
              const sets = (way ?? unpriced)?.sets ?? '';
              const press = comparing(sets);
              return press === null ? null : (
                <Button size="xs" onClick={press} aria-label={`Compare the way to ${title}`}>
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

function buyText({ has, because, way, unpriced }: Channel): string {
  if (has === 'yes') return 'Nothing more to buy';
  if (has === 'unknown') return because;
  return (way ?? unpriced)?.name ?? 'No purchase would provide it for this client';
}

function monthText({ way, unpriced }: Channel): string {
  return way?.cost.month ?? (unpriced === null ? '' : 'No price yet');
}
