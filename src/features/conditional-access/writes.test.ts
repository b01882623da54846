import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import {
  APP_CHANGER,
  APPLICATION,
  CLOSER,
  type MicrosoftSimulator,
} from '../../../sandbox/microsoft/simulator.ts';
import { takeBackEnded } from '../changes/ends.ts';
import { readSources } from '../sources/read-sources.ts';
import { readSoon } from '../sources/writer.ts';
import { ASSOCIATION, storeFacts } from '../verdicts/testing.ts';
import { type LiveTenant, liveTenant } from './testing/live.ts';

/** Conditional Access policies that Bylaw makes and changes through Microsoft Graph, where every write shows a minute late. */
let live: LiveTenant;
let bylaw: TestConsole;
let microsoft: MicrosoftSimulator;
let base: string;
let technician: TestPerson;
let admin: TestPerson;
const MFA = 'Require MFA for Claude AI';
const PILOTS = 'a1de0000-0000-4000-8000-000000009100';
const POLICIES = '/identity/conditionalAccess/policies';

beforeAll(async () => {
  live = await liveTenant(testConsole);
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
const carriedOut = async (intent: object = {}, subject = 'mfa') => led(await plan(intent, subject));
async function led({ body: change }: { readonly body: Json }) {
  expect(change.state, JSON.stringify(change)).toBe('planned');
  await act(admin, change.id, 'approve', { version: change.version, plan: change.plan });
  const { version } = await shown(change.id);
  return (await act(technician, change.id, 'carry-out', { version })).body;
}
const policies = () => microsoft.tenant.policies.filter(({ displayName }) => displayName === MFA);
const template = async (wanted: string) =>
  (await admin.call('GET', `${base}/conditional-access`)).body.templates.find(
    ({ id }: { id: string }) => id === wanted,
  );
/** Has what the tenant was changed to read. */
async function readAgain(): Promise<void> {
  const streams = [
    'licenses',
    'users',
    'groups',
    'applications',
    'policies',
    'sign_ins',
    'directory_audits',
    'devices',
  ];
  await readSoon(bylaw.services, live.client.id, 'microsoft', streams);
  await live.minutes(1);
}
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
  await live.days(0);
  // What one look has no time for, the next one reads.
  await readSources(bylaw.services);
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
  const reported = { announced: '2026-11-20', announcement: 'Mail “Claude opens on managed devices only”' };
  const enable = (more: object) =>
    plan({ state: 'enabled', early: 'All devices are enrolled', ...reported, ...more }, 'compliant_device');
  // Nobody is kept out who was not told before.
  for (const unreported of [{ announced: undefined }, { announced: '2030-01-01' }, { grace: '2026-12-20' }])
    expect((await enable({ ...unreported, 'person:*': 'ready' })).status).toBe(422);
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

  // In grace until a day they are left out of the policy itself, and after it that is drift.
  const until = new Date(live.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10);
  const grace = await carriedOut(
    {
      state: 'enabled',
      early: 'All others are enrolled',
      ...reported,
      grace: until,
      enroll: 'https://intranet.alder.example.org/enroll',
      ...Object.fromEntries(Object.keys(each).map((who) => [who, 'left_out'])),
    },
    'compliant_device',
  );
  await minutes(3);
  expect(await shown(grace.id)).toMatchObject({ state: 'verified' });
  const devices = () =>
    microsoft.tenant.policies.find(
      ({ displayName }) => displayName === 'Require Compliant Device for Claude AI',
    );
  expect(devices()?.conditions).toMatchObject({
    users: { excludeUsers: expect.arrayContaining([expect.any(String)]) },
  });
  expect((await template('compliant_device')).made.differences).toEqual([]);
  await live.days(4);
  expect((await template('compliant_device')).made.differences).toMatchObject([
    { part: 'excludeUsers', missing: [], weaker: true },
  ]);
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
  // Nobody leaves themselves out.
  const self = { ...person, id: 'a1de0000-0000-4000-8000-000000009999', userPrincipalName: technician.email };
  microsoft.tenant.users.push({
    ...self,
    displayName: 'Tara Tech',
    mail: technician.email,
    proxyAddresses: [],
  });
  // Nor under another address, which only their name shows to be theirs.
  const other = 'tara.tech@alder.example.org';
  microsoft.tenant.users.push({
    ...self,
    id: 'a1de0000-0000-4000-8000-000000009998',
    userPrincipalName: other,
    displayName: 'Tara Tech',
    mail: null,
    proxyAddresses: [],
  });
  await readAgain();
  for (const subject of [technician.email, other]) {
    const mine = await technician.call('POST', `${base}/changes`, {
      target: 'access_exclusion',
      subject,
      reason: 'My own phone is broken',
      until: today,
    });
    expect([mine.status, mine.body.message]).toEqual([
      422,
      expect.stringMatching(/Nobody leaves themselves out/),
    ]);
  }
  for (const wrong of [undefined, '2020-01-01', '2099-01-01']) expect((await until(wrong)).status).toBe(422);
  const { body: change } = await until(today);
  expect(change, JSON.stringify(change)).toMatchObject({ state: 'approved', alone: true, until: today });
  await act(technician, change.id, 'carry-out', { version: change.version });
  await minutes(3);
  expect(out()).toBe(true);
  expect(await shown(change.id)).toMatchObject({ state: 'verified', receipt: expect.any(String) });
  const mfa = (await admin.call('GET', `${base}/conditional-access`)).body.templates[0];
  expect(mfa.made.differences, 'it is meant until its day').toEqual([]);
  const ends = async () =>
    (await technician.call('GET', `${base}/work`)).body.items.filter(
      ({ kind }: { kind: string }) => kind === 'change_ends',
    );
  expect((await ends()).map(({ title, when }: Json) => [title, when])).toContainEqual([
    'This ends: Leave out: Soren Vantongeren',
    'soon',
  ]);

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
  expect((await ends()).map(({ title, when }: Json) => [title, when])).toContainEqual([
    'This did not end: Leave out: Soren Vantongeren',
    'overdue',
  ]);
  pass(16 * 60);
  await takeBackEnded(bylaw.services);
  await minutes(3);
  expect(out()).toBe(false);
  expect(await shown(change.id)).toMatchObject({ ended: false, undone: true });
  expect((await ends()).some(({ title }: Json) => /Soren/.test(title))).toBe(false);
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
  const { body: incident } = await technician.call('POST', `${base}/incidents`, {
    type: 'mass_export',
    title: 'Everything was exported',
    summary: 'Seen in the log',
    person: String(leaver?.userPrincipalName),
  });
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

  // The incident that it was for has it in its timeline, and takes it for no proof of anything at Claude.
  const led = (await admin.call('GET', `${base}/incidents/${incident.id}`)).body;
  expect(led.timeline.map((one: Json) => [one.act, one.by])).toEqual(
    expect.arrayContaining([
      ['change_planned', technician.name],
      ['change_approved', admin.name],
      ['change_applied', technician.name],
      ['change_verified', null],
    ]),
  );
  const [stop] = led.plan;
  expect(stop.changes).toEqual([
    { target: 'entra_account', subject: leaver?.userPrincipalName },
    { target: 'connector_grants', subject: leaver?.userPrincipalName },
  ]);
  const done = await technician.call('PUT', `${base}/incidents/${incident.id}/steps/${stop.id}`, {
    version: stop.version,
    state: 'done',
    answers: { means: 'The account is closed', file: 'It was deleted' },
  });
  expect(done.body.plan[0].proof, JSON.stringify(done.body)).toMatchObject({
    state: 'none',
    words: expect.arrayContaining([
      expect.stringMatching(/^Close the account: .* shows it\. It says nothing/),
    ]),
  });
});

it('requires assignment, removes surplus scopes and adds an application by a fourth application, and looks up the gallery', async () => {
  const { tenant } = microsoft;
  const act = (subject: string, what: string) =>
    technician.call('POST', `${base}/changes`, {
      target: 'claude_app',
      subject,
      reason: 'As the guide asks',
      intent: { do: what },
    });
  const [client, server, signIn] = tenant.apps as unknown as {
    appId: string;
    appRoleAssignmentRequired: boolean;
  }[];
  await bylaw.owner.call('POST', `${base}/sources`, {
    vendor: 'microsoft',
    credential: {
      use: 'applications',
      cloud: 'global',
      tenant: APPLICATION.tenant,
      application: APP_CHANGER.application,
      secret: APP_CHANGER.secret,
    },
  });
  const planned = await act(String(signIn?.appId), 'require_assignment');
  // Nobody is assigned to it, so everyone who holds a seat would lose access, which the approver sees.
  expect(planned.body.measured, JSON.stringify(planned.body)).toMatchObject({ keeps: 0 });
  expect(planned.body.measured.loses.length).toBeGreaterThan(10);
  const assignment = await led(planned);
  await minutes(3);
  expect(signIn).toMatchObject({ appRoleAssignmentRequired: true });
  expect(await shown(assignment.id)).toMatchObject({
    state: 'verified',
    receipt: expect.any(String),
    may: { undo: true },
  });

  const surplus = await act(String(server?.appId), 'remove_scopes');
  expect(surplus.body.steps, JSON.stringify(surplus.body)).toMatchObject([
    { what: 'narrow_grant', before: { removes: expect.arrayContaining(['Mail.Send']) } },
  ]);
  const narrowed = await led(surplus);
  await minutes(3);
  expect(await shown(narrowed.id)).toMatchObject({ state: 'verified' });
  expect(tenant.grants[0]?.scope).toMatch(/Mail\.Read\b/);
  expect(tenant.grants[0]?.scope).not.toMatch(/Mail\.Send/);
  expect((await admin.call('GET', `${base}/microsoft-connector`)).body.removals).toEqual([]);

  const wren = tenant.users.find(({ displayName }) => displayName === 'Wren Castellane');
  const endGrants = () =>
    technician.call('POST', `${base}/changes`, {
      target: 'connector_grants',
      subject: String(wren?.userPrincipalName),
      reason: 'Instructions in a document were followed',
    });
  const none = await endGrants();
  expect([none.status, none.body.message]).toEqual([
    422,
    expect.stringContaining('An administrator consented for everyone'),
  ]);
  const [all] = tenant.grants;
  const own = { id: 'grant-own', consentType: 'Principal', principalId: wren?.id, scope: 'Mail.Read' };
  const [other] = tenant.users;
  // A consent of somebody else stays, so that what is read afterwards is another list than before.
  tenant.grants.push({ ...all, ...own }, { ...all, ...own, id: 'grant-other', principalId: other?.id });
  await readSoon(bylaw.services, live.client.id, 'microsoft', ['grants']);
  await minutes(1);
  const ended = await led(await endGrants());
  await minutes(3);
  expect(await shown(ended.id)).toMatchObject({ state: 'verified', steps: [{ what: 'remove_grant' }] });
  expect(tenant.grants.map(({ id }) => id)).toEqual(['grant-1', 'grant-2', 'grant-other']);

  // With an application Entra removes what it was granted and who was assigned to it.
  const [gone] = tenant.apps.splice(0, 1);
  tenant.grants = tenant.grants.filter(({ clientId }) => clientId !== gone?.id);
  delete tenant.assignments[String(gone?.id)];
  await readSoon(bylaw.services, live.client.id, 'microsoft', ['grants', 'assignments']);
  await minutes(3);
  await readAgain();
  const added = await led(await act(String(client?.appId), 'add'));
  await minutes(3);
  expect(await shown(added.id)).toMatchObject({ state: 'verified' });
  expect(tenant.apps.filter(({ appId }) => appId === client?.appId)).toHaveLength(1);
  expect((await act(String(client?.appId), 'add')).status).toBe(422);
  expect((await act('00000003-0000-0000-c000-000000000000', 'require_assignment')).status).toBe(422);
  expect((await admin.call('GET', `${base}/microsoft-connector/gallery`)).body).toMatchObject({
    listed: true,
    templates: [{ name: 'Claude', publisher: 'Anthropic' }],
  });
});

it('checks its What If against Microsoft’s own for people of each outcome, and names what differs', async () => {
  const query = 'conditional-access/what-if/check?place=elsewhere';
  const check = async () => (await admin.call('GET', `${base}/${query}`)).body;
  const same = await check();
  expect(same, JSON.stringify(same)).toMatchObject({ why: null, differences: [] });
  expect(same.agree).toBe(same.compared);
  expect(same.compared).toBeGreaterThan(1);
  expect(new Set(same.sample.map(({ outcome }: Json) => outcome)).size).toBeGreaterThan(1);
  // Somebody is left out in Entra since the policies were read, and a policy is new there.
  const [mfa] = policies();
  const conditions = structuredClone(mfa?.conditions) as { users: { excludeUsers: string[] } };
  const asked = microsoft.exchanges.find(({ path }) => path.endsWith('/evaluate'))?.sent as Json;
  const { userId } = asked.signInIdentity;
  const made = {
    ...mfa,
    id: 'made-elsewhere',
    displayName: 'Made elsewhere',
  } as (typeof microsoft.tenant.policies)[0];
  Object.assign(mfa ?? {}, {
    conditions: {
      ...conditions,
      users: { ...conditions.users, excludeUsers: [...conditions.users.excludeUsers, userId] },
    },
  });
  microsoft.tenant.policies.push(made);
  const other = await check();
  expect(other.differences).toContainEqual({
    person: same.sample[0].person,
    policy: MFA,
    ours: 'yes',
    theirs: 'no',
    reason: 'users',
  });
  expect(other.differences).toContainEqual(
    expect.objectContaining({ policy: 'Made elsewhere', ours: null, theirs: 'yes' }),
  );
  Object.assign(mfa ?? {}, { conditions });
  microsoft.tenant.policies.splice(microsoft.tenant.policies.indexOf(made), 1);
  microsoft.failNext({ path: '/identity/conditionalAccess/evaluate', status: 403, code: 'AccessDenied' });
  const refused = await admin.call('GET', `${base}/${query}`);
  expect([refused.status, refused.body.message]).toEqual([422, expect.stringMatching(/Policy.Read.All/)]);
});

it('is for a group and leaves out an application by decision, and shows whom and what else that reaches', async () => {
  const { tenant } = microsoft;
  const pilots = tenant.users.slice(2, 4).map(({ id, userPrincipalName }) => ({
    id,
    userPrincipalName,
    '@odata.type': '#microsoft.graph.user',
  }));
  tenant.groups.push({ id: PILOTS, displayName: 'Claude pilots', members: pilots });
  await readAgain();
  const steps = async (query: string) =>
    (await admin.call('GET', `${base}/conditional-access/templates/mfa?${query}`)).body;
  const wide = await steps('resources=all');
  const counted = ({ covered, leftOut, outside, unknown }: Record<string, number>) =>
    Number(covered) + Number(leftOut) + Number(outside) + Number(unknown);
  expect(wide.reach).toMatchObject({ outside: 0 });
  expect(wide.reach.covered).toBeGreaterThan(50);
  expect(counted(wide.reach)).toBe(wide.reach.people);
  expect(wide.others).toMatchObject({
    total: 1,
    apps: [{ name: 'Microsoft Graph', people: expect.any(Number) }],
  });
  expect(wide.others.apps[0].people).toBeGreaterThan(0);
  const { reach } = await steps('group=Claude%20pilots');
  expect(reach.covered).toBe(2);
  expect(reach.outside).toBeGreaterThan(50);
  expect(counted(reach)).toBe(reach.people);
  expect(await steps('group=Nobody')).toMatchObject({ reach: null, others: null, blocked: true });

  const address = await plan({ resources: 'https://claude.ai' });
  expect([address.status, address.body.message]).toEqual([
    422,
    expect.stringMatching(/no condition on an address/),
  ]);
  expect((await plan({ group: 'Nobody' })).status).toBe(422);
  const connector = '08ad6f98-a4f8-4635-bb8d-f1a3044760f0';
  const chosen = await carriedOut({ state: 'enabled', group: 'Claude pilots', without: connector });
  await minutes(3);
  expect(await shown(chosen.id), JSON.stringify(chosen)).toMatchObject({ state: 'verified' });
  expect(policies()[0]?.conditions).toMatchObject({ users: { includeUsers: [], includeGroups: [PILOTS] } });
  const mfa = await template('mfa');
  expect(mfa).toMatchObject({
    values: { groups: [PILOTS] },
    made: { differences: [] },
    without: {
      apps: [connector],
      by: 'Tara Tech',
      reason: 'Everyone who opens Claude shows a second factor',
    },
  });
  expect(mfa.values.applications).not.toContain(connector);
});

it('lists sign-ins with MFA, device and policies, and says whom a narrowing and which devices let through', async () => {
  const { signIns } = microsoft.tenant;
  const [like] = signIns;
  const [, , first, second] = microsoft.tenant.users.map(({ userPrincipalName }) =>
    String(userPrincipalName),
  );
  const at = new Date(live.now().getTime() - 60_000).toISOString();
  const from = (n: number, upn: string | undefined, more: object) => ({
    ...like,
    id: `listed-${n}`,
    createdDateTime: at,
    userPrincipalName: upn,
    authenticationRequirement: 'singleFactorAuthentication',
    ...more,
  });
  signIns.push(
    from(1, first, {
      deviceDetail: {
        deviceId: 'd0000000-0000-4000-8000-000000000001',
        displayName: 'KITCHEN-LAPTOP',
        operatingSystem: 'MacOs',
        browser: 'Safari 18',
        isCompliant: false,
        isManaged: false,
      },
      appliedConditionalAccessPolicies: [
        { id: policies()[0]?.id, displayName: MFA, result: 'notApplied', enforcedGrantControls: [] },
      ],
    }),
    from(2, second, { authenticationRequirement: 'multiFactorAuthentication' }),
  );
  const [mfa] = policies();
  const conditions = structuredClone(mfa?.conditions) as Record<string, unknown>;
  Object.assign(mfa?.conditions ?? {}, {
    platforms: { includePlatforms: ['all'], excludePlatforms: ['macOS'] },
  });
  Object.assign(mfa ?? {}, { modifiedDateTime: live.now().toISOString() });
  const { audits } = microsoft.tenant;
  const [likeTarget] = (audits[1]?.targetResources ?? []) as object[];
  audits.push({
    ...audits[1],
    id: 'Directory_edit',
    activityDateTime: at,
    activityDisplayName: 'Update conditional access policy',
    targetResources: [{ ...likeTarget, id: mfa?.id, displayName: MFA }],
  });
  await readAgain();
  const listed = (await admin.call('GET', `${base}/conditional-access/sign-ins`)).body;
  expect(listed.enforced).toEqual(expect.any(String));
  const of = (upn: string | undefined) =>
    listed.items.find((one: { person: string; at: string }) => one.person === upn?.toLowerCase());
  expect(of(first), JSON.stringify(listed).slice(0, 900)).toMatchObject({
    mfa: false,
    missed: true,
    connector: false,
    device: { name: 'KITCHEN-LAPTOP', os: 'MacOs', compliant: false },
    policies: [{ name: MFA, result: 'notApplied' }],
  });
  expect(of(second)).toMatchObject({ mfa: true, missed: false });
  expect(listed.items.find(({ connector }: { connector: boolean }) => connector)).toMatchObject({
    address: expect.stringMatching(/^160\.79\./),
    missed: false,
  });
  const { made } = await template('mfa');
  expect(made.differences).toMatchObject([{ part: 'excludePlatforms', added: ['macOS'], weaker: true }]);
  expect(made.changedBy).toMatchObject({
    by: 'ragnar.lindqvist@alder.example.org',
    application: false,
    activity: 'Update conditional access policy',
  });
  expect(made.letThrough).toMatchObject({
    signIns: 1,
    people: [{ who: first?.toLowerCase(), devices: ['KITCHEN-LAPTOP'] }],
  });
  // A device that Intune holds compliant by now would not be kept out any more.
  const blocked = async () =>
    (await template('compliant_device')).impact.people.find(
      ({ who }: { who: string }) => who === first?.toLowerCase(),
    );
  expect(await blocked()).toMatchObject({ devices: ['KITCHEN-LAPTOP'] });
  microsoft.tenant.devices.push({
    ...microsoft.tenant.devices[0],
    id: 'd0000000-0000-4000-8000-000000000002',
    azureADDeviceId: 'd0000000-0000-4000-8000-000000000001',
    complianceState: 'compliant',
  });
  await readAgain();
  expect(await blocked()).toBeUndefined();
  Object.assign(mfa ?? {}, { conditions, modifiedDateTime: live.now().toISOString() });
  await readAgain();
});

it('gives policies the names of the client’s scheme, and calls an old name a rename', async () => {
  const charter = readFileSync(`${ASSOCIATION}/charter.yaml`, 'utf8').replace(
    'entra:\n',
    "entra:\n  policyNames: 'CA - {policy}'\n  keptOutPercent: 3\n",
  );
  await storeFacts({
    store: bylaw.services.store,
    clientId: live.client.id,
    now: live.now(),
    files: { 'charter.yaml': charter },
  });
  const { name, values, made } = await template('mfa');
  expect([name, values.name]).toEqual([`CA - ${MFA}`, `CA - ${MFA}`]);
  expect(made).toMatchObject({ by: 'id', name: MFA, differences: [{ part: 'name', weaker: false }] });
  expect((await template('session_control')).name).toMatch(/^CA - /);
});

it('plans policies of licenses that are held alone: sign-in risk and sessions through Defender for Cloud Apps', async () => {
  const posts = sent('POST');
  for (const locked of ['sign_in_risk', 'session_control'])
    expect((await plan({}, locked)).status, locked).toBe(422);
  expect((await template('session_control')).unlock[0]).toMatchObject({
    name: expect.any(String),
    month: expect.stringMatching(/\$/),
  });
  const { risk: seen } = (await admin.call('GET', `${base}/microsoft-tenant`)).body;
  expect(seen.detections.list.length).toBeGreaterThan(0);
  expect(sent('POST')).toBe(posts);
  const [sku] = microsoft.tenant.skus;
  const plans = sku?.servicePlans as object[];
  plans.push(
    ...[
      ['AAD_PREMIUM_P2', 'eec0eb4f-6444-4f95-aba0-50c24d67f998'],
      ['ADALLOM_S_STANDALONE', '2e2ddb96-6af9-4b1d-a3f0-d6ecfd22edb2'],
    ].map(([servicePlanName, servicePlanId]) => ({
      servicePlanName,
      servicePlanId,
      provisioningStatus: 'Success',
      appliesTo: 'User',
    })),
  );
  await readAgain();
  const session = await carriedOut({}, 'session_control');
  await minutes(3);
  expect(await shown(session.id), JSON.stringify(session)).toMatchObject({ state: 'verified' });
  const made = microsoft.tenant.policies.find(({ sessionControls }) =>
    JSON.stringify(sessionControls ?? null).includes('mcasConfigured'),
  );
  expect(made).toMatchObject({
    state: 'enabledForReportingButNotEnforced',
    sessionControls: { cloudAppSecurity: { cloudAppSecurityType: 'mcasConfigured', isEnabled: true } },
  });
  Object.assign(made ?? {}, {
    sessionControls: { cloudAppSecurity: { cloudAppSecurityType: 'monitorOnly', isEnabled: true } },
    modifiedDateTime: live.now().toISOString(),
  });
  await readAgain();
  expect((await template('session_control')).made.differences).toMatchObject([
    { part: 'cloudAppSecurity', missing: ['mcasConfigured'], added: ['monitorOnly'], weaker: true },
  ]);

  // For everybody it is enabled only once an upload of fake data was blocked; for a group before.
  const on = (more: object) => plan({ state: 'enabled', early: 'Only to see', ...more }, 'session_control');
  const untested = await on({});
  expect([untested.status, untested.body.message]).toEqual([422, expect.stringMatching(/CLA-M365-20/)]);
  const pilot = await on({ group: 'Claude pilots' });
  expect(pilot.status, JSON.stringify(pilot.body)).toBe(201);
  await act(technician, pilot.body.id, 'withdraw', { version: 1, reason: 'Only to see' });
  const today = live.now().toISOString().slice(0, 10);
  const note = (entry: string, more: object) =>
    technician.call('POST', `${base}/deployment/notes`, { entry, on: today, ...more });
  expect((await note('sessionPolicy', { patterns: '0a1b2c3d4e5f' })).status).toBe(201);
  expect((await note('uploadTest', { blocked: true })).status).toBe(201);
  expect((await template('session_control')).test).toMatchObject({
    control: 'CLA-M365-20',
    state: 'pass',
    deployed: { on: today, by: 'Tara Tech', patterns: '0a1b2c3d4e5f' },
    pending: true,
  });
  expect((await note('sessionPolicy', {})).status).toBe(201);
  expect((await template('session_control')).test).toMatchObject({ pending: false });
  const tested = await on({ group: '' });
  expect(tested.status, JSON.stringify(tested.body)).toBe(201);
  await act(technician, tested.body.id, 'withdraw', { version: 1, reason: 'Only to see' });

  const risk = await carriedOut({}, 'sign_in_risk');
  await minutes(4);
  expect(await shown(risk.id), JSON.stringify(risk)).toMatchObject({ state: 'verified' });
  const control = async () => (await admin.call('GET', `${base}/controls/CLA-M365-12`)).body.state;
  const reported = await control();
  expect(reported).not.toBe('pass');
  const enabled = await carriedOut(
    { state: 'enabled', early: 'It asks nobody without a risk' },
    'sign_in_risk',
  );
  await minutes(3);
  expect(await shown(enabled.id), JSON.stringify(enabled)).toMatchObject({ state: 'verified' });
  const [, , person] = microsoft.tenant.users;
  const asked = (
    await admin.call(
      'GET',
      `${base}/conditional-access/what-if?person=${person?.userPrincipalName}&signInRisk=high&place=elsewhere`,
    )
  ).body;
  const applied = asked.policies.find(({ name }: { name: string }) => /sign-in risk/.test(name));
  expect(applied).toMatchObject({ applies: 'yes', effect: 'asked', state: 'enabled' });
  expect(await control()).toBe('pass');

  // The legacy policy in whose place it stands: Graph has none, so that someone looks and keeps a screenshot.
  const legacy = async () => (await template('sign_in_risk')).legacy;
  expect(await legacy()).toMatchObject({ control: 'CLA-M365-24', state: 'cannot_read' });
  expect((await template('mfa')).legacy).toBeNull();
  const saw = async (holds: boolean, more: object = {}) => {
    await live.minutes(1);
    const answer = await technician.call('POST', `${base}/attestations`, {
      control: 'CLA-M365-24',
      holds,
      seen: today,
      note: 'Identity Protection: sign-in risk policy enabled, user risk policy disabled',
      ...more,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return (await legacy()).state;
  };
  expect(await saw(true)).toBe('cannot_read');
  expect(await saw(false)).toBe('fail');
  const failed = (await admin.call('GET', `${base}/controls/CLA-M365-24`)).body;
  expect(JSON.stringify(failed)).toContain('Make the successor first');
  const shot = await bylaw.inject({
    method: 'PUT',
    url: `/api/v1${base}/evidence?name=risk-policies.png`,
    headers: {
      cookie: technician.cookie,
      origin: bylaw.services.config.origin,
      'content-type': 'application/octet-stream',
    },
    payload: Buffer.from('what the portal shows'),
  });
  await live.days(1);
  const later = live.now().toISOString().slice(0, 10);
  expect(await saw(true, { seen: later, evidence: String(shot.body.sha256) })).toBe('pass');

  // A risky sign-in that went through all the same is a finding, whatever the policy says.
  const { signIns } = microsoft.tenant;
  signIns.push({
    ...signIns[0],
    id: 'risky',
    createdDateTime: new Date(live.now().getTime() - 60_000).toISOString(),
    userPrincipalName: person?.userPrincipalName,
    riskLevelDuringSignIn: 'high',
    authenticationRequirement: 'singleFactorAuthentication',
    status: { errorCode: 0 },
  });
  await readAgain();
  const found = (await admin.call('GET', `${base}/controls/CLA-M365-12`)).body;
  expect(found.state, JSON.stringify(found).slice(0, 900)).toBe('fail');
  const { devices } = (await admin.call('GET', `${base}/planner`)).body;
  expect(devices.people).toBeGreaterThan(devices.ready - 1);
  expect(devices).toMatchObject({ enrolled: expect.any(Number), ready: expect.any(Number) });
});
// Guide: G1.2-02 G3.2-02 G5.4-01 G6.2-04 G6.4-06 G6.4-08 G6.4-10 G6.2-05 G6.2-09 G6.3-07 G3.2-03 G6.1-02 G6.1-03 G6.1-06 G4.3-00 G6.1-08 G6.2-01 G6.2-02 G6.2-03 G6.2-07 G6.3-02 G6.3-03 G6.3-04 G6.3-05 G6.3-08 G6.3-09
// Guide: G6.4-04 G6.4-05 G6.5-02 G6.5-06 G6.6-01
