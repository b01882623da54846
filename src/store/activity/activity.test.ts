import { afterAll, beforeAll, expect, it } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import type { Store } from '../open.ts';
import { eachEngine } from '../testing.ts';
import { appendActivities, KnownAlready } from './append.ts';
import { makeMonths, waitingMonths } from './months.ts';
import { activitiesAfter, knownAmong, lastActivity } from './read.ts';

const received = new Date('2026-11-26T10:00:00.000Z');

eachEngine('the activity log', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    await store.write('system', async (tx) => {
      for (const id of ['anna', 'bert', 'carl'])
        await tx
          .insertInto('clients')
          .values({ id, slug: id, name: id, profile: '{}', settings: '{}', created_at: new Date() })
          .execute();
    });
  });
  afterAll(() => store.close());
  const append = (client: string, ...activities: ReturnType<typeof anActivity>[]) =>
    store.write([client], (tx) => appendActivities(tx, client, activities, received));
  const all = (client: string) => store.read([client], (tx) => activitiesAfter(tx, client, 0, 100));

  it('gives back what was put in, with its number and when it came', async () => {
    const one = anActivity({
      id: 'a"{\\,}\n',
      detail: { 'a,"b"': ['ü', null, 1.5] },
      person: null,
      effect: null,
    });
    const two = anActivity({ id: 'b', amounts: { ...one.amounts, costMicros: 12, inputTokens: 0 } });
    expect(await append('anna', one, two)).toBe(1);
    expect(await all('anna')).toEqual([
      { ...one, seq: 1, receivedAt: received.toISOString() },
      { ...two, seq: 2, receivedAt: received.toISOString() },
    ]);
  });

  it('keeps each event once: with one that is known nothing is added, and it says which those are', async () => {
    const [known, fresh] = [anActivity({ id: 'b' }), anActivity({ id: 'c' })];
    for (const some of [[known], [fresh, known], [fresh, fresh]])
      await expect(append('anna', ...some)).rejects.toThrow(KnownAlready);
    const names = await store.read(['anna'], (tx) => knownAmong(tx, 'anna', [fresh, known]));
    expect([...names]).toEqual([`${known.at} b`]);
    await append('anna', fresh);
    expect((await all('anna')).map(({ id }) => id)).toEqual(['a"{\\,}\n', 'b', 'c']);
    expect(await store.read(['anna'], (tx) => lastActivity(tx, 'anna'))).toBe(3);
  });

  it('numbers what many write at once in one order, and shows no client to another', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => append('bert', anActivity({ id: `e${n}` }))));
    const seen = await all('bert');
    expect(new Set(seen.map(({ id }) => id)).size).toBe(20);
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map(({ seq }) => seq).toSorted((a, b) => a - b));
    expect(await store.read(['anna'], (tx) => activitiesAfter(tx, 'bert', 0, 10))).toEqual([]);
    await expect(
      store.write(['anna'], (tx) => appendActivities(tx, 'bert', [anActivity()], received)),
    ).rejects.toThrow(/row-level security/);
  });

  it('moves what waited for its month into the month, and loses nothing', async () => {
    await append(
      'carl',
      anActivity({ id: 'old', at: '2026-01-31T23:59:59.999Z' }),
      anActivity({ id: 'new' }),
    );
    expect(await waitingMonths(store)).toEqual(['2026-01', '2026-11']);
    const before = await all('carl');
    await makeMonths(store, ['2026-01', '2026-11', '2026-12']);
    await makeMonths(store, ['2026-01']);
    expect(await waitingMonths(store)).toEqual([]);
    expect(await all('carl')).toEqual(before);
    await expect(append('carl', anActivity({ id: 'new' }))).rejects.toThrow(KnownAlready);
  });

  it('lets nobody change an event, and only work in no client’s name remove one', async () => {
    for (const scope of [['carl'], 'system'] as const)
      await expect(
        store.write(scope, (tx) => tx.updateTable('activities').set({ type: 'other' }).execute()),
      ).rejects.toThrow(/permission denied/);
    const removed = (scope: 'system' | string[]) =>
      store.write(scope, (tx) =>
        tx.deleteFrom('activities').where('client_id', '=', 'carl').executeTakeFirst(),
      );
    expect((await removed(['carl'])).numDeletedRows).toBe(0n);
    expect((await removed('system')).numDeletedRows).toBe(2n);
  });

  it('goes with the client, also in the client’s own name, and the others’ events stay', async () => {
    const count = (client: string) =>
      store.read('system', (tx) =>
        tx.selectFrom('activities').select('id').where('client_id', '=', client).execute(),
      );
    await append('carl', anActivity({ id: 'last' }));
    const others = (await count('anna')).length;
    expect(await count('carl')).not.toEqual([]);
    expect(others).toBeGreaterThan(0);
    await store.write(['carl'], (tx) => tx.deleteFrom('clients').where('id', '=', 'carl').execute());
    expect(await count('carl')).toEqual([]);
    expect(await count('anna')).toHaveLength(others);
    await expect(append('carl', anActivity({ id: 'late' }))).rejects.toThrow(/foreign key/);
  });
});
