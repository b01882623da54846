import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Activity } from '#domain/activity/activity.ts';
import { anActivity } from '#domain/activity/testing.ts';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';
import { addSpans } from '#store/sources/spans.ts';
import { anyEngine } from '#store/testing.ts';
import { removeCounts } from '#store/usage/remove.ts';
import { jobContext } from './asking.ts';
import { onceReader } from './once.ts';
import { buildWeekly } from './weekly/build.ts';

anyEngine('use that two sources report', (engine) => {
  let bylaw: TestConsole;
  let both: { id: string; slug: string; name: string };
  let calls = 0;
  const reported = (source: Activity['source'], day: string, many: number, change: Partial<Activity> = {}) =>
    Array.from({ length: many }, () => {
      calls += 1;
      return anActivity({ id: `t${calls}`, at: `${day}T17:00:00.000Z`, source, person: MARA, ...change });
    });
  const MARA = 'mara@twice.example.org';
  const usage = async (path: string) =>
    (await auditorOf.call('GET', `/clients/${both.slug}/usage${path}`)).body;
  let auditorOf: TestPerson;

  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
    both = await bylaw.client('Twice Guild', { timezone: 'America/New_York', claudePlan: 'enterprise' });
    auditorOf = await bylaw.person('auditor', both.id);
    await bylaw.services.activityLog.append(both.id, [
      // The session records of this day are whole: they count, where they report someone at all.
      ...reported('otlp', '2026-11-17', 4),
      ...reported('sessions', '2026-11-17', 3),
      ...reported('sessions', '2026-11-17', 5, { surface: 'chat' }),
      ...reported('otlp', '2026-11-17', 2, { person: 'bert@twice.example.org' }),
      // Of this day they were read in part only.
      ...reported('otlp', '2026-11-18', 4),
      ...reported('sessions', '2026-11-18', 1),
      ...reported('sessions', '2026-11-19', 2),
      // One of them does not say who it was.
      ...reported('otlp', '2026-11-20', 3, { person: null }),
      ...reported('sessions', '2026-11-20', 2),
      // One of them does not say where it was, nor by which name the other knows the connector.
      ...reported('sessions', '2026-11-21', 2, { surface: 'unknown', connector: 'taskline' }),
      ...reported('otlp', '2026-11-21', 1),
    ]);
    await bylaw.services.store.write([both.id], (tx) =>
      addSpans(tx, both.id, 'sessions', [
        { from: '2026-11-17T05:00:00.000Z', to: '2026-11-18T05:00:00.000Z', gap: null, mendable: false },
      ]),
    );
  });
  afterAll(() => bylaw.close());

  it('is in each figure of the page once, by the source that is whole, else by the one that reports most', async () => {
    const { connectors, surfaces, adoption, twice } = await usage('');
    expect(connectors).toMatchObject([
      { id: 'microsoft365_outlook', calls: 19, effects: { read: 19, unknown: 0 }, notCounted: 8 },
      { id: 'taskline', calls: 2, notCounted: 0 },
    ]);
    expect(
      Object.fromEntries(surfaces.map((one: { surface: string; calls: number }) => [one.surface, one.calls])),
    ).toEqual({ cowork: 14, chat: 5, unknown: 2 });
    expect(adoption.lastWeek).toBe(2);
    expect(twice).toMatchObject([
      {
        figure: 'tool_call',
        surface: 'cowork',
        reported: [
          { source: 'otlp', days: 3, events: 13, counted: 9 },
          { source: 'sessions', days: 3, events: 6, counted: 3, because: expect.stringContaining('whole') },
        ],
      },
      {
        surface: 'unknown',
        reported: [
          { source: 'otlp', counted: 0 },
          { source: 'sessions', counted: 2 },
        ],
      },
    ]);
  });

  it('is counted once for each person, and nobody goes missing whom one source reports', async () => {
    const { items } = await usage('/people');
    expect(items.map(({ key, calls: many }: { key: string; calls: number }) => [key, many])).toEqual([
      ['bert@twice.example.org', 2],
      [MARA, 16],
    ]);
    const { connectors, weeks } = await usage(`/person?key=${MARA}`);
    expect(connectors).toMatchObject([
      { calls: 14, notCounted: 8 },
      { name: 'Taskline', calls: 2 },
    ]);
    expect(weeks.find(({ start }: { start: string }) => start === '2026-11-16').calls).toBe(16);
    const who = await usage('/connector?connector=microsoft365_outlook');
    expect(who.items.reduce((sum: number, { calls: many }: { calls: number }) => sum + many, 0)).toBe(19);
  });

  it('is in exported lists and the weekly file once', async () => {
    for (const [list, column] of [
      ['everything', 'Events'],
      ['connectors_by_person', 'Calls'],
    ] as const) {
      const { bytes } = await auditorOf.call(
        'GET',
        `/clients/${both.slug}/usage/table?list=${list}&format=csv`,
      );
      const rows: Record<string, string>[] = parse(bytes.toString('utf8'), {
        bom: true,
        columns: true,
      });
      expect(rows.reduce((sum, row) => sum + Number(row[column]), 0)).toBe(21);
    }
    const ref = { ...both, timezone: 'America/New_York', sandbox: false };
    const { summary } = await buildWeekly(jobContext(bylaw.services, ref), '2026-11-16');
    expect(summary).toMatchObject({ calls: 21, writes: 0 });
  });

  it('stays in each figure once while retention removes, wherever a day cuts a week and a run is killed', async () => {
    const { store } = bylaw.services;
    // The same every time: a failure can be looked at again.
    let state = 7;
    const random = (below: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
    const PEOPLE = ['anna', 'bert', 'cora'].map((name) => `${name}@cut.example.org`);
    for (const before of ['2026-09-14', '2026-09-16', '2026-09-20', '2026-09-30']) {
      const { id } = await bylaw.client(`Cut ${before}`, { timezone: 'America/New_York' });
      const days = Array.from({ length: 28 }, (_, at) => `2026-09-${String(at + 3).padStart(2, '0')}`);
      await bylaw.services.activityLog.append(
        id,
        days.flatMap((day) =>
          PEOPLE.flatMap((person) =>
            (['otlp', 'sessions'] as const).flatMap((source) =>
              reported(source, day, random(4), {
                person,
                ...(random(5) === 0 ? { surface: 'unknown' } : {}),
              }),
            ),
          ),
        ),
      );
      const read = () =>
        store.read([id], async (tx) => {
          const once = await onceReader(tx, id, sharedCatalogue(), {});
          const lines = new Map<string, number>();
          for (const [slice, by] of [
            ['person_week', ['start', 'person']],
            ['person_connector_week', ['start', 'person', 'source']],
            ['connector_day', ['start', 'source']],
          ] as const)
            for (const count of await once.counts(slice, {}, by))
              lines.set(`${slice} ${by.map((name) => count[name]).join(' ')}`, count.toolCalls);
          return lines;
        });
      const all = await read();
      // One of the three is on hold; in the first round nobody is.
      const held = before === '2026-09-14' ? [] : PEOPLE.slice(0, 1);
      let chunks = 0;
      for (;;) {
        const gone = await store.write('system', (tx) => removeCounts(tx, id, { before, held }, 23));
        const left = await read();
        // A day's connectors are of no person: what is left of those days is only what the person on hold did.
        for (const [line, calls] of left) expect([line, calls]).toEqual([line, all.get(line)]);
        if (gone === 0) break;
        chunks += 1;
      }
      expect(chunks).toBeGreaterThan(5);
      const left = [...(await read()).keys()].filter((line) => line.startsWith('person_week'));
      const weeks = (whose: readonly string[]) =>
        new Set(
          left
            .filter((line) => whose.some((person) => line.includes(person)))
            .map((line) => line.split(' ')[1]),
        ).size;
      expect(weeks(PEOPLE.slice(1))).toBe(before < '2026-09-21' ? 3 : 1);
      expect(weeks(PEOPLE.slice(0, 1))).toBe(held.length === 0 ? 3 : 5);
    }
  });
});
