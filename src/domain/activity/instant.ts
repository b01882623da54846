import { isDay } from '../model/day.ts';

const EARLIEST = Date.UTC(2022, 0, 1);
/** How far a sender's clock may be ahead of ours. */
const AHEAD_MS = 15 * 60_000;
const DAY_MS = 86_400_000;

export interface TrustedInstant {
  /** RFC 3339 in UTC with milliseconds. */
  readonly at: string;
  /** The given value if it cannot be right: before Claude existed, in the future, or not an instant. */
  readonly claimedAt: string | null;
}

/**
 * When an event happened. If the timestamp cannot be right, the event is dated to the start of the UTC day of its
 * receipt, so that the same event sent again on that day is still recognized.
 *
 * @param claimedMs Milliseconds since 1970 according to the sender; NaN if malformed.
 * @param written The sender's text, to be kept if it is not believed.
 */
export function trustedInstant(claimedMs: number, written: string, receivedAt: Date): TrustedInstant {
  const received = receivedAt.getTime();
  // JavaScript parses November 31 as December 1.
  const known = !/^\d{4}-\d{2}-\d{2}/.test(written) || isDay(written.slice(0, 10));
  if (known && claimedMs >= EARLIEST && claimedMs <= received + AHEAD_MS)
    return { at: new Date(claimedMs).toISOString(), claimedAt: null };
  return { at: new Date(received - (received % DAY_MS)).toISOString(), claimedAt: written.slice(0, 80) };
}
