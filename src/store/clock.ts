/**
 * Maximum clock difference between processes on one database, in milliseconds. Timestamps further ahead were written
 * before the clock was set back.
 */
const SLACK_MS = 5 * 60_000;

/** How far ahead of now something that lasts for days may have been created, in milliseconds. */
const MAX_AHEAD_MS = 7 * 24 * 60 * 60_000;

/**
 * The latest creation of a session, token or link that is valid at `now`. Its end was counted from then, so one created
 * under a clock that was years ahead would last until after that day. One that is put right by a day ends none.
 */
export function latestCreation(now: Date): Date {
  return new Date(now.getTime() + MAX_AHEAD_MS);
}

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
