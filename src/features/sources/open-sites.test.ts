import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { wrongWith } from '../../../sandbox/microsoft/contract.ts';
import {
  APPLICATION,
  type MicrosoftSimulator,
  startMicrosoft,
} from '../../../sandbox/microsoft/simulator.ts';
import { siteUsed } from '../../../sandbox/microsoft/site-usage.ts';
import { importFiles } from '../imports/index.ts';
import { ASSOCIATION, storeFacts } from '../verdicts/testing.ts';
import { readSources } from './read-sources.ts';

/** Sites that are open widely: read live, by a sharing report, and by both together. */
let bylaw: TestConsole;
let microsoft: MicrosoftSimulator;
let now = TEST_NOW;
let at: { id: string; slug: string };
let technician: Awaited<ReturnType<TestConsole['person']>>;
let admin: typeof technician;

const EVENTS = 'a1de0000-0000-4000-8000-000000009101';
const REPORT = "/reports/getSharePointSiteUsageDetail(period='D180')";
const url = (name: string) => `https://example.sharepoint.com/sites/${name}`;

beforeAll(async () => {
  // Each request takes a while, so that limits of a second pass.
  microsoft = await startMicrosoft({ now: () => now, throttles: false, asked: () => later(1.1) });
  bylaw = await testConsole({ microsoft: microsoft.url });
  at = await bylaw.client('Open sites', { m365: 'business_premium' });
  const charter = readFileSync(join(ASSOCIATION, 'charter.yaml'), 'utf8');
  await storeFacts({ store: bylaw.services.store, clientId: at.id, now, files: { 'charter.yaml': charter } });
  technician = await bylaw.person('technician', at.id, 'Tess Technician');
  admin = await bylaw.person('client_admin', at.id, 'Adele Admin');
});
afterAll(async () => {
  await bylaw.close();
  await microsoft.close();
});

function later(seconds: number) {
  now = new Date(now.getTime() + seconds * 1000);
  bylaw?.setNow(now);
}
const call = (method: string, path: string, body?: unknown) =>
  technician.call(method, `/clients/${at.slug}${path}`, body);
/** One look makes way for others before it has read every stream. */
async function readAll() {
  for (let look = 1; look <= 3; look += 1) await readSources(bylaw.services);
}
/** Sessions do not last for a day, which is how often Microsoft makes the report. */
async function nextDay() {
  later(86_400);
  technician = await bylaw.person('technician', at.id);
  admin = await bylaw.person('client_admin', at.id);
  await readAll();
}
const control = async () => (await call('GET', '/controls/CLA-M365-08')).body;
const sites = async () => (await call('GET', '/microsoft-tenant')).body.sites;
const stream = async () =>
  (await call('GET', '/sources')).body.connections[0].streams.find(
    (one: Json) => one.stream === 'site_usage',
  );
const bring = (bytes: Buffer) =>
  importFiles(bylaw.services, {
    clientId: at.id,
    actor: { kind: 'system', userId: 'bylaw', name: 'Bylaw' },
    files: [{ name: 'site-permissions.csv', bytes, modified: now }],
  });

it('names the control that a missing permission blinds, and decides by the rest', async () => {
  // As little as it takes, so that little else is read here.
  microsoft.consented = ['Application.Read.All', 'Directory.Read.All', 'Policy.Read.All'];
  const { tenant, application, secret } = APPLICATION;
  const connected = await bylaw.owner.call('POST', `/clients/${at.slug}/sources`, {
    vendor: 'microsoft',
    credential: { cloud: 'global', tenant, application, secret },
  });
  expect(connected.status, JSON.stringify(connected.body)).toBe(201);
  const [made] = connected.body.connections;
  expect(made.scopes.find(({ scope }: Json) => scope === 'Reports.Read.All')).toMatchObject({
    state: 'missing',
    controls: ['CLA-M365-08'],
    blinds: expect.stringContaining('links for anyone'),
  });
  await readAll();
  expect(await control()).toMatchObject({
    state: 'fail',
    items: [{ key: EVENTS, label: 'Events' }],
    reason: expect.stringContaining('Not read: links for anyone.'),
  });
  expect(await sites()).toMatchObject({
    read: { why: null },
    from: { report: { why: expect.any(String) }, usage: { why: expect.any(String) }, groups: { why: null } },
    list: [{ key: EVENTS, by: ['group'], is: 'organization' }],
  });

  microsoft.consented.push('Reports.Read.All');
  microsoft.revoke();
  await bylaw.owner.call('POST', `/clients/${at.slug}/sources/${made.connection}/test`);
});

it('reads every page of the report and keeps what tells of links; one entry stands for a site', async () => {
  microsoft.tenant.siteUsage.push(
    ...Array.from({ length: 200 }, (_, n) => siteUsed(100 + n, { rootWebTemplate: 'Team Site' }, 0)),
    siteUsed(6, { rootWebTemplate: 'Team Site' }, 2),
  );
  await readAll();
  expect(await stream()).toMatchObject({ state: 'ok' });
  const asked = microsoft.exchanges.filter(({ path }) => path === REPORT || path === '/groups');
  const pages = asked.filter(({ path, beta }) => path === REPORT && beta);
  expect(new Set(pages.map(({ query }) => query.$skiptoken ?? 'first'))).toEqual(new Set(['first', '200']));
  expect(asked.flatMap(wrongWith)).toEqual([]);
  const found = await control();
  expect([found.state, found.items.map(({ key }: Json) => key)]).toEqual([
    'fail',
    [EVENTS, 'a1de0000-0000-4000-8000-000000009506'],
  ]);
  expect(found.items[0].detail).toContain('(9 times by the usage report up to Nov 22, 2026)');
  expect(await sites()).toMatchObject({
    countedTo: '2026-11-22',
    total: 204,
    list: [
      { name: 'Events', by: ['anyone', 'group'] },
      { url: null, anyone: 2 },
    ],
  });
});

it('calls a form of the report that counts no links unread, and reads again after Microsoft asked to wait', async () => {
  const given = microsoft.tenant.siteUsage;
  microsoft.tenant.siteUsage = given.map(({ anonymousLinkCount: _, ...site }) => site as (typeof given)[0]);
  await nextDay();
  expect(await stream()).toMatchObject({
    state: 'failed',
    says: expect.stringContaining('no longer counts links'),
  });
  // What was read before says up to when.
  expect((await sites()).countedTo).toBe('2026-11-22');
  for (const site of given) site.reportRefreshDate = '2026-11-25';
  microsoft.tenant.siteUsage = given;
  microsoft.failNext({ path: REPORT, status: 429, headers: { 'retry-after': '400' } });
  later(3600);
  await readAll();
  expect(await stream()).toMatchObject({
    state: 'waiting',
    says: expect.stringContaining('not accepting more requests'),
  });
  later(3600);
  await readAll();
  expect(await stream()).toMatchObject({ state: 'ok' });
  expect((await sites()).countedTo).toBe('2026-11-25');
});

it('completes what is read live by a sharing report, and follows each site until it is closed or accepted', async () => {
  const bytes = readFileSync(new URL('../../../catalogue/imports/samples/shared_sites.csv', import.meta.url));
  await bring(bytes);
  expect((await sites()).list).toMatchObject([
    { key: url('events'), is: 'anyone', by: ['anyone', 'organization'] },
    { key: EVENTS },
    { key: 'a1de0000-0000-4000-8000-000000009506' },
    { name: 'Payroll archive' },
  ]);
  // The group is private now, its links are gone, and the report shows one site closed.
  const [events] = microsoft.tenant.groups.filter(({ id }) => id === EVENTS);
  Object.assign(events ?? {}, { visibility: 'Private' });
  for (const site of microsoft.tenant.siteUsage) site.anonymousLinkCount = 0;
  await nextDay();
  await bring(Buffer.from(bytes.toString('utf8').replace('230,12,9,31,1,0', '230,12,0,31,0,0')));
  const open = await control();
  expect([open.state, open.items.map(({ key }: Json) => key)]).toEqual(['fail', [url('payroll')]]);
  const asked = await call('POST', '/exceptions', {
    control: 'CLA-M365-08',
    items: [url('payroll')],
    until: '2027-01-31',
    reason: 'Everyone in it is staff',
    owner: technician.email,
  });
  expect(asked.status, JSON.stringify(asked.body)).toBe(201);
  await admin.call('POST', `/clients/${at.slug}/exceptions/${asked.body.id}/approve`, { version: 1 });
  expect(await control()).toMatchObject({ state: 'accepted', items: [{ key: url('payroll') }] });
});
// Guide: G3.2-04
