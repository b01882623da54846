import { DateTime } from 'luxon';
import { STATES } from '#domain/model/verdict.ts';
import type { Tx } from '#store/open.ts';
import { countsAt } from '#store/verdicts/history.ts';
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
 * How many controls were in each state at the end of earlier months in the client's zone, as they were decided then. A
 * month before the first decision is left out, never filled in. `day` is the day of the report, YYYY-MM-DD.
 */
export async function historyOf(
  tx: Tx,
  clientId: string,
  day: string,
  zone: string,
): Promise<Board['history']> {
  const month = DateTime.fromISO(day, { zone }).startOf('month');
  const found: Board['history'][number][] = [];
  for (let back = 0; back < EARLIER; back += 1) {
    const end = month.minus({ months: back });
    const stood = await countsAt(tx, clientId, end.toJSDate());
    if (stood.size === 0) break;
    const counts = Object.fromEntries(
      STATES.map((state) => [state, stood.get(state) ?? 0]),
    ) as Report['counts'];
    found.unshift({
      day: end.minus({ days: 1 }).toFormat('yyyy-MM-dd'),
      counts,
      total: [...stood.values()].reduce((sum, n) => sum + n, 0),
    });
  }
  return found;
}
