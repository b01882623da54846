/** Delays between delivery attempts, in milliseconds. */
export interface Pace {
  /** Before the second attempt. */
  readonly first: number;
  /** Maximum, unless the receiver asks for longer. */
  readonly max: number;
}

/** Longest delay that a receiver may ask for. */
const MAX_REQUESTED_DELAY_MS = 3_600_000;

/**
 * Exponential backoff with a cap and jitter between half and the full delay, so that many sinks of one vendor do not
 * retry at once. A longer delay requested by the receiver takes precedence.
 *
 * @param failures Consecutive failures including the last one, at least 1.
 * @param chance From 0 to below 1.
 */
export function waitAfter(
  failures: number,
  wishMs: number | null,
  { first, max }: Pace,
  chance: number,
): number {
  const bound = Math.min(max, first * 2 ** Math.min(failures - 1, 30));
  const own = Math.round(bound * (0.5 + chance / 2));
  return Math.max(own, Math.min(wishMs ?? 0, MAX_REQUESTED_DELAY_MS));
}
