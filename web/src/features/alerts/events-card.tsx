import {
  ACTIVITY_EFFECT_WORDS,
  OUTCOME_WORDS,
  SOURCE_WORDS,
  wordsIn,
} from '../../../../src/domain/activity/words.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { Breakable } from '../../ui/breakable.tsx';
import { Card } from '../../ui/card.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Moment } from './moment.tsx';
import type { Alert } from './words.ts';

type Event = Alert['events'][number];

/** Text of one event without its time: consecutive events with the same text are shown as one line. */
function same(a: Event, b: Event): boolean {
  return (
    a.type === b.type &&
    a.person === b.person &&
    a.connector === b.connector &&
    a.tool === b.tool &&
    a.effect === b.effect &&
    a.outcome === b.outcome &&
    a.source === b.source
  );
}

function folded(events: readonly Event[]): readonly { readonly first: Event; readonly calls: number }[] {
  const lines: { first: Event; calls: number }[] = [];
  for (const event of events) {
    const open = lines.at(-1);
    if (open !== undefined && same(open.first, event)) open.calls += 1;
    else lines.push({ first: event, calls: 1 });
  }
  return lines;
}

/** The events behind an alert, in chronological order. Text of conversations is never stored. */
export function EventsCard({ alert }: { alert: Alert }) {
  const { events } = alert;
  const more = alert.numbers === null && events.length < alert.count;
  return (
    <Card
      title="The events, in order"
      aside={`${more ? `The first ${events.length} of ${alert.count.toLocaleString('en')} events` : count(events.length, 'event')} · no conversation text is kept`}
      flush
    >
      {events.length === 0 ? (
        <p className="muted pad">The log no longer has these events; retention removed them.</p>
      ) : (
        <PlainTable
          label="Events"
          rows={folded(events)}
          rowId={({ first }) => first.id}
          columns={[
            { head: 'From', cell: ({ first }) => <Moment at={first.at} /> },
            {
              head: 'What',
              cell: ({ first }) => (
                <>
                  {first.title}
                  <span className={first.title === null ? 'mono' : 'second mono'}>
                    <Breakable text={first.tool ?? first.type} />
                  </span>
                  {first.connector === null ? null : <span className="second">{first.connector}</span>}
                  {first.person === null ? null : (
                    <span className="second">
                      <Breakable text={first.person} />
                    </span>
                  )}
                </>
              ),
            },
            {
              head: 'Effect',
              cell: ({ first }) => (first.effect === null ? '' : ACTIVITY_EFFECT_WORDS[first.effect]),
            },
            { head: 'Events', align: 'end', cell: ({ calls }) => calls },
            {
              head: 'Outcome',
              cell: ({ first }) => (first.outcome === null ? '' : OUTCOME_WORDS[first.outcome]),
            },
            { head: 'Source', cell: ({ first }) => wordsIn(SOURCE_WORDS, first.source) },
          ]}
        />
      )}
    </Card>
  );
}
