import { afterEach, expect, it, vi } from 'vitest';
import { collectWhenIdle } from './collect.ts';

afterEach(() => void vi.useRealTimers());

it('gives memory back once after each time of work, when half a minute has passed without any', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let used = 5_000;
  let given = 0;
  collectWhenIdle({
    used: () => used,
    give: () => {
      given += 1;
      used += 150;
    },
  });
  const pass = (seconds: number, busy: number) => {
    for (let n = 0; n < seconds; n += 10) {
      used += busy * 10;
      vi.advanceTimersByTime(10_000);
    }
  };
  // Nothing was done that left anything.
  pass(600, 3);
  expect(given).toBe(0);
  pass(60, 200);
  pass(20, 3);
  expect(given).toBe(0);
  pass(20, 3);
  expect(given).toBe(1);
  pass(300, 3);
  expect(given).toBe(1);
  pass(10, 500);
  pass(60, 3);
  expect(given).toBe(2);
});
