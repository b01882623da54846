import { DateTime } from 'luxon';
import type { Tx } from '#store/open.ts';
import { countsOn } from '#store/verdicts/over-time.ts';
import type { Report } from '../model.ts';
import type { Board } from './model.ts';

/** Earlier days that a picture of the standing shows, besides the day of the report. */
export const EARLIER = 11;

/** The history of a folder: what the earlier report knew, and its own day. Days from `today` on are left out. */
export function historyFrom(since: Report | undefined, today: string): Board['history'] {
  if (since === undefined) return [];
  const own = { day: since.asOf, counts: since.counts, total: since.total };
  const known = [...(since.board?.history ?? []).filter(({ day }) => day < since.asOf), own];
  return known.filter(({ day }) => day < today).slice(-EARLIER);
}

/**
 * How many controls were in each state at the end of earlier months in the client's zone, by the verdicts of then. Months
 * before the first reading are left out; one without a current reading in between stays, as a gap. `day` is the day of the
 * report, YYYY-MM-DD.
 */
export async function historyOf(
  tx: Tx,
  clientId: string,
  day: string,
  zone: string,
): Promise<Board['history']> {
  const month = DateTime.fromISO(day, { zone }).startOf('month');
  const ends = Array.from({ length: EARLIER }, (_, at) => {
    const end = month.minus({ months: EARLIER - at }).endOf('month');
    return { day: end.toFormat('yyyy-MM-dd'), end: end.toJSDate() };
  });
  const found = await countsOn(tx, clientId, ends);
  const first = found.findIndex(({ counts }) => counts !== null);
  return first < 0
    ? []
    : found.slice(first).map((one) => ({
        ...one,
        total: Object.values(one.counts ?? {}).reduce((sum, n) => sum + n, 0),
      }));
}
