import { addDays } from '../model/day.ts';
import type { Kind } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';

/**
 * Working days without an entry after which a busy log is assumed to have a gap. An office closed for two weeks has no
 * more.
 */
const QUIET_WORKING_DAYS = 10;
/** A log is busy if it has entries on this many days, and on this share of the working days around the gap. */
const BUSY_DAYS = 15;
const BUSY_SHARE = 0.8;

export interface Days {
  readonly from: string;
  readonly to: string;
}

/**
 * The periods that a log covers, oldest first. Entries in the future cover nothing, and weeks without an entry in a
 * busy log are treated as a gap. An answer that was read from a vendor page by page has no gaps, only quiet periods.
 */
export function stretchesOf(
  { rows, covers, provenance }: Pick<Reading, 'rows' | 'covers' | 'provenance'>,
  today: string,
): readonly Days[] {
  const all = [
    ...new Set((rows as readonly { readonly at: string }[]).map(({ at }) => at.slice(0, 10))),
  ].sort();
  const days = all.filter((day) => day <= today);
  const ahead = days.length < all.length;
  const from = covers?.from ?? days[0];
  const to = ahead ? days.at(-1) : (covers?.to ?? days.at(-1));
  if (from === undefined || to === undefined || from > to) return [];
  const stretches: Days[] = [];
  let begun = from;
  if (provenance !== 'api' && days.length >= BUSY_DAYS)
    for (const [at, day] of days.entries()) {
      const next = days[at + 1];
      if (next === undefined || workingDaysBetween(day, next) <= QUIET_WORKING_DAYS) continue;
      const beside = workingDaysBetween(from, day) + workingDaysBetween(next, to);
      if (days.length < beside * BUSY_SHARE) continue;
      stretches.push({ from: begun, to: day });
      begun = next;
    }
  return [...stretches, { from: begun, to }];
}

/**
 * A log limited to the period that it covers up to its end: what a rule does not find before a gap may still have
 * happened. A log whose entries are all in the future is dated by the first of them.
 */
export function datedByLog<K extends Kind>(reading: Reading<K>, today: string): Reading<K> {
  if (reading.kind !== 'activities' && reading.kind !== 'audit_log') return reading;
  if (reading.covers === undefined) return reading;
  const first = firstDay(reading.rows as readonly { readonly at: string }[]);
  // Days of entries are those of UTC, which may be ahead of the client's by one.
  if (first !== null && first > addDays(today, 1)) return { ...reading, observedOn: first };
  const { from, to } = stretchesOf(reading, today).at(-1) ?? { from: today, to: today };
  return from === reading.covers.from && to === reading.covers.to
    ? reading
    : { ...reading, covers: { from, to } };
}

function firstDay(rows: readonly { readonly at: string }[]): string | null {
  return (
    rows
      .reduce<string | null>((first, { at }) => (first === null || at < first ? at : first), null)
      ?.slice(0, 10) ?? null
  );
}

function workingDaysBetween(from: string, to: string): number {
  let found = 0;
  for (let day = addDays(from, 1); day < to; day = addDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) found += 1;
  }
  return found;
}
// Guide: G5.1-07
