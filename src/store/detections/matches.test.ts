import { expect, it } from 'vitest';
import { serverEngine } from '../engine/server.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { type Store, storeOn } from '../open.ts';
import { eachEngine, newDatabase } from '../testing.ts';
import { dropChunks, insertMatches, type KeptMatch, matchesNear, matchesOf, valuesOf } from './matches.ts';

const MINUTE = 60_000;
const BEGIN = Date.parse('2026-11-26T09:30:00.000Z');
const RULE = 'CLA-DET-03';
const GROUP = '["a b","c, \\"d\\""]';

const match = (minute: number, more: Partial<KeptMatch> = {}): KeptMatch => ({
  rule: RULE,
  group: GROUP,
  at: BEGIN + minute * MINUTE,
  activity: `e${String(minute).padStart(4, '0')}`,
  base: 0,
  value: null,
  hot: false,
  ...more,
});

async function addClient(store: Store): Promise<void> {
  await store.write('system', (tx) =>
    tx
      .insertInto('clients')
      .values({
        id: 'anna',
        slug: 'anna',
        name: 'Anna',
        profile: '{}',
        settings: '{}',
        created_at: new Date(),
      })
      .execute(),
  );
}

eachEngine('matches that are kept', (engine) => {
  it('gives those near a stretch, the nearest at least, however they came, and shows no client to another', async () => {
    const store = await engine.open();
    await addClient(store);
    const write = (...matches: KeptMatch[]) =>
      store.write(['anna'], (tx) => tx.executeQuery(insertMatches(tx, 'anna', matches)));
    // A crowd in one go, singles before and after it, and others that are not asked for.
    await write(...Array.from({ length: 100 }, (_, n) => match(n)));
    await write(match(-20), match(-10, { hot: true }));
    await write(match(150));
    await write(match(50, { rule: 'CLA-DET-55', activity: 'other' }), match(50, { group: '["x"]' }));
    const near = async (from: number, to: number, span: number, reach: number | null) => {
      const chunks = await store.read(['anna'], (tx) =>
        matchesNear(tx, 'anna', [
          {
            rule: RULE,
            group: GROUP,
            from: BEGIN + from * MINUTE,
            to: BEGIN + to * MINUTE,
            span: span * MINUTE,
            reach,
          },
        ]),
      );
      expect(chunks.every(({ rule, group }) => rule === RULE && group === GROUP)).toBe(true);
      return chunks
        .flatMap(({ matches }) => matches)
        .map(({ at }) => (at - BEGIN) / MINUTE)
        .sort((a, b) => a - b);
    };
    const all = [-20, -10, ...Array.from({ length: 100 }, (_, n) => n), 150];
    expect(await near(0, 99, 60, null)).toEqual(all);
    expect(await near(120, 120, 100, null)).toEqual(expect.arrayContaining(all.filter((at) => at >= 20)));
    const nearest = await near(-5, -5, 500, 2);
    expect(nearest).toEqual(expect.arrayContaining([-20, -10, 0, 1]));
    expect(nearest).not.toContain(150);
    expect(await near(200, 210, 10, 5)).toEqual([]);
    // Of two rules at once each is looked for as it wants.
    const there = { group: GROUP, from: BEGIN + 40 * MINUTE, to: BEGIN + 40 * MINUTE };
    const both = await store.read(['anna'], (tx) =>
      matchesNear(tx, 'anna', [
        { ...there, rule: RULE, span: 500 * MINUTE, reach: 1 },
        { ...there, rule: 'CLA-DET-55', span: 20 * MINUTE, reach: null },
      ]),
    );
    expect(both.filter(({ rule }) => rule === 'CLA-DET-55').flatMap(({ matches }) => matches)).toEqual([
      expect.objectContaining({ activity: 'other' }),
    ]);
    expect(both.filter(({ rule }) => rule === RULE).flatMap(({ matches }) => matches)).not.toContainEqual(
      expect.objectContaining({ at: BEGIN + 150 * MINUTE }),
    );
    expect(
      await store.read(['bert'], (tx) => tx.selectFrom('activity_match_chunks').selectAll().execute()),
    ).toEqual([]);
    // What is taken out is gone, and nothing else.
    await store.write(['anna'], async (tx) => {
      const at = BEGIN + 150 * MINUTE;
      const there = { rule: RULE, group: GROUP, from: at, to: at, span: 0, reach: null };
      await tx.executeQuery(dropChunks(tx, 'anna', await matchesNear(tx, 'anna', [there])));
    });
    expect(await near(0, 99, 60, null)).toEqual(all.filter((at) => at !== 150));
    await store.close();
  });
});

it('takes over the matches of a database that kept each in a row of its own', async () => {
  const url = await newDatabase();
  const before = MIGRATIONS.findIndex(({ name }) => name === '021-match-chunks');
  const old = await storeOn(serverEngine(url), { migrations: MIGRATIONS.slice(0, before) });
  await addClient(old);
  await old.asOwner(async (session) => {
    await session.script(`select set_config('bylaw.scope', '*', false)`);
    for (const [minute, hot] of [
      [0, true],
      [10, true],
      [20, false],
      [45, true],
    ] as const)
      await session.query(
        `insert into activity_matches (client_id, rule, grp, at, activity_id, base, value, hot)
          values ('anna', $1, $2, $3, $4, 0, $5, $6)`,
        [
          RULE,
          GROUP,
          new Date(BEGIN + minute * MINUTE).toISOString(),
          `e${minute}`,
          minute === 45 ? 'drive' : 'mail',
          hot,
        ],
      );
  });
  await old.close();
  const store = await storeOn(serverEngine(url));
  const span = {
    rule: RULE,
    grp: GROUP,
    first_at: new Date(BEGIN + 5 * MINUTE),
    last_at: new Date(BEGIN + 45 * MINUTE),
  };
  const [events, values] = await store.read(['anna'], async (tx) => [
    await matchesOf(tx, 'anna', span, 10),
    await valuesOf(tx, 'anna', span),
  ]);
  expect(events).toEqual([
    { at: new Date(BEGIN + 10 * MINUTE), id: 'e10' },
    { at: new Date(BEGIN + 45 * MINUTE), id: 'e45' },
  ]);
  expect(values).toBe(2);
  await store.close();
});
