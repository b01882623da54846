import { afterAll, beforeAll, expect, it } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';

/** Names that every object of the language has, as a source may send them. */
const NAMES = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

it('lists and judges events whose names are also properties of every object', async () => {
  const alder = await bylaw.client('Alder Society', { domains: ['example.org'], claudePlan: 'enterprise' });
  await bylaw.services.activityLog.append(
    alder.id,
    NAMES.map((name, n) =>
      anActivity({
        id: `k${n}`,
        type: name,
        tool: name,
        connectorName: name,
        at: `2026-11-24T09:0${n}:00.000Z`,
      }),
    ),
  );
  const list = await bylaw.owner.call('GET', `/clients/${alder.slug}/activity?from=2026-11-24&to=2026-11-24`);
  expect(list.status).toBe(200);
  expect(list.body.items.map(({ type }: { type: unknown }) => type).sort()).toEqual([...NAMES].sort());
  expect((await bylaw.owner.call('GET', `/clients/${alder.slug}/controls`)).status).toBe(200);
});
