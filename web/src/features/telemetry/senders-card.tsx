import { Card } from '../../ui/card.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { When } from '../../ui/when.tsx';
import classes from './telemetry.module.css';
import { type Emitter, events } from './words.ts';

/** Who sends: the last event, how many came, and what is odd about them. */
export function SendersCard({ emitters }: { emitters: readonly Emitter[] }) {
  return (
    <Card title="Who sends" foot="Events received in the last 24 hours." flush>
      <ul>
        {emitters.map((one) => (
          <Stack as="li" gap="xs" key={one.emitter}>
            <Row gap="md" align="baseline">
              <h3>{one.title}</h3>
              <span className="muted">
                {[one.service, one.version].filter((word) => word !== null).join(' ') ||
                  'does not say what it is'}
              </span>
            </Row>
            <p>
              Last event <When at={one.lastReceivedAt} inline />: <code>{one.lastType}</code>.{' '}
              {events(one.total)} in 24 hours.
            </p>
            <Hours emitter={one} />
            <Stack as="ul" gap="xs" className="muted">
              {oddities(one).map((words) => (
                <li key={words}>{words}</li>
              ))}
            </Stack>
          </Stack>
        ))}
      </ul>
    </Card>
  );
}

/** One bar for each hour; the words say the same. */
function Hours({ emitter }: { emitter: Emitter }) {
  const max = Math.max(1, ...emitter.hours.map(({ events: count }) => count));
  const last = emitter.hours.at(-1)?.events ?? 0;
  return (
    <div className={classes.hours}>
      <svg
        viewBox="0 0 240 32"
        role="img"
        aria-label={`${emitter.title}: ${events(last)} in this hour, at most ${max === 1 && emitter.total === 0 ? 0 : max} in an hour of the last 24`}
      >
        {emitter.hours.map(({ hour, events: count }, at) => {
          const height = count === 0 ? 1 : Math.max(2, Math.round((count / max) * 30));
          return <rect key={hour} x={at * 10} y={32 - height} width={8} height={height} />;
        })}
      </svg>
      <span className="muted">{events(last)} in this hour</span>
    </div>
  );
}

function oddities(one: Emitter): string[] {
  const odd: string[] = [];
  if (one.otherOrganization > 0)
    odd.push(
      `${events(one.otherOrganization)} of another Claude organization: kept separate and not counted anywhere else.`,
    );
  if (one.noPerson > 0)
    odd.push(
      `${events(one.noPerson)} without a person: sent with an API key, or by a component that does not say who.`,
    );
  if (one.noOrganization > 0) odd.push(`${events(one.noOrganization)} without the id of an organization.`);
  if (one.clock > 0)
    odd.push(
      `${events(one.clock)} with a time that cannot be right. They count for the day they were received.`,
    );
  return odd;
}
