import { flushCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { afterAll } from 'vitest';

/*
 * Loaded once per test worker, before any code under test.
 */

// The worker was started with a large heap (vitest.config.ts). Its threads may be limited to less, so they start
// with the usual size.
setFlagsFromString('--initial-heap-size=0');

let kept = false;

/**
 * Saves Node's compile cache for the next run, once a worker has run its first file. Node would save it on exit, but
 * Vitest ends its workers with a signal. Not after each file: Vitest loads every test file under a unique URL, so its
 * cache entries would never be found again.
 */
export function keepCompiled(): void {
  if (kept) return;
  kept = true;
  afterAll(() => flushCompileCache());
}
