import { flushCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { afterAll } from 'vitest';

/*
 * Loaded once in each worker of the tests, before anything that they test.
 */

// The worker has begun with a large heap (vitest.config.ts). Its threads may hold less than that, and begin as anywhere.
setFlagsFromString('--initial-heap-size=0');

let kept = false;

/**
 * Keeps what Node made of the sources for the next run, once a worker has run its first file. Node itself would do so
 * when a process ends, but Vitest ends its workers with a signal. Not after each file: Vitest loads every file of tests
 * under an address of its own each time, so that what was made of those is never found again.
 */
export function keepCompiled(): void {
  if (kept) return;
  kept = true;
  afterAll(() => flushCompileCache());
}
