import { STATES, type State } from '#domain/model/verdict.ts';
import type { Tx } from '../open.ts';
import { stood } from './current.ts';

/** A day of a client, with the instant at which it is over in the client's zone. */
export interface DayEnd {
  readonly day: string;
  readonly end: Date;
}

export interface DayCounts {
  readonly day: string;
  /** How many controls were in each state; null: no reading was current on that day, so nothing can be said of it. */
  readonly counts: Readonly<Record<State, number>> | null;
}

/**
 * How a client stood at the end of each of these days, oldest first, by the verdicts of that day. One that ended later
 * than its readings ran out, since nobody evaluated it meanwhile, is one that cannot be read from then on; one that still
 * holds was evaluated again and came out the same.
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
    .where(stood('verdicts'))
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
