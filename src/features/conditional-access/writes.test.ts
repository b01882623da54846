import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import {
  APPLICATION,
  type MicrosoftSimulator,
  startMicrosoft,
  WRITER,
} from '../../../sandbox/microsoft/simulator.ts';
import { takeBackEnded } from '../changes/ends.ts';
import { goOnWithChanges } from '../changes/verify.ts';
import { readSources } from '../sources/read-sources.ts';
import { ASSOCIATION, storeFacts } from '../verdicts/testing.ts';

/** Conditional Access policies that Bylaw makes and changes through Microsoft Graph, where every write shows a minute late. */
let bylaw: TestConsole;
let microsoft: MicrosoftSimulator;
let now = TEST_NOW;
let base: string;
let technician: TestPerson;
let admin: TestPerson;
const MFA = 'Require MFA for Claude AI';
const POLICIES = '/identity/conditionalAccess/policies';

beforeAll(async () => {
  microsoft = await startMicrosoft({ now: () => now, asked: () => pass(1.1), lagMs: 60_000 });
  // From nothing: the tenant has none of the guide's policies.
  microsoft.tenant.policies.splice(0, microsoft.tenant.policies.length);
  bylaw = await testConsole({ microsoft: microsoft.url });
  const folder = mkdtempSync(join(tmpdir(), 'bylaw-writes-'));
  cpSync(ASSOCIATION, folder, { recursive: true });
  rmSync(join(folder, 'Microsoft'), { recursive: true });
  const client = await bylaw.client('Alder Society', { m365: 'business_premium' });
  await storeFacts({ store: bylaw.services.store, clientId: client.id, now, folder });
  rmSync(folder, { recursive: true });
  base = `/clients/${client.slug}`;
  technician = await bylaw.person('technician', client.id, 'Tara Tech');
  admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
  for (const credential of [
    { application: APPLICATION.application, secret: APPLICATION.secret },
    { use: 'writing', application: WRITER.application, secret: WRITER.secret },
  ]) {
    const { status, body } = await bylaw.owner.call('POST', `${base}/sources`, {
      vendor: 'microsoft',
      credential: { cloud: 'global', tenant: APPLICATION.tenant, ...credential },
    });
    expect(status, JSON.stringify(body)).toBe(201);
  }
  await readSources(bylaw.services);
}, 480_000);
afterAll(async () => {
  await bylaw.close();
  await microsoft.close();
});

function pass(seconds: number) {
  now = new Date(now.getTime() + seconds * 1000);
  bylaw?.setNow(now);
}
/** Some minutes of the server: what waits goes on, sources are read, and what was observed is looked at. */
async function minutes(count: number) {
  for (let minute = 0; minute < count; minute += 1) {
    pass(61);
    await goOnWithChanges(bylaw.services);
    await readSources(bylaw.services);
    await goOnWithChanges(bylaw.services);
  }
}
const plan = (intent: object = {}) =>
  technician.call('POST', `${base}/changes`, {
    target: 'conditional_access',
    subject: 'mfa',
    reason: 'Everyone who opens Claude shows a second factor',
    intent,
  });
const act = (who: TestPerson, id: string, verb: string, body: object) =>
  who.call('POST', `${base}/changes/${id}/${verb}`, body);
const shown = async (id: string) => (await admin.call('GET', `${base}/changes/${id}`)).body;
/** A change that is planned, approved, and carried out as far as that goes at once. */
async function carriedOut(intent: object = {}) {
  const { body: change } = await plan(intent);
  expect(change.state, JSON.stringify(change)).toBe('planned');
  await act(admin, change.id, 'approve', { version: change.version, plan: change.plan });
  const { version } = await shown(change.id);
  return (await act(technician, change.id, 'carry-out', { version })).body;
}
const policies = () => microsoft.tenant.policies.filter(({ displayName }) => displayName === MFA);
const sent = (method: string) =>
  microsoft.exchanges.filter((one) => one.method === method && one.path.startsWith(POLICIES)).length;

it('makes a policy in report-only where the answer is lost, once, and keeps the receipt when it is read', async () => {
  microsoft.failNext({ path: POLICIES, method: 'POST', status: 503, done: true });
  const change = await carriedOut();
  expect(change).toMatchObject({
    state: 'applying',
    writes: true,
    title: `Make in report-only: ${MFA}`,
    lacks: [expect.stringContaining('failed to answer')],
  });
  await minutes(4);
  expect(policies()).toHaveLength(1);
  expect(policies()[0]).toMatchObject({ state: 'enabledForReportingButNotEnforced' });
  const done = await shown(change.id);
  expect(done).toMatchObject({
    state: 'verified',
    steps: [{ what: 'create_policy', done: true, id: policies()[0]?.id }],
    receipt: expect.any(String),
  });
  const receipt = await admin.call('GET', `${base}/evidence/${done.receipt}/file`);
  expect(receipt.status).toBe(200);
});

it('changes nothing that was changed in Entra since the plan, and says in what', async () => {
  const [policy] = policies();
  const planned = (await plan({ state: 'enabled', early: 'Everyone has a second factor' })).body;
  expect(planned.steps[0].before.policy).toMatchObject({ name: MFA, excludeUsers: [] });
  await act(admin, planned.id, 'approve', { version: planned.version, plan: planned.plan });
  const conditions = policy?.conditions as { users: { excludeUsers: string[] } };
  const before = structuredClone(conditions);
  conditions.users.excludeUsers.push('a1de0000-0000-4000-8000-000000000003');
  Object.assign(policy ?? {}, { modifiedDateTime: now.toISOString() });
  const changes = sent('PATCH');
  const { version } = await shown(planned.id);
  const refused = (await act(technician, planned.id, 'carry-out', { version })).body;
  expect(refused).toMatchObject({
    state: 'failed',
    lacks: [expect.stringMatching(/was changed in Entra since the plan \(Accounts left out\)/)],
  });
  expect(sent('PATCH')).toBe(changes);
  Object.assign(policy ?? {}, { conditions: before, modifiedDateTime: now.toISOString() });
  pass(3600);
  await readSources(bylaw.services);
});

it('waits while Microsoft throttles for minutes, and is refused where consent was withdrawn', async () => {
  const early = { state: 'enabled', early: 'Everyone has a second factor' };
  const path = `${POLICIES}/${policies()[0]?.id}`;
  const slow = { path, method: 'PATCH', status: 429, headers: { 'retry-after': '150' } } as const;
  microsoft.failNext(slow, slow);
  const change = await carriedOut(early);
  expect(change).toMatchObject({ state: 'applying', lacks: [expect.stringContaining('no more requests')] });
  await minutes(8);
  expect(await shown(change.id)).toMatchObject({ state: 'verified', lacks: [] });
  expect(policies()).toMatchObject([{ state: 'enabled' }]);

  // Whoever approved that it is enabled approved that it goes back to report-only, at one person's word.
  const back = (await act(technician, change.id, 'undo', { reason: 'Phones are lost' })).body;
  expect(back).toMatchObject({ state: 'approved', alone: true, undoes: change.id });
  microsoft.consentedToWrite = ['Policy.Read.All', 'Application.Read.All'];
  microsoft.revoke();
  const { version } = await shown(back.id);
  const refused = (await act(technician, back.id, 'carry-out', { version })).body;
  expect(refused).toMatchObject({ state: 'failed', lacks: [expect.stringContaining('lacks a permission')] });
  expect(policies()).toMatchObject([{ state: 'enabled' }]);
  microsoft.consentedToWrite = [
    'Policy.Read.All',
    'Application.Read.All',
    'Policy.ReadWrite.ConditionalAccess',
  ];
  microsoft.revoke();
});

it('leaves a person out until a day by one technician, takes it back by itself, and is loud where that fails', async () => {
  const person = microsoft.tenant.users.find(({ displayName }) => displayName === 'Soren Vantongeren');
  const out = () =>
    policies().some(({ conditions }) =>
      (conditions as { users: { excludeUsers: string[] } }).users.excludeUsers.includes(String(person?.id)),
    );
  const until = (day: string | undefined) =>
    technician.call('POST', `${base}/changes`, {
      target: 'access_exclusion',
      subject: String(person?.userPrincipalName),
      reason: 'The phone is broken',
      ...(day === undefined ? {} : { until: day }),
    });
  const today = now.toISOString().slice(0, 10);
  for (const wrong of [undefined, '2020-01-01', '2099-01-01']) expect((await until(wrong)).status).toBe(422);
  const { body: change } = await until(today);
  expect(change, JSON.stringify(change)).toMatchObject({ state: 'approved', alone: true, until: today });
  await act(technician, change.id, 'carry-out', { version: change.version });
  await minutes(3);
  expect(out()).toBe(true);
  expect(await shown(change.id)).toMatchObject({ state: 'verified', receipt: expect.any(String) });
  const mfa = (await admin.call('GET', `${base}/conditional-access`)).body.templates[0];
  expect(mfa.made.differences, 'it is meant until its day').toEqual([]);

  // Microsoft refuses once: people hear of it, and it is tried again until it is done.
  pass(86_400);
  microsoft.failNext({ path: `${POLICIES}/${policies()[0]?.id}`, method: 'PATCH', status: 400 });
  await takeBackEnded(bylaw.services);
  await takeBackEnded(bylaw.services);
  expect(bylaw.outbox.map(({ to, subject }) => [to, subject])).toContainEqual([
    expect.stringContaining('adele'),
    'Bylaw: something that was to end has not ended',
  ]);
  expect(await shown(change.id)).toMatchObject({ ended: true });
  expect(out()).toBe(true);
  pass(16 * 60);
  await takeBackEnded(bylaw.services);
  await minutes(3);
  expect(out()).toBe(false);
  expect(await shown(change.id)).toMatchObject({ ended: false, undone: true });
});
// Guide: G6.2-01 G6.2-07 G6.3-02 G6.3-04
