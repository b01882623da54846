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

it('refuses what has no place, and gives the place of whoever left to the next', async () => {
  const inLine = newLine(2);
  let open = () => {};
  const first = inLine(() => new Promise<void>((resolve) => (open = resolve)));
  await new Promise(setImmediate);
  let made = 0;
  const make = async () => (made += 1);
  const leaving = new AbortController();
  const left = inLine(make, leaving.signal).catch((error) => error.message);
  const second = inLine(make);
  await expect(inLine(make)).rejects.toMatchObject({
    status: 503,
    data: { retryAfterSeconds: 30 },
    message: expect.stringMatching(/Try again/),
  });
  leaving.abort();
  const third = inLine(make);
  await expect(inLine(make)).rejects.toMatchObject({ status: 503 });
  await expect(inLine(make, leaving.signal)).rejects.toThrow(/canceled/);
  open();
  await Promise.all([first, second, third]);
  expect(await left).toMatch(/canceled/);
  expect(made).toBe(2);
});
