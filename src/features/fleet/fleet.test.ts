import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STATES } from '#domain/model/verdict.ts';
import { leastCpu } from '#domain/testing/cpu.ts';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { storeFacts } from '../verdicts/testing.ts';
import { manyClients } from './testing/many.ts';

let bylaw: TestConsole;
let alder: { id: string; slug: string; name: string };
let harrow: { id: string; slug: string; name: string };
let sedgeley: { id: string; slug: string; name: string };

beforeAll(async () => {
  bylaw = await testConsole();
  harrow = await bylaw.client('Harrow Guild', { claudePlan: 'enterprise', m365: 'e5' });
  alder = await bylaw.client('Alder Society');
  sedgeley = await bylaw.client('Sedgeley Institute');
  await storeFacts({ store: bylaw.services.store, clientId: alder.id, now: TEST_NOW });
  await bylaw.services.store.write([sedgeley.id], (tx) =>
    tx
      .insertInto('documents')
      .values({
        id: randomUUID(),
        client_id: sedgeley.id,
        kind: 'journal',
        version: 1,
        value: JSON.stringify({ nextReview: '2026-11-20' }),
        lines: '{}',
        file: 'journal.yaml',
        sha256: 'f'.repeat(64),
        import_id: null,
        stored_at: TEST_NOW,
        stored_by: 'Dana Whitlock',
      })
      .execute(),
  );
});
afterAll(() => bylaw.close());

const fleet = async (query = '') => (await bylaw.owner.call('GET', `/fleet${query}`)).body;
const names = (body: { items: { name: string }[] }) => body.items.map(({ name }) => name);

describe('the fleet', () => {
  test('lists the worst first, with the sentence of its gravest failure', async () => {
    const body = await fleet();
    expect(names(body)[0]).toBe('Alder Society');
    const first = body.items[0];
    expect(first.status.critical).toBeGreaterThan(0);
    expect(first.status.urgent).toMatchObject({ severity: 'critical', state: 'fail' });
    expect(first.status.urgent.reason.length).toBeGreaterThan(10);
    const one = (await bylaw.owner.call('GET', `/clients/${alder.slug}/controls/${first.status.urgent.id}`))
      .body;
    expect(one.reason).toBe(first.status.urgent.reason);
    expect(first.lastReading).toBe('2026-11-24');
    const critical = (
      await bylaw.owner.call('GET', `/clients/${alder.slug}/controls?severity=critical&state=fail`)
    ).body;
    expect(first.status.critical).toBe(critical.total);
  });

  test('by area each client has the worst state among the controls of the area, as its own page counts them', async () => {
    const { areas, items, total } = (await bylaw.owner.call('GET', '/fleet/areas')).body;
    expect(names({ items })).toEqual(names(await fleet()));
    expect(total).toBe(items.length);
    const { status } = (await bylaw.owner.call('GET', `/clients/${alder.slug}/home`)).body;
    expect(areas.map(({ name }: { name: string }) => name)).toEqual(
      status.areas.map(({ name }: { name: string }) => name),
    );
    for (const { area, state, n, of } of items[0].areas) {
      const { counts, total: all } = status.areas.find((one: { area: string }) => one.area === area);
      expect({ area, n, of }).toEqual({ area, n: counts[state], of: all });
      const worse = STATES.slice(0, STATES.indexOf(state)).map((one) => counts[one]);
      expect({ area, worse: worse.filter((count) => count > 0) }).toEqual({ area, worse: [] });
    }
    const hr = await bylaw.person('hr', alder.id);
    expect((await hr.call('GET', '/fleet/areas')).body.items).toEqual([
      expect.objectContaining({ name: 'Alder Society', critical: null, areas: null }),
    ]);
  });

  test('sorts by name and by next review, who has none last', async () => {
    expect(names(await fleet('?sort=name'))).toEqual(['Alder Society', 'Harrow Guild', 'Sedgeley Institute']);
    const byReview = await fleet('?sort=review');
    const days = byReview.items.map(({ nextReview }: { nextReview: string | null }) => nextReview ?? '9999');
    expect(days).toEqual([...days].sort());
    expect(byReview.items.at(-1).name).toBe('Harrow Guild');
  });

  test('every figure of the summary is the length of the list that it filters to', async () => {
    const { summary, all } = await fleet('?attention=overdue');
    expect(all).toBe(3);
    for (const attention of ['critical', 'fail', 'cannot_read', 'overdue'] as const)
      expect((await fleet(`?attention=${attention}`)).total).toBe(summary[attention]);
    expect(summary.overdue).toBe(1);
    expect(names(await fleet('?attention=overdue'))).toEqual(['Sedgeley Institute']);
    // The review queue also uses the day in the journal, and a review with a past day is overdue even without an owner.
    const late = async () =>
      (await bylaw.owner.call('GET', '/reviews')).body.items
        .filter((one: { late: boolean }) => one.late)
        .map(({ name, kind }: { name: string; kind: string }) => `${name} ${kind}`);
    expect(await late()).toEqual(['Sedgeley Institute quarterly']);
    const set = (version: number, active: boolean) =>
      bylaw.owner.call('PUT', `/clients/${harrow.slug}/work/recurring/monthly_look`, {
        version,
        active,
        months: null,
        reason: active ? null : 'Only for this test',
        owner: null,
        due: active ? '2026-11-19' : null,
      });
    expect((await set(0, true)).status).toBe(200);
    expect((await late()).sort()).toEqual(['Harrow Guild monthly', 'Sedgeley Institute quarterly']);
    expect(names(await fleet('?attention=overdue')).sort()).toEqual(['Harrow Guild', 'Sedgeley Institute']);
    expect((await set(1, false)).status).toBe(200);
    expect(names(await fleet('?attention=overdue'))).toEqual(['Sedgeley Institute']);
  });

  test('flags clients whose licenses are known to be below the minimum, and no others', async () => {
    const basic = await bylaw.client('Basic Guild', { m365: 'business_basic_standard' });
    const unknown = await bylaw.client('Unknown Guild', { m365: undefined });
    const { items } = await fleet('?attention=below_minimum');
    const found = items.map(({ client }: { client: string }) => client);
    expect(found).toContain(basic.slug);
    expect(found).not.toContain(unknown.slug);
    expect(found).not.toContain(harrow.slug);
    for (const { slug } of [basic, unknown])
      await bylaw.owner.call('DELETE', `/clients/${slug}`, {
        name: slug === basic.slug ? 'Basic Guild' : 'Unknown Guild',
      });
  });

  test('filters by plan, license and name, and exports what is shown', async () => {
    expect(names(await fleet('?plan=enterprise'))).toEqual(['Harrow Guild']);
    expect(names(await fleet('?m365=e5'))).toEqual(['Harrow Guild']);
    expect(names(await fleet('?text=HARR'))).toEqual(['Harrow Guild']);
    expect((await fleet(`?text=${encodeURIComponent("' or 1=1 --")}`)).total).toBe(0);
    const file = await bylaw.owner.call('GET', '/fleet/export?format=csv&plan=enterprise');
    const text = file.bytes.toString('utf8');
    const json = await bylaw.owner.call('GET', '/fleet/export?format=json&plan=enterprise');
    expect(json.bytes.toString('utf8')).toContain('Plan: Claude Enterprise');
    expect(text).toContain('Harrow Guild');
    expect(text).not.toContain('Alder Society');
  });

  test('shows each person only their clients; HR without the controls; staff none', async () => {
    const technician = await bylaw.person('technician', harrow.id);
    const theirs = await technician.call('GET', '/fleet');
    expect(names(theirs.body)).toEqual(['Harrow Guild']);
    expect(JSON.stringify(theirs.body)).not.toMatch(/alder|sedgeley/i);
    expect(theirs.body.all).toBe(1);
    const hr = await bylaw.person('hr', alder.id);
    const seen = (await hr.call('GET', '/fleet')).body;
    expect(seen.items).toEqual([
      expect.objectContaining({ name: 'Alder Society', status: null, lastReading: null }),
    ]);
    expect(seen.summary).toEqual({
      critical: 0,
      fail: 0,
      cannot_read: 0,
      incident: 0,
      overdue: 0,
      below_minimum: 0,
    });
    const staff = await bylaw.person('staff', alder.id);
    expect((await staff.call('GET', '/fleet')).body.items).toEqual([]);
    expect((await bylaw.nobody.call('GET', '/fleet')).status).toBe(401);
  });
});

describe('one control at all clients', () => {
  test('says what each client is, and why', async () => {
    const { body } = await bylaw.owner.call('GET', '/across/acc-07');
    expect(body.control).toMatchObject({ id: 'CLA-ACC-07', short: 'ACC-07' });
    expect(body.items[0]).toMatchObject({ name: 'Alder Society', state: 'fail' });
    expect(body.counts.fail + body.counts.cannot_read).toBe(3);
    const only = (await bylaw.owner.call('GET', '/across/acc-07?state=fail')).body;
    expect(only).toMatchObject({ total: 1, all: 3 });
    const file = await bylaw.owner.call('GET', '/across/ACC-07/export?format=json&state=fail');
    expect(file.bytes.toString('utf8')).toContain('Alder Society');
  });

  test('knows nothing of other people’s clients or of controls that do not exist', async () => {
    const technician = await bylaw.person('technician', harrow.id);
    const { body } = await technician.call('GET', '/across/ACC-07');
    expect(body.all).toBe(1);
    expect(JSON.stringify(body)).not.toMatch(/alder|sedgeley/i);
    expect((await bylaw.owner.call('GET', '/across/ACC-99')).status).toBe(404);
  });
});

test('two hundred clients are listed quickly', async () => {
  const many = await testConsole();
  try {
    await manyClients(many, 200, (at) => `Client ${at}`);
    const technician = await many.person('technician', null);
    await technician.call('GET', '/fleet');
    const list = async () => expect((await technician.call('GET', '/fleet')).body.all).toBe(200);
    // Alone this takes about 100 ms; reading every verdict instead of the stored summaries takes more than a second.
    expect(await leastCpu(400, list)).toBeLessThan(400);
  } finally {
    await many.close();
  }
});
// Guide: G1.2-10
