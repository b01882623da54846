import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { storeFacts } from '../verdicts/testing.ts';
import { makeDueReports } from './due.ts';
import { reportSchema } from './model.ts';
import { nextDay } from './schedules.ts';

let bylaw: TestConsole;
let alder: { id: string; slug: string; name: string };
beforeAll(async () => {
  bylaw = await testConsole();
  alder = await bylaw.client('Alder Society');
});
afterAll(async () => bylaw.close());

const base = () => `/clients/${alder.slug}/reports`;

describe('a report', () => {
  let id: string;

  it('is made of all controls, kept, and on the record with its counts', async () => {
    const created = await bylaw.owner.call('POST', base(), { title: 'For the board', paper: 'letter' });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ title: 'For the board', asOf: '2026-11-24', madeBy: 'Olive Owner' });
    expect(created.body.total).toBe(bylaw.services.catalogue.controls.length);
    id = created.body.id;
    const audit = await bylaw.services.store.read([alder.id], (tx) =>
      tx.selectFrom('audit_log').select(['action', 'body']).where('client_id', '=', alder.id).execute(),
    );
    expect(audit).toHaveLength(1);
    expect(JSON.parse(audit[0]?.body ?? '')).toMatchObject({
      action: 'reports.make',
      after: { counts: created.body.counts, sha256: created.body.sha256 },
    });
  });

  it('comes in four forms, the same bytes each time', async () => {
    const seen: Record<string, Buffer> = {};
    for (const format of ['html', 'json', 'xlsx', 'pdf']) {
      const path = `${base()}/${id}/file?format=${format}`;
      const file = await bylaw.owner.call('GET', path);
      expect(file.status).toBe(200);
      expect(String(file.headers['content-disposition'])).toContain(
        `alder-society-for-the-board-2026-11-24.${format}`,
      );
      seen[format] = file.bytes;
      expect((await bylaw.owner.call('GET', path)).bytes.equals(file.bytes)).toBe(true);
    }
    const appendix = await bylaw.owner.call('GET', `${base()}/${id}/file?format=html&part=appendix`);
    expect(String(appendix.headers['content-disposition'])).toContain(
      'alder-society-for-the-board-appendix-2026-11-24.html',
    );
    // Both documents come from the same record and name it.
    const { sha256 } = (await bylaw.owner.call('GET', `${base()}/${id}`)).body;
    for (const file of [seen.html, appendix.bytes]) expect(String(file)).toContain(sha256);
    expect(String(appendix.bytes)).toContain('ACC-07');
    // The console asks on a page for what a folder has in its files.
    expect(String(appendix.bytes)).toContain('Bylaw &gt; Charter');
    expect(String(appendix.bytes)).not.toMatch(/<code>(charter|journal|attestations|client)\.yaml: /);
    expect(seen.pdf?.subarray(0, 5).toString()).toBe('%PDF-');
    expect(seen.xlsx?.subarray(0, 2).toString()).toBe('PK');
    expect(String(seen.html)).toContain('Alder Society');
    expect(reportSchema.parse(JSON.parse(String(seen.json))).preparedBy).toBe('Olive Owner, Bylaw');
    expect(
      createHash('sha256')
        .update(seen.json ?? '')
        .digest('hex'),
    ).toBe(sha256);
  });

  it('says to whom a control is assigned and by when: to the board, and to technicians', async () => {
    const client = await bylaw.client('Birch Guild', { claudeSeats: 70 });
    await storeFacts({ store: bylaw.services.store, clientId: client.id, now: TEST_NOW });
    await bylaw.services.verdicts.refresh(client.id);
    await bylaw.owner.call('PUT', `/clients/${client.slug}/controls/ACC-07/assignment`, {
      version: 0,
      owner: 'Wilma Birch',
      due: '2026-12-01',
    });
    const path = `/clients/${client.slug}/reports`;
    const made = async (body: object) => (await bylaw.owner.call('POST', path, body)).body.id;
    const file = async (report: string, query: string) =>
      String((await bylaw.owner.call('GET', `${path}/${report}/file?${query}`)).bytes);
    const now = await made({});
    const { board } = reportSchema.parse(JSON.parse(await file(now, 'format=json')));
    expect(board?.asks.find(({ control }) => control === 'CLA-ACC-07')).toMatchObject({
      who: 'Wilma Birch',
      by: '2026-12-01',
    });
    const words = 'Wilma Birch, due Dec 1, 2026';
    expect(await file(now, 'format=html&part=appendix')).toContain(words);
    // The assignment of a past day is not stored.
    const then = await made({ asOf: '2026-11-20' });
    expect(await file(then, 'format=html&part=appendix')).not.toContain('Wilma Birch');
  });

  it('asks the board for a charter if none is in force, and names pages, not files', async () => {
    const client = await bylaw.client('Cedar Guild');
    const path = `/clients/${client.slug}/reports`;
    const created = await bylaw.owner.call('POST', path, {});
    const file = await bylaw.owner.call('GET', `${path}/${created.body.id}/file?format=json`);
    const { board, notRead } = reportSchema.parse(JSON.parse(String(file.bytes)));
    expect(board?.asks[0]).toMatchObject({ kind: 'decide', control: 'CLA-CON-07', who: null });
    const missing = notRead.filter(({ kind }) => kind === 'charter' || kind === 'journal');
    expect(missing).toHaveLength(2);
    for (const { howToGet } of missing) expect(howToGet).not.toMatch(/bylaw |yaml/);
  });

  it('can be made as of a past day', async () => {
    const created = await bylaw.owner.call('POST', base(), { asOf: '2026-09-30' });
    expect(created.body.asOf).toBe('2026-09-30');
    expect((await bylaw.owner.call('POST', base(), { asOf: '2026-11-30' })).body.message).toBe(
      'Nov 30, 2026 is in the future. A report is for today, Nov 24, 2026, or for a past day.',
    );
  });

  it('by default says what changed since the newest earlier one, on the paper of the country', async () => {
    const recordOf = async (body: object) => {
      const created = await bylaw.owner.call('POST', base(), body);
      const file = await bylaw.owner.call('GET', `${base()}/${created.body.id}/file?format=json`);
      return { paper: created.body.paper, record: reportSchema.parse(JSON.parse(String(file.bytes))) };
    };
    const { paper, record } = await recordOf({});
    expect(paper).toBe('letter');
    expect(record.changes?.since).toBe('2026-11-24');
    expect(record.changes?.figures.find(({ of }) => of === 'fail')?.now).toBe(record.counts.fail);
    expect((await recordOf({ since: 'none' })).record.changes).toBeNull();
    expect((await recordOf({ asOf: '2026-08-01' })).record.changes).toBeNull();
  });

  it('is compared with another one', async () => {
    const later = await bylaw.owner.call('POST', base(), { title: 'Later' });
    const compared = await bylaw.owner.call('GET', `${base()}/${later.body.id}/changes?since=${id}`);
    expect(compared.body).toMatchObject({
      from: { title: 'For the board' },
      to: { title: 'Later' },
      controls: [],
    });
    expect(compared.body.lines).toContain(
      `Fail: ${later.body.counts.fail} then, ${later.body.counts.fail} now.`,
    );
  });

  it('is read by an auditor, who cannot make one, and hidden from other clients’ people', async () => {
    const other = await bylaw.client('Rowan Guild');
    const auditor = await bylaw.person('auditor', alder.id);
    const stranger = await bylaw.person('client_admin', other.id);
    expect((await auditor.call('GET', base())).body.total).toBeGreaterThan(1);
    expect((await auditor.call('POST', base(), {})).status).toBe(403);
    const hidden = await stranger.call('GET', `/clients/${other.slug}/reports/${id}`);
    const absent = await stranger.call('GET', `/clients/${other.slug}/reports/none`);
    expect(hidden.status).toBe(404);
    expect(hidden.body).toEqual(absent.body);
  });
});

describe('a schedule', () => {
  it('falls on the next such day after today', () => {
    expect(nextDay('weekly', 1, '2026-11-24')).toBe('2026-11-30');
    expect(nextDay('weekly', 2, '2026-11-24')).toBe('2026-12-01');
    expect(nextDay('monthly', 24, '2026-11-24')).toBe('2026-12-24');
    expect(nextDay('quarterly', 1, '2026-11-24')).toBe('2027-01-01');
  });

  it('is added, paused and removed; a second editor is told', async () => {
    const path = `/clients/${alder.slug}/report-schedules`;
    const plan = { cadence: 'monthly', onDay: 1, recipients: ['Board@alder.example.org'] };
    const added = await bylaw.owner.call('POST', path, plan);
    expect(added.body).toMatchObject({
      nextOn: '2026-12-01',
      recipients: ['board@alder.example.org'],
      version: 1,
    });
    const change = { ...plan, paused: true, version: 1 };
    expect((await bylaw.owner.call('PUT', `${path}/${added.body.id}`, change)).body.paused).toBe(true);
    expect((await bylaw.owner.call('PUT', `${path}/${added.body.id}`, change)).status).toBe(409);
    expect((await bylaw.owner.call('DELETE', `${path}/${added.body.id}`)).body).toEqual({ removed: true });
    expect((await bylaw.owner.call('GET', path)).body).toMatchObject({ total: 0, mail: true });
  });

  it('makes its report once when the day has come there, and mails a link without a finding', async () => {
    await bylaw.owner.call('POST', `/clients/${alder.slug}/report-schedules`, {
      cadence: 'monthly',
      onDay: 1,
      recipients: ['board@alder.example.org'],
    });
    const made = () =>
      bylaw.services.store.read([alder.id], (tx) =>
        tx.selectFrom('reports').select(['id', 'as_of']).where('schedule_id', 'is not', null).execute(),
      );
    // The first of December in Greenwich is still November in New York.
    bylaw.setNow(new Date('2026-12-01T03:00:00Z'));
    await makeDueReports(bylaw.services);
    expect(await made()).toEqual([]);
    bylaw.setNow(new Date('2026-12-01T09:00:00Z'));
    await Promise.all([makeDueReports(bylaw.services), makeDueReports(bylaw.services)]);
    bylaw.setNow(TEST_NOW);
    const reports = await made();
    expect(reports.map(({ as_of }) => as_of)).toEqual(['2026-12-01']);
    expect(bylaw.outbox).toHaveLength(1);
    expect(bylaw.outbox[0]?.text).toContain(`/c/${alder.slug}/reports/${reports[0]?.id}`);
    const { body: next } = await bylaw.owner.call('GET', `/clients/${alder.slug}/report-schedules`);
    expect(next.items[0].nextOn).toBe('2027-01-01');
  });

  it('is on its next day again after a report was made under a clock that was set wrong', async () => {
    const path = `/clients/${alder.slug}/report-schedules`;
    const nextOn = async () => (await bylaw.owner.call('GET', path)).body.items[0].nextOn;
    const mails = bylaw.outbox.length;
    bylaw.setNow(new Date('2036-03-04T15:00:00Z'));
    await makeDueReports(bylaw.services);
    // Nine years were missed, and only one report is created.
    expect(bylaw.outbox).toHaveLength(mails + 1);
    bylaw.setNow(TEST_NOW);
    expect(await nextOn()).toBe('2036-04-01');
    await makeDueReports(bylaw.services);
    expect(await nextOn()).toBe('2026-12-01');
    await makeDueReports(bylaw.services);
    expect(bylaw.outbox).toHaveLength(mails + 1);
  });

  it('refuses an eighth day of the week', async () => {
    const answer = await bylaw.owner.call('POST', `/clients/${alder.slug}/report-schedules`, {
      cadence: 'weekly',
      onDay: 8,
    });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain('1 (Monday) to 7 (Sunday)');
  });
});
