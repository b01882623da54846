import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Activity } from '#domain/activity/activity.ts';
import { anActivity } from '#domain/activity/testing.ts';
import { cases } from '#domain/testing/cases.ts';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { alertsIn, putSetting } from '#store/detections/alerts.ts';
import { anyEngine } from '#store/testing.ts';
import { replay } from './replay.ts';

/** Calls reported by both telemetry and a transcript. */

anyEngine('a call that two sources report', (engine) => {
  let bylaw: TestConsole;
  let clients = 0;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  });
  afterAll(() => bylaw.close());

  async function newClient(): Promise<string> {
    clients += 1;
    const { id } = await bylaw.client(`Client ${clients}`, { domains: ['example.org'], timezone: 'UTC' });
    return id;
  }
  /** Sets the detection's threshold to ten calls in ten minutes. */
  const tenAreMany = (client: string) =>
    bylaw.services.store.write([client], (tx) =>
      putSetting(
        tx,
        {
          client_id: client,
          detection: 'CLA-DET-03',
          is_on: true,
          number: 10,
          reason: 'A small office',
          changed_by_name: 'Olive Owner',
          changed_at: TEST_NOW,
        },
        0,
      ),
    );
  const add = (client: string, list: readonly Activity[]) => bylaw.services.activityLog.append(client, list);
  const alertsOf = (client: string) =>
    bylaw.services.store.read([client], (tx) =>
      alertsIn(tx, client, ['open', 'benign', 'real', 'silenced', 'old'], { limit: 1_000 }),
    );
  const second = (n: number) => new Date(Date.UTC(2026, 10, 23, 9, 0, n)).toISOString();
  /** Telemetry reports a call after it has run. */
  const sent = (n: number, at = n + 4) =>
    anActivity({ id: `o${n}`, at: second(at), source: 'otlp', detail: { tool_use_id: `toolu_${n}` } });
  /** A transcript reports it when Claude requested the tool. */
  const read = (n: number, at = n) =>
    anActivity({ id: `session/toolu_${n}`, at: second(at), source: 'sessions', type: 'tool_use' });
  const some = <T>(many: number, of: (n: number) => T): T[] => Array.from({ length: many }, (_, n) => of(n));

  it('counts once, whichever reports first', async () => {
    for (const [first, then] of [
      [sent, read],
      [read, sent],
    ] as const) {
      const client = await newClient();
      await add(
        client,
        some(59, (n) => first(n)),
      );
      await add(
        client,
        some(59, (n) => then(n)),
      );
      expect(await alertsOf(client)).toEqual([]);
      await add(client, [then(59)]);
      expect(await alertsOf(client)).toMatchObject([{ detection: 'CLA-DET-03', count: 60 }]);
      await add(client, [first(59)]);
      const alerts = await alertsOf(client);
      expect(alerts).toMatchObject([
        { count: 60, first_at: new Date(second(0)), last_at: new Date(second(63)) },
      ]);
      const { alerts: replayed } = await replay(bylaw.services, client, { days: 30 });
      expect(replayed).toMatchObject([{ detection: 'CLA-DET-03', count: 60 }]);
    }
  });

  it('counts separately if the other source does not report it', async () => {
    const client = await newClient();
    await add(
      client,
      some(30, (n) => sent(n)),
    );
    await add(
      client,
      some(30, (n) => read(n + 30)),
    );
    expect(await alertsOf(client)).toMatchObject([{ count: 60 }]);
  });

  it('raises no second alert when it is reported again, and opens none that was settled', async () => {
    const client = await newClient();
    await add(
      client,
      some(60, (n) => sent(n)),
    );
    const [alert] = await alertsOf(client);
    await bylaw.services.store.write([client], (tx) =>
      tx
        .updateTable('alerts')
        .set({ state: 'benign' })
        .where('id', '=', alert?.id ?? '')
        .execute(),
    );
    await add(
      client,
      some(60, (n) => read(n)),
    );
    expect(await alertsOf(client)).toMatchObject([{ number: 1, state: 'benign', count: 60 }]);
    await add(client, [sent(60)]);
    expect(await alertsOf(client)).toMatchObject([{ number: 1, state: 'open', count: 61 }]);
  });

  it('is a separate call when the same source reports it again, even in one batch', async () => {
    const twice = [0, 94].flatMap((minute) => [
      anActivity({ ...sent(1, minute * 60), id: `ran-${minute}` }),
      anActivity({
        ...sent(1, minute * 60 + 30),
        id: `refused-${minute}`,
        source: 'gateway',
        outcome: 'rejected',
      }),
    ]);
    for (const batches of [[twice], twice.map((one) => [one])]) {
      const client = await newClient();
      for (const batch of batches) await add(client, batch);
      const found = (await alertsOf(client)).filter(({ detection }) => detection === 'CLA-DET-43');
      expect(found.map(({ count }) => count)).toEqual([2, 2]);
    }
  });

  it('gives the same result in the stream and over history, in any batches and order', async () => {
    const reporting = fc.record({
      call: fc.integer({ min: 0, max: 25 }),
      by: fc.constantFrom('otlp' as const, 'sessions' as const),
      minute: fc.integer({ min: 0, max: 90 }),
      person: fc.constantFrom('a@example.org', 'b@elsewhere.example'),
    });
    const detections = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(reporting, {
          minLength: 30,
          maxLength: 80,
          selector: ({ call, by, person }) => `${call} ${by} ${person}`,
        }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        async (list, size, seed) => {
          const all = list.map(({ call, by, minute, person }) => {
            const named = `toolu_${person[0]}${call}`;
            return anActivity({
              id: by === 'otlp' ? `o ${named}` : `s/${named}`,
              at: second(minute * 20),
              source: by,
              person,
              detail: by === 'otlp' ? { tool_use_id: named } : {},
            });
          });
          const shuffled = all
            .map((one, n) => [((n + 1) * seed) % 10_007, one] as const)
            .sort(([a], [b]) => a - b)
            .map(([, one]) => one);
          const client = await newClient();
          await tenAreMany(client);
          for (let from = 0; from < shuffled.length; from += size)
            await add(client, shuffled.slice(from, from + size));
          const facts = (one: {
            detection: string;
            group: string;
            first: number;
            last: number;
            count: number;
          }) => [one.detection, one.group, one.first, one.last, one.count].join(' ');
          const { alerts } = await replay(bylaw.services, client, { days: 30 });
          for (const { detection } of alerts) detections.add(detection);
          expect(
            (await alertsOf(client))
              .map(({ detection, grp: group, first_at, last_at, count }) =>
                facts({ detection, group, first: first_at.getTime(), last: last_at.getTime(), count }),
              )
              .sort(),
          ).toEqual(alerts.map(facts).sort());
        },
      ),
      { numRuns: cases(12) },
    );
    // The cases exercised both kinds of detections: one that counts, and one that a single call triggers.
    expect([...detections].sort()).toEqual(['CLA-DET-03', 'CLA-DET-19']);
  });
});
// Guide: G5.2-06
