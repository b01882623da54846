import { expect, it } from 'vitest';
import { oneEach } from './one-each.ts';

const listed = (one: readonly string[], other: string) => one.includes(other);

it('gives one each to as many as possible, and to the earlier ones if not all can have one', () => {
  // The second can only get what the first would take; the first has an alternative.
  expect(oneEach([['a', 'b'], ['a']], ['a', 'b'], listed)).toEqual([1, 0]);
  expect(oneEach([['a', 'b'], ['b', 'c'], ['a']], ['a', 'b', 'c'], listed)).toEqual([1, 2, 0]);
  expect(oneEach([['a'], ['a'], ['b']], ['a', 'b'], listed)).toEqual([0, null, 1]);
  expect(oneEach([['z']], ['a'], listed)).toEqual([null]);
});

it('asks a number of times that grows with the square of long lists, not with their cube', () => {
  let asked = 0;
  const many = Array.from({ length: 200 }, () => 0);
  const own = oneEach([...many, ...many], many, () => {
    asked += 1;
    return true;
  });
  expect(own.filter((one) => one === null)).toHaveLength(200);
  expect(asked).toBeLessThan(4 * 400 * 200);
});
