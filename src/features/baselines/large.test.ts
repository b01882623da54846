import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { inForce } from './testing.ts';

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

const connectors = (of: string, length: number, each: number) =>
  Array.from({ length }, (_, at) => ({
    name: `${of} ${at}`,
    actions: Object.fromEntries(Array.from({ length: each }, (__, n) => [`act ${n}`, 'allow'])),
  }));

async function baselineOf(name: string, list: readonly object[]): Promise<string> {
  const yaml = JSON.stringify({
    name,
    purpose: 'To be compared',
    meantFor: { claudePlans: ['team'] },
    charter: { connectors: list },
  });
  const created = await bylaw.owner.call('POST', '/baselines', { yaml });
  expect(created.status, JSON.stringify(created.body)).toBe(201);
  return `/baselines/${created.body.id}`;
}

test.each([
  ['more connectors than a list takes', 2_000, 1, /would hold more entries than fit/],
  ['more actions than a charter takes', 50, 40, /4,000 actions of connectors; at most 3,000 fit/],
] as const)(
  'a baseline and a charter that together have %s are refused in a sentence',
  async (name, length, each, says) => {
    const client = await bylaw.client(`Large, ${name}`);
    await inForce(bylaw, client.id, { connectors: connectors('Own', length, each) });
    const path = await baselineOf(name, connectors('Theirs', length, each));
    const chosen = { clients: [client.slug], rows: [] };
    const preview = await bylaw.owner.call('POST', `${path}/preview`, chosen);
    expect(preview.status, JSON.stringify(preview.body)).toBe(201);
    expect(preview.body.items[0]).toMatchObject({
      problem: expect.stringMatching(says),
      charter: { changes: [] },
    });
    const applied = await bylaw.owner.call('POST', `${path}/apply`, {
      ...chosen,
      version: 1,
      reason: 'Try it',
    });
    expect(applied.status).toBe(422);
    expect(applied.body.message).toMatch(says);
  },
);
