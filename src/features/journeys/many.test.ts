import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

/** How often whoever else waits for this thread got a turn meanwhile. */
async function turnsDuring(act: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let going = true;
  const turn = () => {
    turns += 1;
    if (going) setImmediate(turn);
  };
  setImmediate(turn);
  await act();
  going = false;
  return turns;
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
  // Those that go on already cost no turn each: what the request takes by itself.
  const itself = await turnsDuring(start);
  for (const { id, version } of started)
    await bylaw.owner.call('POST', at(`/${id}/end`), { version, why: 'mistake' });
  let again: { id: string; version: number }[] = [];
  const turns = await turnsDuring(async () => {
    again = (await start()).body.started;
  });
  expect(again).toHaveLength(people.length);
  expect(turns).toBeGreaterThanOrEqual(itself + people.length - 10);
  const journeys = again.map(({ id, version }) => ({ journey: id, version }));
  const given = await turnsDuring(() =>
    bylaw.owner.call('POST', at('/owner'), { journeys, owner: bylaw.owner.email }),
  );
  expect(given).toBeGreaterThanOrEqual(people.length);
});
// Guide: G6.6-00
