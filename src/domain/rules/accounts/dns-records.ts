import { daysBetween } from '../../model/day.ts';
import type { DnsRow } from '../../model/kinds.ts';
import type { Reading } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { asciiDomain } from '../../text/domain-name.ts';

/** Start of the TXT value that Claude asks for; the vendor's check minds upper and lower case. */
export const TXT_PREFIX = 'anthropic-domain-verification-';

/** What the newest look-up says about one domain. `stale`: the newest is older than the window. */
export interface DnsAnswer {
  readonly state: 'found' | 'missing' | 'unanswered' | 'contradiction' | 'stale' | 'not_looked_up';
  readonly row: DnsRow | null;
  readonly reading: Reading<'dns'> | null;
}

/**
 * The newest look-up of one domain up to `until`. Each domain is a thing of its own, so a later look-up of another
 * domain does not replace it. Two answers of one day that differ contradict each other, and neither counts: one has
 * the record and the other not, or they have no value of it in common, so that one of them is not ours.
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

/** Whether all answers that have the record share a value of it. */
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

/** The values of an answer that count: the one that Claude shows where it is known, else any that looks like one. */
export function wantedValues({ txt, expected }: Pick<DnsRow, 'txt' | 'expected'>): readonly string[] {
  const values = txt.flatMap((text) => recordValue(text) ?? []);
  return expected == null ? values : values.filter((value) => value === expected);
}

/** The verification value in a TXT text, or null. A prefix without a value behind it, or behind its "=", is no record. */
export function recordValue(text: string): string | null {
  const value = text.trim().replace(/^"|"$/g, '');
  const rest = value.startsWith(TXT_PREFIX) ? value.slice(TXT_PREFIX.length) : '';
  return rest === '' || /^[^=]*=+$/.test(rest) ? null : value;
}
