/**
 * Maximum clock difference between processes on one database, in milliseconds. Timestamps further ahead were written
 * before the clock was set back.
 */
const SLACK_MS = 5 * 60_000;

/** The latest timestamp that can be valid now; a later one does not show how long ago it was written. */
export function latestBelievable(now: Date): Date {
  return new Date(now.getTime() + SLACK_MS);
}

/**
 * Whether less than this many milliseconds have passed since an instant; false if it is in the future, because then it
 * is not known.
 */
export function isWithin(at: Date, now: Date, milliseconds: number): boolean {
  return at <= latestBelievable(now) && now.getTime() - at.getTime() < milliseconds;
}
