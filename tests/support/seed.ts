import fc from 'fast-check';
import { cases } from '../../src/domain/testing/cases.ts';
import { keepCompiled } from './worker.ts';

keepCompiled();

/**
 * Property tests draw the same cases in every `npm test`, so that a failure is reproducible and nobody is blocked by
 * chance; `npm run test:long` draws different ones. There, the failing case is printed without shrinking: shrinking
 * against a database takes longer than a test's time limit, and then nothing would be printed.
 */
fc.configureGlobal({
  numRuns: cases(100),
  seed: Number(process.env.BYLAW_SEED ?? 20_261_128),
  endOnFailure: process.env.BYLAW_TEST === 'long',
});
