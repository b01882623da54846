import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { insertStaffReport } from '#store/staff/reports.ts';
import { addAttempt } from '#store/staff/training.ts';
import { anyEngine } from '#store/testing.ts';
import { ownerNow, runJobs } from '../testing.ts';

const JOB = /records of staff that are past/;
const KIM = 'kim@alder.example.org';
const HELD = 'hera@alder.example.org';

anyEngine('how long records of staff are kept', (engine) => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string; name: string };
  let owner: TestPerson;
  let incidentOfSolved: string;
  const call = (method: string, path: string, body?: unknown) =>
    owner.call(method, `/clients/${client.slug}${path}`, body);
  const shown = async (query = '') => (await call('GET', `/retention/staff${query}`)).body;
  const reports = async (): Promise<string[]> =>
    (await call('GET', '/staff-reports?state=all')).body.items.map((one: Json) => one.reference).sort();
  const passes = () =>
    bylaw.services.store.read([client.id], (tx) =>
      tx.selectFrom('training_attempts').select('address').orderBy('address').orderBy('at').execute(),
    );
  const report = (reference: string, received: string, closed: string | null, address: string | null = KIM) =>
    bylaw.services.store.write([client.id], (tx) =>
      insertStaffReport(tx, {
        client_id: client.id,
        id: reference,
        reference,
        kind: 'unexpected',
        clause: null,
        said: 'It wrote a mail that no one asked for.',
        happened: null,
        contact: null,
        address,
        received_at: new Date(received),
        closed_by_name: closed === null ? null : 'Tess',
        closed_at: closed === null ? null : new Date(closed),
        closed_reason: closed === null ? null : 'Looked at.',
      }),
    );
  const pass = (address: string, at: string) =>
    bylaw.services.store.write([client.id], (tx) =>
      addAttempt(tx, client.id, {
        address,
        at: new Date(at),
        pass: { right: 8, of: 8, sha256: 'ab'.repeat(32) },
      }),
    );

  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
    client = await bylaw.client('Alder Society', { timezone: 'America/New_York' });
    // 37 months before November 24, 2026: what was settled before October 24, 2023 goes.
    await report('GONE', '2023-01-02T12:00:00Z', '2023-10-24T03:59:00Z');
    await report('EDGE', '2023-01-02T12:00:00Z', '2023-10-24T04:00:00Z');
    await report('WAITS', '2020-01-02T12:00:00Z', null);
    await report('OPENED', '2020-01-02T12:00:00Z', null);
    await report('SOLVED', '2020-01-02T12:00:00Z', null);
    await report('DRILLED', '2020-01-02T12:00:00Z', null);
    await report('HELD', '2020-01-02T12:00:00Z', '2020-02-01T12:00:00Z', HELD.toUpperCase());
    await pass(KIM, '2023-10-23T12:00:00Z');
    await pass(KIM, '2026-10-23T12:00:00Z');
    await pass(HELD, '2023-01-23T12:00:00Z');
    owner = await ownerNow(bylaw);
    const incident = {
      type: 'agent_action',
      title: 'A mail was sent',
      summary: 'As reported.',
      origin: 'staff',
    };
    const opened = await call('POST', '/incidents', { ...incident, originId: 'OPENED' });
    expect(opened.status).toBe(201);
    const solved = await call('POST', '/incidents', { ...incident, originId: 'SOLVED' });
    expect(solved.body.origin).toMatchObject({ kind: 'staff', gone: null });
    incidentOfSolved = solved.body.id;
    // A drill that is over settles no report: it waits as before.
    const drilled = await call('POST', '/incidents', { ...incident, originId: 'DRILLED', drill: true });
    expect(drilled.status).toBe(201);
    await bylaw.services.store.write([client.id], (tx) =>
      tx
        .updateTable('incidents')
        .set({ state: 'closed', closed_at: new Date('2020-03-01T12:00:00Z') })
        .where('origin_id', 'in', ['DRILLED', 'SOLVED'])
        .execute(),
    );
    await call('POST', '/holds', { person: HELD, reason: 'A dispute', owner: 'Counsel' });
  });
  afterAll(() => bylaw.close());

  it('is three years by the catalogue, said with its day and sources, and counted before anything goes', async () => {
    expect(await shown()).toMatchObject({
      reports: 'catalogue',
      training: 'catalogue',
      byDefault: { reports: { months: '37' }, training: { months: '37' }, asOf: '2026-11-29' },
      past: { reports: 2, quizzes: 1 },
      held: false,
    });
    expect((await shown()).byDefault.sources.length).toBeGreaterThan(0);
    expect((await shown('?reports=forever&training=13')).past).toEqual({ reports: 0, quizzes: 1 });
  });

  it('takes nothing while the client is on hold', async () => {
    await call('PUT', '/hold', { reason: 'An inquiry' });
    expect((await shown()).held).toBe(true);
    await runJobs(bylaw, JOB);
    expect(await reports()).toHaveLength(7);
    await call('DELETE', '/hold', { reason: 'It is over' });
  });

  it('removes what was settled before, on record, and leaves what waits, is investigated or held', async () => {
    await runJobs(bylaw, JOB);
    expect(await reports()).toEqual(['DRILLED', 'EDGE', 'HELD', 'OPENED', 'WAITS']);
    expect((await passes()).map(({ address }) => address)).toEqual([HELD, KIM]);
    const { body } = await call('GET', '/audit?action=retention.remove_staff');
    expect(body.items).toHaveLength(1);
    const { body: record } = await call('GET', `/audit/records/${body.items[0].seq}`);
    expect(JSON.parse(record.body).after).toEqual({
      on: '2026-11-24',
      reports: ['SOLVED', 'GONE'],
      quizzes: 1,
    });
    // The incident that was made of one says so where it led to it.
    const { origin, timeline } = (await call('GET', `/incidents/${incidentOfSolved}`)).body;
    expect(origin).toMatchObject({ kind: 'staff', id: 'SOLVED', gone: { at: '2026-11-24T15:00:00.000Z' } });
    expect(timeline.map(({ words }: Json) => words)).toContainEqual(
      expect.stringContaining('removed by the retention rule'),
    );
    // Nothing more goes, and nothing is recorded.
    await runJobs(bylaw, JOB);
    expect((await call('GET', '/audit?action=retention.remove_staff')).body.items).toHaveLength(1);
  });

  it('is changed by who may remove a client, on record, and holds from the next run', async () => {
    const technician = await bylaw.person('technician', client.id);
    const wanted = { version: 1, reports: '13', training: 'forever' };
    const path = `/clients/${client.slug}/retention/staff`;
    expect((await technician.call('PUT', path, wanted)).status).toBe(403);
    expect((await call('PUT', '/retention/staff', wanted)).body).toMatchObject({
      reports: '13',
      training: 'forever',
      version: 2,
      past: { reports: 1, quizzes: 0 },
    });
    expect((await call('PUT', '/retention/staff', wanted)).status).toBe(409);
    await runJobs(bylaw, JOB);
    expect(await reports()).toEqual(['DRILLED', 'HELD', 'OPENED', 'WAITS']);
    expect(await passes()).toHaveLength(2);
  });
});
