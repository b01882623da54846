import { STATES, type State } from '#domain/model/verdict.ts';
import type { Tx } from '../open.ts';
import { hadDuration } from './current.ts';

/** A day and the instant at which it ends in the client's zone. */
export interface DayEnd {
  readonly day: string;
  readonly end: Date;
}

export interface DayCounts {
  readonly day: string;
  /** Number of controls in each state; null: no reading was current on that day. */
  readonly counts: Readonly<Record<State, number>> | null;
}

/**
 * Counts of verdicts at the end of each of these days, oldest first. A verdict that was kept beyond the end of its
 * readings, because nobody evaluated the client meanwhile, counts as "cannot read" from then on. One that is still
 * current was evaluated again with the same result.
 */
export async function countsOn(tx: Tx, clientId: string, days: readonly DayEnd[]): Promise<DayCounts[]> {
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  const rows = await tx
    .selectFrom('verdicts')
    .select(['state', 'since', 'until', 'good_until'])
    .where('client_id', '=', clientId)
    .where('since', '<=', last.end)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', first.end)]))
    .where(hadDuration('verdicts'))
    .execute();
  return days.map(({ day, end }) => {
    const there = rows.filter(({ since, until }) => since <= end && (until === null || until > end));
    const ranOut = (row: (typeof rows)[number]) => row.good_until !== null && row.good_until < day;
    if (!there.some((row) => row.good_until !== null && !ranOut(row))) return { day, counts: null };
    const counts = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<State, number>;
    for (const row of there)
      counts[row.until !== null && ranOut(row) ? 'cannot_read' : (row.state as State)] += 1;
    return { day, counts };
  });
}
