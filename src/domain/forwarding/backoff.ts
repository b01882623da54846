/** How long is waited before a delivery is tried again. Milliseconds. */
export interface Pace {
  /** Before the second try. */
  readonly first: number;
  /** At most, unless the other side asks for more. */
  readonly max: number;
}

/** The longest that the other side's wish is listened to. */
const LONGEST_WISH = 3_600_000;

/**
 * Twice as long after each failure, up to a bound, and between half and all of that by chance, so that many sinks of one
 * vendor do not come back at once. A wish of the other side counts where it is longer.
 *
 * @param failures In a row, the last one included: 1 or more.
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
  return Math.max(own, Math.min(wishMs ?? 0, LONGEST_WISH));
}
