import { daysBetween } from '../../model/day.ts';
import type { DnsRow } from '../../model/kinds.ts';
import type { Reading } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { asciiDomain } from '../../text/domain-name.ts';
import { isFillInToken } from '../../text/fill-in.ts';

/** Start of the TXT value that Claude asks for. The vendor's check is case-sensitive. */
export const TXT_PREFIX = 'anthropic-domain-verification-';

/** Result of the newest look-up for one domain. `stale`: it is older than the window. */
export interface DnsAnswer {
  readonly state: 'found' | 'missing' | 'unanswered' | 'contradiction' | 'stale' | 'not_looked_up';
  readonly row: DnsRow | null;
  readonly reading: Reading<'dns'> | null;
}

/**
 * The newest look-up of one domain up to `until`; look-ups of other domains do not replace it. Two different answers of
 * one day contradict each other and neither counts: one has the record and the other does not, or they share no value,
 * so that one of them is not ours.
 */
export function dnsAnswer(
  context: CheckContext,
  domain: string,
  days: number,
  until: string = context.today,
): DnsAnswer {
  const all = context
    .history('dns')
    .filter((reading) => reading.observedOn <= until)
    .flatMap((reading) =>
      reading.rows.filter((row) => nameOf(row) === domain).map((row) => ({ row, reading })),
    );
  const newest = all.at(-1);
  if (!newest) return { state: 'not_looked_up', row: null, reading: null };
  const of = (state: DnsAnswer['state']): DnsAnswer => ({ state, ...newest });
  if (daysBetween(newest.reading.observedOn, until) > days) return of('stale');
  const sameDay = all.filter(({ reading }) => reading.observedOn === newest.reading.observedOn);
  const spoken = sameDay.filter(({ row }) => judge(row) !== 'unanswered');
  const states = new Set(spoken.map(({ row }) => judge(row)));
  if (states.size > 1 || !agree(spoken.map(({ row }) => row))) return of('contradiction');
  const said = spoken.at(-1);
  if (!said) return of('unanswered');
  if (judge(said.row) === 'missing' && !said.reading.complete) return { state: 'unanswered', ...said };
  return { state: judge(said.row), ...said };
}

/** Whether all answers with the record have a value in common. */
function agree(rows: readonly DnsRow[]): boolean {
  const [first = [], ...others] = rows.map(wantedValues).filter((values) => values.length > 0);
  return others.length === 0 || first.some((value) => others.every((values) => values.includes(value)));
}

function nameOf(row: DnsRow): string {
  return asciiDomain(row.domain);
}

function judge(row: DnsRow): 'found' | 'missing' | 'unanswered' {
  if (row.outcome === 'no_record' || row.outcome === 'nxdomain') return 'missing';
  if (row.outcome !== 'answer') return 'unanswered';
  return wantedValues(row).length > 0 ? 'found' : 'missing';
}

/** The values of an answer that count: the one that Claude shows if it is known, else any that looks like one. */
export function wantedValues({ txt, expected }: Pick<DnsRow, 'txt' | 'expected'>): readonly string[] {
  const values = txt.flatMap((text) => recordValue(text) ?? []);
  return expected == null ? values : values.filter((value) => value === expected);
}

/**
 * The verification value in a TXT text, or null. A prefix with nothing after it, with nothing after its "=", or with
 * what a template has in place of the value is not a record.
 */
export function recordValue(text: string): string | null {
  const value = text.trim().replace(/^"|"$/g, '');
  const rest = value.startsWith(TXT_PREFIX) ? value.slice(TXT_PREFIX.length) : '';
  if (rest === '' || /^[^=]*=+$/.test(rest)) return null;
  // What instructions print in place of the value proves nothing.
  return rest.split('=').some((part) => part !== '' && isFillInToken(part)) ? null : value;
}
