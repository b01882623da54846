import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, testConsole } from '#server/testing/console.ts';
import { APP_CHANGER, APPLICATION, CLOSER } from '../../../sandbox/microsoft/simulator.ts';
import { takeBackEnded } from '../changes/ends.ts';
import { readSoon } from '../sources/writer.ts';
import { POLICIES, type Writing, writing } from './testing/writing.ts';

/** Exclusions of people, disabled accounts and changed applications, through Microsoft Graph. */
let here: Writing;
beforeAll(async () => {
  here = await writing(testConsole);
});
afterAll(() => here.close());

it('excludes a person until a day by one technician, undoes it itself, and is loud otherwise', async () => {
  const {
    bylaw,
    microsoft,
    technician,
    admin,
    base,
    act,
    shown,
    policies,
    readAgain,
    pass,
    minutes,
    days,
    now,
    givenEnabled,
  } = here;
  await givenEnabled();
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
  // A hand-written way back would include the emergency account again, so a second person has to approve it.
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
  const today = now().toISOString().slice(0, 10);
  // People cannot exclude themselves.
  const self = { ...person, id: 'a1de0000-0000-4000-8000-000000009999', userPrincipalName: technician.email };
  microsoft.tenant.users.push({
    ...self,
    displayName: 'Tara Tech',
    mail: technician.email,
    proxyAddresses: [],
  });
  // Nor through another address that only the name shows to be theirs.
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
      expect.stringMatching(/You cannot exclude yourself/),
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

  // A way back that is planned but never applied does not keep the exclusion from ending.
  const lying = (await act(technician, change.id, 'undo', { reason: 'The phone is repaired' })).body;
  expect(lying).toMatchObject({ state: 'approved', alone: true });

  // Microsoft refuses once: people are notified, and the change is retried until it succeeds.
  await days(1);
  microsoft.failNext({ path: `${POLICIES}/${policies()[0]?.id}`, method: 'PATCH', status: 400 });
  await takeBackEnded(bylaw.services);
  await takeBackEnded(bylaw.services);
  expect(bylaw.outbox.map(({ to, subject }) => [to, subject])).toContainEqual([
    admin.email,
    'Bylaw: something that should have ended has not ended',
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

  // All exclusions of a person count toward the limit of days.
  const later = (days: number) =>
    until(new Date(now().getTime() + days * 86_400_000).toISOString().slice(0, 10));
  const more = await later(30);
  expect([more.status, more.body.message]).toEqual([422, expect.stringMatching(/for (28|29) days at most/)]);
  expect((await later(28)).status).toBe(201);
});

it('closes the account of someone who left by a third application, once a second person approved it', async () => {
  const { bylaw, microsoft, technician, admin, base, act, shown, minutes } = here;
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
  expect(leaver).toMatchObject({
    accountEnabled: false,
    signInSessionsValidFromDateTime: expect.any(String),
  });
  expect(await shown(change.id)).toMatchObject({ state: 'verified', receipt: expect.any(String) });

  // The incident has it in its timeline, but not as evidence of anything at Claude.
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
  const { bylaw, microsoft, technician, admin, base, shown, led, readAgain, minutes, days, now } = here;
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
  // No one is assigned to the application, so everyone with a seat would lose access, which the approver sees.
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
  // Another person's consent stays, so that the list read afterwards differs from the one before.
  tenant.grants.push({ ...all, ...own }, { ...all, ...own, id: 'grant-other', principalId: other?.id });
  await readSoon(bylaw.services, here.client.id, 'microsoft', ['grants']);
  await minutes(1);
  // The consent was in a list of the day before.
  await days(1);
  const leaving = await bylaw.owner.call('POST', `${base}/journeys`, {
    address: String(wren?.userPrincipalName),
    name: 'Wren Castellane',
    day: now().toISOString().slice(0, 10),
    owner: null,
  });
  expect(leaving.status, JSON.stringify(leaving.body)).toBe(201);
  const consent = async () =>
    (await bylaw.owner.call('GET', `${base}/journeys/${leaving.body.id}`)).body.steps.find(
      ({ id }: Json) => id === 'connectors_revoked:microsoft 365',
    );
  expect(await consent()).toMatchObject({ state: 'open', code: 'consent_left' });
  const ending = await endGrants();
  const work = (await admin.call('GET', `/work?of=${here.client.slug}&text=Wren&limit=200`)).body.items;
  expect(work, JSON.stringify(work)).toContainEqual(
    expect.objectContaining({
      kind: 'change_waits',
      title: expect.stringContaining('Wren Castellane'),
      href: expect.stringMatching(/\/people\/leavers$/),
    }),
  );
  const ended = await led(ending);
  await minutes(3);
  expect(await shown(ended.id)).toMatchObject({ state: 'verified', steps: [{ what: 'remove_grant' }] });
  // The consent for everyone remains, by which the link goes on.
  expect(await consent()).toMatchObject({ state: 'open', code: 'consent_for_all' });
  expect(tenant.grants.map(({ id }) => id)).toEqual(['grant-1', 'grant-2', 'grant-3', 'grant-other']);

  // When an application is deleted, Entra also removes its grants and assignments.
  const [gone] = tenant.apps.splice(0, 1);
  tenant.grants = tenant.grants.filter(({ clientId }) => clientId !== gone?.id);
  delete tenant.assignments[String(gone?.id)];
  await readSoon(bylaw.services, here.client.id, 'microsoft', ['grants', 'assignments']);
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
// Guide: G3.2-02 G6.1-02 G6.1-03 G6.1-06 G6.3-04 G6.6-01 G6.6-04
