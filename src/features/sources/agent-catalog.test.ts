import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { CATALOG_PATH } from '../../../sandbox/microsoft/agent-catalog.ts';
import { wrongWith } from '../../../sandbox/microsoft/contract.ts';
import { OPTIONAL } from '../../../sandbox/microsoft/permissions.ts';
import {
  APPLICATION,
  type MicrosoftSimulator,
  startMicrosoft,
} from '../../../sandbox/microsoft/simulator.ts';
import { later as staySignedIn } from '../people/testing.ts';
import { ASSOCIATION, storeFacts } from '../verdicts/testing.ts';
import { readSources } from './read-sources.ts';

/** The catalog of Microsoft Agent 365: optional, read where it was consented to, and refused in many ways. */
const [PERMISSION] = OPTIONAL;
let bylaw: TestConsole;
let microsoft: MicrosoftSimulator;
let client: { id: string; slug: string };
let now = TEST_NOW;
const CREDENTIAL = {
  cloud: 'global',
  tenant: APPLICATION.tenant,
  application: APPLICATION.application,
  secret: APPLICATION.secret,
};

beforeAll(async () => {
  microsoft = await startMicrosoft({ now: () => now, asked: () => later(1.1) });
  // Who waits for a limit lets the clock move, which stands still by itself.
  bylaw = await testConsole({ microsoft: microsoft.url, sleep: async (ms) => later(ms / 1000) });
  const folder = mkdtempSync(join(tmpdir(), 'bylaw-agents-'));
  cpSync(ASSOCIATION, folder, { recursive: true });
  rmSync(join(folder, 'Microsoft'), { recursive: true });
  client = await bylaw.client('Alder Society', { m365: 'business_premium' });
  await storeFacts({ store: bylaw.services.store, clientId: client.id, now, folder });
  rmSync(folder, { recursive: true });
});
afterAll(async () => {
  await bylaw.close();
  await microsoft.close();
});

function later(seconds: number) {
  now = new Date(now.getTime() + seconds * 1000);
  bylaw?.setNow(now);
}
const ask = (method: string, rest: string, body?: unknown) =>
  bylaw.owner.call(method, `/clients/${client.slug}${rest}`, body);
const connection = async () => (await ask('GET', '/sources')).body.connections[0];
const scope = async () =>
  (await connection()).scopes.find((one: Json) => one.scope === PERMISSION) as Json | undefined;
const stream = async () =>
  (await connection()).streams.find((one: Json) => one.stream === 'agent_packages') as Json | undefined;
const control = async () => (await ask('GET', '/controls/CLA-M365-05')).body;
const tested = async () => ask('POST', `/sources/${(await connection()).connection}/test`);
async function readAll() {
  for (let look = 1; look <= 3; look += 1) await readSources(bylaw.services);
  // Days pass in which people stay signed in.
  await staySignedIn(bylaw, now.toISOString());
}

/** Reads the catalog alone: the other lists, which take most of the time, were read a moment ago and wait. */
async function readCatalog() {
  await bylaw.services.store.write([client.id], (tx) =>
    tx
      .updateTable('activity_source_streams')
      .set({ next_at: new Date(now.getTime() + 3_000_000) })
      .where('stream', '<>', 'agent_packages')
      .execute(),
  );
  await readSources(bylaw.services);
}

it('is optional: without it nothing is missing and nothing fails, and the control says what was not read', async () => {
  const answer = await ask('POST', '/sources', { vendor: 'microsoft', credential: CREDENTIAL });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  await readAll();
  // A minute later nothing is asked again, however seldom it is read.
  later(60);
  const asked = microsoft.requests.length;
  await readSources(bylaw.services);
  expect(microsoft.requests.slice(asked)).toEqual([]);
  expect(await scope()).toMatchObject({
    state: 'missing',
    optional: true,
    reads: expect.stringContaining('catalog of agents'),
    controls: ['CLA-M365-05'],
  });
  expect(await stream()).toBeUndefined();
  const across = (await bylaw.owner.call('GET', '/sources')).body.items[0];
  expect(across).toMatchObject({ missing: [] });
  expect(across.status).not.toBe('lacks');
  const { vendors } = (await ask('GET', '/sources')).body;
  const offered = vendors.find(({ vendor }: Json) => vendor === 'microsoft').scopes;
  expect(offered.filter((one: Json) => one.optional).map((one: Json) => one.scope)).toContain(PERMISSION);
  expect(await control()).toMatchObject({
    state: 'pass',
    reason: expect.stringContaining('The catalog of agents of Microsoft Agent 365 was not read'),
  });
  expect(microsoft.requests.filter((one) => one.includes(CATALOG_PATH))).toEqual([]);
});

it('is listed as optional where the application was tested before it was known', async () => {
  const { connection: id } = await connection();
  const scopes = sql<string>`(select jsonb_agg(one) from jsonb_array_elements(scopes) one where one ->> 'scope' <> ${PERMISSION})`;
  await bylaw.services.store.write([client.id], (tx) =>
    tx.updateTable('source_connections').set({ scopes }).where('id', '=', id).execute(),
  );
  expect(await scope()).toMatchObject({
    state: 'missing',
    optional: true,
    why: expect.stringMatching(/Test it again/),
  });
});

it('is read once it is consented to and tested, lists the agent and fails until it is accepted by two people', async () => {
  microsoft.consented.push(PERMISSION);
  await tested();
  await readAll();
  expect(await scope()).toMatchObject({ state: 'granted' });
  expect(await stream()).toMatchObject({ state: 'ok', says: null });
  const [agent] = microsoft.tenant.agents;
  const key = String(agent?.id).toLowerCase();
  expect(await control()).toMatchObject({
    state: 'fail',
    items: [{ key, label: 'Grants desk with Claude' }],
  });
  const { agents } = (await ask('GET', '/microsoft-tenant')).body;
  expect(agents).toMatchObject({
    total: 1,
    read: { why: null },
    list: [{ id: agent?.id, is: 'named', closed: false, publisher: 'The Alder Society' }],
  });
  const technician = await bylaw.person('technician', client.id, 'Tess Technician');
  const admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
  const asked = await technician.call('POST', `/clients/${client.slug}/exceptions`, {
    control: 'CLA-M365-05',
    items: [key],
    until: '2027-01-31',
    reason: 'The grants team made it, and it reads nothing of members',
    owner: technician.email,
  });
  expect(asked.status, JSON.stringify(asked.body)).toBe(201);
  await admin.call('POST', `/clients/${client.slug}/exceptions/${asked.body.id}/approve`, { version: 1 });
  expect((await control()).state).toBe('accepted');
  // Another one is not covered by it; blocked, it no longer counts.
  microsoft.tenant.agents.push({ ...agent, id: 'P_other', displayName: 'C1aude', addedLater: { x: [1] } });
  later(7 * 3600);
  await readAll();
  expect(await control()).toMatchObject({
    state: 'fail',
    reason: expect.stringContaining('C1aude is not covered by the exception'),
  });
  Object.assign(microsoft.tenant.agents[1] ?? {}, { isBlocked: true });
  later(7 * 3600);
  await readAll();
  expect((await control()).state).toBe('accepted');
});

it('counts an agent only once if it is also an application in Entra', async () => {
  const appId = '00000000-0000-4000-8000-00000000ba0a';
  Object.assign(microsoft.tenant.agents[1] ?? {}, { isBlocked: false, appId });
  const [app] = microsoft.tenant.apps;
  microsoft.tenant.apps.push({
    ...app,
    id: 'an-agent',
    appId,
    displayName: 'Claude desk',
  } as (typeof microsoft.tenant.apps)[0]);
  later(7 * 3600);
  await readAll();
  const { items } = await control();
  expect(items.filter((one: Json) => !one.key.startsWith('p_a1de')).map((one: Json) => one.key)).toEqual([
    appId,
  ]);
  expect(items.find((one: Json) => one.key === appId).detail).toContain('as C1aude');
  microsoft.tenant.apps.pop();
  microsoft.tenant.agents.pop();
});

it.each<[string, { status: number; code?: string }, string, RegExp]>([
  [
    'without the license',
    { status: 403, code: 'Forbidden' },
    'not_offered',
    /requires a Microsoft Agent 365 license/,
  ],
  [
    'where there is none',
    { status: 404, code: 'ResourceNotFound' },
    'not_offered',
    /has no catalog of agents for this tenant/,
  ],
  ['for people alone', { status: 424, code: 'FailedDependency' }, 'not_offered', /only to a person/],
  ['while Microsoft fails', { status: 400, code: 'BadRequest' }, 'failed', /did not accept the request/],
])('says so %s, and reads on afterwards', async (_, fault, state, says) => {
  later(25 * 3600);
  await staySignedIn(bylaw, now.toISOString());
  microsoft.failNext({ path: CATALOG_PATH, ...fault });
  await readCatalog();
  expect(await stream()).toMatchObject({ state, says: expect.stringMatching(says) });
  await tested();
  await readCatalog();
  expect(await stream()).toMatchObject({ state: 'ok', says: null });
});

it('says that the permission is missing where consent was withdrawn between two looks', async () => {
  later(7 * 3600);
  microsoft.consented = microsoft.consented.filter((one) => one !== PERMISSION);
  microsoft.revoke();
  await readAll();
  expect(await stream()).toMatchObject({
    state: 'no_scope',
    says: expect.stringMatching(/lacks a permission/),
  });
  microsoft.consented.push(PERMISSION);
  await tested();
  await readAll();
  expect(await stream()).toMatchObject({ state: 'ok' });
});

it('calls a catalog unread if its form differs from its documentation', async () => {
  const [agent] = microsoft.tenant.agents;
  microsoft.tenant.agents = [
    { ...agent, id: 'P_plain', displayName: 'Room finder' },
    { id: 'P_changed', title: 'Claude' },
  ] as typeof microsoft.tenant.agents;
  later(7 * 3600);
  await readAll();
  expect(await stream()).toMatchObject({
    state: 'ok',
    says: expect.stringMatching(/1 of 2 entries have no id or no name/),
  });
  expect(await control()).toMatchObject({ state: 'cannot_read' });
  microsoft.tenant.agents = [
    { ...agent, id: 'P_plain', displayName: 'Room finder' },
  ] as typeof microsoft.tenant.agents;
  later(7 * 3600);
  await readAll();
  expect(await control()).toMatchObject({
    state: 'pass',
    reason: expect.stringContaining('Of 1 agent in the catalog'),
  });
});

it('is not asked for in another cloud, which says why', async () => {
  const { slug } = await bylaw.client('Elsewhere', { m365: 'business_premium' });
  // What is read ends only once a second person approves it.
  const at = `/sources/${(await connection()).connection}`;
  await ask('DELETE', at, { version: (await connection()).version });
  const second = await bylaw.person('client_admin', client.id, 'Ada Approver');
  const ended = await second.call('POST', `/clients/${client.slug}${at}/disconnect/approve`, {
    proposed: (await connection()).proposed.id,
  });
  expect(ended.body.connections).toEqual([]);
  const before = microsoft.requests.length;
  const answer = await bylaw.owner.call('POST', `/clients/${slug}/sources`, {
    vendor: 'microsoft',
    credential: { ...CREDENTIAL, cloud: 'gcc_high' },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  await readAll();
  const [found] = (await bylaw.owner.call('GET', `/clients/${slug}/sources`)).body.connections;
  expect(found.scopes.find((one: Json) => one.scope === PERMISSION).why).toMatch(/only in its global cloud/);
  expect(found.streams.find((one: Json) => one.stream === 'agent_packages')).toMatchObject({
    state: 'not_offered',
    says: 'Microsoft offers the catalog of agents only in its global cloud.',
  });
  expect(microsoft.requests.slice(before).filter((one) => one.includes(CATALOG_PATH))).toEqual([]);
});

it('requests only what Microsoft’s documentation has', () => {
  const asked = microsoft.exchanges.filter(({ path }) => path === CATALOG_PATH);
  expect(asked.length).toBeGreaterThan(5);
  // The one answer of another form was made on purpose.
  expect(asked.flatMap(wrongWith).every((wrong) => wrong.includes('displayName'))).toBe(true);
  expect(asked.every(({ beta, query }) => !beta && Object.keys(query).length === 0)).toBe(true);
});
// Guide: G6.1-04
