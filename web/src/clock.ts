/** Differences below this come from how long an answer took and from its clock, which counts seconds. */
const SAME_MS = 30_000;

/** Milliseconds by which the server's clock is ahead of this computer's. */
let ahead = 0;

/** The server answered; `date` is the time it gave, null if missing. */
export function recordServerTime(date: string | null): void {
  // Not a number if there is no time, which is not greater either.
  const difference = Date.parse(date ?? '') - Date.now();
  ahead = Math.abs(difference) > SAME_MS ? difference : 0;
}

/**
 * The current time by the server’s clock, which decides what is late, due or in the future. A computer whose own clock
 * is wrong shows the same days as all others.
 */
export function serverNow(): Date {
  return new Date(Date.now() + ahead);
}
