import { afterAll, beforeAll, expect, it } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import {
  APPLICATION,
  FILE_WRITER,
  type MicrosoftSimulator,
  startMicrosoft,
} from '../../../../sandbox/microsoft/simulator.ts';
import { runJobs } from '../../retention/testing.ts';

let bylaw: TestConsole;
let microsoft: MicrosoftSimulator;
let client: { id: string; slug: string };
let admin: TestPerson;
let now = new Date('2026-11-20T12:00:00Z');
const SITE = 'https://alder.sharepoint.com/sites/it';
const FILES = ['xlsx', 'csv'].map((kind) => `Claude usage/alder-society-usage-week-of-2026-11-16.${kind}`);
const call = (method: string, body?: unknown) =>
  admin.call(method, `/clients/${client.slug}/usage/weekly`, body);
const change = async (site: string | null) => {
  const { version } = (await call('GET')).body;
  return call('PUT', { version, on: true, recipients: [], site });
};
/** The delivery of the last whole week, after the job looked once more. */
const handedOver = async () => {
  await runJobs(bylaw, /weekly usage/);
  return (await call('GET')).body.files[0].deliveries;
};
const puts = () => microsoft.requests.filter((request) => request.startsWith('PUT '));

beforeAll(async () => {
  microsoft = await startMicrosoft({ now: () => now });
  bylaw = await testConsole({ microsoft: microsoft.url, now });
  client = await bylaw.client('Alder Society', { timezone: 'America/New_York' });
  admin = await bylaw.person('client_admin', client.id, 'Cleo Admin');
  await bylaw.services.activityLog.append(client.id, [
    anActivity({ id: 'a', at: '2026-11-18T15:00:00.000Z', category: 'message', effect: null }),
  ]);
});
afterAll(async () => {
  await bylaw.close();
  await microsoft.close();
});

it('takes the address of a site of SharePoint alone, and keeps it in one form', async () => {
  for (const site of [
    'https://alder.sharepoint.com.example.org/sites/it',
    'https://alder.sharepoint.com/',
    'IT',
  ]) {
    const { status, body } = await change(site);
    expect([status, body.message], site).toEqual([400, expect.stringContaining('SharePoint site')]);
  }
  expect((await change(`${SITE}/Shared%20Documents/Forms/AllItems.aspx`)).body).toMatchObject({
    site: SITE,
    writer: 'none',
  });
});

it('says what is missing, one thing after the other, and writes nothing until nothing is', async () => {
  now = new Date('2026-11-23T12:00:00Z');
  bylaw.setNow(now);
  admin = await bylaw.person('client_admin', client.id, 'Cleo Admin');
  expect(await handedOver()).toMatchObject([
    { to: 'sharepoint', at: null, problem: expect.stringMatching(/is not connected/) },
  ]);
  const { tenant } = APPLICATION;
  const { application, secret } = FILE_WRITER;
  const owner = await bylaw.person('owner', null, 'Olive Owner');
  const connected = await owner.call('POST', `/clients/${client.slug}/sources`, {
    vendor: 'microsoft',
    credential: { use: 'weekly', cloud: 'global', tenant, application, secret },
  });
  expect(connected.status, JSON.stringify(connected.body)).toBe(201);
  expect((await call('GET')).body.writer).toBe('ready');
  // Consent alone opens no site.
  expect(await handedOver()).toMatchObject([
    {
      at: null,
      problem: expect.stringMatching(/^The application may not write into https:.*the role write there/),
    },
  ]);
  await change('https://alder.sharepoint.com/sites/other');
  expect(await handedOver()).toMatchObject([{ at: null, problem: expect.stringMatching(/finds no site/) }]);
  expect(puts()).toEqual([]);
  await change(SITE);
  microsoft.site.granted.push(application);
  // Somebody’s own file of that name stays.
  microsoft.site.files.set(FILES[0] ?? '', { bytes: Buffer.from('theirs'), by: null });
  expect(await handedOver()).toMatchObject([
    { at: null, problem: expect.stringMatching(/that Bylaw did not write is in the folder/) },
  ]);
  expect(microsoft.site.files.get(FILES[0] ?? '')?.bytes.toString()).toBe('theirs');
  microsoft.site.files.clear();
});

it('writes both files once, also where the answer to the first try was lost', async () => {
  microsoft.failNext({ method: 'PUT', status: 503, done: true });
  expect(await handedOver()).toMatchObject([{ to: 'sharepoint', at: null, problem: expect.any(String) }]);
  const [first] = microsoft.site.files.values();
  expect(await handedOver()).toMatchObject([{ to: 'sharepoint', at: expect.any(String), problem: null }]);
  expect([...microsoft.site.files.keys()]).toEqual(FILES);
  expect(microsoft.site.files.get(FILES[0] ?? '')).toBe(first);
  for (const [at, format] of ['xlsx', 'csv'].entries()) {
    const { bytes } = await admin.call(
      'GET',
      `/clients/${client.slug}/usage/weekly/file?week=2026-11-16&format=${format}`,
    );
    expect(microsoft.site.files.get(FILES[at] ?? '')?.bytes.equals(Buffer.from(bytes)), format).toBe(true);
  }
  const asked = microsoft.requests.length;
  await handedOver();
  expect(microsoft.requests).toHaveLength(asked);
  const owner = await bylaw.person('owner', null, 'Olive Owner');
  const log = await owner.call('GET', `/clients/${client.slug}/audit?action=usage.weekly_site`);
  expect(log.body.items).toMatchObject([
    { subject: { id: '2026-11-16' }, what: 'Put the weekly usage file in the site' },
  ]);
});
// Guide: G5.3-05
