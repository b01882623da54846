import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import classes from './telemetry.module.css';
import { type Emitter, events, type Telemetry } from './words.ts';

type Absent = Telemetry['absent'][number];
type Sender =
  | { readonly of: Emitter; readonly absent: null }
  | { readonly of: null; readonly absent: Absent };

const None = () => <span className="muted">Nothing yet</span>;

/** Actual and possible senders: since when, the last event, the amount received, and anomalies. */
export function SendersCard({ data: { emitters, absent } }: { data: Telemetry }) {
  const rows: readonly Sender[] = [
    ...emitters.map((of) => ({ of, absent: null })),
    ...absent.map((one) => ({ of: null, absent: one })),
  ];
  return (
    <Card title="What arrives" foot="Chat in the browser and in the app sends no telemetry." flush>
      <PlainTable
        label="What arrives"
        rows={rows}
        rowId={(row) => (row.of ?? row.absent).emitter}
        columns={[
          {
            head: 'Sender',
            cell: ({ of, absent: never }) => (
              <RowTitle detail={of === null ? undefined : serviceWords(of)}>{(of ?? never).title}</RowTitle>
            ),
          },
          { head: 'Status', cell: (row) => <Status row={row} /> },
          {
            head: 'Since',
            cell: ({ of }) => (of === null ? <None /> : <When at={of.firstReceivedAt} />),
          },
          {
            head: 'Last event',
            cell: ({ of }) => (of === null ? '' : <When at={of.lastReceivedAt} />),
          },
          { head: 'Last 24 hours', cell: ({ of }) => (of === null ? '' : <Hours emitter={of} />) },
        ]}
      />
    </Card>
  );
}

function serviceWords({ service, version }: Emitter): string {
  return [service, version].filter((word) => word !== null).join(' ') || 'does not say what it is';
}

function Status({ row: { of, absent } }: { row: Sender }) {
  if (of !== null)
    return of.stopped ? (
      <VerdictMark state="fail">Stopped</VerdictMark>
    ) : (
      <VerdictMark state="pass">Arriving</VerdictMark>
    );
  if (absent.offered === 'no') return <VerdictMark state="not_licensed">Enterprise only</VerdictMark>;
  if (absent.emitter === 'gateway')
    return <VerdictMark state="not_applicable">Only if one is used</VerdictMark>;
  return (
    <VerdictMark state="cannot_read">
      {absent.offered === 'unknown' ? 'Plan not known' : 'Nothing received yet'}
    </VerdictMark>
  );
}

/** One bar per hour; the text beside it says the same. */
function Hours({ emitter }: { emitter: Emitter }) {
  const max = Math.max(1, ...emitter.hours.map(({ events: count }) => count));
  const last = emitter.hours.at(-1)?.events ?? 0;
  return (
    <Stack gap="2xs">
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
        <span>{events(emitter.total)}</span>
      </div>
      {oddities(emitter).map((words) => (
        <span key={words} className="second">
          {words}
        </span>
      ))}
    </Stack>
  );
}

function oddities(one: Emitter): string[] {
  const odd: string[] = [];
  if (one.otherOrganization > 0)
    odd.push(
      `${events(one.otherOrganization)} of another Claude organization: kept separate and not counted anywhere else.`,
    );
  if (one.noOrganization > 0) odd.push(`${events(one.noOrganization)} without the ID of an organization.`);
  if (one.clock > 0)
    odd.push(
      `${events(one.clock)} with a time that cannot be right; counted on the day ${one.clock === 1 ? 'it was' : 'they were'} received.`,
    );
  return odd;
}
