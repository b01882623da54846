import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STATES } from '#domain/model/verdict.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';

let bylaw: TestConsole;
let alder: { id: string; slug: string };
beforeAll(async () => {
  bylaw = await testConsole();
  alder = await bylaw.client('Alder Society');
  await bylaw.client('Harrow Guild');
});
afterAll(() => bylaw.close());

const get = async (path: string) => (await bylaw.owner.call('GET', path)).body;

test('what is written once says the same as what is made again', async () => {
  // A filter is answered the other way; each control is in one state.
  const all = await get(`/clients/${alder.slug}/controls`);
  const apart = [];
  for (const state of STATES)
    apart.push(...(await get(`/clients/${alder.slug}/controls?state=${state}`)).items);
  expect(apart).toEqual(all.items);
  expect(all.total).toBe(apart.length);
  const fleet = await get('/fleet');
  const byName = await get('/fleet?sort=name');
  expect(byName.items).toHaveLength(fleet.items.length);
  expect(byName.items).toEqual(expect.arrayContaining(fleet.items));
  expect(byName.summary).toEqual(fleet.summary);
});

test('an answer is never older than a change', async () => {
  const before = await get('/fleet');
  expect(before.items.map(({ name }: { name: string }) => name)).not.toContain('Sedgeley Institute');
  await bylaw.client('Sedgeley Institute');
  const after = await get('/fleet');
  expect(after.items.map(({ name }: { name: string }) => name)).toContain('Sedgeley Institute');
  expect(after.all).toBe(before.all + 1);
});

test('each reader gets their own, also compressed', async () => {
  const hr = await bylaw.person('hr', alder.id);
  const packed = (cookie: string) =>
    bylaw.app.inject({ url: '/api/v1/fleet', headers: { cookie, 'accept-encoding': 'br' } });
  const theirs = brotliDecompressSync((await packed(hr.cookie)).rawPayload).toString();
  expect(JSON.parse(theirs).items).toEqual([expect.objectContaining({ status: null })]);
  const owners = brotliDecompressSync((await packed(bylaw.owner.cookie)).rawPayload).toString();
  expect(JSON.parse(owners)).toEqual(await get('/fleet'));
  expect((await bylaw.app.inject({ url: '/api/v1/fleet' })).statusCode).toBe(401);
});
