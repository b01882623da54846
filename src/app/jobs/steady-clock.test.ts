import { afterEach, beforeEach, expect, it } from 'vitest';
import { type TestConsole, testConsole } from '../../server/testing/console.ts';
import type { Job } from './jobs.ts';
import { runOne } from './runner.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let bylaw: TestConsole;
let removed: number;
let others: number;
beforeEach(async () => {
  bylaw = await testConsole();
  removed = 0;
  others = 0;
});
afterEach(() => bylaw.close());

const removing: Job = {
  name: 'remove',
  everyMinutes: 60,
  steadyHours: 23,
  run: async () => {
    removed += 1;
  },
};
const other: Job = {
  name: 'send',
  everyMinutes: 60,
  steadyHours: 1,
  run: async () => {
    others += 1;
  },
};

/** What is removed within so many hours, in which the jobs run each hour. */
async function pass(hours: number): Promise<number> {
  const before = removed;
  for (let hour = 0; hour < hours; hour += 1) {
    await runOne(bylaw.services, removing);
    await runOne(bylaw.services, other);
    jump(HOUR);
  }
  return removed - before;
}
const jump = (ms: number) => bylaw.setNow(new Date(bylaw.services.clock().getTime() + ms));

it('removes nothing for a day after the clock leapt by months, so that it can be put right', async () => {
  expect(await pass(23)).toBe(0);
  expect(await pass(5)).toBe(5);
  const now = bylaw.services.clock();
  jump(400 * DAY);
  expect(await pass(20)).toBe(0);
  bylaw.setNow(new Date(now.getTime() + 20 * HOUR));
  expect(await pass(23)).toBe(0);
  expect(await pass(2)).toBe(2);
  // Every hour but the first one after each leap.
  expect(others).toBe(70);
});

it('goes on removing after a restart, a weekend without the server, and a clock that was put right by hours', async () => {
  await pass(30);
  jump(3 * DAY);
  expect(await pass(1)).toBe(1);
  jump(-5 * HOUR);
  expect(await pass(1)).toBe(1);
});

it('removes within a few days of running on a server that is off for weeks in between, and not after a leap', async () => {
  await pass(8);
  let runs = 0;
  do {
    jump((8 + (runs % 3)) * DAY);
    runs += 1;
  } while ((await pass(8)) === 0 && runs < 20);
  expect(runs).toBe(4);
  jump(9 * DAY);
  expect(await pass(8)).toBe(8);
  jump(400 * DAY);
  expect(await pass(20)).toBe(0);
  jump(-400 * DAY);
  expect(await pass(8)).toBe(0);
});
