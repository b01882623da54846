import fc from 'fast-check';
import { cases } from '../../src/domain/testing/cases.ts';
import { keepCompiled } from './worker.ts';

keepCompiled();

/**
 * Properties draw the same cases in every `npm test`, so that what failed fails again and nobody is stopped by chance;
 * `npm run test:long` draws others. There the case that failed is printed as it was drawn: to look for a smaller one, on a
 * database, takes longer than a test may, and then nothing of it would be printed.
 */
fc.configureGlobal({
  numRuns: cases(100),
  seed: Number(process.env.BYLAW_SEED ?? 20_261_128),
  endOnFailure: process.env.BYLAW_TEST === 'long',
});
