import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testConsole } from '#server/testing/console.ts';
import { readSources } from '../sources/read-sources.ts';
import { ASSOCIATION, storeFacts } from '../verdicts/testing.ts';
import { MFA, POLICIES, type Writing, writing } from './testing/writing.ts';

/**
 * Conditional Access policies created and changed through Microsoft Graph, with writes that become visible after a
 * minute.
 */
let here: Writing;
beforeAll(async () => {
  here = await writing(testConsole);
});
afterAll(() => here.close());

it('makes a report-only policy once though the answer is lost, and keeps the receipt once read', async () => {
  const { microsoft, admin, base, shown, carriedOut, policies, minutes } = here;
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

it('changes nothing that was changed in Entra since the plan, and says what changed', async () => {
  const { bylaw, technician, admin, plan, act, shown, policies, sent, pass, days, now, givenMade } = here;
  await givenMade();
  const [policy] = policies();
  const planned = (await plan({ state: 'enabled', early: 'Everyone has a second factor' })).body;
  expect(planned.steps[0].before.policy).toMatchObject({ name: MFA, excludeUsers: [] });
  await act(admin, planned.id, 'approve', { version: planned.version, plan: planned.plan });
  const conditions = policy?.conditions as { users: { excludeUsers: string[] } };
  const before = structuredClone(conditions);
  conditions.users.excludeUsers.push('a1de0000-0000-4000-8000-000000000003');
  Object.assign(policy ?? {}, { modifiedDateTime: now().toISOString() });
  const changes = sent('PATCH');
  const { version } = await shown(planned.id);
  const refused = (await act(technician, planned.id, 'carry-out', { version })).body;
  expect(refused).toMatchObject({
    state: 'failed',
    lacks: [expect.stringMatching(/was changed in Entra since the plan \(Accounts left out\)/)],
  });
  expect(sent('PATCH')).toBe(changes);
  Object.assign(policy ?? {}, { conditions: before, modifiedDateTime: now().toISOString() });
  pass(3600);
  await days(0);
  // A run has a time limit; the next one reads the rest.
  await readSources(bylaw.services);
  await readSources(bylaw.services);
});

it('waits while Microsoft throttles for minutes, and is refused where consent was withdrawn', async () => {
  const { microsoft, technician, act, shown, carriedOut, policies, minutes, givenMade } = here;
  await givenMade();
  const early = { state: 'enabled', early: 'Everyone has a second factor' };
  const path = `${POLICIES}/${policies()[0]?.id}`;
  const slow = { path, method: 'PATCH', status: 429, headers: { 'retry-after': '150' } } as const;
  microsoft.failNext(slow, slow);
  const change = await carriedOut(early);
  expect(change).toMatchObject({
    state: 'applying',
    lacks: [expect.stringContaining('not accepting more requests')],
  });
  await minutes(8);
  expect(await shown(change.id)).toMatchObject({ state: 'verified', lacks: [] });
  expect(policies()).toMatchObject([{ state: 'enabled' }]);

  // Approval of enabling the policy includes that one person may set it back to report-only.
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
  const { microsoft, technician, admin, base, plan, act, shown, carriedOut, template, minutes, days, now } =
    here;
  const change = await carriedOut({}, 'compliant_device');
  await minutes(3);
  const created = await shown(change.id);
  expect(created, JSON.stringify(created.lacks)).toMatchObject({ state: 'verified' });
  expect(created.steps[0].body.conditions.platforms.excludePlatforms).toEqual(['macOS', 'iOS', 'android']);
  const { impact } = (await admin.call('GET', `${base}/conditional-access`)).body.templates.find(
    ({ id }: { id: string }) => id === 'compliant_device',
  );
  expect(impact).toMatchObject({ is: 'measured', what: 'blocked' });
  expect(impact.people.length).toBeGreaterThan(0);
  const reported = { announced: '2026-11-20', announcement: 'Mail “Claude opens on managed devices only”' };
  const enable = (more: object) =>
    plan({ state: 'enabled', early: 'All devices are enrolled', ...reported, ...more }, 'compliant_device');
  // No one may be blocked without having been informed first.
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

  // During their grace period people are excluded in the policy itself; after it, the exclusion is drift.
  const until = new Date(now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10);
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
  await days(4);
  // Entra's log names who made each change; those that Bylaw was told to make are in it like anyone's.
  await minutes(3);
  expect((await template('compliant_device')).made).toMatchObject({
    differences: [{ part: 'excludeUsers', missing: [], weaker: true }],
    changedBy: { by: 'Bylaw', application: true, activity: 'Update conditional access policy' },
  });
});

/** Gives the client the two licenses, unless a test before has. */
async function givenLicenses(): Promise<void> {
  const [sku] = here.microsoft.tenant.skus;
  const plans = sku?.servicePlans as { servicePlanName?: string | undefined }[];
  if (plans.some(({ servicePlanName }) => servicePlanName === 'AAD_PREMIUM_P2')) return;
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
  await here.readAgain();
}

it('plans no policy of a license that is not held, and says what unlocks it', async () => {
  const { admin, base, plan, template, sent, minutes } = here;
  const posts = sent('POST');
  for (const locked of ['sign_in_risk', 'session_control'])
    expect((await plan({}, locked)).status, locked).toBe(422);
  expect((await template('session_control')).unlock[0]).toMatchObject({
    name: expect.any(String),
    month: expect.stringMatching(/\$/),
  });
  // A run has a time limit; the next one reads the rest.
  await minutes(2);
  const { risk: seen } = (await admin.call('GET', `${base}/microsoft-tenant`)).body;
  expect(seen.detections.list.length).toBeGreaterThan(0);
  expect(sent('POST')).toBe(posts);
});

it('requires Defender for Cloud Apps sessions for everyone only once a test upload was blocked', async () => {
  const {
    microsoft,
    technician,
    base,
    plan,
    act,
    shown,
    carriedOut,
    template,
    readAgain,
    minutes,
    now,
    givenPilots,
  } = here;
  await givenLicenses();
  await givenPilots();
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
    modifiedDateTime: now().toISOString(),
  });
  await readAgain();
  expect((await template('session_control')).made.differences).toMatchObject([
    { part: 'cloudAppSecurity', missing: ['mcasConfigured'], added: ['monitorOnly'], weaker: true },
  ]);

  // It is enabled for everyone only after an upload of fake data was blocked; for a group, before.
  const on = (more: object) => plan({ state: 'enabled', early: 'Only to see', ...more }, 'session_control');
  const untested = await on({});
  expect([untested.status, untested.body.message]).toEqual([422, expect.stringMatching(/CLA-M365-20/)]);
  const pilot = await on({ group: 'Claude pilots' });
  expect(pilot.status, JSON.stringify(pilot.body)).toBe(201);
  await act(technician, pilot.body.id, 'withdraw', { version: 1, reason: 'Only to see' });
  const today = now().toISOString().slice(0, 10);
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
});

it('asks for MFA by sign-in risk, in place of the legacy policy, and finds a risky sign-in that went through', async () => {
  const {
    bylaw,
    microsoft,
    technician,
    admin,
    base,
    shown,
    carriedOut,
    template,
    readAgain,
    minutes,
    days,
    now,
  } = here;
  const today = now().toISOString().slice(0, 10);
  await givenLicenses();
  const risk = await carriedOut({}, 'sign_in_risk');
  await minutes(4);
  expect(await shown(risk.id), JSON.stringify(risk)).toMatchObject({ state: 'verified' });
  const control = async () => (await admin.call('GET', `${base}/controls/CLA-M365-12`)).body.state;
  const reported = await control();
  expect(reported).not.toBe('pass');
  const enabled = await carriedOut(
    { state: 'enabled', early: 'It asks no one without a risk' },
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

  // Graph does not show the legacy policy that it replaces, so someone looks and keeps a screenshot.
  const legacy = async () => (await template('sign_in_risk')).legacy;
  expect(await legacy()).toMatchObject({ control: 'CLA-M365-24', state: 'cannot_read' });
  expect((await template('mfa')).legacy).toBeNull();
  const saw = async (holds: boolean, more: object = {}) => {
    await minutes(1);
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
  expect(JSON.stringify(failed)).toContain('Create the successor first');
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
  await days(1);
  const later = now().toISOString().slice(0, 10);
  expect(await saw(true, { seen: later, evidence: String(shot.body.sha256) })).toBe('pass');

  // A risky sign-in that succeeded is a finding, whatever the policy says.
  const { signIns } = microsoft.tenant;
  signIns.push({
    ...signIns[0],
    id: 'risky',
    createdDateTime: new Date(now().getTime() - 60_000).toISOString(),
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

it('gives policies the names of the client’s scheme, and calls an old name a rename', async () => {
  const { bylaw, template, now, givenEnabled } = here;
  await givenEnabled();
  const charter = readFileSync(`${ASSOCIATION}/charter.yaml`, 'utf8').replace(
    'entra:\n',
    "entra:\n  policyNames: 'CA - {policy}'\n  keptOutPercent: 3\n",
  );
  await storeFacts({
    store: bylaw.services.store,
    clientId: here.client.id,
    now: now(),
    files: { 'charter.yaml': charter },
  });
  const { name, values, made } = await template('mfa');
  expect([name, values.name]).toEqual([`CA - ${MFA}`, `CA - ${MFA}`]);
  expect(made).toMatchObject({ by: 'id', name: MFA, differences: [{ part: 'name', weaker: false }] });
  expect((await template('session_control')).name).toMatch(/^CA - /);
});
// Guide: G1.2-02 G4.3-00 G6.2-01 G6.2-02 G6.2-07 G6.3-02 G6.3-03 G6.3-07 G6.3-08 G6.3-09 G6.4-04 G6.4-05 G6.4-06 G6.4-08 G6.4-10 G6.5-02 G6.5-06
