import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHARTER, emergencyGroup, entraUsers, policy, principals } from '#domain/rules/microsoft/testing.ts';
import type { Json } from '#server/testing/console.ts';
import { TEST_NOW } from '#server/testing/console.ts';
import { insertDocument } from '#store/imports/documents.ts';
import { counting, importing } from '../imports/testing/importing.ts';
import { putReading } from '../people/testing.ts';
import { storeFacts } from '../verdicts/testing.ts';
import { type TestDeployment, testDeployment } from './testing.ts';

let bylaw: TestDeployment['bylaw'];
let me: TestDeployment['me'];
let on: TestDeployment;
beforeAll(async () => {
  on = await testDeployment();
  ({ bylaw, me } = on);
});
afterAll(() => bylaw.close());

const reference = async (slug: string, person = me) =>
  (await person.call('GET', `/clients/${slug}/deployment/quick-reference`)).body;
const note = (slug: string, body: object) => {
  on.later();
  return me.call('POST', `/clients/${slug}/deployment/notes`, body);
};

test('the sixteen lines of a new client: none is done, and each says why', async () => {
  const { id, slug } = await bylaw.client();
  const { lines, done } = await reference(slug);
  expect(lines.map(({ id: row }: Json) => row)).toEqual(
    Array.from({ length: 16 }, (_, at) => `GA-${String(at + 1).padStart(2, '0')}`),
  );
  expect(done).toBe(0);
  for (const line of lines) {
    expect(line.state, line.id).not.toBe('done');
    expect(line.words, line.id).not.toBe('');
    expect(line.section, line.id).toMatch(/^\d/);
    expect(line.checks.length, line.id).toBeGreaterThan(0);
  }
  const hr = await bylaw.person('hr', id);
  expect((await hr.call('GET', `/clients/${slug}/deployment/quick-reference`)).status).toBe(403);
});

test('the sandbox association: done by evidence, and the planted faults show', async () => {
  const client = await bylaw.client('Alder Society', {
    claudeSeats: 70,
    m365: 'business_premium',
    timezone: 'America/New_York',
  });
  await storeFacts({ store: bylaw.services.store, clientId: client.id, now: TEST_NOW });
  await bylaw.services.verdicts.refresh(client.id);
  const { lines } = await reference(client.slug);
  const line = (id: string) => lines.find((one: Json) => one.id === id);
  // An owner is named, but no plan for regaining the account if that person leaves.
  expect(line('GA-01')).toMatchObject({
    state: 'cannot_read',
    words: expect.stringContaining('needs a plan, and the charter states none'),
  });
  expect(line('GA-03')).toMatchObject({ state: 'done', evidence: [{ kind: 'dns' }] });
  expect(line('GA-04')).toMatchObject({ state: 'open', words: expect.stringContaining('Greta Holm') });
  expect(line('GA-05')).toMatchObject({ state: 'done', task: { id: 'invite_staff' } });
  expect(line('GA-09')).toMatchObject({ state: 'done' });
  expect(line('GA-10')).toMatchObject({
    state: 'pending',
    words: expect.stringMatching(/^Until Dec 2, 2026\./),
  });
  expect(line('GA-12')).toMatchObject({ state: 'not_licensed' });
  expect(line('GA-16')).toMatchObject({
    state: 'open',
    words: expect.stringContaining('The next review is set for Nov 30, 2026'),
  });
});

test('a review that was done once is not done for good: the monthly one has to be on the schedule', async () => {
  const client = await bylaw.client('Sedge Guild', {
    claudePlan: 'enterprise',
    claudeSeats: 70,
    m365: 'business_premium',
  });
  await storeFacts({ store: bylaw.services.store, clientId: client.id, now: TEST_NOW });
  await bylaw.services.verdicts.refresh(client.id);
  const usage = async () => (await reference(client.slug)).lines.find(({ id }: Json) => id === 'GA-13');
  expect(await usage()).toMatchObject({
    state: 'open',
    words: expect.stringMatching(/^It was done, and its recurring task is not on the schedule/),
  });
  const schedule = (version: number, body: object) =>
    me.call('PUT', `/clients/${client.slug}/work/recurring/monthly_look`, {
      version,
      months: null,
      reason: null,
      owner: null,
      due: '2026-12-01',
      active: true,
      ...body,
    });
  expect((await schedule(0, {})).status).toBe(200);
  expect(await usage()).toMatchObject({ state: 'done' });
  await schedule(1, { active: false, reason: 'No one has time for it.', due: null });
  expect(await usage()).toMatchObject({ state: 'open' });
});

test('what was done in the wrong order is neither done nor open', async () => {
  const { slug } = await bylaw.client('Harrow Guild', { m365: 'business_premium' });
  await on.lockDown(slug, '2026-11-20');
  await on.override(slug, 'invite_staff');
  await note(slug, { entry: 'firstInvitation', on: '2026-11-18' });
  const { lines } = await reference(slug);
  expect(lines[4]).toMatchObject({
    id: 'GA-05',
    state: 'order_violated',
    stateWords: 'Order violated',
    words: expect.stringContaining('before the catalogue was locked down'),
  });
  await note(slug, { entry: 'firstInvitation', on: '2026-11-21' });
  expect((await reference(slug)).lines[4]).toMatchObject({ state: 'done' });
});

describe('approved connectors (GA-07)', () => {
  const CHARTER = `version: 1
inForceSince: 2026-11-01
approvedBy: [The Board, Olive Owner]
connectors:
  - { name: Ledger, actions: { Read entries: allow, Add entry: ask } }
  - { name: Rooms, actions: { List rooms: allow } }
`;
  const AS_APPROVED = [
    'Ledger,yes,Read entries,Always allow',
    'Ledger,yes,Add entry,Needs approval',
    'Rooms,yes,List rooms,Always allow',
  ];
  const lineWith = async (table: readonly string[], name = 'Ledger Guild') => {
    const client = await bylaw.client(name);
    await counting(bylaw, client.id, [
      { name: 'charter.yaml', bytes: CHARTER },
      {
        name: 'connectors 2026-11-23.csv',
        bytes: `Connector,Enabled,Action,State\n${table.join('\n')}\n`,
      },
    ]);
    return { slug: client.slug, line: (await reference(client.slug)).lines[6] };
  };

  test('are done once each is there exactly as approved', async () => {
    const { line } = await lineWith(AS_APPROVED);
    expect(line).toMatchObject({ id: 'GA-07', state: 'done' });
  });

  test.each([
    [
      'an action is narrower',
      [AS_APPROVED[0], 'Ledger,yes,Add entry,Blocked', AS_APPROVED[2]],
      /Ledger “Add entry”: It is set to Blocked, but the charter calls for Needs approval\./,
    ],
    [
      'a connector is not on',
      [AS_APPROVED[0], AS_APPROVED[1], 'Rooms,no,,'],
      /Rooms: It is not turned on, although the charter approves it with 1 action open\./,
    ],
  ] as const)('are less than approved where %s', async (_, table, words) => {
    const { line } = await lineWith(table.flatMap((row) => row ?? []));
    expect(line).toMatchObject({
      state: 'less_than_approved',
      stateWords: 'Less than approved',
      words: expect.stringMatching(words),
    });
    // Fewer permissions than approved are not a risk, so the checks on excess permissions pass.
    expect(line.checks.map(({ state }: Json) => state)).toEqual(['pass', 'pass', 'pass']);
  });

  test('cannot be determined where the newest table leaves one out, whatever an older one said', async () => {
    const { slug, line } = await lineWith(AS_APPROVED.slice(0, 2));
    expect(line).toMatchObject({ state: 'cannot_read', words: expect.stringContaining('Whether Rooms is') });
    const older = await lineWith(AS_APPROVED, 'Older Guild');
    expect(older.line.state).toBe('done');
    await importing(bylaw, me, older.slug).all([
      {
        name: 'connectors 2026-11-24.csv',
        bytes: `Connector,Enabled,Action,State\n${AS_APPROVED.slice(0, 2).join('\n')}\n`,
      },
    ]);
    expect((await reference(older.slug)).lines[6]).toMatchObject({ state: 'cannot_read' });
    expect((await reference(slug)).lines[6].task).toMatchObject({ id: 'actions_set' });
  });
});

test('the summary says the same as the deployment, without its rows', async () => {
  const { slug } = await bylaw.client();
  await on.attest(slug, 'CLA-ACC-01', 'CLA-ACC-05');
  const shown = await on.show(slug);
  const { body } = await me.call('GET', `/clients/${slug}/deployment/summary`);
  expect(body.completion).toEqual(shown.completion);
  expect(body.next.id).toBe(shown.next);
  expect(JSON.stringify(body).length).toBeLessThan(1_500);
});

test('the actions to take at once: the block of new accounts first, and done only by what was read', async () => {
  const at = async (slug: string) =>
    (await me.call('GET', `/clients/${slug}/deployment/immediate-actions`)).body.lines;
  const { slug } = await bylaw.client('Immediate Guild');
  const lines = await at(slug);
  expect(lines.map(({ id }: Json) => id)).toEqual(['G4.2-01', 'G4.2-02', 'G4.2-03', 'G4.2-04', 'G4.2-05']);
  expect(lines[0]).toMatchObject({ task: { id: 'creation_restricted' } });
  for (const line of lines) expect(line.state).not.toBe('done');
  // An attestation covers both controls, but it is not a DNS lookup.
  for (const control of ['CLA-ACC-10', 'CLA-SHA-01']) {
    on.later();
    const stated = await me.call('POST', `/clients/${slug}/attestations`, {
      control,
      holds: true,
      seen: '2026-11-24',
      note: 'I looked at the settings and saw it.',
    });
    expect(stated.status).toBe(201);
  }
  expect((await at(slug))[0]).toMatchObject({
    state: 'cannot_read',
    words: expect.stringContaining('Only a person’s statement'),
  });
});
// Guide: G1.1-05 G2-00 G2.2-19 G4.2-01 G4.2-02 G4.2-03 G4.2-04 G4.2-05 GA-00 GA-01 GA-02 GA-03 GA-04 GA-05

test('Defender is done only with its policy, the statement and the record of a session (GA-12)', async () => {
  const { id, slug } = await bylaw.client('Suite Guild', {
    claudePlan: 'team',
    m365: 'business_premium',
    addOns: ['Defender Suite for Business Premium'],
  });
  const { store, verdicts } = bylaw.services;
  await on.nameOwner({ id }, CHARTER);
  type Kind =
    | 'ca_policies'
    | 'service_principals'
    | 'entra_groups'
    | 'entra_users'
    | 'members'
    | 'cloud_app_events';
  const put = (kind: Kind, rows: object[]) => putReading(store, id, kind, rows, '2026-11-23');
  const session = { cloudAppSecurity: 'mcasConfigured' as const, signInFrequency: null };
  await put('ca_policies', [policy({ name: 'Route', grant: null, clientAppTypes: ['browser'], session })]);
  await put('service_principals', [...(principals()[0]?.rows ?? [])]);
  await put('entra_groups', [...(emergencyGroup()[0]?.rows ?? [])]);
  await put('entra_users', [...(entraUsers()[0]?.rows ?? [])]);
  await put('members', [{ name: 'Ada Stone', email: 'ada@alder.example.org' }]);
  await verdicts.refresh(id);
  const line = async () => (await reference(slug)).lines.find((one: Json) => one.id === 'GA-12');
  expect(await line()).toMatchObject({ state: 'cannot_read' });
  on.later();
  const stated = { control: 'CLA-M365-11', holds: true, seen: '2026-11-23', note: 'The policy is on.' };
  expect((await me.call('POST', `/clients/${slug}/attestations`, stated)).status).toBe(201);
  expect(await line()).toMatchObject({
    state: 'cannot_read',
    words: expect.stringMatching(/^The checks pass, and one reading is missing\./),
  });
  await put('cloud_app_events', [
    {
      id: 'e1',
      at: '2026-11-23T09:00:00Z',
      action: 'LogonSucceeded',
      app: 'Claude',
      source: 'Defender for Cloud Apps session control',
    },
  ]);
  await verdicts.refresh(id);
  expect(await line()).toMatchObject({ state: 'done' });

  // Guide 4.3: the policy on devices does not change personal accounts, and says so (G4.3-01).
  const personal = async () => {
    const { items } = (await me.call('GET', `/clients/${slug}/risks`)).body;
    return items
      .filter(({ risk }: Json) => /personal|sensitive_uploads/.test(risk))
      .map(({ risk, status, words, scopes }: Json) => ({
        risk,
        status,
        words,
        controls: scopes.flatMap((scope: Json) =>
          scope.controls.map(({ control, state }: Json) => `${control} ${state}`),
        ),
      }));
  };
  const device = async () => (await me.call('GET', `/clients/${slug}/controls/CLA-M365-10`)).body;
  const before = await personal();
  expect(before.map(({ risk }: Json) => risk)).toEqual(
    expect.arrayContaining(['existing_personal_accounts', 'new_personal_accounts', 'sensitive_uploads']),
  );
  expect((await device()).state).toBe('fail');
  const grant = { operator: 'OR' as const, controls: ['compliantDevice'], authenticationStrength: null };
  await putReading(
    store,
    id,
    'ca_policies',
    [
      policy({ name: 'Route', grant: null, clientAppTypes: ['browser'], session }),
      policy({ name: 'Device', grant }),
    ],
    '2026-11-24',
  );
  await verdicts.refresh(id);
  expect(await device()).toMatchObject({
    state: 'pass',
    why: expect.stringContaining('does not stop personal Claude accounts'),
  });
  expect(await personal()).toEqual(before);
  const policies = (await me.call('GET', `/clients/${slug}/conditional-access`)).body;
  expect(JSON.stringify(policies)).toContain('Personal Claude accounts are not covered.');
  on.later();
  const created = await me.call('POST', `/clients/${slug}/reports`, {});
  const json = await me.call('GET', `/clients/${slug}/reports/${created.body.id}/file?format=json`);
  expect(JSON.stringify(json.body)).toContain('does not stop personal Claude accounts');
});

test('communication compliance needs its policy, not just a license or a statement (G1.2-04)', async () => {
  const plain = await bylaw.client('Premium Guild', { claudePlan: 'team', m365: 'business_premium' });
  const suite = await bylaw.client('Purview Guild', {
    claudePlan: 'team',
    m365: 'business_premium',
    addOns: ['Purview Suite for Business Premium'],
  });
  const planned = async (slug: string) =>
    (await me.call('GET', `/clients/${slug}/planner`)).body.controls.find(
      ({ control }: Json) => control === 'CLA-M365-23',
    );
  const state = async (slug: string) =>
    (await me.call('GET', `/clients/${slug}/controls/CLA-M365-23`)).body.state;
  await bylaw.services.verdicts.refresh(plain.id);
  await bylaw.services.verdicts.refresh(suite.id);
  expect(await planned(plain.slug)).toMatchObject({
    reach: 'not_licensed',
    because: expect.stringContaining('Purview Suite for Business Premium'),
  });
  expect(await planned(suite.slug)).toMatchObject({ reach: 'enforceable' });
  expect(await state(plain.slug)).toBe('not_licensed');
  expect(await state(suite.slug)).toBe('cannot_read');
  const stated = { control: 'CLA-M365-23', holds: true, seen: '2026-11-23', note: 'I saw the policy.' };
  on.later();
  expect((await me.call('POST', `/clients/${suite.slug}/attestations`, stated)).status).toBe(201);
  expect(await state(suite.slug)).toBe('cannot_read');
  const evidence = await on.upload(suite.slug, 'policy.json');
  on.later();
  expect((await me.call('POST', `/clients/${suite.slug}/attestations`, { ...stated, evidence })).status).toBe(
    201,
  );
  expect(await state(suite.slug)).toBe('pass');
});

test('offboarding is done only once a case of it was run through, here as a trial', async () => {
  const client = await bylaw.client('Trial Guild', { domains: ['alder.example.org'] });
  const { id, slug } = client;
  const { store, verdicts } = bylaw.services;
  const at = (name: string) => `${name}@alder.example.org`;
  await on.nameOwner({ id }, { offboardingTemplate: { includesClaude: true, reviewed: '2026-11-18' } });
  const owner = { name: 'Ana Ruiz', email: at('ana'), role: 'primary_owner', status: 'active' } as const;
  await store.write([id], (tx) =>
    insertDocument(tx, {
      id: crypto.randomUUID(),
      clientId: id,
      kind: 'journal',
      version: 1,
      value: { offboardings: [] },
      lines: {},
      file: 'journal.yaml',
      sha256: 'x',
      importId: null,
      basis: 'draft',
      at: bylaw.services.clock(),
      by: me.id,
    }),
  );
  await putReading(store, id, 'members', [owner], '2026-11-23');
  const staff = { name: 'Ana Ruiz', emails: [at('ana')], status: 'active' } as const;
  await putReading(store, id, 'roster', [staff], '2026-11-23');
  await verdicts.refresh(id);
  const line = async () => (await reference(slug)).lines.find(({ id: row }: Json) => row === 'GA-15');
  expect(await line()).toMatchObject({
    state: 'open',
    words: expect.stringContaining('no case of it is on record yet'),
  });
  const journeys = (path = '') => `/clients/${slug}/journeys${path}`;
  const trial = { address: at('trial'), name: 'Trial Person', day: '2026-11-20', owner: null };
  const { body: begun } = await me.call('POST', journeys(), trial);
  for (const { id: step, state } of begun.steps)
    if (state !== 'proved') {
      const mark = { version: 0, on: '2026-11-24', note: 'As a trial.' };
      expect((await me.call('POST', journeys(`/${begun.id}/steps/${step}/mark`), mark)).status).toBe(201);
    }
  const ended = await me.call('POST', journeys(`/${begun.id}/end`), { version: 1, why: 'done' });
  expect(ended.status, JSON.stringify(ended.body)).toBe(201);
  expect(await line()).toMatchObject({ state: 'done' });
});
// Guide: G1.2-04 G4.3-01 GA-06 GA-07 GA-08 GA-09 GA-10 GA-11 GA-12 GA-13 GA-14 GA-15 GA-16
