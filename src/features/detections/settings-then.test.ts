import { afterAll, beforeAll, expect, it } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { alertsIn } from '#store/detections/alerts.ts';
import { anyEngine } from '#store/testing.ts';
import { ownerNow } from '../retention/testing.ts';
import { replay } from './replay.ts';

/** A client's hours, holidays and domains, each applied to the events of the time when they were in force. */

anyEngine('settings of the time of an event', (engine) => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string };
  let version = 1;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
    client = await bylaw.client('Alder Society', PROFILE);
  });
  afterAll(() => bylaw.close());

  const PROFILE = {
    domains: ['example.org'],
    claudePlan: 'team',
    timezone: 'UTC',
    normalHours: { start: '08:00', end: '18:00' },
  };
  const set = async (day: string, change: object) => {
    bylaw.setNow(new Date(`${day}T15:00:00Z`));
    const owner = await ownerNow(bylaw);
    const { status, body } = await owner.call('PUT', `/clients/${client.slug}`, {
      name: 'Alder Society',
      version,
      profile: { ...PROFILE, ...change },
    });
    expect(status, JSON.stringify(body)).toBe(200);
    version = body.version;
    if (body.proposed === null) return;
    // A change that makes detections find less takes two people.
    const second = await ownerNow(bylaw);
    const approved = await second.call('POST', `/clients/${client.slug}/profile/approve`, {
      proposed: body.proposed.id,
    });
    expect(approved.status).toBe(201);
    version = approved.body.version;
  };
  const message = (at: string, person = 'jane@example.org') =>
    anActivity({
      id: `${at} ${person}`,
      at: `${at}.000Z`,
      person,
      type: 'user_prompt',
      category: 'message',
      connector: null,
      connectorName: null,
      tool: null,
      effect: null,
    });
  const found = async () =>
    (
      await bylaw.services.store.read([client.id], (tx) =>
        alertsIn(tx, client.id, ['open', 'old', 'silenced'], { limit: 100 }),
      )
    )
      .map(({ detection, first_at }) => `${detection} ${first_at.toISOString().slice(0, 10)}`)
      .sort();
  const replayed = async (days = 90) =>
    (await replay(bylaw.services, client.id, { days })).alerts
      .map(({ detection, first }) => `${detection} ${new Date(first).toISOString().slice(0, 10)}`)
      .sort();

  it('judge an event by the settings of its time, in the stream and over history', async () => {
    bylaw.setNow(new Date('2026-10-13T15:00:00Z'));
    await bylaw.services.activityLog.append(client.id, [
      // On a Monday at 6 a.m., on a Sunday, and by someone of another domain.
      message('2026-10-05T06:10:00'),
      message('2026-10-11T10:10:00'),
      message('2026-10-12T10:10:00', 'kim@elsewhere.example'),
    ]);
    const before = await found();
    expect(before).toEqual(['CLA-DET-15 2026-10-05', 'CLA-DET-15 2026-10-11', 'CLA-DET-19 2026-10-12']);
    expect(await replayed()).toEqual(before);

    await set('2026-10-14', {
      domains: ['example.org', 'elsewhere.example'],
      normalHours: { start: '05:00', end: '18:00', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
      holidays: ['2026-10-05', '2026-10-20'],
    });
    expect(await replayed()).toEqual(before);
    // Late events of last week are judged by the settings of last week, and new ones by today's.
    await bylaw.services.activityLog.append(client.id, [
      message('2026-10-06T06:10:00', 'lou@example.org'),
      message('2026-10-15T06:10:00'),
      message('2026-10-16T10:10:00', 'kim@elsewhere.example'),
      message('2026-10-20T10:10:00'),
    ]);
    const after = [
      'CLA-DET-15 2026-10-05',
      'CLA-DET-15 2026-10-06',
      'CLA-DET-15 2026-10-11',
      'CLA-DET-15 2026-10-20',
      'CLA-DET-19 2026-10-12',
    ];
    expect(await found()).toEqual(after);
    expect(await replayed()).toEqual(after);
    await set('2026-11-01', { normalHours: { start: '00:00', end: '23:59' }, holidays: [] });
    expect(await replayed()).toEqual(after);
  });

  it('of one client are not seen by another', async () => {
    const { store } = bylaw.services;
    const other = await bylaw.client('Harrow Guild');
    const rows = await store.read([other.id], (tx) =>
      tx.selectFrom('client_judged_settings').selectAll().execute(),
    );
    expect(rows).toEqual([]);
  });
});
