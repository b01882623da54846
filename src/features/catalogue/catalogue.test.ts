import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { CATALOGUE_KINDS } from './schemas.ts';

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
}, 60_000);
afterAll(() => bylaw.close());

const get = async (path: string) => bylaw.owner.call('GET', `/catalogue/${path}`);

test.each(CATALOGUE_KINDS)('every entry of %s that is listed can be opened', async (kind) => {
  const { body } = await get(kind);
  expect(body.total).toBe(body.counts[kind]);
  expect(body.total).toBeGreaterThan(0);
  expect(new Set(body.items.map(({ id }: { id: string }) => id)).size).toBe(body.total);
  for (const { id, title } of body.items) {
    const entry = await get(`${kind}/${encodeURIComponent(id)}`);
    expect(entry.status, id).toBe(200);
    expect(entry.body).toMatchObject({ kind, id });
    expect(entry.body.title ?? entry.body.name).toBe(title);
  }
});

test('where guide and vendor differ, both are shown with their dates and sources', async () => {
  const { body } = await get('capabilities?differs=yes');
  expect(body.total).toBeGreaterThan(0);
  expect(body.total).toBeLessThan(body.all);
  for (const { id } of body.items) {
    const entry = (await get(`capabilities/${id}`)).body;
    expect(entry.status).not.toBe('agrees');
    expect(entry.guide).toBeTruthy();
    expect(entry.vendorAsOf).toMatch(/^\d{4}-\d\d-\d\d$/);
    for (const source of entry.sources) expect(source.host).toBe(new URL(source.url).host);
  }
});

test('a section of the guide narrows the list, and unknown words find nothing', async () => {
  const { body } = await get('controls?section=2.2');
  expect(body.total).toBeGreaterThan(0);
  for (const { sections } of body.items) expect(sections).toContain('2.2');
  expect((await get(`controls?text=${encodeURIComponent("%' or 1=1")}`)).body.total).toBe(0);
});

test('what is not there is not found, and nobody looks without signing in', async () => {
  expect((await get('capabilities/claude.nothing')).status).toBe(404);
  expect((await get('constructor/x')).status).toBe(400);
  expect((await bylaw.nobody.call('GET', '/catalogue/controls')).status).toBe(401);
});
// Guide: G0-10
