import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

const aTurn = () => new Promise((resolve) => setImmediate(resolve));

it('does one piece of work after the other, each in a turn of its own', async () => {
  const inTurn = createTurns();
  const seen: string[] = [];
  const work = (name: string) =>
    inTurn(async () => {
      seen.push(`${name} begins`);
      await aTurn();
      seen.push(`${name} ends`);
      return name;
    });
  const all = Promise.all(['a', 'b', 'c'].map(work));
  expect(seen).toEqual([]);
  expect(await all).toEqual(['a', 'b', 'c']);
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

it('goes on after one that could not be read', async () => {
  const inTurn = createTurns();
  const broken = inTurn(async () => {
    throw new Error('cut off');
  });
  const next = inTurn(async () => 'whole');
  await expect(broken).rejects.toThrow('cut off');
  expect(await next).toBe('whole');
});
