import * as vitest from 'vitest';

/**
 * For a file that `npm run test:long` includes because some of its tests check more there or listen to React's
 * warnings. Those tests use `it`, and are part of both runs.
 */
export const it = vitest.it;

/** A test that would repeat in the long run exactly what it checked in `npm test`, and is skipped there. */
export const test: (name: string, act: () => void | Promise<void>) => void =
  process.env.BYLAW_TEST === 'long' ? () => undefined : vitest.test;
