import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entriesOf, withEntries } from '#domain/catalogue-changes/entries.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { addRevision } from '#store/revisions/revisions.ts';
import { anyEngine } from '#store/testing.ts';
import { storeFacts } from '../verdicts/testing.ts';
import { keepCatalogue, revisionOf } from './keep.ts';

/** The catalogue before the changes: some of today's entries with other content, or missing. */
function earlier(
  catalogue: Catalogue,
  change: (entry: ReturnType<typeof entriesOf>[number]) => unknown,
): Catalogue {
  const patches = entriesOf(catalogue).flatMap((entry) => {
    const body = change(entry);
    return body === undefined ? [] : [{ kind: entry.kind, id: entry.id, body }];
  });
  return withEntries(catalogue, patches);
}

const YESTERDAY = new Date(TEST_NOW.getTime() - 24 * 3_600_000);

anyEngine('revisions of the catalogue', (engine) => {
  let bylaw: TestConsole;
  let alder: { id: string; slug: string; name: string };
  let harrow: { id: string; slug: string; name: string };
  let sedgeley: { id: string; slug: string; name: string };
  let quiet: { id: string; slug: string; name: string };

  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
    const { store, catalogue } = bylaw.services;
    alder = await bylaw.client('Alder Society');
    harrow = await bylaw.client('Harrow Guild', { claudePlan: 'enterprise', m365: 'e5' });
    sedgeley = await bylaw.client('Sedgeley Institute', { m365: 'business_basic_standard' });
    quiet = await bylaw.client('Quiet Circle', { claudePlan: 'free_pro', m365: 'business_basic_standard' });
    await storeFacts({ store, clientId: alder.id, now: TEST_NOW });
    await bylaw.owner.call('POST', `/clients/${sedgeley.slug}/planner/comparisons`, {
      name: 'Budget 2027',
      sets: 'm365:business_premium',
    });
    const before = earlier(catalogue, ({ kind, id, body }) => {
      // No verdict depends on it.
      if (kind === 'capability' && id === 'claude.us_only_inference')
        return { ...(body as object), means: 'Otherwise.' };
      // Alder Society approves it; it does not concern anyone else.
      if (kind === 'connector' && id === 'asana') return { ...(body as object), note: 'Otherwise.' };
      if (kind === 'connector' && id === 'workato') return { ...(body as object), note: 'Otherwise.' };
      // Alder Society has it but uses it in no comparison.
      if (kind === 'tier' && id === 'business_premium') {
        const tier = body as { price: object };
        return { ...tier, price: { ...tier.price, usdPerUserMonth: 1 } };
      }
      if (kind === 'tier' && id === 'e5') return { ...(body as object), name: 'Otherwise' };
      return undefined;
    });
    await store.write('system', (tx) => addRevision(tx, revisionOf(before, YESTERDAY, '0.0.0')));
  });
  afterAll(() => bylaw.close());

  const clientsOf = (body: { items: { kind: string; id: string; clients: { name: string }[] }[] }) =>
    Object.fromEntries(
      body.items.map(({ kind, id, clients }) => [`${kind} ${id}`, clients.map(({ name }) => name)]),
    );

  test('a start with another catalogue keeps a revision, and one with the same keeps none', async () => {
    await keepCatalogue(bylaw.services);
    await keepCatalogue(bylaw.services);
    const { body } = await bylaw.owner.call('GET', '/revisions');
    expect(body.items).toHaveLength(2);
    expect(body.items[0]).toMatchObject({
      number: 2,
      first: false,
      guide: 'May 2026',
      counts: { added: 0, changed: 5, removed: 0 },
    });
    expect(body.items[1]).toMatchObject({ number: 1, first: true, counts: { changed: 0 } });
    expect(body.guide).toMatchObject({ publisher: '501CISO', asOf: 'May 2026' });
  });

  test('one change lists exactly the clients that it touches, and says why', async () => {
    const { body } = await bylaw.owner.call('GET', '/revisions/2');
    expect(clientsOf(body)).toEqual({
      'capability claude.us_only_inference': [],
      'connector asana': ['Alder Society'],
      'connector workato': [],
      'tier business_premium': ['Sedgeley Institute'],
      'tier e5': ['Harrow Guild'],
    });
    const asana = body.items.find(({ id }: { id: string }) => id === 'asana');
    expect(asana.clients[0].reason).toBe('Its charter approves it, and it was observed in Claude.');
    expect(asana.fields).toEqual([expect.objectContaining({ name: 'Note', before: 'Otherwise.' })]);
    const price = body.items.find(({ id }: { id: string }) => id === 'business_premium');
    expect(price.clients[0].reason).toBe('The comparison “Budget 2027” uses it.');
    expect(price.fields.map(({ name }: { name: string }) => name)).toEqual(['Price: Usd per user month']);
    expect(price.page).toEqual({ kind: 'licenses', id: 'tier-business_premium' });
    expect(body.clients.map(({ name }: { name: string }) => name)).not.toContain('Quiet Circle');
  });

  test('is narrowed to a client or to what touches someone, and exported as it is shown', async () => {
    const only = (await bylaw.owner.call('GET', `/revisions/2?client=${alder.slug}`)).body;
    expect(only.items.map(({ id }: { id: string }) => id)).toContain('asana');
    expect(only.items.flatMap(({ clients }: { clients: { name: string }[] }) => clients)).toEqual(
      only.items.map(() => expect.objectContaining({ name: 'Alder Society' })),
    );
    const touching = (await bylaw.owner.call('GET', '/revisions/2?touching=yes')).body;
    expect(touching).toMatchObject({ total: 3, all: 5 });
    const file = await bylaw.owner.call('GET', '/revisions/2/export?format=csv&touching=yes');
    expect(file.bytes.toString('utf8')).toContain('Its charter approves it');
    expect((await bylaw.owner.call('GET', '/revisions/9')).status).toBe(404);
  });

  test('shows each person only their clients, in names, counts and files', async () => {
    const technician = await bylaw.person('technician', harrow.id);
    const { body, bytes } = await technician.call('GET', '/revisions/2');
    expect(body.seen).toBe(1);
    expect(bytes.toString('utf8')).not.toMatch(/alder|sedgeley|quiet circle/i);
    expect(clientsOf(body)).toMatchObject({ 'connector asana': [], 'tier e5': ['Harrow Guild'] });
    const asked = await technician.call('GET', `/revisions/2?client=${alder.slug}`);
    expect(asked.body.items).toEqual([]);
    const staff = await bylaw.person('staff', alder.id);
    expect((await staff.call('GET', '/revisions/2')).body).toMatchObject({ seen: 0, clients: [] });
  });

  test('a client’s home names a revision that came since the last visit, where it touches the client', async () => {
    const visitor = await bylaw.person('technician', null);
    await bylaw.services.store.write('system', async (tx) => {
      for (const { id } of [alder, quiet])
        await tx
          .insertInto('visits')
          .values({ client_id: id, user_id: visitor.id, previous_at: YESTERDAY, last_at: TEST_NOW })
          .execute();
    });
    const { changes } = (await visitor.call('GET', `/clients/${alder.slug}/home`)).body;
    expect(changes.catalogue).toEqual([
      expect.objectContaining({
        revision: 2,
        guide: null,
        items: expect.arrayContaining([expect.objectContaining({ title: 'Asana', change: 'changed' })]),
      }),
    ]);
    expect((await visitor.call('GET', `/clients/${quiet.slug}/home`)).body.changes.catalogue).toEqual([]);
  });
});

describe('two servers that start at once', () => {
  test('keep one revision between them', async () => {
    const bylaw = await testConsole();
    try {
      await Promise.all([keepCatalogue(bylaw.services), keepCatalogue(bylaw.services)]);
      expect((await bylaw.owner.call('GET', '/revisions')).body.total).toBe(1);
    } finally {
      await bylaw.close();
    }
  });
});
// Guide: G0-10
