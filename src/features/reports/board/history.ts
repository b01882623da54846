import { DateTime } from 'luxon';
import type { Tx } from '#store/open.ts';
import { countsOn } from '#store/verdicts/over-time.ts';
import type { Report } from '../model.ts';
import type { Board } from './model.ts';

/** Number of earlier days in the chart, in addition to the day of the report. */
export const EARLIER = 11;

/**
 * The history of a folder: the history in the earlier report, and that report's own day. Days from `today` on are
 * omitted.
 */
export function historyFrom(since: Report | undefined, today: string): Board['history'] {
  if (since === undefined) return [];
  const own = { day: since.asOf, counts: since.counts, total: since.total };
  const known = [...(since.board?.history ?? []).filter(({ day }) => day < since.asOf), own];
  return known.filter(({ day }) => day < today).slice(-EARLIER);
}

/**
 * The history of the verdicts, with the day of the earlier report where they do not reach back to it: what the report
 * compares itself with is part of its history.
 */
export function withEarlier(known: Board['history'], since: Report | null, today: string): Board['history'] {
  const first = known.find(({ counts }) => counts !== null)?.day ?? today;
  const earlier = since === null ? [] : historyFrom(since, first);
  const days = new Set(earlier.map(({ day }) => day));
  return [...earlier, ...known.filter(({ day }) => !days.has(day))]
    .sort((a, b) => a.day.localeCompare(b.day))
    .slice(-EARLIER);
}

/**
 * Number of controls in each state at the end of earlier months in the client's time zone, by the verdicts at that
 * time. Months before the first reading are omitted; a later month without a current reading remains as a gap. `day`
 * is the day of the report, YYYY-MM-DD.
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
