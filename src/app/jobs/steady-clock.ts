import type { Services } from '#features/context.ts';
import { clockSeen, recordClock } from '#store/clock-seen.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** Further than this, the clock may have been set wrong; or the server was away, and a wait does no harm. */
const MAX_CLOCK_STEP_MS = 7 * DAY_MS;
/** A server that is away regularly is not away for exactly as long each time. */
const REGULAR_FACTOR = 2;
/** Time without a leap after which earlier absences say nothing about the next one. */
const FORGOTTEN_MS = 60 * DAY_MS;
const MAX_AWAY_SECONDS = 2_000_000_000;

/**
 * Milliseconds that the clock has run without a leap, as the jobs saw it. A machine that wakes up in another year would
 * remove in one night what was to be kept for years, and send what is due at no such time. A leap starts it again from
 * zero. So that a server which is off for weeks between short runs gets past it, an absence of no more than twice the
 * longest one before only adds nothing.
 */
export async function steadyMs({ store, clock, log }: Services): Promise<number> {
  const now = clock();
  const { since, leapt } = await store.write('system', async (tx) => {
    const before = await clockSeen(tx);
    if (before === null) {
      await recordClock(tx, { seenAt: now, steadySince: now, awaySeconds: 0 });
      return { since: now, leapt: null };
    }
    const passed = now.getTime() - before.seenAt.getTime();
    const steady = before.seenAt.getTime() - before.steadySince.getTime();
    const away = steady > FORGOTTEN_MS ? 0 : before.awaySeconds * 1000;
    const isAway = Math.abs(passed) > MAX_CLOCK_STEP_MS;
    const isLeap = isAway && (passed < 0 || passed > away * REGULAR_FACTOR);
    const next = {
      seenAt: now,
      steadySince: isLeap ? now : isAway ? new Date(now.getTime() - steady) : before.steadySince,
      awaySeconds: awaySeconds(passed < -MAX_CLOCK_STEP_MS ? 0 : isAway ? Math.max(away, passed) : away),
    };
    await recordClock(tx, next);
    return { since: next.steadySince, leapt: isLeap ? before.seenAt : null };
  });
  if (leapt !== null)
    log.warn(
      { before: leapt.toISOString(), now: now.toISOString() },
      'the server was away for more than a week, or its clock was set: nothing is removed by age for a day, and nothing is sent by schedule for an hour',
    );
  return now.getTime() - since.getTime();
}

const awaySeconds = (ms: number): number => Math.min(Math.round(ms / 1000), MAX_AWAY_SECONDS);
