import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { undecided } from '#domain/decide/undecided.ts';
import { loadCatalogue } from '#sources/catalogue/load.ts';
import type { Store } from '#store/open.ts';
import { openTestStore } from '#store/testing.ts';
import { decisionOf } from '#store/verdicts/current.ts';
import { createEvents } from '../shared/events.ts';
import { createVerdicts } from './service.ts';
import type { ThreadSource } from './thread.ts';

const catalogue = loadCatalogue();
const NOW = new Date('2026-11-24T15:00:00Z');
const SLOW = randomUUID();
const OTHERS = [randomUUID(), randomUUID()];

/** Answers at once for each client but one, with which it never ends; counts what it begins. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
parentPort.on('message', ({ is, id, facts }) => {
  if (is !== 'run') return;
  Atomics.add(workerData.begun, 0, 1);
  parentPort.postMessage({ is: 'begun', id });
  if (facts.client.id === workerData.slow) {
    if (workerData.memory) { const all = []; for (;;) all.push(Array.from({ length: 100_000 }, Math.random)); }
    for (;;);
  }
  parentPort.postMessage({ is: 'done', id, result: workerData.verdicts });
});`;

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
  await store.write('system', async (tx) => {
    for (const [number, id] of [SLOW, ...OTHERS].entries())
      await tx
        .insertInto('clients')
        .values({
          id,
          slug: `client-${number}`,
          name: `Client ${number}`,
          profile: JSON.stringify({
            name: `Client ${number}`,
            domains: ['alder.example.org'],
            claudePlan: 'team',
            timezone: 'UTC',
          }),
          settings: '{}',
          created_at: NOW,
        })
        .execute();
  });
});
afterEach(() => store.close());

function opened({ memory = false } = {}) {
  const begun = new Int32Array(new SharedArrayBuffer(4));
  const pass = catalogue.controls.map(({ id }) => id);
  const source: ThreadSource = {
    idleMs: 1_000,
    take: () =>
      new Worker(THREAD, {
        eval: true,
        resourceLimits: { maxOldGenerationSizeMb: 24 },
        workerData: {
          begun,
          slow: SLOW,
          memory,
          verdicts: undecided(catalogue.controls, 'too_slow')
            .filter(({ control }) => pass.includes(control))
            .map((verdict) => ({ ...verdict, state: 'fail', code: 'test.fail' })),
        },
      }),
    giveBack: async (thread) => void (await thread.terminate()),
  };
  const verdicts = createVerdicts({
    store,
    catalogue,
    clock: () => NOW,
    events: createEvents(),
    thread: source,
    log: pino({ level: 'silent' }),
    maxMs: 1_500,
  });
  return { verdicts, begun: () => Atomics.load(begun, 0) };
}

const states = (id: string) =>
  store.read([id], async (tx) => {
    const rows = await tx
      .selectFrom('verdicts')
      .select(['state', 'reason'])
      .where('until', 'is', null)
      .execute();
    return [...new Set(rows.map(({ state }) => state))];
  });

it('stops an evaluation that does not end, says so for each control, and serves the other clients', async () => {
  const { verdicts, begun } = opened();
  await verdicts.ensureCurrent([SLOW, ...OTHERS]);
  expect(await states(SLOW)).toEqual(['cannot_read']);
  for (const id of OTHERS) expect(await states(id)).toEqual(['fail']);

  // Nobody waits for it again until something changes.
  const before = begun();
  await verdicts.ensureCurrent([SLOW, ...OTHERS]);
  expect(await verdicts.behind([SLOW])).toEqual([]);
  await expect(verdicts.run(SLOW, 'verdicts', undefined)).rejects.toMatchObject({ code: 'too_slow' });
  expect(begun()).toBe(before);

  await store.write([SLOW], (tx) =>
    tx.updateTable('clients').set({ facts_version: 1 }).where('id', '=', SLOW).execute(),
  );
  await verdicts.refresh(SLOW);
  expect(begun()).toBe(before + 1);
  await verdicts.close();

  // A later start tries it again.
  const later = opened();
  expect(await later.verdicts.behind([SLOW, ...OTHERS])).toEqual([SLOW]);
  await later.verdicts.close();
});

it('asks what waited behind it of another thread', async () => {
  const { verdicts } = opened();
  const slow = verdicts.run(SLOW, 'verdicts', undefined).catch((error: unknown) => error);
  const other = verdicts.run(OTHERS[0] ?? '', 'verdicts', undefined);
  expect((await other)?.result).toHaveLength(catalogue.controls.length);
  expect(await slow).toMatchObject({ code: 'too_slow' });
  await verdicts.close();
});

it('says that memory is missing only once it is missing again and again', async () => {
  const { verdicts } = opened({ memory: true });
  for (let time = 0; time < 2; time += 1) {
    await expect(verdicts.ensureCurrent([SLOW, ...OTHERS])).rejects.toMatchObject({ code: 'too_large' });
    expect(await states(SLOW)).toEqual([]);
    for (const id of OTHERS) expect(await states(id)).toEqual(['fail']);
  }
  await verdicts.ensureCurrent([SLOW]);
  expect(await states(SLOW)).toEqual(['cannot_read']);
  expect(await store.read([SLOW], (tx) => decisionOf(tx, SLOW))).toMatchObject({ day: '2026-11-24' });
  await verdicts.close();
});
