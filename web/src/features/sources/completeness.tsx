import { useQuery } from '@tanstack/react-query';
import { api, type client } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import classes from './sources.module.css';

type Completeness = Awaited<ReturnType<typeof client.sources.completeness>>;
type Ledger = Completeness['ledgers'][number];

interface Props {
  /** Days back from now that the number rests on. */
  days: number;
  /** One source alone, as `compliance_feed`; left out: all that are connected. */
  source?: string;
}

/**
 * Whether something is missing in the time that a number rests on, and why. To be placed beside such numbers. Where no
 * source is connected, or it is not this person's to see, it shows nothing: it would say nothing of the number.
 */
export function CompletenessNote({ days, source }: Props) {
  const { slug } = useClientHere();
  const may = useMay('connections.read');
  const load = useQuery({
    ...api.sources.completeness.queryOptions({
      input: { client: slug, days, ...(source === undefined ? {} : { source }) },
    }),
    enabled: may,
  });
  if (load.data === undefined || load.data.ledgers.length === 0) return null;
  const { whole, says, ledgers } = load.data;
  return (
    <details className={classes.note}>
      <summary>
        <VerdictMark state={whole ? 'pass' : 'cannot_read'}>
          {whole ? 'Read whole' : 'Not read whole'}
        </VerdictMark>{' '}
        {says}
      </summary>
      {ledgers.map((ledger) => (
        <LedgerBand key={ledger.source} ledger={ledger} />
      ))}
    </details>
  );
}

/** A source's time as a band, with each gap in words: the band alone would say it by colour. */
export function LedgerBand({ ledger }: { ledger: Ledger }) {
  const from = Date.parse(ledger.spans[0]?.from ?? '');
  const to = Date.parse(ledger.spans.at(-1)?.to ?? '');
  const gaps = ledger.spans.filter(({ gap }) => gap !== null);
  return (
    <section aria-label={ledger.title} className={classes.lines}>
      <p>
        <strong>{ledger.title}</strong>
        {gaps.length === 0 ? ': nothing is missing.' : null}
      </p>
      <div className={classes.band} aria-hidden="true">
        {ledger.spans.map((span) => (
          <span
            key={span.from}
            className={span.gap === null ? classes.whole : span.mendable ? classes.missing : classes.lost}
            style={{ flexGrow: Math.max(1, Date.parse(span.to) - Date.parse(span.from)) / (to - from) }}
          />
        ))}
      </div>
      {gaps.length === 0 ? null : (
        <ul className={classes.gaps}>
          {gaps.map((span) => (
            <li key={span.from}>
              <When at={span.from} /> to <When at={span.to} inline />: {span.says}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
