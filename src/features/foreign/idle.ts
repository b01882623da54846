let waitMs = 15_000;

/** How long an idle thread waits for more work, in milliseconds: starting one takes longer than reading most files. */
export function idleMs(): number {
  return waitMs;
}

/** Keeps idle threads alive for the life of the process; for test runs, where memory need not shrink again. */
export function keepIdleThreads(): void {
  // The maximum delay of a timer.
  waitMs = 2 ** 31 - 1;
}
