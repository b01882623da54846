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
  /** Days back from now that the number rests on. */
  days: number;
  /** One source alone, as `compliance_feed`; left out: all that are connected. */
  source?: string;
  /** What is put around it where there is something to say; left out: nothing. */
  frame?: (note: ReactNode) => ReactNode;
}

/**
 * Whether something is missing in the time that a number rests on, and why. To be placed beside such numbers. Where no
 * source is connected, or it is not this person's to see, it shows nothing: it would say nothing of the number.
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

/** Gaps that are told one by one; what is older is only counted. */
const MAX_SHOWN = 20;

/** A source's time as a band, with each gap in words: the band alone would say it by color. */
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

/** A day on which the clocks go forward, in milliseconds. */
const SHORTEST_DAY = 23 * 3_600_000;

/** By days, the last one included, or within a day by the clock. */
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

/** Of telemetry, what is known to be lost; of everything else that is missing there, it is only not known to be whole. */
function classOf(span: Ledger['spans'][number], { proves }: Ledger): string | undefined {
  if (span.gap === null) return proves ? classes.whole : classes.unproved;
  if (!proves)
    return span.gap === 'refused' || span.gap === 'lost_on_the_way' ? classes.lost : classes.missing;
  return span.mendable ? classes.missing : classes.lost;
}
