import { afterAll, beforeAll, expect, it } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';

/** Alerts as rows of what has the detection and the connector or person in common, and many settled at once. */

anyEngine('groups of alerts', (engine) => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string };
  let n = 0;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
    client = await bylaw.client('Elm Guild', { domains: ['example.org'], claudePlan: 'enterprise' });
    await add('org_cowork_act_without_asking_mode_enabled', 'olive', 0);
    await add('mcp_server_created', 'olive', 2, 'Taskline');
    await add('mcp_server_created', 'pete', 5, 'Taskline');
    await add('mcp_server_created', 'pete', 6, 'Asana');
    await add('claude_user_settings_updated', 'olive', 7);
  });
  afterAll(() => bylaw.close());

  const get = async (path: string) => (await bylaw.owner.call('GET', `/clients/${client.slug}/${path}`)).body;
  const post = (path: string, body: object, by: TestPerson = bylaw.owner) =>
    by.call('POST', `/clients/${client.slug}/alerts/${path}`, body);
  const add = (type: string, who: string, hour: number, connector: string | null = null) =>
    bylaw.services.activityLog.append(client.id, [
      anActivity({
        id: `g${n++}`,
        at: new Date(Date.UTC(2026, 10, 23, hour)).toISOString(),
        type,
        category: connector === null ? 'settings' : 'connectors',
        source: 'compliance_feed',
        actor: { type: 'user_actor', id: who, email: `${who}@example.org`, name: null },
        person: `${who}@example.org`,
        connector: null,
        connectorName: null,
        tool: null,
        effect: null,
        detail: connector === null ? {} : { mcp_server_name: connector },
      }),
    ]);

  it('over time they are counted in the week in which they began, and a week before the first event is not known', async () => {
    const { weeks } = await get('alert-weeks');
    expect(weeks).toHaveLength(13);
    // In New York the first two happened on Sunday evening.
    expect(weeks.slice(-2)).toMatchObject([
      {
        start: '2026-11-16',
        whole: true,
        counts: { alerts: 2, open: 2, levels: { critical: 1, high: 0, medium: 1, low: 0 } },
      },
      { start: '2026-11-23', whole: false, counts: { alerts: 2, open: 2 } },
    ]);
    expect(weeks.slice(0, -2).map(({ counts }: { counts: object | null }) => counts)).toEqual(
      Array.from({ length: 11 }, () => null),
    );
  });

  it('fold alerts by detection and connector, the most severe first and then the latest', async () => {
    const { items, open, alerts, choices, may } = await get('alert-groups');
    expect(items).toMatchObject([
      {
        level: 'critical',
        by: 'detection',
        subject: null,
        alerts: 1,
        words: expect.stringContaining('Cowork'),
      },
      { level: 'medium', by: 'connector', subject: 'Asana', alerts: 1, people: { count: 1 } },
      {
        level: 'medium',
        by: 'connector',
        subject: 'Taskline',
        alerts: 2,
        events: 2,
        words: null,
        alert: null,
        people: { count: 2, first: ['olive@example.org', 'pete@example.org'] },
        first: '2026-11-23T02:00:00.000Z',
        last: '2026-11-23T05:00:00.000Z',
      },
    ]);
    expect(open).toEqual({ critical: 1, high: 0, medium: 2, low: 0 });
    expect(alerts).toBe(4);
    expect(choices.connectors).toEqual(['Asana', 'Taskline']);
    expect(choices.people).toEqual(['olive@example.org', 'pete@example.org']);
    expect(may.decide).toBe(true);
    const taskline = items[2];
    expect(await get(`alert-groups/${taskline.id}`)).toMatchObject({
      subject: 'Taskline',
      open: 2,
      playbook: [{ button: 'Compare with requests' }, { button: null }, { button: null }],
    });
    expect((await get(`alerts?group=${taskline.id}`)).items).toHaveLength(2);
    const [one] = (await get(`alerts?group=${taskline.id}`)).items;
    expect((await get(`alerts/${one.id}`)).group).toEqual({ id: taskline.id, alerts: 2 });
    expect((await get('frame')).counts.alerts).toEqual({ open: 3, late: true });
  });

  it('hold alerts that the search finds by their number', async () => {
    const [alert] = (await get('alerts?state=all')).items;
    for (const code of [alert.code, `al-${Number(alert.code.slice(3))}`]) {
      const found = await bylaw.owner.call('GET', `/search?query=${code}&client=${client.slug}`);
      expect(found.body.items[0]).toMatchObject({ group: 'Alerts', id: alert.id });
    }
  });

  it('are found by any of their alerts, and keep their numbers', async () => {
    const found = async (query: string) =>
      (await get(`alert-groups?${query}`)).items.map((one: { subject: string | null; alerts: number }) => [
        one.subject,
        one.alerts,
      ]);
    expect(await found('person=olive@example.org&level=medium')).toEqual([['Taskline', 2]]);
    expect(await found('connector=Asana')).toEqual([['Asana', 1]]);
    expect(await found('text=taskl')).toEqual([['Taskline', 2]]);
    expect(await found('text=act+without+asking')).toEqual([[null, 1]]);
    expect(await found('text=100%25')).toEqual([]);
    expect(await found('detection=CLA-DET-25')).toEqual([[null, 1]]);
    expect(await found('since=2026-11-24')).toEqual([]);
    // In New York it was the evening before for two of them.
    expect(await found('until=2026-11-22')).toHaveLength(2);
    expect(await found('state=settled')).toEqual([]);
    expect((await bylaw.owner.call('GET', `/clients/${client.slug}/alert-groups/CLA-DET-99`)).status).toBe(
      404,
    );
  });

  it('are settled together for one reason, all or none, each with a record; and that can be undone', async () => {
    const [critical, asana, taskline] = (await get('alert-groups')).items;
    const chosen = (list: { id: string; mark: string }[]) => list.map(({ id, mark }) => ({ id, mark }));
    const note = 'Known and wanted.';
    const reader = await bylaw.person('auditor', client.id);
    const settle = { groups: chosen([asana, taskline]), as: 'benign', note };
    expect((await post('settle', settle, reader)).status).toBe(403);
    // One more came since the list was shown: nothing is settled.
    await add('mcp_server_created', 'pete', 9, 'Asana');
    expect((await post('settle', settle)).status).toBe(409);
    expect((await get('alert-groups')).alerts).toBe(5);
    const now = (await get('alert-groups')).items.slice(1);
    const done = await post('settle', { groups: chosen(now), as: 'benign', note });
    expect(done.body.settled).toHaveLength(4);
    expect((await get('alert-groups')).items).toMatchObject([{ id: critical.id }]);
    const records = (await get('audit')).items.filter(
      ({ action }: { action: string }) => action === 'alerts.settle',
    );
    expect(records).toHaveLength(4);
    expect(records[0]).toMatchObject({ reason: note });

    const other = await bylaw.person('owner', null);
    const undo = { alerts: done.body.settled };
    expect((await post('undo-settle', undo, other)).status).toBe(422);
    expect((await post('undo-settle', undo)).body).toEqual({ undone: 4 });
    expect((await get('alert-groups')).alerts).toBe(5);
    // What was undone has another version now.
    expect((await post('undo-settle', undo)).status).toBe(409);
  });

  it('say nothing of another client', async () => {
    const other = await bylaw.client('Fir League', { claudePlan: 'enterprise' });
    const [group] = (await get('alert-groups')).items;
    const path = `/clients/${other.slug}`;
    expect((await bylaw.owner.call('GET', `${path}/alert-groups`)).body.items).toEqual([]);
    expect((await bylaw.owner.call('GET', `${path}/alert-groups/${group.id}`)).status).toBe(404);
    const { status } = await bylaw.owner.call('POST', `${path}/alerts/settle`, {
      alerts: [{ id: group.alert, version: 1 }],
      as: 'benign',
      note: 'Not mine.',
    });
    expect(status).toBe(404);
  });
});
