import { expect, it } from 'vitest';
import { inTurns } from './turn.ts';

it('lets others be served while much is made', async () => {
  let served = 0;
  const timer = setInterval(() => {
    served += 1;
  }, 1);
  const created = await inTurns([1, 2, 3], (number) => {
    for (const until = performance.now() + 30; performance.now() < until; );
    return [number, served];
  });
  clearInterval(timer);
  expect(created.map(([number]) => number)).toEqual([1, 2, 3]);
  expect(created.at(-1)?.[1]).toBeGreaterThan(0);
});
