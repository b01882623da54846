import { expect, it } from 'vitest';
import { serverEngine } from '../engine/server.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { type Store, storeOn } from '../open.ts';
import { eachEngine, newDatabase } from '../testing.ts';
import { reportedBefore } from './call-reports.ts';
import { gatherHour, scatteredHours } from './compact.ts';
import {
  dropChunks,
  insertMatches,
  type KeptMatch,
  MAX_CHUNK,
  matchesNear,
  matchesOf,
  valuesOf,
} from './matches.ts';

const MINUTE = 60_000;
const BEGIN = Date.parse('2026-11-26T09:30:00.000Z');
const DETECTION = 'CLA-DET-03';
const GROUP = '["a b","c, \\"d\\""]';

const match = (minute: number, more: Partial<KeptMatch> = {}): KeptMatch => ({
  detection: DETECTION,
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
    await write(match(50, { detection: 'CLA-DET-55', activity: 'other' }), match(50, { group: '["x"]' }));
    const near = async (from: number, to: number, span: number, reach: number | null) => {
      const chunks = await store.read(['anna'], (tx) =>
        matchesNear(tx, 'anna', [
          {
            detection: DETECTION,
            group: GROUP,
            from: BEGIN + from * MINUTE,
            to: BEGIN + to * MINUTE,
            span: span * MINUTE,
            reach,
          },
        ]),
      );
      expect(chunks.every(({ detection, group }) => detection === DETECTION && group === GROUP)).toBe(true);
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
    // Of two detections at once each is looked for as it wants.
    const there = { group: GROUP, from: BEGIN + 40 * MINUTE, to: BEGIN + 40 * MINUTE };
    const both = await store.read(['anna'], (tx) =>
      matchesNear(tx, 'anna', [
        { ...there, detection: DETECTION, span: 500 * MINUTE, reach: 1 },
        { ...there, detection: 'CLA-DET-55', span: 20 * MINUTE, reach: null },
      ]),
    );
    expect(
      both.filter(({ detection }) => detection === 'CLA-DET-55').flatMap(({ matches }) => matches),
    ).toEqual([expect.objectContaining({ activity: 'other' })]);
    expect(
      both.filter(({ detection }) => detection === DETECTION).flatMap(({ matches }) => matches),
    ).not.toContainEqual(expect.objectContaining({ at: BEGIN + 150 * MINUTE }));
    expect(
      await store.read(['bert'], (tx) => tx.selectFrom('activity_match_chunks').selectAll().execute()),
    ).toEqual([]);
    // What is taken out is gone, and nothing else.
    await store.write(['anna'], async (tx) => {
      const at = BEGIN + 150 * MINUTE;
      const there = { detection: DETECTION, group: GROUP, from: at, to: at, span: 0, reach: null };
      await tx.executeQuery(dropChunks(tx, 'anna', await matchesNear(tx, 'anna', [there])));
    });
    expect(await near(0, 99, 60, null)).toEqual(all.filter((at) => at !== 150));
    await store.close();
  });
});

eachEngine('matches that came one by one', (engine) => {
  it('lie in as few rows as they need after their hour, all of them, in order, and those of alerts as they were', async () => {
    const store = await engine.open();
    await addClient(store);
    const hour = new Date(BEGIN - 30 * MINUTE);
    const write = (...matches: KeptMatch[]) =>
      store.write(['anna'], (tx) => tx.executeQuery(insertMatches(tx, 'anna', matches)));
    const second = (n: number, more: Partial<KeptMatch> = {}) =>
      match(n / 60, { activity: `s${n}`, ...more });
    const reported = (n: number) => ({
      reported: { call: `toolu_${n}`, source: 'otlp' },
      value: n % 2 ? 'mail' : null,
    });
    const all = Array.from({ length: 50 }, (_, n) => second(n, reported(n)));
    for (const one of [...all].reverse()) await write(one);
    await write(second(7, { group: '["alone"]' }));
    await write(second(8, { hot: true, activity: 'hot' }));
    const stretch = {
      from: BEGIN,
      to: BEGIN + 60_000,
      span: 0,
      reach: null,
      detection: DETECTION,
      group: GROUP,
    };
    const near = () => store.read(['anna'], (tx) => matchesNear(tx, 'anna', [stretch]));
    const sorted = (chunks: Awaited<ReturnType<typeof near>>, hot: boolean) =>
      chunks
        .filter((chunk) => chunk.hot === hot)
        .flatMap(({ matches }) => matches)
        .sort((a, b) => a.at - b.at);
    const before = await near();
    const from = new Date(BEGIN - 60 * MINUTE);
    const to = new Date(BEGIN + 60 * MINUTE);
    expect(await store.read(['anna'], (tx) => scatteredHours(tx, 'anna', from, to))).toEqual([hour]);
    await store.write(['anna'], (tx) => gatherHour(tx, 'anna', hour));
    const after = await near();
    expect(after.filter((chunk) => !chunk.hot).map(({ matches }) => matches.length)).toEqual(
      expect.arrayContaining([MAX_CHUNK, 50 - MAX_CHUNK]),
    );
    expect(sorted(after, false)).toEqual(sorted(before, false));
    expect(sorted(after, false)).toHaveLength(50);
    expect(sorted(after, true)).toEqual(sorted(before, true));
    for (const { matches, last } of after) {
      expect(matches.map(({ at }) => at)).toEqual(matches.map(({ at }) => at).sort((a, b) => a - b));
      expect(last).toBe(matches.at(-1)?.at);
    }
    expect(await store.read(['anna'], (tx) => scatteredHours(tx, 'anna', from, to))).toEqual([]);
    // What was gathered is taken out like any other.
    await store.write(['anna'], async (tx) => {
      await tx.executeQuery(dropChunks(tx, 'anna', await matchesNear(tx, 'anna', [stretch])));
    });
    expect(await near()).toEqual([]);
    await store.close();
  });
});

it('takes over the matches of a database that found them by detection and group, and the calls in alerts', async () => {
  const url = await newDatabase();
  const before = MIGRATIONS.findIndex(({ name }) => name === '045-compact-matches');
  const old = await storeOn(serverEngine(url), { migrations: MIGRATIONS.slice(0, before) });
  await addClient(old);
  const at = (minute: number) => BEGIN + minute * MINUTE;
  await old.asOwner(async (session) => {
    await session.script(`select set_config('bylaw.scope', '*', false)`);
    for (const [hot, matches] of [
      [
        true,
        [
          [at(0), 'e0', 0, null, 'toolu_1', 'otlp'],
          [at(10), 'e10', 0, 'mail'],
        ],
      ],
      [false, [[at(20), 'e20', 0, 'files', 'toolu_2', 'otlp']]],
    ] as const)
      await session.query(
        `insert into activity_match_chunks (client_id, rule, grp, first_at, last_at, hot, matches)
          values ('anna', $1, $2, $3, $4, $5, $6)`,
        [
          DETECTION,
          GROUP,
          new Date(matches[0][0]).toISOString(),
          new Date(matches.at(-1)?.[0] ?? 0).toISOString(),
          hot,
          JSON.stringify(matches),
        ],
      );
  });
  await old.close();
  const store = await storeOn(serverEngine(url));
  const near = { detection: DETECTION, group: GROUP, from: at(0), to: at(60), span: 0, reach: null };
  const call = (name: string, minute: number) =>
    match(minute, { activity: 'again', reported: { call: name, source: 'sessions' } });
  const [chunks, reported] = await store.read(['anna'], async (tx) => [
    await matchesNear(tx, 'anna', [near]),
    await reportedBefore(tx, 'anna', [call('toolu_1', 2), call('toolu_2', 21)]),
  ]);
  expect(chunks.map(({ hot, matches }) => [hot, matches]).sort()).toEqual([
    [
      false,
      [
        {
          at: at(20),
          activity: 'e20',
          base: 0,
          value: 'files',
          reported: { call: 'toolu_2', source: 'otlp' },
        },
      ],
    ],
    [
      true,
      [
        { at: at(0), activity: 'e0', base: 0, value: null, reported: { call: 'toolu_1', source: 'otlp' } },
        { at: at(10), activity: 'e10', base: 0, value: 'mail' },
      ],
    ],
  ]);
  // Of calls in alerts alone it is noted who reported them.
  expect(reported).toEqual([
    expect.objectContaining({ at: at(0), activity: 'e0', reported: { call: 'toolu_1', source: 'otlp' } }),
  ]);
  await store.close();
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
          DETECTION,
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
    detection: DETECTION,
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
