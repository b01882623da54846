import { DateTime } from 'luxon';
import type { Tx } from '#store/open.ts';
import { countsAt } from '#store/verdicts/history.ts';
import { momentOf } from '../shared/moment.ts';

export interface PastPoint {
  readonly day: string;
  /** Id of the report made for that day; null: a month's end. */
  readonly report: string | null;
  readonly fail: number;
  readonly cannot_read: number;
}

/** Days before today that are shown beside it. */
const MOST = 3;

/**
 * How a client stood on the days of its last reports, by the reports' own counts; where none was made, at the last ends
 * of months, by the verdicts that stood then. Oldest first; days before the first verdict are left out.
 */
export async function pastPoints(
  tx: Tx,
  clientId: string,
  today: string,
  zone: string,
): Promise<PastPoint[]> {
  const reports = await tx
    .selectFrom('reports')
    .select(['id', 'as_of', 'counts'])
    .distinctOn('as_of')
    .where('client_id', '=', clientId)
    .where('as_of', '<', today)
    .where('counts', 'is not', null)
    .orderBy('as_of', 'desc')
    .orderBy('made_at', 'desc')
    .limit(MOST)
    .execute();
  if (reports.length > 0)
    return reports
      .map(({ id, as_of, counts }) => ({
        day: as_of,
        report: id,
        fail: counts?.fail ?? 0,
        cannot_read: counts?.cannot_read ?? 0,
      }))
      .reverse();
  const points: PastPoint[] = [];
  for (let back = MOST; back >= 1; back -= 1) {
    const end = DateTime.fromISO(today, { zone }).minus({ months: back }).endOf('month').toISODate();
    if (end === null) continue;
    const counts = await countsAt(tx, clientId, new Date(momentOf(end, zone).now));
    if (counts.size > 0)
      points.push({
        day: end,
        report: null,
        fail: counts.get('fail') ?? 0,
        cannot_read: counts.get('cannot_read') ?? 0,
      });
  }
  return points;
}
