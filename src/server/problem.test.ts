import { expect, it } from 'vitest';
import { StoreProblem, type StoreProblemCode, StoreUnavailable } from '#store/engine/problems.ts';
import { asProblem } from './problem.ts';

const STATUS: Readonly<Record<StoreProblemCode, number>> = {
  unavailable: 503,
  in_use: 503,
  full: 507,
  too_large: 413,
  refused: 422,
  too_slow: 422,
  not_empty: 422,
  missing: 500,
  damaged: 500,
  key: 500,
  newer: 500,
  changed: 500,
  unproven: 500,
  unsafe: 500,
};

it.each(Object.entries(STATUS))('reports the store’s refusal “%s” in its own sentence', (code, status) => {
  const words = 'The store says what is wrong.';
  const { message, ...answer } = asProblem(new StoreProblem(code as StoreProblemCode, words));
  expect({ message, status: answer.status }).toEqual({ message: words, status });
});

it('says that a change may be stored, and nothing about an unexpected error', () => {
  expect(asProblem(new StoreUnavailable('unknown')).message).toContain('may or may not be there');
  const inner = asProblem(new Error('connection to postgres://secret failed'));
  expect(inner).toMatchObject({ status: 500, message: expect.not.stringContaining('secret') });
});
