/** How far the clocks of processes on one database may lie apart, in milliseconds. What lies further ahead was written before the clock was set back. */
const SLACK_MS = 5 * 60_000;

/** The latest instant that may have been written by now: whatever is noted as later says nothing of how long ago it was. */
export function latestBelievable(now: Date): Date {
  return new Date(now.getTime() + SLACK_MS);
}

/** Whether less than so many milliseconds have passed since an instant; false where it lies ahead, since nobody knows then. */
export function isWithin(at: Date, now: Date, milliseconds: number): boolean {
  return at <= latestBelievable(now) && now.getTime() - at.getTime() < milliseconds;
}
