/** Minimum length of a long run of letters, digits and punctuation without spaces. Prose has few. */
export const LONG = 16;

/** By character code: 1 for characters of runs. */
const RUN = new Uint8Array(65_536);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/=~.-')
  RUN[char.charCodeAt(0)] = 1;

/** Calls `found` with each long run that starts in [from, to), truncated at `to`. */
export function eachLongRun(
  text: string,
  from: number,
  to: number,
  found: (start: number, end: number) => void,
): void {
  let start = from;
  while (start < to && start + LONG <= text.length) {
    // Check from the end: a character that ends a run excludes all starts before it.
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
 * Whether text that starts with `start` and continues with at least `least` run characters is always in a long run. A
 * start with another character ends the run before it; one with a non-ASCII letter is not compared case-insensitively.
 */
export function isInLongRun(start: string, least: number): boolean {
  let at = start.length;
  while (at > 0 && RUN[start.charCodeAt(at - 1)] === 1) at -= 1;
  return start.length - at + least >= LONG && /^[ -~]*$/u.test(start);
}
