import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

/** The longest that this thread kept everyone else waiting meanwhile, as a share of all that it worked. */
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

test('while those of many people start or get an owner, everyone else is served in between', async () => {
  const client = await bylaw.client('Alder Society');
  const at = (path: string) => `/clients/${client.slug}/journeys${path}`;
  const people = Array.from({ length: 60 }, (_, one) => ({
    address: `person${one}@alder.example.org`,
    name: `Person ${one}`,
    day: '2026-11-10',
  }));
  const start = () => bylaw.owner.call('POST', at('/many'), { people, owner: null });
  const { started } = (await start()).body;
  expect(started).toHaveLength(people.length);
  for (const { id, version } of started)
    await bylaw.owner.call('POST', at(`/${id}/end`), { version, why: 'mistake' });
  let again: { id: string; version: number }[] = [];
  const starting = await longestShare(async () => {
    again = (await start()).body.started;
  });
  expect(again).toHaveLength(people.length);
  expect(starting).toBeLessThan(0.5);
  const journeys = again.map(({ id, version }) => ({ journey: id, version }));
  const giving = await longestShare(() =>
    bylaw.owner.call('POST', at('/owner'), { journeys, owner: bylaw.owner.email }),
  );
  expect(giving).toBeLessThan(0.5);
});
// Guide: G6.6-00
