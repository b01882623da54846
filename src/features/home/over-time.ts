import { DateTime } from 'luxon';
import type { z } from 'zod';
import { STATES } from '#domain/model/verdict.ts';
import type { Tx } from '#store/open.ts';
import { countsOn, type DayCounts } from '#store/verdicts/over-time.ts';
import type { overTimeSchema } from './contract.ts';

/** Days that the picture shows, today included: thirteen weeks. */
const DAYS = 91;

/**
 * How a client stood on each day up to `today` (YYYY-MM-DD in its zone), days that are alike together. What lies before
 * the first reading is left out; a later day without a current one is a gap.
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

/** Days one after the other with the same counts, as one stretch of time. */
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
