import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Activity } from '#domain/activity/activity.ts';
import { anActivity } from '#domain/activity/testing.ts';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { ownerNow, runJobs } from '../testing.ts';

const JOB = /activities that are past/;

anyEngine('how long activities are kept', (engine) => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string; name: string };
  let owner: TestPerson;
  const call = (method: string, path: string, body?: unknown) =>
    owner.call(method, `/clients/${client.slug}${path}`, body);
  const at = async (day: string) => {
    bylaw.setNow(new Date(`${day}T16:00:00Z`));
    owner = await ownerNow(bylaw);
  };
  const kept = async (): Promise<string[]> =>
    (await call('GET', '/activity')).body.items.map(({ at: when }: Activity) => when.slice(0, 10));
  const months = async (): Promise<[string, number][]> =>
    (await call('GET', '/usage?range=all')).body.months
      .filter(({ messages }: { messages: number | null }) => messages !== null)
      .map(({ start, messages }: { start: string; messages: number }) => [start, messages]);
  const keep = async (events: string, counts: string) =>
    call('PUT', '/retention/activity', {
      version: (await call('GET', '/retention/activity')).body.version,
      events,
      counts,
    });

  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
    client = await bylaw.client('Alder Society', { timezone: 'America/New_York' });
    await bylaw.services.activityLog.append(
      client.id,
      [
        ['2024-01-10', 'mara@alder.example.org'],
        ['2026-06-10', 'mara@alder.example.org'],
        ['2026-06-11', 'bert@alder.example.org'],
        // The first day that is kept, just after midnight in New York.
        ['2026-08-24', 'bert@alder.example.org'],
        ['2026-11-20', null],
      ].map(([day, person]) =>
        anActivity({
          id: `${day}`,
          at: `${day}T04:30:00.000Z`,
          person: person ?? null,
          category: 'message',
          effect: null,
        }),
      ),
    );
    await at('2026-11-24');
  });
  afterAll(() => bylaw.close());

  it('is for good until someone chooses, and never shorter for counts than for events', async () => {
    await runJobs(bylaw, JOB);
    expect(await kept()).toHaveLength(5);
    expect((await keep('13', '3')).status).toBe(422);
    const technician = await bylaw.person('technician', client.id);
    const body = { version: 1, events: '3', counts: '13' };
    expect((await technician.call('PUT', `/clients/${client.slug}/retention/activity`, body)).status).toBe(
      403,
    );
  });

  it('first counts what would be removed, and removes nothing of anyone on hold', async () => {
    const preview = async () => (await call('GET', '/retention/activity/preview?events=3&counts=13')).body;
    expect(await preview()).toMatchObject({
      activities: 3,
      activitiesBefore: '2026-08-24',
      countsBefore: '2025-10-24',
      heldPeople: 0,
      held: false,
    });
    expect((await preview()).counts).toBeGreaterThan(0);
    const placed = await call('POST', '/holds', {
      person: 'Bert@alder.example.org',
      reason: 'A dispute',
      owner: 'Priya Raman',
      until: '2026-11-30',
    });
    expect(placed.body).toMatchObject({ person: 'bert@alder.example.org', on: true });
    expect(await preview()).toMatchObject({ activities: 2, heldPeople: 1 });
    expect(
      (await call('POST', '/holds', { person: 'x', reason: 'r', owner: 'o', until: '2026-11-01' })).status,
    ).toBe(400);

    await keep('3', '13');
    await call('PUT', '/hold', { reason: 'An inquiry', owner: 'Priya Raman', until: '2026-11-25' });
    await runJobs(bylaw, JOB);
    expect(await kept()).toHaveLength(5);
    // The day after the hold on the whole client has ended by itself.
    await at('2026-11-26');
    await runJobs(bylaw, JOB);
    expect(await kept()).toEqual(['2026-11-20', '2026-08-24', '2026-06-11']);
    const record = (await call('GET', '/audit?action=retention.remove_activity')).body.items;
    expect(record).toHaveLength(1);
  });

  it('keeps counts longer than their events, also when they are counted again', async () => {
    expect(await months()).toEqual([
      ['2026-06', 2],
      ['2026-08', 1],
      ['2026-11', 1],
    ]);
    const { store } = bylaw.services;
    await store.write('system', async (tx) => {
      const where = tx.selectFrom('clients').select('profile').where('id', '=', client.id);
      const { profile } = await where.executeTakeFirstOrThrow();
      await tx
        .updateTable('clients')
        .set({ profile: JSON.stringify({ ...(profile as object), timezone: 'Europe/London' }) })
        .where('id', '=', client.id)
        .execute();
    });
    await runJobs(bylaw, /^recount days/);
    expect((await months()).map(([, messages]) => messages)).toEqual([2, 1, 1]);
  });

  it('ends a hold on its day, or when someone lifts it', async () => {
    const [hold] = (await call('GET', '/holds')).body.items;
    const lifted = await call('POST', `/holds/${hold.id}/lift`, { reason: 'Settled' });
    expect(lifted.body).toMatchObject({ on: false, lifted: { reason: 'Settled' } });
    expect((await call('POST', `/holds/${hold.id}/lift`, { reason: 'Again' })).status).toBe(404);
    await runJobs(bylaw, JOB);
    expect((await kept()).some((day) => day === '2026-06-11')).toBe(false);
  });
});
// Guide: G1.2-08 G5.1-07
