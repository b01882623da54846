import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { CLOCK, dayIn } from '../../ui/time.ts';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { useZone, When } from '../../ui/when.tsx';
import classes from './sources.module.css';

type Completeness = Awaited<ReturnType<typeof client.sources.completeness>>;
type Ledger = Completeness['ledgers'][number];

interface Props {
  /** Number of days up to now that the figure covers. */
  days: number;
  /** A single source such as `compliance_feed`; left out: all connected sources. */
  source?: string;
  /** Wrapper, rendered only if there is something to show; left out: none. */
  frame?: (note: ReactNode) => ReactNode;
}

/**
 * Whether data is missing in the period of a figure, and why. Placed beside such figures. Renders nothing if no source
 * is connected or the viewer may not see sources, since it could not say anything about the figure.
 */
export function CompletenessNote({ days, source, frame = (note) => note }: Props) {
  const { slug } = useClientHere();
  const may = useMay('connections.read');
  const load = useQuery({
    ...api.sources.completeness.queryOptions({
      input: { client: slug, days, ...(source === undefined ? {} : { source }) },
    }),
    enabled: may,
  });
  if (load.data === undefined || load.data.ledgers.length === 0) return null;
  const { whole, gaps, says, ledgers } = load.data;
  return frame(
    <Fold
      summary={
        <span className={classes.says}>
          <VerdictMark state={whole ? 'pass' : 'cannot_read'}>
            {whole ? 'Fully read' : gaps ? 'Not fully read' : 'No gap known'}
          </VerdictMark>{' '}
          {says}
        </span>
      }
    >
      {ledgers.map((ledger) => (
        <LedgerBand key={ledger.source} ledger={ledger} />
      ))}
    </Fold>,
  );
}

/** Number of gaps listed individually; older ones are only counted. */
const MAX_SHOWN = 20;

/** A source's timeline as a band, with each gap also in words, because the band alone would rely on color. */
export function LedgerBand({ ledger }: { ledger: Ledger }) {
  const from = Date.parse(ledger.spans[0]?.from ?? '');
  const to = Date.parse(ledger.spans.at(-1)?.to ?? '');
  const gaps = ledger.spans.filter(({ gap }) => gap !== null);
  const shown = gaps.slice(-MAX_SHOWN);
  return (
    <Stack as="section" gap="xs" aria-label={ledger.title} className="pad wraps">
      <p>
        <strong>{ledger.title}</strong>
        {gaps.length > 0
          ? null
          : ledger.proves
            ? ': nothing is missing.'
            : ': nothing is known to be missing. Bylaw cannot see events that never arrived.'}
      </p>
      <div className={classes.band} aria-hidden="true">
        {ledger.spans.map((span) => (
          <span
            key={span.from}
            className={classOf(span, ledger)}
            style={{ flexGrow: Math.max(1, Date.parse(span.to) - Date.parse(span.from)) / (to - from) }}
          />
        ))}
      </div>
      {gaps.length === 0 ? null : (
        <Stack as="ul" gap="sm" above="sm" bullets>
          {gaps.length > shown.length ? (
            <li>{count(gaps.length - shown.length, 'earlier gap', 'earlier gaps')}</li>
          ) : null}
          {shown.map((span) => (
            <li key={span.from}>
              <Time span={span} />: {span.says}
            </li>
          ))}
        </Stack>
      )}
      {ledger.proves || gaps.length === 0 ? null : (
        <p>Nothing else is known to be missing. Bylaw cannot see events that never arrived.</p>
      )}
    </Stack>
  );
}

/** Length in milliseconds of the day on which daylight saving time starts. */
const SHORTEST_DAY = 23 * 3_600_000;

/** A range of days, including the last one, or of times within one day. */
function Time({ span }: { span: Ledger['spans'][number] }) {
  const zone = useZone();
  const [from, to] = [new Date(span.from), new Date(span.to)];
  const last = new Date(to.getTime() - 1);
  const [first, end] = [dayIn(zone, from), dayIn(zone, last)];
  if (first !== end)
    return (
      <>
        <When at={first} /> to <When at={end} inline />
      </>
    );
  if (to.getTime() - from.getTime() >= SHORTEST_DAY) return <When at={first} />;
  return (
    <>
      <When at={first} />, {CLOCK(zone).format(from)} to {CLOCK(zone).format(to)}
    </>
  );
}

/** For telemetry, data known to be lost; for all other sources, a period not known to be complete. */
function classOf(span: Ledger['spans'][number], { proves }: Ledger): string | undefined {
  if (span.gap === null) return proves ? classes.whole : classes.unproved;
  if (!proves)
    return span.gap === 'refused' || span.gap === 'lost_on_the_way' ? classes.lost : classes.missing;
  return span.mendable ? classes.missing : classes.lost;
}
