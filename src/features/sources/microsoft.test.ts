import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Verdict } from '#domain/model/verdict.ts';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { selfSigned } from '../../../sandbox/microsoft/self-signed.ts';
import {
  APPLICATION,
  type MicrosoftSimulator,
  startMicrosoft,
  WRITER,
} from '../../../sandbox/microsoft/simulator.ts';
import { ASSOCIATION, storeFacts } from '../verdicts/testing.ts';
import { readSources } from './read-sources.ts';

/** A tenant that is read live and by saved answers: one path, one verdict; and what is said where something is missing. */
let bylaw: TestConsole;
let microsoft: MicrosoftSimulator;
let certificate: { readonly pem: string; readonly key: string };
let now = TEST_NOW;
let folder: string;
let live: { id: string; slug: string };
const CREDENTIAL = {
  cloud: 'global',
  tenant: APPLICATION.tenant,
  application: APPLICATION.application,
  secret: APPLICATION.secret,
};

beforeAll(async () => {
  certificate = await selfSigned(new Date(TEST_NOW.getTime() + 29 * 86_400_000));
  microsoft = await startMicrosoft({
    application: { ...APPLICATION, certificate: certificate.pem },
    now: () => now,
    pageSize: 25,
    // Each request takes a while, so that limits of a second pass.
    asked: () => later(1.1),
  });
  bylaw = await testConsole({ microsoft: microsoft.url });
  folder = mkdtempSync(join(tmpdir(), 'bylaw-saved-'));
  cpSync(ASSOCIATION, folder, { recursive: true });
  rmSync(join(folder, 'Microsoft'), { recursive: true });
  live = await bylaw.client('Read live', { m365: 'business_premium' });
  await storeFacts({ store: bylaw.services.store, clientId: live.id, now, folder });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await bylaw.close();
  await microsoft.close();
});

function later(seconds: number) {
  now = new Date(now.getTime() + seconds * 1000);
  bylaw?.setNow(now);
}
const call = (method: string, rest = '', body?: unknown, slug = live.slug) =>
  bylaw.owner.call(method, `/clients/${slug}/sources${rest}`, body);
const connect = (credential: object, slug?: string) =>
  call('POST', '', { vendor: 'microsoft', credential: { ...CREDENTIAL, ...credential } }, slug);
const one = async () => (await call('GET')).body.connections[0];
const streams = async (): Promise<Record<string, { state: string; says: string | null }>> =>
  Object.fromEntries((await one()).streams.map((stream: { stream: string }) => [stream.stream, stream]));
const verdictsOf = async (client: string) => {
  await bylaw.services.verdicts.ensureCurrent([client]);
  const rows = await bylaw.services.store.read([client], (tx) =>
    tx
      .selectFrom('verdicts')
      .select(['control_id', 'body'])
      .where('until', 'is', null)
      .orderBy('control_id')
      .execute(),
  );
  return rows.map(({ control_id, body }) => [control_id, (body as Verdict).state]);
};
/** Every page of an answer as someone saves it: one after the other in one file. */
async function savedAnswers(path: string): Promise<string> {
  const token = /"access_token":"([^"]+)"/.exec(
    await (
      await fetch(`${microsoft.url}/${CREDENTIAL.tenant}/oauth2/v2.0/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: CREDENTIAL.application,
          client_secret: CREDENTIAL.secret,
        }),
      })
    ).text(),
  )?.[1];
  const pages: Record<string, unknown>[] = [];
  for (let next: unknown = `${microsoft.url}/v1.0${path}`; typeof next === 'string'; ) {
    const answer = await fetch(next, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status, path).toBe(200);
    const page = (await answer.json()) as Record<string, unknown>;
    pages.push(page);
    next = page['@odata.nextLink'];
  }
  return JSON.stringify(pages.length === 1 ? pages[0] : pages);
}

it('refuses what cannot be an application of the tenant, and stores nothing', async () => {
  for (const [wrong, says] of [
    [{ tenant: 'common' }, /Tenant ID: enter the ID from the overview page/],
    [{ application: 'bylaw' }, /Application ID: enter the application \(client\) ID/],
    [{ secret: 'wrong' }, /client secret is wrong.*Nothing was stored/],
    [{ tenant: 'elsewhere.example' }, /The tenant is not known/],
  ] as const)
    expect((await connect(wrong)).body.message, JSON.stringify(wrong)).toMatch(says);
  const { vendors, connections } = (await call('GET')).body;
  expect(connections).toEqual([]);
  const { scopes, keys } = vendors.find(({ vendor }: { vendor: string }) => vendor === 'microsoft');
  expect(keys[0]).toMatchObject({
    consent: expect.stringContaining('{tenant}/adminconsent'),
    consentElsewhere: { field: 'cloud', hosts: { dod: 'login.microsoftonline.us' } },
  });
  expect(scopes).toContainEqual(
    expect.objectContaining({
      scope: 'AuditLog.Read.All',
      controls: ['CLA-M365-16', 'CLA-M365-19', 'CLA-VIS-10'],
    }),
  );
});

it('connects with a certificate, says what is missing, what it blinds, and that the certificate ends', async () => {
  microsoft.consented = ['User.Read.All', 'Application.Read.All', 'Policy.Read.All', 'AuditLog.Read.All'];
  const answer = await connect({ secret: `${certificate.pem}\n${certificate.key}` });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  const { connections, findings } = answer.body;
  expect(connections[0]).toMatchObject({
    keyName: 'Application that reads',
    settings: { cloud: 'global', tenant: CREDENTIAL.tenant },
    tenants: [{ id: APPLICATION.tenant, name: 'The Alder Society' }],
  });
  const missing = connections[0].scopes.filter(({ state }: { state: string }) => state === 'missing');
  expect(missing).toMatchObject([
    { scope: 'LicenseAssignment.Read.All', controls: expect.arrayContaining(['CLA-M365-01']) },
    { scope: 'Directory.Read.All', controls: expect.arrayContaining(['CLA-M365-06']) },
  ]);
  expect(findings).toMatchObject([{ title: 'Replace the application of Microsoft 365' }]);
  expect(JSON.stringify(answer.body)).not.toContain('PRIVATE KEY');
});

it('is not connected for another client as well', async () => {
  const { slug } = await bylaw.client('Elsewhere');
  expect((await connect({}, slug)).body.message).toMatch(/^This tenant is connected for another client here/);
});

it('takes a second application to change Conditional Access, never the one that reads, with its permissions checked', async () => {
  const writing = { use: 'writing', application: WRITER.application, secret: WRITER.secret };
  expect((await connect({ use: 'writing' })).body.message).toMatch(/^This application is connected here/);
  microsoft.consentedToWrite = ['Policy.Read.All', 'Application.Read.All'];
  const lacks = await connect(writing);
  const found = lacks.body.connections.find(({ keyKind }: { keyKind: string }) => keyKind === 'writing');
  expect(found).toMatchObject({
    keyName: 'Application that changes Conditional Access',
    streams: [],
    scopes: [
      { scope: 'Policy.Read.All', state: 'granted' },
      { scope: 'Policy.ReadWrite.ConditionalAccess', state: 'missing' },
      { scope: 'Application.Read.All', state: 'granted' },
    ],
  });
  expect(JSON.stringify(lacks.body)).not.toContain(WRITER.secret);
  const gone = await call('DELETE', `/${found.connection}`, { version: found.version });
  expect(gone.body.connections).toHaveLength(1);
});

it('gives the verdicts that saved answers of the same tenant give', async () => {
  microsoft.consented = [...microsoft.consented, 'LicenseAssignment.Read.All', 'Directory.Read.All'];
  await call('POST', `/${(await one()).connection}/test`);
  await readSources(bylaw.services);
  const states = Object.entries(await streams()).map(([id, { state, says }]) => [id, state, says]);
  expect(states).toEqual(states.map(([id]) => [id, 'ok', null]));
  expect(states).toHaveLength(12);
  expect(microsoft.throttled).toBe(0);

  const apps = microsoft.tenant.apps.filter(({ appId }) => !String(appId).startsWith('00000003'));
  for (const { kind, request = '' } of bylaw.services.catalogue.importGuides.kinds) {
    const [, path] = /^GET https:\/\/graph\.microsoft\.com\/v1\.0(\S+)$/.exec(request) ?? [];
    if (path === undefined) continue;
    const paths = path.includes('{id}') ? apps.map(({ id }) => path.replace('{id}', id)) : [path];
    for (const [index, each] of paths.entries())
      writeFileSync(join(folder, `${kind}-${index}.json`), await savedAnswers(each));
  }
  const saved = await bylaw.client('By saved files', { m365: 'business_premium' });
  await storeFacts({ store: bylaw.services.store, clientId: saved.id, now, folder });
  const verdicts = await verdictsOf(live.id);
  expect(verdicts).toEqual(await verdictsOf(saved.id));
  expect(verdicts).toContainEqual(['CLA-M365-06', 'fail']);
  expect(verdicts).toContainEqual(['CLA-M365-09', 'pending']);
  expect(verdicts).toContainEqual(['CLA-M365-11', 'not_licensed']);
});

it('reads a list again only where Microsoft says that it changed, or that it no longer knows', async () => {
  const reads = async (path: string) => {
    const before = microsoft.requests.length;
    later(3600);
    await readSources(bylaw.services);
    return microsoft.requests.slice(before).filter((request) => request === `GET ${path}`).length;
  };
  expect(await reads('/users')).toBe(0);
  const leaver = microsoft.tenant.users.find(({ displayName }) => displayName === 'Wren Castellane');
  Object.assign(leaver ?? {}, { accountEnabled: false });
  const [grant] = microsoft.tenant.grants;
  Object.assign(grant ?? {}, { scope: 'User.Read openid offline_access email profile' });
  expect(await reads('/users')).toBeGreaterThan(0);
  const verdicts = await verdictsOf(live.id);
  expect(verdicts).toContainEqual(['CLA-M365-17', 'pass']);
  expect(verdicts).toContainEqual(['CLA-M365-06', 'pass']);
  microsoft.expireDeltas();
  expect(await reads('/users')).toBeGreaterThan(0);
  expect((await streams()).users).toMatchObject({ state: 'ok' });
});

it('says that a license or a permission is missing, and fails nothing by it', async () => {
  const [sku] = microsoft.tenant.skus;
  Object.assign(sku ?? {}, { capabilityStatus: 'Suspended' });
  microsoft.consented = microsoft.consented.filter((one) => one !== 'Directory.Read.All');
  later(3600);
  await readSources(bylaw.services);
  expect(await streams()).toMatchObject({
    sign_ins: { state: 'not_offered', says: expect.stringContaining('no license') },
    grants: { state: 'no_scope', says: expect.stringContaining('lacks a permission') },
    users: { state: 'ok' },
  });
  later(40 * 86_400);
  const states = new Map((await verdictsOf(live.id)) as [string, string][]);
  expect(states.get('CLA-M365-06')).toBe('cannot_read');
  expect(states.get('CLA-M365-16')).toBe('cannot_read');
});
// Guide: G3.2-02 G6.1-05
