let waitMs = 15_000;

/** How long a thread without work waits for the next, in milliseconds: to start one takes longer than to read most files. */
export function idleMs(): number {
  return waitMs;
}

/** Lets idle threads wait for as long as the process runs, where it is not to become small again: one that runs tests. */
export function keepIdleThreads(): void {
  // The longest that a timer takes.
  waitMs = 2 ** 31 - 1;
}
