import { readdir, readFile } from 'node:fs/promises';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { runJobs } from '../../retention/testing.ts';
import { folderOf } from './run.ts';

let bylaw: TestConsole;
let client: { id: string; slug: string; name: string };
let admin: TestPerson;
const JOB = /weekly usage/;
const call = (method: string, path: string, body?: unknown) =>
  admin.call(method, `/clients/${client.slug}/usage/weekly${path}`, body);
/** Moves the clock; sessions end by it, so the admin signs in again. */
const on = async (instant: string) => {
  bylaw.setNow(new Date(instant));
  admin = await bylaw.person('client_admin', client.id, 'Cleo Admin');
};

beforeAll(async () => {
  bylaw = await testConsole();
  client = await bylaw.client('Alder Society', { timezone: 'America/New_York' });
  await on('2026-11-20T12:00:00Z');
  await bylaw.services.activityLog.append(client.id, [
    anActivity({ id: 'a', at: '2026-11-18T15:00:00.000Z', category: 'message', effect: null }),
    anActivity({ id: 'b', at: '2026-11-18T15:01:00.000Z', effect: 'write', tool: '=cmd()' }),
    // Sunday evening in New York, Monday in UTC.
    anActivity({ id: 'c', at: '2026-11-23T01:00:00.000Z', effect: 'read' }),
    anActivity({ id: 'd', at: '2026-11-23T15:00:00.000Z', effect: 'read' }),
  ]);
});
afterAll(() => bylaw.close());

it('is made for nobody until it is switched on', async () => {
  await runJobs(bylaw, JOB);
  const { body } = await call('GET', '');
  expect(body).toMatchObject({ on: false, files: [], version: 1, can: { change: true } });
  const change = { version: 1, on: true, recipients: ['Dana@alder.example.org'], attach: true, folder: true };
  expect((await call('PUT', '', { ...change, recipients: ['nobody'] })).status).toBe(400);
  expect((await call('PUT', '', change)).body).toMatchObject({
    on: true,
    recipients: ['dana@alder.example.org'],
    version: 2,
  });
  expect((await call('PUT', '', change)).status).toBe(409);
  const auditor = await bylaw.person('auditor', client.id);
  expect((await auditor.call('PUT', `/clients/${client.slug}/usage/weekly`, change)).status).toBe(403);
});

it('is made once a week, from Monday 6:00 on, and handed over', async () => {
  // 5:30 on Monday: the file of the week before the last is due still, and made; the last one is not.
  await on('2026-11-23T10:30:00Z');
  await runJobs(bylaw, JOB);
  expect((await call('GET', '')).body.files.map(({ week }: { week: string }) => week)).toEqual([
    '2026-11-09',
  ]);
  await on('2026-11-23T11:30:00Z');
  bylaw.outbox.length = 0;
  await runJobs(bylaw, JOB, JOB);
  const { files, next } = (await call('GET', '')).body;
  expect(next).toBe('2026-11-23');
  expect(files.map(({ week }: { week: string }) => week)).toEqual(['2026-11-16', '2026-11-09']);
  expect(files[0]).toMatchObject({
    summary: {
      messages: 1,
      people: 1,
      calls: 2,
      writes: 1,
      unclassified: 0,
      notInCharter: null,
      costMicros: null,
    },
    deliveries: [
      { to: 'folder', problem: null, at: expect.any(String) },
      { to: 'dana@alder.example.org', problem: null, at: expect.any(String) },
    ],
  });
  // A week in which nothing came is not known to be quiet.
  expect(files[1].summary.messages).toBeNull();
  expect(bylaw.outbox).toHaveLength(1);
  expect(bylaw.outbox[0]?.attachments?.map(({ fileName }) => fileName)).toEqual([
    'alder-society-usage-week-of-2026-11-16.xlsx',
    'alder-society-usage-week-of-2026-11-16.csv',
  ]);
  const folder = folderOf(bylaw.services, client);
  expect((await readdir(folder)).toSorted()).toEqual([
    'alder-society-usage-week-of-2026-11-09.csv',
    'alder-society-usage-week-of-2026-11-09.xlsx',
    'alder-society-usage-week-of-2026-11-16.csv',
    'alder-society-usage-week-of-2026-11-16.xlsx',
  ]);
  const csv = await readFile(`${folder}/alder-society-usage-week-of-2026-11-16.csv`, 'utf8');
  expect(csv).toContain("'=cmd()");
  const sheet = await readSheet(
    Buffer.from((await call('GET', '/file?week=2026-11-16&format=xlsx')).bytes),
    'Summary',
  );
  expect(sheet).toContainEqual(['Calls that write', 1]);
});

it('opens a piece of work that links it, until someone has gone through it', async () => {
  const due = async () =>
    (await admin.call('GET', `/clients/${client.slug}/work`)).body.items.filter(
      ({ kind }: { kind: string }) => kind === 'usage_file',
    );
  expect(await due()).toMatchObject([
    { title: 'Review 2 weekly usage files', due: '2026-11-22', href: `/c/${client.slug}/usage?tab=weekly` },
  ]);
  const hr = await bylaw.person('hr', client.id);
  const review = (week: string, by = admin) =>
    by.call('POST', `/clients/${client.slug}/usage/weekly/review`, { week, note: 'Nothing stood out.' });
  expect((await review('2026-11-09', hr)).status).toBe(403);
  expect((await review('2026-11-02')).status).toBe(404);
  const { status, body } = await review('2026-11-09');
  expect(status).toBe(201);
  expect(body.files).toMatchObject([
    { week: '2026-11-16', reviewed: null },
    { week: '2026-11-09', reviewed: { by: 'Cleo Admin', note: 'Nothing stood out.' } },
  ]);
  expect((await review('2026-11-09')).status).toBe(409);
  expect(await due()).toMatchObject([{ title: 'Review the usage file of the week of Nov 16, 2026' }]);
  await review('2026-11-16');
  expect(await due()).toEqual([]);
});

it('says what kept it from being handed over, tries again, and tells nobody twice', async () => {
  const { version } = (await call('GET', '')).body;
  await call('PUT', '', { version, on: true, recipients: ['a@alder.example.org', 'b@alder.example.org'] });
  await on('2026-11-30T12:00:00Z');
  const { mail } = bylaw.services;
  const send = mail.send.bind(mail);
  const broken = {
    ...mail,
    send: async (message: Parameters<typeof send>[0]) => {
      if (message.to.startsWith('b@')) throw new Error('The mail server refused the address.');
      await send(message);
    },
  };
  bylaw.outbox.length = 0;
  const job = (await import('./run.ts')).makeDueUsageFiles;
  await job({ ...bylaw.services, mail: broken });
  expect((await call('GET', '')).body.files[0].deliveries).toMatchObject([
    { to: 'a@alder.example.org', problem: null },
    { to: 'b@alder.example.org', at: null, problem: 'The mail server refused the address.' },
  ]);
  await runJobs(bylaw, JOB);
  expect(bylaw.outbox.map(({ to }) => to)).toEqual(['a@alder.example.org', 'b@alder.example.org']);
  expect(bylaw.outbox[0]?.attachments).toEqual([]);
  expect(bylaw.outbox[0]?.text).not.toMatch(/jane/i);
});
// Guide: G5.3-05
