import type { Services } from '#features/context.ts';
import { clockSeen, noteClock } from '#store/clock-seen.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Further than this, the clock may have been set wrong; or the server was away, and a day more does no harm. */
const MAX_CLOCK_STEP_MS = 7 * DAY_MS;
/** Time in which someone can put the clock right: a day, less what a job that runs every day may be early. */
const WAIT_AFTER_LEAP_MS = DAY_MS - 60 * 60_000;

/**
 * Whether what is past its time may be removed. A machine that wakes up in another year would remove in one night what
 * was to be kept for years, and nothing would bring it back. So after a leap of the clock nothing is removed for a day.
 */
export async function isClockSteady({ store, clock, log }: Services): Promise<boolean> {
  const now = clock();
  const { since, leapt } = await store.write('system', async (tx) => {
    const before = await clockSeen(tx);
    const isLeap = before === null || Math.abs(now.getTime() - before.seenAt.getTime()) > MAX_CLOCK_STEP_MS;
    const steadySince = isLeap ? now : before.steadySince;
    await noteClock(tx, { seenAt: now, steadySince });
    return { since: steadySince, leapt: isLeap ? (before?.seenAt ?? null) : null };
  });
  if (leapt !== null)
    log.warn(
      { before: leapt.toISOString(), now: now.toISOString() },
      'the server was away for more than a week, or its clock was set: nothing is removed by age for a day',
    );
  return now.getTime() - since.getTime() >= WAIT_AFTER_LEAP_MS;
}
