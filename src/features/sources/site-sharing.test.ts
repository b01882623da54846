import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { wrongWith } from '../../../sandbox/microsoft/contract.ts';
import { SIZING_GROUPS } from '../../../sandbox/microsoft/permissions.ts';
import {
  grouped,
  linked,
  type SharedSite,
  sharedSite,
  wide,
} from '../../../sandbox/microsoft/shared-sites.ts';
import {
  APPLICATION,
  type MicrosoftSimulator,
  SITE_READER,
  startMicrosoft,
} from '../../../sandbox/microsoft/simulator.ts';
import { importFiles } from '../imports/index.ts';
import { ASSOCIATION, storeFacts } from '../verdicts/testing.ts';
import { readSources } from './read-sources.ts';

/** Who can open SharePoint sites, read live by an application of its own, from consent to a site that was mended. */
let bylaw: TestConsole;
let microsoft: MicrosoftSimulator;
let now = TEST_NOW;
let at: { id: string; slug: string };
let technician: Awaited<ReturnType<TestConsole['person']>>;

const { tenant } = APPLICATION;
const { application, secret } = SITE_READER;
const url = (name: string) => `https://alder.sharepoint.com/sites/${name}`;

beforeAll(async () => {
  microsoft = await startMicrosoft({ now: () => now });
  bylaw = await testConsole({ microsoft: microsoft.url, sleep: async (ms) => pass(ms / 1000) });
  at = await bylaw.client('Sharing', { m365: 'business_premium' });
  const files = { 'charter.yaml': readFileSync(join(ASSOCIATION, 'charter.yaml'), 'utf8') };
  await storeFacts({ store: bylaw.services.store, clientId: at.id, now, files });
  technician = await bylaw.person('technician', at.id, 'Tess Technician');
});
afterAll(async () => {
  await bylaw.close();
  await microsoft.close();
});

const call = (method: string, path: string, body?: unknown) =>
  technician.call(method, `/clients/${at.slug}${path}`, body);
const connect = (more: object) =>
  bylaw.owner.call('POST', `/clients/${at.slug}/sources`, {
    vendor: 'microsoft',
    credential: { cloud: 'global', tenant, application, secret, ...more },
  });
const control = async () => (await call('GET', '/controls/CLA-M365-08')).body;
const keys = async () => (await control()).items.map(({ key }: Json) => key);
const sites = async () => (await call('GET', '/microsoft-tenant')).body.sites;
const stream = async () => (await call('GET', '/sources')).body.connections[0].streams[0];
const site = (name: string): SharedSite => {
  const found = microsoft.tenant.sharing.find(({ displayName }) => displayName === name);
  if (found === undefined) throw new Error(`There is no site ${name}.`);
  return found;
};
/** Takes back what is granted to everybody in a library. */
const mend = (name: string) => {
  for (const { permissions } of site(name).libraries)
    permissions.splice(
      0,
      permissions.length,
      ...permissions.filter(({ grantedToV2 }) => !isWide(grantedToV2)),
    );
};
const isWide = (given: unknown) => JSON.stringify(given ?? {}).includes('c:0');
function pass(seconds: number) {
  now = new Date(now.getTime() + seconds * 1000);
  bylaw.setNow(now);
}
async function later(seconds: number) {
  pass(seconds);
  if (seconds >= 86_400) technician = await bylaw.person('technician', at.id);
  await readSources(bylaw.services);
}

it('says what its permission allows before anyone consents, asks for it alone, and reads nothing without it', async () => {
  const { vendors } = (await call('GET', '/sources')).body;
  const { scopes, keys: kinds } = vendors.find(({ vendor }: Json) => vendor === 'microsoft');
  expect(kinds.find(({ kind }: Json) => kind === 'sharing')).toMatchObject({
    says: expect.stringContaining('would let it read every file'),
  });
  expect(scopes.find(({ scope }: Json) => scope === 'Sites.Read.All')).toMatchObject({
    keys: ['sharing'],
    controls: ['CLA-M365-08'],
  });
  expect(scopes.find(({ scope }: Json) => scope === SIZING_GROUPS)).toMatchObject({
    controls: ['CLA-M365-08'],
  });
  microsoft.consentedToSites = [];
  expect(await connect({ use: 'sharing' })).toMatchObject({
    status: 422,
    body: { message: expect.stringContaining('none of the permissions') },
  });
  microsoft.consentedToSites = ['Sites.Read.All'];
  microsoft.revoke();
  // Another application with this permission is not used for it.
  microsoft.consented.push('Sites.Read.All');
  const other = await connect({ application: APPLICATION.application, secret: APPLICATION.secret });
  expect(other.body.connections[0].streams.map(({ stream: one }: Json) => one)).not.toContain(
    'site_permissions',
  );
  const { connection, version } = other.body.connections[0];
  const gone = await bylaw.owner.call('DELETE', `/clients/${at.slug}/sources/${connection}`, { version });
  expect(gone.status, JSON.stringify(gone.body)).toBe(200);
  expect(microsoft.requests.filter((one) => /getAllSites|drives/.test(one))).toEqual([]);
  expect((await control()).state).toBe('cannot_read');
  const { status, body } = await connect({ use: 'sharing' });
  expect(status, JSON.stringify(body)).toBe(201);
});

it('finds libraries that let everyone in, names what it could not read, and keeps no name of a person', async () => {
  await later(60);
  expect(await stream()).toMatchObject({
    stream: 'site_permissions',
    state: 'ok',
    says: '1 of 5 sites were not read, or were read only in part; M365-08 names them.',
  });
  const found = await control();
  expect([found.state, found.items.map(({ key }: Json) => key)]).toEqual([
    'fail',
    [url('resources'), url('board')],
  ]);
  expect(found.reason).toContain('Litigation hold (it is locked)');
  expect(found.reason).toContain('Not read: permissions below the top level of libraries');
  expect(await sites()).toMatchObject({
    from: { permissions: { why: null }, report: { why: expect.any(String) } },
    unread: [{ name: 'Litigation hold', url: url('hold'), why: 'locked' }],
    total: 5,
    list: [
      { name: 'Member resources', is: 'everyone', by: ['everyone'] },
      { name: 'Board papers', is: 'organization', by: ['organization'] },
    ],
  });
  expect(microsoft.exchanges.flatMap(wrongWith)).toEqual([]);
  const asked = microsoft.exchanges.map(({ path }) => path).filter((path) => /^\/(sites|drives)/.test(path));
  expect(asked.filter((path) => !/(getAllSites|\/drives|\/items\/root\/permissions)$/.test(path))).toEqual(
    [],
  );
  // Nobody’s OneDrive is asked.
  expect(asked.filter((path) => path.includes('-my.'))).toEqual([]);
  const [piece] = (await call('GET', '/evidence')).body.items.filter(({ name }: Json) =>
    name.startsWith('microsoft-site-permissions-'),
  );
  const { bytes } = await call('GET', `/evidence/${piece.sha256}/file`);
  expect(Buffer.from(bytes).toString()).toContain('c:0(.s|true');
  expect(Buffer.from(bytes).toString()).not.toContain('Ragnar');
});

it('shows a site mended only once a later reading has read it, and joins the sharing report in one verdict', async () => {
  mend('Member resources');
  site('Board papers').refuses = 403;
  await later(86_400);
  expect(await keys()).toEqual([url('board')]);
  expect((await control()).items[0].detail).toContain('Microsoft refused access to it');
  const all = microsoft.tenant.sharing;
  microsoft.tenant.sharing = all.filter(({ displayName }) => displayName !== 'Board papers');
  await later(86_400);
  expect((await control()).items).toMatchObject([
    { key: url('board'), detail: expect.stringContaining('the list of sites no longer has it') },
  ]);
  microsoft.tenant.sharing = all;
  Object.assign(site('Board papers'), { refuses: null });
  mend('Board papers');
  await later(86_400);
  const none = await control();
  expect([none.state, none.items]).toEqual(['cannot_read', []]);
  expect(none.reason).toContain('No permission at the top of a document library lets everyone into 4 sites.');

  // A report that finds more stands: no zero of the live reading closes a site.
  await importFiles(bylaw.services, {
    clientId: at.id,
    actor: { kind: 'system', userId: 'bylaw', name: 'Bylaw' },
    files: [
      {
        name: 'site-permissions.csv',
        bytes: Buffer.from(
          `Site name,Site URL,Anyone link count,EEEU permission count,Everyone permission count\nPayroll,${url('payroll')},0,3,0\nEvents,${url('events')},0,0,0\n`,
        ),
        modified: now,
      },
    ],
  });
  site('Events').libraries[0]?.permissions.push(linked('anonymous'));
  await later(86_400);
  expect(await keys()).toEqual([url('events'), url('payroll')]);
  expect((await sites()).list[0]).toMatchObject({ anyone: 1, linksBy: 'libraries' });
  site('Events').libraries[0]?.permissions.pop();
});

it('counts who is in a group that can open a library, where that was consented to, and keeps the number alone', async () => {
  const { users, groups } = microsoft.tenant;
  const everybody = users.filter(({ accountEnabled, userType }) => accountEnabled && userType !== 'Guest');
  const others = users.filter((user) => !everybody.includes(user));
  const inner = { id: '5a3b1e00-0000-4000-8000-00000000aa01', members: everybody.slice(3) };
  const all = {
    id: '5a3b1e00-0000-4000-8000-00000000aa02',
    members: [inner, ...everybody.slice(0, 2), ...others],
  };
  const few = { id: '5a3b1e00-0000-4000-8000-00000000aa03', members: everybody.slice(0, 4) };
  groups.push(...[inner, all, few].map((one) => ({ displayName: 'A group', ...one })));
  site('Events').libraries[0]?.permissions.push(grouped(all.id, 'All staff'), grouped(few.id, 'Events'));
  const context = 'https://graph.microsoft.com/v1.0/$metadata#users';
  await importFiles(bylaw.services, {
    clientId: at.id,
    actor: { kind: 'system', userId: 'bylaw', name: 'Bylaw' },
    files: [
      {
        name: 'users.json',
        bytes: Buffer.from(JSON.stringify({ '@odata.context': context, value: users })),
        modified: now,
      },
    ],
  });
  await later(86_400);
  expect(await keys()).toEqual([url('payroll')]);
  expect((await control()).reason).toContain('how many people are in 2 groups');
  expect(microsoft.requests.filter((one) => one.includes('/groups/'))).toEqual([]);

  microsoft.consentedToSites.push(SIZING_GROUPS);
  microsoft.revoke();
  const [{ connection }] = (await call('GET', '/sources')).body.connections;
  expect((await call('POST', `/sources/${connection}/test`)).status).toBe(201);
  microsoft.exchanges.length = 0;
  await later(86_400);
  expect(await keys()).toEqual([url('payroll'), url('events')]);
  expect(others.length).toBeGreaterThan(0);
  expect((await control()).items[1].detail).toContain(
    `At least ${everybody.length - 1} of the ${everybody.length} accounts that are enabled and no guests are in the group All staff.`,
  );
  const number = everybody.length - 1 + others.length;
  expect((await sites()).list[1]).toMatchObject({ is: 'organization', by: ['large_group'], people: number });
  expect(microsoft.exchanges.flatMap(wrongWith)).toEqual([]);
  const asked = microsoft.requests.filter((one) => one.includes('/groups/'));
  expect(new Set(asked)).toEqual(
    new Set([all, few].map(({ id }) => `GET /groups/${id}/transitiveMembers/microsoft.graph.user`)),
  );
  const [piece] = (await call('GET', '/evidence')).body.items.filter(({ name }: Json) =>
    name.startsWith('microsoft-site-permissions-'),
  );
  const { bytes } = await call('GET', `/evidence/${piece.sha256}/file`);
  const text = Buffer.from(bytes).toString();
  expect(text).toContain(`"transitiveMembers@odata.count": ${number}`);
  expect(everybody.filter(({ id }) => text.includes(id))).toEqual([]);

  // As many as before without the guests: it may be nearly everyone, and Microsoft does not say so.
  for (const group of groups)
    if (group.id === inner.id) group.members = everybody.slice(3, Math.ceil(everybody.length * 0.8));
  await later(86_400);
  expect(await keys()).toEqual([url('payroll')]);
  expect((await control()).reason).toContain(
    'whether nearly everyone is in 1 group that has such a permission: All staff',
  );

  site('Events').libraries[0]?.permissions.splice(-2);
  await later(86_400);
  expect(await keys()).toEqual([url('payroll')]);
});

it('goes on where Microsoft’s limit stopped it, and reads many sites within the limit of units', async () => {
  microsoft.tenant.sharing.push(
    ...Array.from({ length: 250 }, (_, n) =>
      sharedSite(1000 + n, `Team ${n}`, `/sites/team${n}`, {
        Documents: n === 249 ? [wide('everyone')] : [],
      }),
    ),
  );
  microsoft.requests.length = 0;
  await later(86_400);
  expect(await stream()).toMatchObject({ state: 'waiting' });
  // Nothing of a pass that is not at its end counts.
  expect(await keys()).not.toContain(url('team249'));
  for (let minute = 0; minute < 4 && (await stream()).state !== 'ok'; minute += 1) await later(61);
  expect(await stream()).toMatchObject({ state: 'ok' });
  expect(microsoft.throttled).toBe(0);
  expect(await keys()).toContain(url('team249'));
  const lists = microsoft.requests.filter((one) => /^GET \/sites\/[^/]+\/drives$/.test(one));
  // At most the ten that were under way are asked for twice, each time that it stopped.
  expect(new Set(lists).size).toBe(255);
  expect(lists.length).toBeLessThanOrEqual(255 + 20);
});

it('waits as Microsoft asks, and leaves what was read before as it is where consent was withdrawn', async () => {
  microsoft.failNext({ path: '/sites/getAllSites', status: 429, headers: { 'retry-after': '400' } });
  await later(86_400);
  expect(await stream()).toMatchObject({ state: 'waiting' });
  microsoft.consentedToSites = [];
  microsoft.revoke();
  await later(500);
  expect(await stream()).toMatchObject({ state: 'no_scope' });
  expect(await keys()).toContain(url('team249'));
});
// Guide: G3.2-04
