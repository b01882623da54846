/** Characters from which on a run of letters, digits and signs without a blank is long. Prose has few such runs. */
export const LONG = 16;

/** By code: 1 for the characters that runs are made of. */
const RUN = new Uint8Array(65_536);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/=~.-')
  RUN[char.charCodeAt(0)] = 1;

/** Calls `found` with each long run that begins from `from` on and before `to`, as far as it is before `to`. */
export function eachLongRun(
  text: string,
  from: number,
  to: number,
  found: (start: number, end: number) => void,
): void {
  let start = from;
  while (start < to && start + LONG <= text.length) {
    // From its end: what ends a run there ends all that begin before it.
    let at = start + LONG - 1;
    while (at >= start && RUN[text.charCodeAt(at)] === 1) at -= 1;
    if (at >= start) {
      start = at + 1;
      continue;
    }
    let end = start + LONG;
    while (end < to && RUN[text.charCodeAt(end)] === 1) end += 1;
    found(start, end);
    start = end;
  }
}

/**
 * Whether what begins with `start` and goes on for `least` characters of a run or more is always in a long run. A
 * beginning with another sign ends the run before it, and one with a letter of no run is not compared without its case.
 */
export function isInLongRun(start: string, least: number): boolean {
  let at = start.length;
  while (at > 0 && RUN[start.charCodeAt(at - 1)] === 1) at -= 1;
  return start.length - at + least >= LONG && /^[ -~]*$/u.test(start);
}
