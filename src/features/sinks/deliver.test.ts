import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import { insertAlerts } from '#store/detections/spans.ts';
import { coded, startHec } from '../../../sandbox/siem/hec.ts';
import { type TestConsole, testConsole } from '../../server/testing/console.ts';
import { append, settle, splunkAt, TOKEN } from './testing/splunk-sink.ts';

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

describe('handing on', () => {
  it('sends what is added, in order, and keeps the token to itself', async () => {
    const hec = await startHec();
    const { client, shown, sink } = await splunkAt(bylaw, hec.url);
    expect(JSON.stringify(sink)).not.toContain(TOKEN);
    expect(sink).toMatchObject({ state: 'new', secretsStored: ['token'] });
    await append(bylaw, client, 'a', 'b');
    await append(bylaw, client, 'c');
    expect(await shown()).toMatchObject({
      state: 'new',
      lag: [{ stream: 'activities', count: 3 }],
    });
    expect(await settle(bylaw, client)).toEqual([{ kind: 'done' }]);
    expect(hec.events.map(({ fields }) => fields?.bylaw_id)).toEqual(['a', 'b', 'c']);
    expect(await shown()).toMatchObject({
      state: 'working',
      accepted: 3,
      lag: [{ count: 0, oldest: null }],
    });
    await hec.close();
  });

  it('skips what is not wanted and what was there before', async () => {
    const hec = await startHec();
    const { client } = await splunkAt(bylaw, hec.url, {}, { categories: ['settings'] });
    await append(bylaw, client, 'a', 's1', 'b');
    await settle(bylaw, client);
    await append(bylaw, client, 's2');
    await settle(bylaw, client);
    expect(hec.events.map(({ fields }) => fields?.bylaw_id)).toEqual(['s1', 's2']);
    await hec.close();
  });

  it('sets aside the one bad event and sends the others', async () => {
    const hec = await startHec({ isBad: ({ fields }) => fields?.bylaw_id === 'c' });
    const { client, failedDeliveries } = await splunkAt(bylaw, hec.url);
    await append(bylaw, client, 'a', 'b', 'c', 'd');
    await settle(bylaw, client);
    expect(hec.events.map(({ fields }) => fields?.bylaw_id)).toEqual(['a', 'b', 'd']);
    expect(await failedDeliveries()).toMatchObject({
      total: 1,
      items: [{ count: 1, firstSeq: 3, state: 'waiting' }],
    });
    await hec.close();
  });

  it('does not wait longer because the clock was set back, or for a lease taken before that', async () => {
    let busy = true;
    const hec = await startHec({ fault: () => (busy ? coded(9) : null) });
    const { client } = await splunkAt(bylaw, hec.url);
    const before = bylaw.services.clock();
    await append(bylaw, client, 'a');
    expect(await settle(bylaw, client)).toMatchObject([{ kind: 'later' }]);
    busy = false;
    await bylaw.services.store.write([client.id], (tx) =>
      tx
        .updateTable('activity_sink_states')
        .set({ lease_by: 'a process that died', lease_until: new Date(Date.now() + 30 * 86_400_000) })
        .where('client_id', '=', client.id)
        .execute(),
    );
    bylaw.setNow(new Date(before.getTime() - 30 * 86_400_000));
    try {
      expect(await settle(bylaw, client)).toEqual([{ kind: 'done' }]);
      expect(hec.events).toHaveLength(1);
    } finally {
      bylaw.setNow(before);
      await hec.close();
    }
  });

  it('waits and tries again, and sends nothing before its time', async () => {
    let busy = true;
    const hec = await startHec({ fault: () => (busy ? coded(9) : null) });
    const { client, shown, toDo } = await splunkAt(bylaw, hec.url);
    await append(bylaw, client, 'a');
    const [ended] = await settle(bylaw, client);
    expect(ended?.kind).toBe('later');
    expect(await toDo()).toEqual([]);
    expect(await shown()).toMatchObject({
      state: 'retrying',
      failures: 1,
      lag: [{ count: 1 }],
    });
    expect(await settle(bylaw, client)).toEqual([]);
    bylaw.setNow(new Date(bylaw.services.clock().getTime() + 62 * 60_000));
    await settle(bylaw, client);
    expect(await toDo()).toEqual([expect.stringMatching(/more than an hour behind: .*busy.*tries again/)]);
    busy = false;
    bylaw.setNow(new Date(bylaw.services.clock().getTime() + 10_000));
    expect(await settle(bylaw, client)).toEqual([{ kind: 'done' }]);
    expect(hec.events).toHaveLength(1);
    expect(await toDo()).toEqual([]);
    await hec.close();
  });
});

describe('alerts', () => {
  it('go before activities, each once, from the severity that was chosen, and not those that are silenced', async () => {
    const hec = await startHec();
    const { client, shown } = await splunkAt(
      bylaw,
      hec.url,
      { format: 'bylaw' },
      { alerts: true, minSeverity: 'medium' },
    );
    const at = Date.parse('2026-11-24T14:00:00Z');
    const alert = (id: string, level: string, state = 'open') => ({
      id,
      detection: 'a_detection_of_an_older_bylaw',
      group: id,
      first: at,
      last: at,
      count: 3,
      firstActivity: 'a',
      sample: {},
      outlier: null,
      level,
      state,
      silence: null,
    });
    const quiet = { connector: null, connectorName: null, tool: null, effect: null } as const;
    await bylaw.services.activityLog.append(client.id, [
      anActivity({ id: 'a', category: 'session', ...quiet }),
    ]);
    await bylaw.services.store.write([client.id], (tx) =>
      insertAlerts(
        tx,
        client.id,
        [
          alert('al1', 'high'),
          alert('al2', 'low'),
          alert('al3', 'critical', 'silenced'),
          alert('al4', 'medium'),
        ],
        new Date(at),
      ),
    );
    expect((await shown()).lag).toMatchObject([
      { stream: 'alerts', count: 2 },
      { stream: 'activities', count: 1 },
    ]);
    await settle(bylaw, client);
    await settle(bylaw, client);
    expect(hec.events.map(({ fields }) => fields?.bylaw_id)).toEqual(['al1', 'al4', 'a']);
    expect(hec.events[0]).toMatchObject({
      sourcetype: 'bylaw:bylaw:alerts',
      event: { severity: 'high', rule: { id: 'a_detection_of_an_older_bylaw' }, activities: ['a'] },
    });
    await hec.close();
  });

  it('of a real detection say what happened', async () => {
    const hec = await startHec();
    const { client } = await splunkAt(bylaw, hec.url, {}, { activities: false, alerts: true });
    await bylaw.services.activityLog.append(client.id, [
      anActivity({
        id: 'loosened',
        at: '2026-11-24T14:00:00.000Z',
        type: 'org_cowork_act_without_asking_mode_enabled',
        category: 'settings',
        source: 'compliance_feed',
        actor: { type: 'user_actor', id: 'u1', email: 'olive@example.org', name: 'Olive Owner' },
      }),
    ]);
    await settle(bylaw, client);
    expect(hec.events).toMatchObject([
      { event: { class_uid: 2004, message: 'Olive Owner let Cowork act without asking.' } },
    ]);
    await hec.close();
  });

  it('are sent again, in order and with a version, whenever they change', async () => {
    let busy = false;
    const hec = await startHec({ fault: () => (busy ? coded(9) : null) });
    const { client } = await splunkAt(
      bylaw,
      hec.url,
      { format: 'bylaw' },
      { activities: false, alerts: true },
    );
    const loosened = (from: number, many: number) =>
      bylaw.services.activityLog.append(
        client.id,
        Array.from({ length: many }, (_, n) =>
          anActivity({
            id: `loosened ${from + n}`,
            at: new Date(Date.parse('2026-11-24T14:00:00Z') + (from + n) * 1000).toISOString(),
            type: 'org_cowork_act_without_asking_mode_enabled',
            category: 'settings',
            source: 'compliance_feed',
            actor: { type: 'user_actor', id: 'u1', email: 'olive@example.org', name: 'Ona Admin' },
          }),
        ),
      );
    await loosened(0, 1);
    await settle(bylaw, client);
    const id = hec.events[0]?.fields?.bylaw_id ?? '';
    const path = `/clients/${client.slug}/alerts/${id}`;
    const act = async (what: string, more: object) => {
      const { version } = (await bylaw.owner.call('GET', path)).body;
      const done = await bylaw.owner.call('POST', `${path}/${what}`, { version, note: 'Seen.', ...more });
      expect(done.status, JSON.stringify(done.body)).toBe(201);
    };
    // All of it while the other side takes nothing: each change is sent later, not only the last.
    busy = true;
    await act('settle', { as: 'follow_up' });
    await act('settle', { as: 'real' });
    await act('reopen', {});
    await loosened(1, 1);
    await act('silence', { scope: 'same', until: '2026-12-20' });
    await loosened(2, 40);
    await settle(bylaw, client);
    busy = false;
    bylaw.setNow(new Date(bylaw.services.clock().getTime() + 10_000));
    await settle(bylaw, client);
    expect(hec.events.map(({ fields }) => [fields?.bylaw_id, fields?.bylaw_version])).toEqual(
      hec.events.map((_, at) => [id, String(at + 1)]),
    );
    expect(hec.events.map(({ event }) => [event.change, event.state, event.count])).toEqual([
      ['raised', 'open', 1],
      ['follow_up', 'follow_up', 1],
      ['real', 'real', 1],
      ['reopened', 'open', 1],
      ['counted', 'open', 2],
      ['silenced', 'benign', 2],
      ['counted', 'benign', 42],
      ['grew', 'open', 42],
    ]);
    expect(hec.events[2]?.event).toMatchObject({ changedBy: 'Olive Owner', severity: 'critical' });
    await hec.close();
  });

  it('that were silenced when raised are sent once someone has to look', async () => {
    const hec = await startHec();
    const { client } = await splunkAt(
      bylaw,
      hec.url,
      { format: 'bylaw' },
      { activities: false, alerts: true },
    );
    const quiet = {
      id: 'quiet',
      detection: 'a_detection_of_an_older_bylaw',
      group: 'quiet',
      first: Date.parse('2026-11-24T14:00:00Z'),
      last: Date.parse('2026-11-24T14:00:00Z'),
      count: 1,
      firstActivity: 'a',
      sample: {},
      outlier: null,
      level: 'high',
      state: 'silenced',
      silence: null,
    };
    await bylaw.services.store.write([client.id], (tx) =>
      insertAlerts(tx, client.id, [quiet], bylaw.services.clock()),
    );
    await settle(bylaw, client);
    expect(hec.events).toEqual([]);
    await bylaw.owner.call('POST', `/clients/${client.slug}/alerts/quiet/reopen`, {
      version: 1,
      note: 'Look.',
    });
    await settle(bylaw, client);
    expect(hec.events).toMatchObject([
      { event: { id: 'quiet', version: 1, change: 'reopened', state: 'open' } },
    ]);
    await hec.close();
  });
});
// Guide: G1.1-11 G5.2-00 G5.3-00 G5.3-02
