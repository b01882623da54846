import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

/** The longest time that this thread blocked others, as a share of its total CPU time. */
async function longestShare(act: () => Promise<unknown>): Promise<number> {
  const worked = () => {
    const { user, system } = process.threadCpuUsage();
    return user + system;
  };
  const begun = worked();
  let before = begun;
  let longest = 0;
  let going = true;
  const turn = () => {
    const now = worked();
    longest = Math.max(longest, now - before);
    before = worked();
    if (going) setImmediate(turn);
  };
  setImmediate(turn);
  await act();
  going = false;
  longest = Math.max(longest, worked() - before);
  return longest / (worked() - begun);
}

/** The minimum of a few attempts, because unrelated work such as garbage collection affects some of them. */
async function leastShare(attempt: () => Promise<number>): Promise<number> {
  let least = await attempt();
  for (let tries = 1; tries < 4 && least >= 0.5; tries++) least = Math.min(least, await attempt());
  return least;
}

test('while many offboardings start or get an owner, everyone else is served in between', async () => {
  const client = await bylaw.client('Alder Society');
  const at = (path: string) => `/clients/${client.slug}/journeys${path}`;
  const people = Array.from({ length: 60 }, (_, one) => ({
    address: `person${one}@alder.example.org`,
    name: `Person ${one}`,
    day: '2026-11-10',
  }));
  const start = () => bylaw.owner.call('POST', at('/many'), { people, owner: null });
  let { started } = (await start()).body as { started: { id: string; version: number }[] };
  expect(started).toHaveLength(people.length);
  const starting = await leastShare(async () => {
    for (const { id, version } of started)
      await bylaw.owner.call('POST', at(`/${id}/end`), { version, why: 'mistake' });
    const share = await longestShare(async () => {
      ({ started } = (await start()).body);
    });
    expect(started).toHaveLength(people.length);
    return share;
  });
  expect(starting).toBeLessThan(0.5);
  let owner: string | null = null;
  const giving = await leastShare(async () => {
    owner = owner === null ? bylaw.owner.email : null;
    const journeys = started.map(({ id, version }) => ({ journey: id, version }));
    const share = await longestShare(async () => {
      expect((await bylaw.owner.call('POST', at('/owner'), { journeys, owner })).status).toBe(201);
    });
    started = started.map(({ id, version }) => ({ id, version: version + 1 }));
    return share;
  });
  expect(giving).toBeLessThan(0.5);
});
// Guide: G6.6-00
