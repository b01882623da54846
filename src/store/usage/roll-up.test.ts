import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Activity, NO_AMOUNTS } from '#domain/activity/activity.ts';
import { anActivity } from '#domain/activity/testing.ts';
import { appendActivities } from '../activity/append.ts';
import type { Store, Tx } from '../open.ts';
import { eachEngine } from '../testing.ts';
import { rebuildRollUps } from './rebuild.ts';
import { rollUp } from './roll-up.ts';

const ZONE = 'America/New_York';

function many(): Activity[] {
  const people = ['anna@example.org', 'bert@example.org', null];
  const categories = ['message', 'tool_call', 'model_request', 'sign_in'] as const;
  return Array.from({ length: 400 }, (_, n) =>
    anActivity({
      id: `e${n}`,
      // Seven hours apart, over a change of the clock and the end of a year.
      at: new Date(Date.UTC(2026, 9, 20) + n * 7 * 3_600_000).toISOString(),
      person: people[n % 3] ?? null,
      category: categories[n % 4] ?? 'other',
      connector: n % 5 === 0 ? null : `connector-${n % 5}`,
      model: n % 4 === 2 ? 'claude-sonnet-4-5' : null,
      amounts:
        n % 4 === 2 ? { ...NO_AMOUNTS, inputTokens: n, costMicros: n % 8 === 2 ? 5 : null } : NO_AMOUNTS,
    }),
  );
}

eachEngine('roll-ups', (engine) => {
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

  const add = (client: string, activities: readonly Activity[]) =>
    store.write([client], async (tx) => {
      await appendActivities(tx, client, activities, new Date());
      await rollUp(tx, client, ZONE, activities);
    });
  const all = async (tx: Tx, client: string) =>
    (
      await sql<Record<string, unknown>>`select * from "activity_rollups" where client_id = ${client}
        order by slice, start, key`.execute(tx)
    ).rows;
  const counted = (client: string) => store.read([client], (tx) => all(tx, client));
  const slice = async (client: string, name: string) =>
    (await counted(client)).filter((row) => row.slice === name);

  it('counts by hour of UTC and by day, week and month of the zone', async () => {
    await add('anna', [
      anActivity({ id: 'a', at: '2026-11-30T04:30:00.000Z', category: 'message' }),
      anActivity({ id: 'b', at: '2026-11-30T05:30:00.000Z', category: 'message' }),
    ]);
    const starts = async (name: string) =>
      (await slice('anna', name)).map((row) => [row.start, row.messages]);
    expect(await starts('hour')).toEqual([
      ['2026-11-30T04', 1],
      ['2026-11-30T05', 1],
    ]);
    // 23:30 on a Sunday in New York, and 0:30 on the Monday.
    expect(await starts('person_day')).toEqual([
      ['2026-11-29', 1],
      ['2026-11-30', 1],
    ]);
    expect(await starts('person_week')).toEqual([
      ['2026-11-23', 1],
      ['2026-11-30', 1],
    ]);
    expect(await starts('person_month')).toEqual([['2026-11', 2]]);
  });

  it('sums what is stated and says of how many activities it is the sum', async () => {
    const request = (id: string, inputTokens: number | null) =>
      anActivity({
        id,
        at: '2026-12-01T12:00:00.000Z',
        category: 'model_request',
        model: 'claude-opus-4-8',
        amounts: { ...NO_AMOUNTS, inputTokens },
      });
    await add('anna', [request('m1', 10), request('m2', null)]);
    await add('anna', [request('m3', 0)]);
    expect(await slice('anna', 'model_day')).toEqual([
      expect.objectContaining({
        model: 'claude-opus-4-8',
        person: null,
        events: 3,
        input_tokens: 10,
        input_tokens_stated: 2,
        cost_micros: 0,
        cost_micros_stated: 0,
      }),
    ]);
  });

  it('counts again what it counted one by one, also in another zone', async () => {
    const activities = many();
    for (let at = 0; at < activities.length; at += 37) await add('bert', activities.slice(at, at + 37));
    const before = await counted('bert');
    expect(before.length).toBeGreaterThan(400);
    await store.write(['bert'], (tx) => rebuildRollUps(tx, 'bert', ZONE));
    expect(await counted('bert')).toEqual(before);
    await store.write(['bert'], (tx) => rebuildRollUps(tx, 'bert', 'Asia/Kolkata'));
    const moved = await counted('bert');
    expect(moved).not.toEqual(before);
    expect(moved.filter((row) => row.slice === 'hour')).toEqual(before.filter((row) => row.slice === 'hour'));
    await store.write(['bert'], (tx) => rebuildRollUps(tx, 'bert', ZONE));
    expect(await counted('bert')).toEqual(before);
  });

  it('keeps, when it counts again, what the log no longer has', async () => {
    await add('carl', many());
    const before = await counted('carl');
    const from = new Date('2026-12-15T05:00:00.000Z');
    await store.write('system', async (tx) => {
      await tx.deleteFrom('activities').where('client_id', '=', 'carl').where('at', '<', from).execute();
      await tx
        .insertInto('activity_rollup_states')
        .values({ client_id: 'carl', zone: ZONE, log_from: from })
        .execute();
    });
    await store.write(['carl'], (tx) => rebuildRollUps(tx, 'carl', ZONE));
    expect(await counted('carl')).toEqual(before);
  });

  it('shows no client what is counted for another', async () => {
    expect(await store.read(['anna'], (tx) => all(tx, 'bert'))).toEqual([]);
    await expect(store.write(['anna'], (tx) => rollUp(tx, 'bert', ZONE, [anActivity()]))).rejects.toThrow(
      /row-level security/,
    );
  });
});
