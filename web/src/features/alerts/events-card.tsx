import {
  ACTIVITY_EFFECT_WORDS,
  OUTCOME_WORDS,
  SOURCE_WORDS,
  wordsIn,
} from '../../../../src/domain/activity/words.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import classes from './alerts.module.css';
import { Moment } from './moment.tsx';
import type { Alert } from './words.ts';

type Event = Alert['events'][number];

/** What one event says but for its time: events one after the other that say the same are one line. */
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

/** The events behind an alert, in order. No text of a conversation is kept. */
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
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard
        <section className={classes.scroll} aria-label="Events" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">From</th>
                <th scope="col">What</th>
                <th scope="col">Effect</th>
                <th scope="col">Events</th>
                <th scope="col">Outcome</th>
                <th scope="col">Source</th>
              </tr>
            </thead>
            <tbody>
              {folded(events).map(({ first, calls }) => (
                <tr key={first.id}>
                  <td>
                    <Moment at={first.at} />
                  </td>
                  <td>
                    {first.connector === null ? null : `${first.connector} `}
                    <span className="mono">{first.tool ?? first.type}</span>
                    {first.person === null ? null : <span className="second">{first.person}</span>}
                  </td>
                  <td>{first.effect === null ? '' : ACTIVITY_EFFECT_WORDS[first.effect]}</td>
                  <td>{calls}</td>
                  <td>{first.outcome === null ? '' : OUTCOME_WORDS[first.outcome]}</td>
                  <td>{wordsIn(SOURCE_WORDS, first.source)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Card>
  );
}
