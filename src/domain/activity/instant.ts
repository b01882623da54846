import { isDay } from '../model/day.ts';

const EARLIEST = Date.UTC(2022, 0, 1);
/** How far the clock of a sender may go ahead of ours. */
const AHEAD_MS = 15 * 60_000;
const DAY_MS = 86_400_000;

export interface TrustedInstant {
  /** RFC 3339 in UTC with milliseconds. */
  readonly at: string;
  /** What was given, where it cannot be right: before there was Claude, in the future, or no instant at all. */
  readonly claimedAt: string | null;
}

/**
 * When an event happened. A clock that cannot be right is not believed: the event then counts at the start of the UTC
 * day of its receipt, so that the same event sent again on that day is still one.
 * @param claimedMs Milliseconds since 1970 as the sender gave them; NaN where that was none.
 * @param written What the sender wrote, to be kept where it is not believed.
 */
export function trustedInstant(claimedMs: number, written: string, receivedAt: Date): TrustedInstant {
  const received = receivedAt.getTime();
  // JavaScript reads 31 November as 1 December.
  const known = !/^\d{4}-\d{2}-\d{2}/.test(written) || isDay(written.slice(0, 10));
  if (known && claimedMs >= EARLIEST && claimedMs <= received + AHEAD_MS)
    return { at: new Date(claimedMs).toISOString(), claimedAt: null };
  return { at: new Date(received - (received % DAY_MS)).toISOString(), claimedAt: written.slice(0, 80) };
}
