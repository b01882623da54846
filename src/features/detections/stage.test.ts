import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Activity, NO_AMOUNTS, type Outcome } from '#domain/activity/activity.ts';
import { anActivity } from '#domain/activity/testing.ts';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { alertsIn } from '#store/detections/alerts.ts';
import { addSpans } from '#store/sources/spans.ts';
import { anyEngine } from '#store/testing.ts';
import { importOn } from '../retention/testing.ts';
import { compareRecords } from './compare.ts';
import { replay } from './replay.ts';

/** The stage in the transaction that adds to the log, with the shipped detections. */

anyEngine('detections', (engine) => {
  let bylaw: TestConsole;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  });
  afterAll(() => bylaw.close());

  const SHOWN = ['open', 'follow_up', 'benign', 'real', 'silenced', 'old'];
  let clients = 0;
  async function newClient(profile: object = {}): Promise<string> {
    clients += 1;
    const domains = ['example.org', 'x.org'];
    const { id } = await bylaw.client(`Client ${clients}`, { domains, ...profile });
    return id;
  }
  const add = (client: string, ...list: Activity[]) => bylaw.services.activityLog.append(client, list);
  const alertsOf = (client: string, states = SHOWN) =>
    bylaw.services.store.read([client], (tx) => alertsIn(tx, client, states, { limit: 1_000 }));
  /** The parts of alerts that depend only on the events. */
  async function facts(client: string) {
    return (await alertsOf(client))
      .map((one) => ({
        detection: one.detection,
        group: one.grp,
        first: one.first_at.getTime(),
        last: one.last_at.getTime(),
        count: one.count,
        sample: one.sample,
        outlier: one.outlier,
      }))
      .sort((a, b) =>
        `${a.detection} ${a.group} ${a.first}` < `${b.detection} ${b.group} ${b.first}` ? -1 : 1,
      );
  }
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 9, minute)).toISOString();

  describe('raising', () => {
    it('groups events that lie close together into one alert, which grows', async () => {
      const client = await newClient();
      const call = (n: number) =>
        anActivity({ id: `c${n}`, at: new Date(Date.UTC(2026, 10, 23, 9, 0, n)).toISOString() });
      await add(client, ...Array.from({ length: 59 }, (_, n) => call(n)));
      expect(await alertsOf(client)).toEqual([]);
      await add(client, call(59));
      expect(await alertsOf(client)).toMatchObject([
        { detection: 'CLA-DET-03', number: 1, count: 60, state: 'open', level: 'high' },
      ]);
      await add(client, call(60), call(61));
      expect(await alertsOf(client)).toMatchObject([
        { number: 1, count: 62, first_at: new Date('2026-11-23T09:00:00.000Z') },
      ]);
      // Adding the same events again does not count them twice.
      await add(client, call(60), call(3));
      expect((await alertsOf(client))[0]?.count).toBe(62);
    });

    it('proposes a prompt injection where a change that is new for the person follows a document in one session', async () => {
      const { id: client, slug } = await bylaw.client('Client with a session', { domains: ['example.org'] });
      const call = (id: string, day: string, minute: number, part: Partial<Activity>) =>
        anActivity({
          id,
          at: `2026-11-${day}T09:${String(minute).padStart(2, '0')}:00.000Z`,
          session: 'session-1',
          connector: 'microsoft365_outlook',
          // As Claude reports it: one connector, whose parts only some tool names reveal.
          connectorName: 'claude.ai Microsoft 365',
          ...part,
        });
      const read = { tool: 'read_resource', effect: 'read' as const };
      const write = { tool: 'outlook_send_mail', effect: 'write' as const };
      const found = async () =>
        (await alertsOf(client)).filter(({ detection }) => detection === 'CLA-DET-97');
      // The log is empty, so a first use cannot be determined.
      await add(client, call('a', '02', 0, read), call('b', '02', 1, write));
      expect(await found()).toEqual([]);
      // Sending was done within the last four weeks. Deleting is new, but first too late after the reading, then in
      // another session.
      await add(client, call('c', '20', 0, read), call('d', '20', 1, write));
      const remove = { ...write, tool: 'outlook_delete_event' };
      await add(
        client,
        call('e', '20', 16, remove),
        call('f', '20', 17, { ...remove, session: 'session-2' }),
      );
      expect(await found()).toEqual([]);
      await add(
        client,
        call('g', '21', 0, read),
        call('h', '21', 1, { ...write, tool: 'outlook_forward_mail' }),
      );
      expect(await found()).toMatchObject([{ grp: expect.stringContaining('session-1'), count: 2 }]);
      const [alert] = await found();
      const types = await bylaw.owner.call('GET', `/clients/${slug}/incident-types?alert=${alert?.id}`);
      expect(types.body.types[0]).toMatchObject({ id: 'prompt_injection', proposed: true });
      expect(types.body.from).toMatchObject({ session: 'session-1' });
    });

    it('merges two alerts into one when the events between them arrive late', async () => {
      const client = await newClient();
      const off = (id: string, minute: number) =>
        anActivity({
          id,
          at: at(minute),
          type: 'org_sso_toggled',
          category: 'settings',
          detail: { enabled: false },
        });
      await add(client, off('a', 0), off('b', 100));
      expect(await alertsOf(client)).toHaveLength(2);
      await add(client, off('c', 50));
      expect(await alertsOf(client)).toMatchObject([{ number: 1, count: 3 }]);
      expect(await alertsOf(client, ['merged'])).toMatchObject([{ number: 2 }]);
    });

    it('joins what a device and a gateway report about a call, whichever comes first', async () => {
      const call = (n: number) => ({ at: at(n), detail: { tool_use_id: `toolu_${n}` } });
      const ran = (n: number) => anActivity({ ...call(n), id: `ran-${n}` });
      const refused = (n: number) =>
        anActivity({ ...call(n), id: `refused-${n}`, source: 'gateway', outcome: 'rejected' });
      for (const [one, other] of [[ran, refused] as const, [refused, ran] as const]) {
        const client = await newClient();
        const found = async () =>
          (await alertsOf(client)).filter(({ detection }) => detection === 'CLA-DET-43');
        const kept = () =>
          bylaw.services.store.read([client], (tx) =>
            tx
              .selectFrom('activity_match_chunks')
              .select(['grp', 'matches'])
              .where('client_id', '=', client)
              .where('detection', '=', 'CLA-DET-43')
              .execute(),
          );
        await add(client, one(0), one(1), one(2));
        expect(await found()).toEqual([]);
        // Reports of telemetry are looked up in the log when needed.
        expect(await kept()).toHaveLength(one === ran ? 0 : 3);
        await add(client, other(0), other(2));
        await add(client, other(0));
        expect((await found()).map(({ count }) => count)).toEqual([2, 2]);
        const behind = (await kept()).filter(({ grp }) => grp !== '["toolu_1"]');
        expect(behind.flatMap(({ matches }) => matches.map(([, id]) => id)).sort()).toEqual(
          ['ran-0', 'ran-2', 'refused-0', 'refused-2'].sort(),
        );
      }
    });

    it('keeps events reported long after they happened, and does not call them urgent', async () => {
      const client = await newClient();
      await add(
        client,
        anActivity({
          id: 'a',
          at: '2026-09-01T09:00:00.000Z',
          type: 'primary_owner_transferred',
          category: 'membership',
        }),
      );
      expect(await alertsOf(client)).toMatchObject([{ state: 'old' }]);
    });

    it('reveals nothing about one client to another', async () => {
      const [one, other] = [await newClient(), await newClient()];
      await add(
        one,
        anActivity({ id: 'a', at: at(0), type: 'primary_owner_transferred', category: 'membership' }),
      );
      expect(await alertsOf(other)).toEqual([]);
      const seen = await bylaw.services.store.read([other], (tx) => alertsIn(tx, one, SHOWN, { limit: 9 }));
      expect(seen).toEqual([]);
    });
  });

  describe('a day that stands out', () => {
    const message = (person: string, day: string, n: number) =>
      anActivity({
        id: `${person} ${day} ${n}`,
        person,
        at: `${day}T10:00:00.${String(n).padStart(3, '0')}Z`,
        type: 'user_prompt',
        category: 'message',
        connector: null,
        connectorName: null,
        tool: null,
        effect: null,
      });
    const dayOf = (back: number) =>
      new Date(Date.UTC(2026, 10, 23) - back * 86_400_000).toISOString().slice(0, 10);
    const history = (person: string) =>
      Array.from({ length: 28 }, (_, back) =>
        Array.from({ length: 10 }, (_n, n) => message(person, dayOf(back + 1), n)),
      ).flat();

    it('alerts with the numbers, and goes away when later events show that it was usual', async () => {
      const client = await newClient();
      await add(client, ...history('jane@example.org'));
      await add(client, ...Array.from({ length: 60 }, (_, n) => message('jane@example.org', dayOf(0), n)));
      const [alert] = await alertsOf(client);
      expect(alert).toMatchObject({
        detection: 'CLA-DET-01',
        outlier: { count: 60, usual: 10, against: 'own' },
      });
      // The export of the weeks before arrives late and shows that sixty a day was usual.
      for (let back = 1; back <= 28; back += 1)
        await add(
          client,
          ...Array.from({ length: 50 }, (_, n) => message('jane@example.org', dayOf(back), 100 + n)),
        );
      expect(await alertsOf(client)).toEqual([]);
      const gone = await alertsOf(client, ['withdrawn']);
      expect(gone.map(({ id }) => id)).toContain(alert?.id);
    });

    it('alerts on uploads beyond what is usual, by number and by size, and not on those that failed', async () => {
      const client = await newClient();
      const files = (back: number, many: number, size: number | null, outcome: Outcome = 'success') =>
        Array.from({ length: many }, (_, n) => ({
          ...message('jane@example.org', dayOf(back), 200 + n),
          id: `upload ${back} ${n} ${size} ${outcome}`,
          type: 'claude_file_uploaded',
          category: 'content' as const,
          outcome,
          amounts: { ...NO_AMOUNTS, size },
        }));
      for (let back = 1; back <= 28; back += 1) await add(client, ...files(back, 2, 1_000_000));
      await add(client, ...files(0, 140, null, 'rejected'), ...files(0, 15, null));
      expect(await alertsOf(client)).toEqual([]);
      await add(client, ...files(0, 70, 1_000_000));
      const { body } = await bylaw.owner.call('GET', `/clients/client-${clients}/alerts`);
      expect(body.items.map(({ detection }: { detection: string }) => detection)).toEqual(
        expect.arrayContaining(['CLA-DET-94', 'CLA-DET-95']),
      );
      const found = await alertsOf(client);
      expect(found.map(({ detection, outlier }) => [detection, outlier?.count, outlier?.usual])).toEqual(
        expect.arrayContaining([
          ['CLA-DET-94', 85, 2],
          ['CLA-DET-95', 70, 2],
        ]),
      );
    });

    it('do not double-count what two sources report for one day', async () => {
      const client = await newClient();
      await add(client, ...history('jane@example.org'));
      const reported = (source: 'otlp' | 'gateway', many: number) =>
        Array.from({ length: many }, (_, n) => ({
          ...message('jane@example.org', dayOf(0), n),
          id: `${source} ${n}`,
          source,
        }));
      await add(client, ...reported('otlp', 20));
      await add(client, ...reported('gateway', 18));
      expect(await alertsOf(client)).toEqual([]);
      await add(client, ...reported('otlp', 60));
      expect(await alertsOf(client)).toMatchObject([{ detection: 'CLA-DET-01', outlier: { count: 60 } }]);
    });
  });

  describe('two sources of the same hours', () => {
    const hour = (n: number, minute = 10) => new Date(Date.UTC(2026, 10, 22, n, minute));
    const call = (id: string, n: number, source: 'otlp' | 'gateway', who: string) =>
      anActivity({
        id,
        at: hour(n).toISOString(),
        source,
        person: `${who}@example.org`,
        detail: { emitter: 'cowork' },
      });

    it('alert if one lacks what the other has, only for complete hours, until the record comes', async () => {
      const client = await newClient();
      // Telemetry of Bob all morning; the gateway saw Jane at ten, and has no record of Kim's call at eleven.
      for (const n of [9, 10, 11, 12]) {
        bylaw.setNow(hour(n, 20));
        await add(client, call(`t${n}`, n, 'otlp', 'bob'), call(`g${n}`, n, 'gateway', 'bob'));
      }
      await add(client, call('jane', 10, 'gateway', 'jane'), call('kim', 11, 'otlp', 'kim'));
      await add(client, call('early', 6, 'gateway', 'lou'));
      const found = async () =>
        (await alertsOf(client)).map(({ detection, sample }) => [detection, sample.person]);
      await compareRecords(bylaw.services);
      expect(await found()).toEqual([]);
      bylaw.setNow(TEST_NOW);
      await compareRecords(bylaw.services);
      expect(await found()).toEqual([['CLA-DET-59', 'jane@example.org']]);
      const whole = {
        from: hour(9, 0).toISOString(),
        to: hour(13, 0).toISOString(),
        gap: null,
        mendable: true,
      };
      await bylaw.services.store.write([client], (tx) => addSpans(tx, client, 'gateway', [whole]));
      await compareRecords(bylaw.services);
      await compareRecords(bylaw.services);
      expect((await found()).sort()).toEqual([
        ['CLA-DET-59', 'jane@example.org'],
        ['CLA-DET-60', 'kim@example.org'],
      ]);
      const { alerts } = await replay(bylaw.services, client, { days: 90 });
      expect(alerts.map(({ detection }) => detection).sort()).toEqual(['CLA-DET-59', 'CLA-DET-60']);
      await add(client, call('late', 10, 'otlp', 'jane'));
      await compareRecords(bylaw.services);
      expect(await found()).toEqual([['CLA-DET-60', 'kim@example.org']]);
      expect(await alertsOf(client, ['withdrawn'])).toMatchObject([{ detection: 'CLA-DET-59' }]);
    });
  });

  describe('the stream and a look over history', () => {
    const kinds = [
      { type: 'org_sso_toggled', category: 'settings', connector: null, detail: { enabled: false } },
      { type: 'sso_login_failed', category: 'sign_in', connector: null, ip: '203.0.113.9' },
      { type: 'org_user_deleted', category: 'membership', connector: null },
      { type: 'tool_result', category: 'tool_call', effect: 'write' },
      { type: 'tool_result', category: 'tool_call', source: 'gateway', outcome: 'rejected', session: 's' },
      { type: 'tool_result', category: 'tool_call', session: 's' },
      { type: 'user_prompt', category: 'message', connector: null },
      { type: 'tool_result', category: 'tool_call', detail: { tool_use_id: 'toolu_1' } },
      {
        type: 'tool_result',
        category: 'tool_call',
        source: 'gateway',
        outcome: 'rejected',
        detail: { tool_use_id: 'toolu_1' },
      },
    ] as const;
    const activity = fc.tuple(
      fc.constantFrom(...kinds),
      fc.integer({ min: 0, max: 200 }),
      fc.constantFrom('a@x.org', 'b@x.org'),
      fc.integer({ min: 0, max: 3 }),
    );

    it('raise the same alerts, in any batches and any order of events', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(activity, { minLength: 30, maxLength: 90 }),
          fc.integer({ min: 1, max: 40 }),
          fc.integer({ min: 1, max: 1_000_000 }),
          async (list, size, seed) => {
            const all = list.map(([kind, minute, person, back], n) =>
              anActivity({
                ...kind,
                id: `e${n}`,
                person,
                actor: { type: null, id: person, email: person, name: null },
                at: new Date(Date.UTC(2026, 10, 23 - back, 9, minute)).toISOString(),
              } as Partial<Activity>),
            );
            const shuffled = all
              .map((one, n) => [((n + 1) * seed) % 10_007, one] as const)
              .sort(([a], [b]) => a - b)
              .map(([, one]) => one);
            const [whole, parts] = [await newClient(), await newClient()];
            await add(whole, ...all);
            for (let from = 0; from < shuffled.length; from += size)
              await add(parts, ...shuffled.slice(from, from + size));
            const found = await facts(parts);
            expect(found).toEqual(await facts(whole));
            const replayed = await replay(bylaw.services, parts, { days: 90 });
            expect(
              replayed.alerts
                .map(({ detection, group, first, last, count }) => ({ detection, group, first, last, count }))
                .sort((a, b) =>
                  `${a.detection} ${a.group} ${a.first}` < `${b.detection} ${b.group} ${b.first}` ? -1 : 1,
                ),
            ).toEqual(found.map(({ sample: _s, outlier: _o, ...one }) => one));
          },
        ),
        { numRuns: 3 },
      );
    });
  });

  describe('the time of an event', () => {
    const roster = (status: string) => ({
      name: 'roster.csv',
      bytes: `Name,Email,Status,Department\nJane Roe,jane@example.org,${status},Office\nKim Poe,kim@example.org,Active,Office\n`,
    });
    const charter = (version: number, permission: string) => ({
      name: 'charter.yaml',
      bytes: `version: ${version}\nconnectors:\n  - name: Microsoft 365\n    actions: { "*": ${permission} }\n`,
    });
    const write = (id: string, day: string) =>
      anActivity({ id, at: `${day}T09:00:00.000Z`, effect: 'write', tool: 'outlook_send_mail' });

    it('decides which charter and roster judge it, however late it comes, also over history', async () => {
      clients += 1;
      const client = await bylaw.client(`Client ${clients}`, { domains: ['example.org'], timezone: 'UTC' });
      await importOn(bylaw, client, '2026-11-10', [charter(1, 'blocked'), roster('Active')]);
      await importOn(bylaw, client, '2026-11-14', [charter(2, 'allow'), roster('Left')]);
      bylaw.setNow(new Date('2026-11-16T15:00:00Z'));
      // Before any charter was in force, under the first and under the second, arriving late and out of order.
      await add(client.id, write('c', '2026-11-15'), write('a', '2026-11-09'));
      await add(client.id, write('b', '2026-11-12'));
      const raised = (await alertsOf(client.id)).map(({ detection, first_at }) => [
        detection,
        first_at.toISOString().slice(0, 10),
      ]);
      expect(raised.sort()).toEqual([
        ['CLA-DET-06', '2026-11-12'],
        ['CLA-DET-16', '2026-11-15'],
      ]);
      const { alerts } = await replay(bylaw.services, client.id, { days: 90 });
      expect(
        alerts.map(({ detection, first }) => [detection, new Date(first).toISOString().slice(0, 10)]).sort(),
      ).toEqual(raised);
      bylaw.setNow(TEST_NOW);
    });
  });
});
// Guide: G5.1-06 G5.3-06 G5.4-02 G7.1-06
