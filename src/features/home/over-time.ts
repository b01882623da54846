import { DateTime } from 'luxon';
import type { z } from 'zod';
import { STATES } from '#domain/model/verdict.ts';
import type { Tx } from '#store/open.ts';
import { countsOn, type DayCounts } from '#store/verdicts/over-time.ts';
import type { overTimeSchema } from './contract.ts';

/** Days in the chart, including today: thirteen weeks. */
const DAYS = 91;

/**
 * A client's counts for each day up to `today` (YYYY-MM-DD in its time zone), with equal days joined. Days before the
 * first reading are left out; a later day without a current reading is a gap.
 */
export async function overTime(
  tx: Tx,
  clientId: string,
  today: string,
  zone: string,
): Promise<z.infer<typeof overTimeSchema>> {
  const end = DateTime.fromISO(today, { zone }).endOf('day');
  const days = Array.from({ length: DAYS }, (_, at) => {
    const day = end.minus({ days: DAYS - 1 - at });
    return { day: day.toFormat('yyyy-MM-dd'), end: day.toJSDate() };
  });
  const found = await countsOn(tx, clientId, days);
  const first = found.findIndex(({ counts }) => counts !== null);
  return first < 0 ? [] : alike(found.slice(first));
}

/** Joins consecutive days with equal counts. */
function alike(days: readonly DayCounts[]): z.infer<typeof overTimeSchema> {
  const stretches: z.infer<typeof overTimeSchema> = [];
  for (const { day, counts } of days) {
    const last = stretches.at(-1);
    if (last !== undefined && same(last.counts, counts))
      Object.assign(last, { to: day, days: last.days + 1 });
    else stretches.push({ from: day, to: day, days: 1, counts });
  }
  return stretches;
}

function same(a: DayCounts['counts'], b: DayCounts['counts']): boolean {
  return a === null || b === null ? a === b : STATES.every((state) => a[state] === b[state]);
}
