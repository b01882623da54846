import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { CATALOGUE_KINDS } from './schemas.ts';

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
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

test('facts past an age are listed, and one that someone verified again is dated and leaves the list', async () => {
  const facts = async (days: number, by = bylaw.owner) =>
    (await by.call('GET', `/catalogue-facts?olderThanDays=${days}`)).body;
  const { items, all, may } = await facts(90);
  expect(may.renew).toBe(true);
  expect(items.length).toBeGreaterThan(0);
  expect(items.length).toBeLessThanOrEqual(all);
  for (const one of items) expect(one.ageDays).toBeGreaterThan(90);
  expect((await facts(3650)).items).toEqual([]);
  const [first, second] = items;
  const renew = (id: string, more: object, by = bylaw.owner) =>
    by.call('POST', `/catalogue-facts/${id}/renewals`, { checkedOn: '2026-11-24', outcome: 'same', ...more });
  expect((await renew('claude.nothing', {})).status).toBe(404);
  expect((await renew(first.id, { checkedOn: '2027-01-01' })).status).toBe(400);
  expect((await renew(first.id, { checkedOn: '2020-01-01' })).status).toBe(400);
  const renewed = await renew(first.id, {});
  expect(renewed).toMatchObject({
    status: 201,
    body: { checkedOn: '2026-11-24', renewed: { outcome: 'same', by: 'Olive Owner' } },
  });
  // What differs now is dated by nobody: it stays, whatever its age.
  expect((await renew(second.id, { outcome: 'differs' })).status).toBe(400);
  await renew(second.id, { outcome: 'differs', note: 'Team has it, too.' });
  const ids = (list: { id: string }[]) => list.map(({ id }) => id);
  expect(ids((await facts(90)).items)).toEqual(ids(items).filter((id) => id !== first.id));
  expect((await facts(3650)).items).toMatchObject([{ id: second.id, checkedOn: second.checkedOn }]);
  const log = (await bylaw.owner.call('GET', '/workspace/audit?action=catalogue.renew')).body;
  expect(log.items).toHaveLength(2);
  const client = await bylaw.client('Alder Society');
  const tess = await bylaw.person('technician', client.id);
  expect((await facts(90, tess)).may.renew).toBe(false);
  expect((await renew(second.id, {}, tess)).status).toBe(403);
});

test('what is not there is not found, and nobody looks without signing in', async () => {
  expect((await get('capabilities/claude.nothing')).status).toBe(404);
  expect((await get('constructor/x')).status).toBe(400);
  expect((await bylaw.nobody.call('GET', '/catalogue/controls')).status).toBe(401);
});
// Guide: G0-10
