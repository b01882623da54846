import { beforeEach, expect, it } from 'vitest';
import { anyEngine } from '#store/testing.ts';
import { RETENTION, type RetentionWorld, retentionWorld, runJobs, TODAY } from './testing.ts';

anyEngine('retention', (engine) => {
  const world = retentionWorld(engine);
  const { at, held, show, keep, preview, verdicts } = world;
  let bylaw: RetentionWorld['bylaw'];
  let client: RetentionWorld['client'];
  beforeEach(() => {
    ({ bylaw, client } = world);
  });

  it('keeps everything for good unless someone says otherwise', async () => {
    expect(await show()).toMatchObject({
      own: { readings: 'workspace', reports: 'workspace' },
      holds: { readings: 'forever', reports: 'forever' },
      hold: null,
      last: null,
    });
    const before = await held();
    await runJobs(bylaw, RETENTION);
    expect(await held()).toEqual(before);
  });

  it('removes what was replaced so long ago, exactly as previewed, with one record, and no verdict changes', async () => {
    const status = await verdicts();
    const reply = await preview('?readings=13');
    expect(reply).toMatchObject({ readings: 2, files: 2, reports: 0, held: false });
    expect(reply.lines).toEqual([
      {
        kind: 'members',
        name: 'Members file',
        readings: 2,
        files: 2,
        reports: 0,
        bytes: reply.bytes,
        from: '2024-03-10',
        to: '2024-09-10',
      },
    ]);
    const before = await held();
    const leaving = before.evidence.filter(({ name }) => name.includes('2024'));
    expect(reply.bytes).toBe(leaving.reduce((sum, { bytes }) => sum + Number(bytes), 0));

    expect((await keep('13')).status).toBe(200);
    expect((await held()).readings).toHaveLength(4);
    await runJobs(bylaw, RETENTION);
    const after = await held();
    expect(after.readings).toEqual(['members-2025-06-10.csv', 'members-2026-11-20.csv']);
    expect(after.files).toEqual(after.readings);
    for (const { sha256 } of leaving) expect(after.disk).not.toContain(sha256);
    for (const { sha256 } of after.evidence) expect(after.disk).toContain(sha256);
    const records = after.records.filter(({ action }) => action === 'retention.remove');
    expect(records).toHaveLength(1);
    expect(records[0]?.body).toMatchObject({
      actor: { kind: 'system', name: 'Bylaw, by retention' },
      after: {
        on: TODAY,
        readings: reply.readings,
        files: reply.files,
        bytes: reply.bytes,
        lines: reply.lines,
        removed: expect.arrayContaining(leaving.map(({ name, sha256 }) => ({ name, sha256 }))),
      },
    });
    expect(await verdicts()).toEqual(status);
    expect((await show()).last).toEqual({
      on: TODAY,
      record: records[0]?.seq,
      readings: 2,
      files: 2,
      reports: 0,
    });
    // Nothing more goes and nothing more is recorded, on this day and the next.
    await runJobs(bylaw, RETENTION);
    bylaw.setNow(new Date('2026-11-25T16:00:00Z'));
    await runJobs(bylaw, RETENTION);
    expect((await held()).records.filter(({ action }) => action === 'retention.remove')).toHaveLength(1);
  });

  it('keeps what was current on any day of the months, however old it is', async () => {
    await keep('25');
    // 25 months before is October 24, 2024: the file of September 2024 counted on that day.
    expect((await preview()).lines).toMatchObject([{ readings: 1, from: '2024-03-10', to: '2024-03-10' }]);
    await at('2027-07-10');
    expect(await preview()).toMatchObject({ readings: 2 });
    // The file of June 2025 was replaced in November 2026 only.
    await at('2028-12-19');
    expect(await preview()).toMatchObject({ readings: 2 });
    await at('2028-12-20');
    expect(await preview()).toMatchObject({ readings: 3 });
    await at('2031-01-10');
    // The newest is never replaced, whatever its age.
    expect(await preview()).toMatchObject({ readings: 3 });
  });

  it('makes at most one removal and record a day; the rest waits for the next day', async () => {
    const records = async () =>
      (await held()).records.filter(({ action }) => action === 'retention.remove').length;
    await keep('25');
    await runJobs(bylaw, RETENTION);
    await keep('13');
    await runJobs(bylaw, RETENTION);
    expect([(await held()).readings.length, await records()]).toEqual([3, 1]);
    bylaw.setNow(new Date('2026-11-25T16:00:00Z'));
    await runJobs(bylaw, RETENTION);
    expect([(await held()).readings.length, await records()]).toEqual([2, 2]);
  });

  it('takes the choice of the workspace unless the client has its own, and nothing shorter than 13 months', async () => {
    const { version } = (await world.olive.call('GET', '/settings')).body;
    const all = (body: object) => world.olive.call('PUT', '/settings/retention', { version, ...body });
    expect((await all({ readings: '12', reports: 'forever' })).status).toBe(400);
    const said = (await world.olive.call('GET', '/settings/retention/preview?readings=13&reports=forever'))
      .body;
    const mine = said.clients.find((one: { client: string }) => one.client === client.slug);
    expect(mine).toMatchObject({ readings: 2, files: 2, held: false });
    expect((await all({ readings: '13', reports: 'forever' })).body.retention).toEqual({
      readings: '13',
      reports: 'forever',
    });
    expect((await show()).holds).toEqual({ readings: '13', reports: 'forever' });
    await keep('forever');
    await runJobs(bylaw, RETENTION);
    expect((await held()).readings).toHaveLength(4);
    await keep('workspace');
    await runJobs(bylaw, RETENTION);
    expect((await held()).readings).toHaveLength(2);
    await world.olive.call('PUT', '/settings/retention', {
      version: (await world.olive.call('GET', '/settings')).body.version,
      readings: 'forever',
      reports: 'forever',
    });
  });

  it('removes old reports but never the newest, and then the files that only they rested on', async () => {
    for (const [day, title] of [
      ['2024-03-11', 'First'],
      ['2024-09-11', 'Second'],
      ['2026-11-21', 'Newest'],
    ] as const) {
      await at(day);
      const created = await world.olive.call('POST', `/clients/${client.slug}/reports`, { title, asOf: day });
      expect(created.status).toBe(201);
    }
    await at(TODAY);
    const list = (await world.olive.call('GET', `/clients/${client.slug}/reports`)).body.items;
    await keep('13');
    expect(await preview()).toMatchObject({ readings: 0, stays: { report: 2 } });
    expect(await preview('?reports=13')).toMatchObject({ readings: 2, files: 2, reports: 2 });
    await keep('13', '13');
    await runJobs(bylaw, RETENTION);
    expect((await held()).reports).toEqual(['Newest']);
    expect((await held()).readings).toHaveLength(2);
    const first = list.find(({ title }: { title: string }) => title === 'First');
    const gone = await world.olive.call('GET', `/clients/${client.slug}/reports/${first.id}`);
    expect(gone.status).toBe(422);
    expect(gone.body.message).toMatch(/^“First” was removed by retention on Nov 24, 2026 \(record \d+/);
    await at('2040-01-01');
    expect(await preview('?reports=13')).toMatchObject({ reports: 0 });
  });
});
