import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { APPLICATION, CLOSER, type MicrosoftSimulator } from '../../../sandbox/microsoft/simulator.ts';
import { takeBackEnded } from '../changes/ends.ts';
import { readSources } from '../sources/read-sources.ts';
import { type LiveTenant, liveTenant } from './testing/live.ts';

/** Conditional Access policies that Bylaw makes and changes through Microsoft Graph, where every write shows a minute late. */
let live: LiveTenant;
let bylaw: TestConsole;
let microsoft: MicrosoftSimulator;
let base: string;
let technician: TestPerson;
let admin: TestPerson;
const MFA = 'Require MFA for Claude AI';
const POLICIES = '/identity/conditionalAccess/policies';

beforeAll(async () => {
  live = await liveTenant((microsoft) => testConsole({ microsoft }));
  ({ bylaw, microsoft, technician, admin } = live);
  base = `/clients/${live.client.slug}`;
}, 480_000);
afterAll(async () => {
  await bylaw.close();
  await live.close();
});

const pass = (seconds: number) => live.pass(seconds);
const minutes = (count: number) => live.minutes(count);
const plan = (intent: object = {}, subject = 'mfa') =>
  technician.call('POST', `${base}/changes`, {
    target: 'conditional_access',
    subject,
    reason: 'Everyone who opens Claude shows a second factor',
    intent,
  });
const act = (who: TestPerson, id: string, verb: string, body: object) =>
  who.call('POST', `${base}/changes/${id}/${verb}`, body);
const shown = async (id: string) => (await admin.call('GET', `${base}/changes/${id}`)).body;
/** A change that is planned, approved, and carried out as far as that goes at once. */
async function carriedOut(intent: object = {}, subject = 'mfa') {
  const { body: change } = await plan(intent, subject);
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
  Object.assign(policy ?? {}, { modifiedDateTime: live.now().toISOString() });
  const changes = sent('PATCH');
  const { version } = await shown(planned.id);
  const refused = (await act(technician, planned.id, 'carry-out', { version })).body;
  expect(refused).toMatchObject({
    state: 'failed',
    lacks: [expect.stringMatching(/was changed in Entra since the plan \(Accounts left out\)/)],
  });
  expect(sent('PATCH')).toBe(changes);
  Object.assign(policy ?? {}, { conditions: before, modifiedDateTime: live.now().toISOString() });
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

it('enforces a policy that keeps people out only after a decision for each of them, below a share', async () => {
  const change = await carriedOut({}, 'compliant_device');
  await minutes(3);
  const made = await shown(change.id);
  expect(made, JSON.stringify(made.lacks)).toMatchObject({ state: 'verified' });
  expect(made.steps[0].body.conditions.platforms.excludePlatforms).toEqual(['macOS', 'iOS', 'android']);
  const { impact } = (await admin.call('GET', `${base}/conditional-access`)).body.templates.find(
    ({ id }: { id: string }) => id === 'compliant_device',
  );
  expect(impact).toMatchObject({ is: 'measured', what: 'blocked' });
  expect(impact.people.length).toBeGreaterThan(0);
  const enable = (more: object) =>
    plan({ state: 'enabled', early: 'All devices are enrolled', ...more }, 'compliant_device');
  const undecided = await enable({});
  expect([undecided.status, undecided.body.message]).toEqual([
    422,
    expect.stringContaining(impact.people[0].who),
  ]);
  const share = await enable({ 'person:*': 'kept_out', limit: 1 });
  expect([share.status, share.body.message]).toEqual([422, expect.stringMatching(/the limit is 1%/)]);
  const each = Object.fromEntries(
    impact.people.map(({ who }: { who: string }) => [`person:${who.toLowerCase()}`, 'ready']),
  );
  const decided = await enable(each);
  expect(decided.body).toMatchObject({ state: 'planned', measured: { people: impact.people.length } });
  const { id, version } = decided.body;
  await act(technician, id, 'withdraw', { version, reason: 'Only to see that it can be planned' });
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
  // A way back that someone wrote themselves would take emergency access in, so a second person has to approve it.
  const [emergency] = policies().map(({ id, conditions }) => ({
    from: String(id),
    account: (conditions as { users: { excludeUsers: string[] } }).users.excludeUsers[0],
  }));
  const { body: own } = await technician.call('POST', `${base}/changes`, {
    target: 'access_exclusion',
    subject: 'Somebody',
    intent: emergency,
    reason: 'Only to see whether one person may',
  });
  expect(own, JSON.stringify(own)).toMatchObject({ state: 'planned', alone: false });
  expect((await act(technician, own.id, 'carry-out', { version: own.version })).status).toBe(409);
  await act(technician, own.id, 'withdraw', { version: own.version, reason: 'Only to see' });
  const today = live.now().toISOString().slice(0, 10);
  for (const wrong of [undefined, '2020-01-01', '2099-01-01']) expect((await until(wrong)).status).toBe(422);
  const { body: change } = await until(today);
  expect(change, JSON.stringify(change)).toMatchObject({ state: 'approved', alone: true, until: today });
  await act(technician, change.id, 'carry-out', { version: change.version });
  await minutes(3);
  expect(out()).toBe(true);
  expect(await shown(change.id)).toMatchObject({ state: 'verified', receipt: expect.any(String) });
  const mfa = (await admin.call('GET', `${base}/conditional-access`)).body.templates[0];
  expect(mfa.made.differences, 'it is meant until its day').toEqual([]);

  // A way back that is planned and left lying does not keep it from ending.
  const lying = (await act(technician, change.id, 'undo', { reason: 'The phone is repaired' })).body;
  expect(lying).toMatchObject({ state: 'approved', alone: true });

  // Microsoft refuses once: people hear of it, and it is tried again until it is done.
  await live.days(1);
  microsoft.failNext({ path: `${POLICIES}/${policies()[0]?.id}`, method: 'PATCH', status: 400 });
  await takeBackEnded(bylaw.services);
  await takeBackEnded(bylaw.services);
  expect(bylaw.outbox.map(({ to, subject }) => [to, subject])).toContainEqual([
    admin.email,
    'Bylaw: something that was to end has not ended',
  ]);
  expect(await shown(change.id)).toMatchObject({ ended: true });
  expect(out()).toBe(true);
  pass(16 * 60);
  await takeBackEnded(bylaw.services);
  await minutes(3);
  expect(out()).toBe(false);
  expect(await shown(change.id)).toMatchObject({ ended: false, undone: true });
  expect(await shown(lying.id)).toMatchObject({ state: 'withdrawn' });

  // The days of one person count over all of its exclusions.
  const later = (days: number) =>
    until(new Date(live.now().getTime() + days * 86_400_000).toISOString().slice(0, 10));
  const more = await later(30);
  expect([more.status, more.body.message]).toEqual([422, expect.stringMatching(/for (28|29) days at most/)]);
  expect((await later(28)).status).toBe(201);
});

it('closes the account of someone who left by a third application, once a second person approved it', async () => {
  const { tenant, exchanges } = microsoft;
  const leaver = tenant.users.find(({ displayName }) => displayName === 'Wren Castellane');
  const close = () =>
    technician.call('POST', `${base}/changes`, {
      target: 'entra_account',
      subject: String(leaver?.userPrincipalName),
      reason: 'Today is the last day',
    });
  const { body: change } = await close();
  expect(change, JSON.stringify(change)).toMatchObject({ state: 'planned', writes: false, alone: false });
  const { body: connected } = await bylaw.owner.call('POST', `${base}/sources`, {
    vendor: 'microsoft',
    credential: {
      use: 'leaving',
      cloud: 'global',
      tenant: APPLICATION.tenant,
      application: CLOSER.application,
      secret: CLOSER.secret,
    },
  });
  expect(connected.connections).toHaveLength(3);
  await act(admin, change.id, 'approve', { version: change.version, plan: change.plan });
  const { version } = await shown(change.id);
  const carried = (await act(technician, change.id, 'carry-out', { version })).body;
  expect(carried).toMatchObject({ state: 'waiting', writes: true });
  expect(exchanges.filter(({ path }) => path.endsWith('/revokeSignInSessions'))).toHaveLength(1);
  await minutes(3);
  expect(leaver).toMatchObject({ accountEnabled: false });
  expect(await shown(change.id)).toMatchObject({ state: 'verified', receipt: expect.any(String) });
});
// Guide: G4.3-00 G6.2-01 G6.2-07 G6.3-02 G6.3-04 G6.3-08 G6.6-01
