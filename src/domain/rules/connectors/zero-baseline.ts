import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { dayWords } from '../../text/words.ts';

/** The baseline after the lockdown: nothing is connected until a charter says what may be. */
export interface ZeroBaseline {
  /** Day of the lockdown, YYYY-MM-DD. */
  readonly on: string;
  readonly by: string;
  readonly evidence: Evidence;
}

/**
 * What connectors, desktop extensions and local servers are compared with from the lockdown on (guide 2.2, step 3),
 * with or without a charter. null: no lockdown is recorded; or the charter names approved connectors, so it is used
 * instead; or it may name them but cannot be used or is later than the one in force.
 */
export function zeroBaseline({ journal, charter, charterAhead, today }: CheckContext): ZeroBaseline | null {
  // If a later version exists, the one in force is not available and may name connectors.
  const isFirst = charterAhead === undefined || (charterAhead.ok && charterAhead.value.version === 1);
  const silent = charter.ok ? charter.value.connectors === undefined : charter.code !== 'unusable' && isFirst;
  if (!journal.ok || !silent) return null;
  const { lockdown, defaultConnectorsRemoved } = journal.value;
  const [first] = [
    { key: 'lockdown', done: lockdown },
    { key: 'defaultConnectorsRemoved', done: defaultConnectorsRemoved },
  ]
    .flatMap(({ key, done }) => (done === undefined || done.on > today ? [] : [{ key, ...done }]))
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return first === undefined
    ? null
    : {
        on: first.on,
        by: first.by,
        evidence: journal.cite(first.key, `locked down by ${first.by} on ${dayWords(first.on)}`),
      };
}

/** "the baseline of nothing of Nov 20, 2026". */
export function zeroBaselineWords({ on }: Pick<ZeroBaseline, 'on'>): string {
  return `the lockdown of ${dayWords(on)}`;
}
// Guide: G2.2-16
