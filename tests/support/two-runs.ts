import * as vitest from 'vitest';

/**
 * For a file that `npm run test:long` takes for the sake of some of its tests: those that look at more there, or hear the
 * warnings of React. They are `it`, and of both runs.
 */
export const it = vitest.it;

/** A test that would ask in the long run just what it asked in `npm test`, and is left out of it. */
export const test: (name: string, act: () => void | Promise<void>) => void =
  process.env.BYLAW_TEST === 'long' ? () => undefined : vitest.test;
