import { expect, it } from 'vitest';
import { newLine } from './in-line.ts';

it('makes one after the other, in order, and goes on after one that failed', async () => {
  const inLine = newLine();
  let atOnce = 0;
  const made: number[] = [];
  const all = Array.from({ length: 20 }, (_, at) =>
    inLine(async () => {
      atOnce += 1;
      expect(atOnce).toBe(1);
      await new Promise(setImmediate);
      atOnce -= 1;
      if (at % 5 === 0) throw new Error(`number ${at}`);
      made.push(at);
      return at;
    }),
  );
  const ended = await Promise.allSettled(all);
  expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(4);
  expect(made).toEqual(Array.from({ length: 20 }, (_, at) => at).filter((at) => at % 5 !== 0));
});
