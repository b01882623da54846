import { count } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { When } from '../../ui/when.tsx';
import classes from './alerts.module.css';
import { type Alert, SOURCE_WORDS } from './words.ts';

const OUTCOMES = { success: 'Ran', failure: 'Failed', rejected: 'Refused' } as const;
const EFFECTS = { read: 'Read', write: 'Write', admin: 'Administer', unknown: 'Not known' } as const;

/** The events behind an alert, in order. No text of a conversation is kept. */
export function EventsCard({ alert }: { alert: Alert }) {
  const { events } = alert;
  const shown = events.length < alert.count ? ` of ${alert.count.toLocaleString('en')}` : '';
  return (
    <Card
      title="The events, in order"
      aside={`${count(events.length, 'event')}${alert.numbers === null ? shown : ''} · no conversation text is kept`}
      flush
    >
      {events.length === 0 ? (
        <p className="muted">The log does not hold these events any more; retention removed them.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard
        <section className={classes.scroll} aria-label="Events" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">What</th>
                <th scope="col">Effect</th>
                <th scope="col">Outcome</th>
                <th scope="col">From</th>
              </tr>
            </thead>
            <tbody>
              {events.map((event) => (
                <tr key={event.id}>
                  <td>
                    <When at={event.at} />
                  </td>
                  <td>
                    {event.connector === null ? null : `${event.connector} `}
                    <span className="mono">{event.tool ?? event.type}</span>
                    {event.person === null ? null : <span className={classes.second}>{event.person}</span>}
                  </td>
                  <td>{event.effect === null ? '' : EFFECTS[event.effect]}</td>
                  <td>{event.outcome === null ? '' : OUTCOMES[event.outcome]}</td>
                  <td>{SOURCE_WORDS[event.source] ?? event.source}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Card>
  );
}
