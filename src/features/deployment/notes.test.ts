import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Json } from '#server/testing/console.ts';
import { importing } from '../imports/testing/importing.ts';
import { member, putReading } from '../people/testing.ts';
import { type TestDeployment, testDeployment } from './testing.ts';

let bylaw: TestDeployment['bylaw'];
let me: TestDeployment['me'];
let on: TestDeployment;
beforeAll(async () => {
  on = await testDeployment();
  ({ bylaw, me } = on);
});
afterAll(() => bylaw.close());

const note = (slug: string, body: object, person = me) => {
  on.later();
  return person.call('POST', `/clients/${slug}/deployment/notes`, body);
};
const document = async (slug: string, kind: string, person = me) =>
  person.call('GET', `/clients/${slug}/deployment/documents/${kind}`);

test('what is written down goes into the journal as evidence, and a task follows', async () => {
  const client = await bylaw.client();
  const { slug } = client;
  expect((await on.task(slug, 'connectors_wanted')).writes).toEqual([
    expect.objectContaining({ entry: 'connectorInventory', written: null }),
  ]);
  const created = await note(slug, { entry: 'connectorInventory', on: '2026-11-16', note: '9 wanted' });
  expect(created).toMatchObject({ status: 201, body: { says: 'Nov 16, 2026, Olive Owner: 9 wanted' } });
  const { proof, writes } = await on.task(slug, 'connectors_wanted');
  expect(proof[0]).toMatchObject({ control: 'CLA-CON-01', state: 'pass' });
  expect(writes[0].written).toBe('Nov 16, 2026, Olive Owner: 9 wanted');
  const kept = await me.call('GET', `/clients/${slug}/evidence/${created.body.sha256}/file`);
  expect(kept.bytes.toString()).toContain('Written in the console by "Olive Owner"');
  const [record] = await on.auditOf(slug, 'deployment.note');
  expect(record).toMatchObject({ reason: '9 wanted', subject: { kind: 'import' } });

  // The right to import files does not include more entries here than a journal file could.
  const hr = await bylaw.person('hr', client.id);
  expect((await note(slug, { entry: 'connectorInventory', on: '2026-11-17' }, hr)).status).toBe(403);

  // Existing entries stay, and an announcement is added to the others.
  await note(slug, { entry: 'announced', on: '2026-11-20', recipients: 61 });
  await note(slug, { entry: 'policyAnnounced', on: '2026-11-21', recipients: 60, by: 'HR' });
  const journal = parse((await document(slug, 'journal')).bytes.toString());
  expect(journal).toEqual({
    connectorInventory: { on: '2026-11-16', by: 'Olive Owner', note: '9 wanted' },
    announcements: [
      { on: '2026-11-20', by: 'Olive Owner', about: 'organization_accounts', recipients: 61 },
      { on: '2026-11-21', by: 'HR (as recorded by Olive Owner)', about: 'policy', recipients: 60 },
    ],
  });
});

test('an announcement of the policy keeps which version was out on its day', async () => {
  const { slug, id } = await bylaw.client();
  await bylaw.services.store.write([id], async (tx) => {
    await tx
      .insertInto('documents')
      .values({
        id: crypto.randomUUID(),
        client_id: id,
        kind: 'charter',
        version: 1,
        value: JSON.stringify({ policy: { version: 'v2', published: '2026-11-10' } }),
        lines: '{}',
        file: 'charter.yaml',
        sha256: 'a'.repeat(64),
        stored_at: new Date('2026-11-11T12:00:00Z'),
        stored_by: 'test',
      })
      .execute();
  });
  await note(slug, { entry: 'policyAnnounced', on: '2026-11-05', recipients: 60 });
  await note(slug, { entry: 'policyAnnounced', on: '2026-11-12', recipients: 60 });
  const { announcements } = parse((await document(slug, 'journal')).bytes.toString());
  expect(announcements).toMatchObject([{ on: '2026-11-05' }, { on: '2026-11-12', version: 'v2' }]);
  expect(announcements[0]).not.toHaveProperty('version');
});

test('two notes written at once are both kept', async () => {
  const { slug } = await bylaw.client();
  const [one, two] = await Promise.all([
    note(slug, { entry: 'connectorInventory', on: '2026-11-20' }),
    note(slug, { entry: 'sharePointAudit', on: '2026-11-19' }),
  ]);
  expect([one.status, two.status]).toEqual([201, 201]);
  const journal = parse((await document(slug, 'journal')).bytes.toString());
  expect(Object.keys(journal).sort()).toEqual(['connectorInventory', 'sharePointAudit']);
});

test('work cannot be noted as done on a future day; a plan may lie ahead', async () => {
  const { id, slug } = await bylaw.client();
  const early = await note(slug, { entry: 'sharePointAudit', on: '2026-12-24' });
  expect([early.status, early.body.message]).toEqual([
    400,
    expect.stringMatching(/^Dec 24, 2026 is in the future\. Today is Nov 24, 2026 at /),
  ]);
  await on.override(slug, 'review_scheduled');
  expect((await note(slug, { entry: 'nextReview', on: '2027-02-15' })).status).toBe(201);
  expect((await note(slug, { entry: 'nextReview', on: '2027-02-30' })).status).toBe(400);
  expect((await note(slug, { entry: 'no_such', on: '2026-11-20' })).status).toBe(400);
  const auditor = await bylaw.person('auditor', id);
  expect((await note(slug, { entry: 'sharePointAudit', on: '2026-11-20' }, auditor)).status).toBe(403);
  const { writes } = await on.task(slug, 'sharepoint_audited');
  expect(writes.map(({ written }: Json) => written)).toEqual([null]);
});

describe('while a task is locked', () => {
  // Every note whose task waits for others.
  const notes = [
    ['invite_staff', { entry: 'firstInvitation', on: '2026-11-20' }],
    ['connectors_locked', { entry: 'lockdown', on: '2026-11-20' }],
    ['connectors_locked', { entry: 'defaultConnectorsRemoved', on: '2026-11-20' }],
    ['m365_consented', { entry: 'connectorConsent', on: '2026-11-20', by: 'admin@alder.example.org' }],
    ['siem_connected', { entry: 'siemTest', on: '2026-11-20', arrived: true }],
    ['review_scheduled', { entry: 'nextReview', on: '2027-02-15' }],
  ] as const;

  test('no one can note that it was done; the refusal says what it waits for and what to do', async () => {
    const { slug } = await bylaw.client();
    const waiting = (await on.show(slug)).tasks.filter(({ after }: Json) => after.length > 0);
    expect(new Set(notes.map(([, { entry }]) => entry))).toEqual(
      new Set(waiting.flatMap(({ writes }: Json) => writes.map(({ entry }: Json) => entry))),
    );
    for (const [id, body] of notes) {
      const { title, number, after } = await on.task(slug, id);
      const { status, body: answer } = await note(slug, body);
      expect([id, status]).toEqual([id, 422]);
      expect(answer.message).toContain(`Task ${number}, “${title}”, is locked`);
      for (const before of after) expect(answer.message).toContain(`${before.number} (${before.title})`);
      expect(answer.message).toMatch(/request an override.*Nothing was recorded\.$/);
    }
    expect(parse((await document(slug, 'journal')).bytes.toString())).toBeNull();
    expect(await on.auditOf(slug, 'deployment.note')).toEqual([]);
  });

  test('two people can agree to note it anyway', async () => {
    const { slug } = await bylaw.client();
    await on.override(slug, 'review_scheduled');
    expect((await note(slug, { entry: 'nextReview', on: '2027-02-15' })).status).toBe(201);
    expect((await on.task(slug, 'review_scheduled')).state).toBe('proved');
    expect((await note(slug, { entry: 'siemTest', on: '2026-11-20', arrived: true })).status).toBe(422);
  });

  test('a file that states the first invitation does not count either', async () => {
    const { slug } = await bylaw.client();
    const { stored } = await importing(bylaw, me, slug).all([
      { name: 'journal.yaml', bytes: 'firstInvitation: 2026-11-18\nlockdown: { on: 2026-11-17, by: Ada }\n' },
    ]);
    expect(stored.status).toBe(201);
    const [claim] = (await me.call('GET', `/clients/${slug}/claims`)).body.items;
    expect(claim).toMatchObject({
      mayConfirm: false,
      why: expect.stringMatching(/^The journal states a first invitation\. Task \d+, .* is locked/),
    });
    const confirm = () => me.call('POST', `/clients/${slug}/claims/confirm`, { claims: [claim.id] });
    expect((await confirm()).status).toBe(422);
    await on.override(slug, 'invite_staff');
    expect((await confirm()).status).toBe(201);
  });

  test('statements on the checks of the invitation do not show it as done', async () => {
    const { slug } = await bylaw.client();
    const { proof } = await on.task(slug, 'invite_staff');
    const controls = proof
      .filter(({ attestable }: Json) => attestable)
      .map(({ control }: Json) => control as string);
    await on.attest(slug, ...controls);
    expect((await on.task(slug, 'invite_staff')).state).toBe('locked');
  });
});

describe('the lockdown', () => {
  test('is filed with the variant that applies to the client and the file that shows it', async () => {
    const { slug } = await bylaw.client();
    await on.override(slug, 'connectors_locked');
    const before = (await on.task(slug, 'connectors_locked')).writes;
    expect(before.find(({ entry }: Json) => entry === 'lockdown')).toMatchObject({
      asks: expect.arrayContaining(['variant', 'evidence']),
      variant: null,
      evidence: null,
    });
    const entry = { entry: 'lockdown', on: '2026-11-20' };
    const evidence = await on.upload(slug, 'connectors.png');
    const refused = async (more: object) => {
      const { status, body } = await note(slug, { ...entry, ...more });
      return [status, body.message];
    };
    expect(await refused({ evidence })).toEqual([400, expect.stringContaining('which variant applies')]);
    expect(await refused({ variant: 'added_only' })).toEqual([400, expect.stringContaining('(evidence)')]);
    const none = 'a'.repeat(64);
    expect(await refused({ variant: 'added_only', evidence: none })).toEqual([
      422,
      expect.stringMatching(/^No evidence of .* Upload the file first\.$/),
    ]);
    const created = await note(slug, { ...entry, variant: 'added_only', evidence });
    expect(created).toMatchObject({
      status: 201,
      body: {
        says: expect.stringMatching(/only connectors that an Owner has added; .*shown by connectors\.png/),
      },
    });
    const { writes } = await on.task(slug, 'connectors_locked');
    expect(writes.find((one: Json) => one.entry === 'lockdown')).toMatchObject({
      variant: 'added_only',
      evidence: { name: 'connectors.png', sha256: evidence },
    });
    expect(parse((await document(slug, 'journal')).bytes.toString())).toMatchObject({
      lockdown: { variant: 'added_only', file: 'connectors.png', sha256: evidence },
    });
  });

  test('another note refuses both rather than dropping them', async () => {
    const { slug } = await bylaw.client();
    const given = { entry: 'connectorInventory', on: '2026-11-20', variant: 'switch' };
    expect(await note(slug, given)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('does not take variant') },
    });
  });

  test('has to be on file before a first invitation is, whoever agreed to begin', async () => {
    const { slug } = await bylaw.client();
    await on.override(slug, 'invite_staff');
    const invitation = () => note(slug, { entry: 'firstInvitation', on: '2026-11-20' });
    expect(await invitation()).toMatchObject({
      status: 422,
      body: {
        message: expect.stringMatching(/needs on file before: “Connectors were locked down” \(task \d+\)/),
      },
    });
    await on.lockDown(slug, '2026-11-21');
    expect((await invitation()).status).toBe(201);
    // The policy was late, and the check on the order says so.
    const { proof } = await on.task(slug, 'invite_staff');
    expect(proof[0]).toMatchObject({
      control: 'CLA-CON-03',
      state: 'fail',
      reason: expect.stringContaining('offers no restriction switch'),
    });
  });
});

test('charter and journal can be downloaded to edit: the template first, then the current one', async () => {
  const { id, slug } = await bylaw.client();
  const empty = await document(slug, 'charter');
  expect(empty.headers['content-disposition']).toContain('charter-');
  expect(empty.bytes.toString()).toContain('#accountOwner:');
  expect(parse(empty.bytes.toString())).toBeNull();
  // A name that looks like a formula or a YAML value stays plain text.
  await note(slug, { entry: 'sharePointAudit', on: '2026-11-20', by: '=cmd|calc: [x]' });
  const journal = await document(slug, 'journal');
  expect(parse(journal.bytes.toString())).toEqual({
    sharePointAudit: { on: '2026-11-20', by: '=cmd|calc: [x] (as recorded by Olive Owner)' },
  });
  expect((await document(slug, 'profile')).status).toBe(400);
  const hr = await bylaw.person('staff', id);
  expect((await document(slug, 'journal', hr)).status).toBe(403);
});
async function rosterOf(id: string, name: string): Promise<void> {
  const staff = { name, emails: [], status: 'active' } as const;
  await putReading(bylaw.services.store, id, 'roster', [staff], '2026-11-24');
  await bylaw.services.verdicts.refresh(id);
}

test('a policy that is kept elsewhere leaves its task open until the charter says who approved it', async () => {
  const { id, slug } = await bylaw.client();
  const clauses = (await me.call('GET', '/catalogue/clauses')).body.items.map((one: Json) => one.id);
  const contact = 'Kestrel IT, help@kestrel.example';
  const policy = { version: '1', published: '2026-11-20', clauses, contact };
  await on.nameOwner({ id }, { policy });
  const owner = member('Me', me.email, { role: 'primary_owner', roleText: 'Primary Owner' });
  await putReading(bylaw.services.store, id, 'members', [owner], '2026-11-24');
  await bylaw.services.verdicts.refresh(id);
  const open = await on.task(slug, 'policy_published');
  expect(open.state).toBe('cannot_read');
  expect(open.proof.find((one: Json) => one.control === 'CLA-POL-01')).toMatchObject({
    state: 'cannot_read',
    reason: expect.stringContaining('Who approved it is not on record.'),
    answers: ['policy'],
  });
  const waits = async () =>
    (await on.task(slug, 'invite_staff')).after.find((one: Json) => one.id === 'policy_published').open;
  expect(await waits()).toBe(true);
  const invited = await note(slug, { entry: 'firstInvitation', on: '2026-11-24' });
  expect(invited).toMatchObject({
    status: 422,
    body: { message: expect.stringMatching(/is locked.*The acceptable use policy is published/su) },
  });
  // A placeholder is not an approver.
  await on.nameOwner({ id }, { policy: { ...policy, approvedBy: 'TBD' } });
  expect((await on.task(slug, 'policy_published')).state).toBe('cannot_read');
  // An approver counts once a roster shows that they work here.
  await on.nameOwner({ id }, { policy: { ...policy, approvedBy: 'Noor Vasquez' } });
  expect((await on.task(slug, 'policy_published')).state).toBe('cannot_read');
  await rosterOf(id, 'Noor Vasquez');
  const done = await on.task(slug, 'policy_published');
  expect(done.state).toBe('proved');
  expect(done.proof[0].reason).toContain('Noor Vasquez approved it.');
  expect(await waits()).toBe(false);
});

test('a policy that is published here names its approver, all placeholders filled, before anyone is invited', async () => {
  const { id, slug } = await bylaw.client();
  await on.nameOwner({ id });
  const owner = member('Me', me.email, { role: 'primary_owner', roleText: 'Primary Owner' });
  await putReading(bylaw.services.store, id, 'members', [owner], '2026-11-24');
  await bylaw.services.verdicts.refresh(id);
  const hr = await bylaw.person('hr', id);
  const { body: made } = await hr.call('POST', `/clients/${slug}/policy/drafts`, {});
  const at = `/clients/${slug}/policy/drafts/${made.id}`;
  const unfilled = await hr.call('POST', `${at}/propose`, { version: made.version });
  expect(unfilled.status).toBe(422);
  const fields = Object.fromEntries(
    made.fields.filter(({ given }: Json) => !given).map((one: Json) => [one.id, one.value]),
  );
  const { reason, content, material, effectiveOn, version } = made;
  const own = { reviewers: 'your head', contact: 'Kestrel IT', contact_address: 'help@kestrel.example' };
  const { body: edited } = await hr.call('PUT', at, {
    ...{ version, reason, content, material, effectiveOn, collected: ['usage', 'connectors'] },
    fields: { ...fields, ...own },
  });
  const { body: sent } = await hr.call('POST', `${at}/propose`, { version: edited.version });
  expect((await on.task(slug, 'policy_published')).state).toBe('cannot_read');
  const approved = await me.call('POST', `${at}/approve`, { version: sent.version });
  expect(approved.status, JSON.stringify(approved.body)).toBe(201);
  const { body: carried } = await me.call('POST', `/clients/${slug}/policy/charter`, {});
  const draft = `/clients/${slug}/charter/drafts/${carried.draft}`;
  const proposed = await me.call('POST', `${draft}/propose`, {
    version: (await me.call('GET', draft)).body.version,
  });
  expect(proposed.status, JSON.stringify(proposed.body)).toBe(201);
  const second = await bylaw.person('client_admin', id);
  const agreed = await second.call('POST', `${draft}/approve`, { version: proposed.body.version });
  expect(agreed.status, JSON.stringify(agreed.body)).toBe(201);
  await rosterOf(id, 'Olive Owner');
  expect((await on.task(slug, 'policy_published')).state).toBe('proved');
});
// Guide: G2.1-00 G2.1-03 G2.1-05 G2.1-06 G2.2-14
