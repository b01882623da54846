import { expect, it } from 'vitest';
import { valueTest } from './values.ts';

it('compares numbers that arrive as text, and is not slowed down by text that is not a number', () => {
  const above = valueTest(10, {
    key: 'bytes|gt',
    field: 'bytes',
    how: 'gt',
    encodings: [],
    flags: new Set(),
  });
  for (const number of [11, '11', '11.', ' 1e2 ', '+10.5', '.2e2']) expect(above(number)).toBe(true);
  for (const none of [10, '9', '.', '1e', '1.2.3', 'eleven']) expect(above(none)).toBe(false);
  // A quadratic regular expression would not finish within the test's time limit.
  expect(above(`${'0'.repeat(500_000)}E`)).toBe(false);
});
