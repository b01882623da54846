import { expect, it } from 'vitest';
import { sharedCatalogue } from '../../catalogue/testing/shared.ts';
import type { Json } from '../../json-client.ts';
import { methods } from './streams/protection.ts';

type Context = Parameters<typeof methods.read>[0];

/** The accounts of which something is known, with their methods, where Graph answers so for one of them. */
async function read(value: unknown): Promise<Json[]> {
  const answers = new Map([['u-1', { ok: true, body: { value } }]]);
  const graph = {
    async *list() {
      yield {
        context: null,
        items: [{ id: 'u-1', userPrincipalName: 'tobin@alder.example.org', userType: 'Member' }],
        next: null,
        delta: null,
      };
    },
    batch: async () => answers,
  };
  const context = {
    client: { graph },
    place: null,
    granted: new Set<string>(),
    catalogue: sharedCatalogue(),
    clock: () => new Date('2026-11-22T12:00:00Z'),
    charter: {},
    content: null,
  } as unknown as Context;
  for await (const { files } of methods.read(context))
    return JSON.parse(Buffer.from(files?.[0]?.bytes ?? []).toString()).value;
  return [];
}

it('does not call an account without methods where one does not say what it is', async () => {
  const type = (name: string) => ({ '@odata.type': `#microsoft.graph.${name}AuthenticationMethod` });
  expect(await read([type('password')])).toMatchObject([{ id: 'u-1', methodsRegistered: [] }]);
  expect(await read([type('phone')])).toMatchObject([{ methodsRegistered: ['phone'] }]);
  for (const odd of [null, {}, { '@odata.type': null }, 'phone'])
    expect(await read([type('password'), odd])).toEqual([]);
  for (const none of [null, undefined, {}]) expect(await read(none)).toEqual([]);
});

it('says how many accounts it did not ask for', async () => {
  const items = Array.from({ length: 2003 }, (_, n) => ({
    id: `u-${n}`,
    userPrincipalName: `u${n}@alder.example.org`,
  }));
  const graph = {
    async *list() {
      yield { context: null, items, next: null, delta: null };
    },
    batch: async () => new Map(),
  };
  const context = { client: { graph }, place: null, clock: () => new Date('2026-11-22T12:00:00Z') };
  for await (const { says } of methods.read(context as unknown as Context))
    expect(says).toMatch(/^3 of 2003 disabled accounts were not asked for/);
});
