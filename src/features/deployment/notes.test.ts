import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Task, type TestDeployment, testDeployment } from './testing.ts';

let bylaw: TestDeployment['bylaw'];
let me: TestDeployment['me'];
let on: TestDeployment;
beforeAll(async () => {
  on = await testDeployment();
  ({ bylaw, me } = on);
}, 60_000);
afterAll(() => bylaw.close());

const note = (slug: string, body: object, person = me) => {
  on.later();
  return person.call('POST', `/clients/${slug}/deployment/notes`, body);
};
const document = async (slug: string, kind: string, person = me) =>
  person.call('GET', `/clients/${slug}/deployment/documents/${kind}`);

test('what is written down goes into the journal as evidence, and a task follows', async () => {
  const { slug } = await bylaw.client();
  expect((await on.task(slug, 'connectors_wanted')).writes).toEqual([
    expect.objectContaining({ entry: 'connectorInventory', written: null }),
  ]);
  const made = await note(slug, { entry: 'connectorInventory', on: '2026-11-16', note: '9 wanted' });
  expect(made).toMatchObject({ status: 201, body: { says: '16 Nov 2026, Olive Owner: 9 wanted' } });
  const { proof, writes } = await on.task(slug, 'connectors_wanted');
  expect(proof[0]).toMatchObject({ control: 'CLA-CON-01', state: 'pass' });
  expect(writes[0].written).toBe('16 Nov 2026, Olive Owner: 9 wanted');
  const kept = await me.call('GET', `/clients/${slug}/evidence/${made.body.sha256}/file`);
  expect(kept.bytes.toString()).toContain('Written in the console by "Olive Owner"');
  const [record] = await on.auditOf(slug, 'deployment.note');
  expect(record).toMatchObject({ reason: '9 wanted', subject: { kind: 'import' } });

  // What stands there already stays, and an announcement is added to the others.
  await note(slug, { entry: 'announced', on: '2026-11-20', recipients: 61 });
  await note(slug, { entry: 'policyAnnounced', on: '2026-11-21', recipients: 60, by: 'HR' });
  const journal = parse((await document(slug, 'journal')).bytes.toString());
  expect(journal).toEqual({
    connectorInventory: { on: '2026-11-16', by: 'Olive Owner', note: '9 wanted' },
    announcements: [
      { on: '2026-11-20', by: 'Olive Owner', about: 'organisation_accounts', recipients: 61 },
      { on: '2026-11-21', by: 'HR (as Olive Owner wrote down)', about: 'policy', recipients: 60 },
    ],
  });
});

test('two people who write at once both stand there', async () => {
  const { slug } = await bylaw.client();
  const [one, two] = await Promise.all([
    note(slug, { entry: 'lockdown', on: '2026-11-20' }),
    note(slug, { entry: 'sharePointAudit', on: '2026-11-19' }),
  ]);
  expect([one.status, two.status]).toEqual([201, 201]);
  const journal = parse((await document(slug, 'journal')).bytes.toString());
  expect(Object.keys(journal).sort()).toEqual(['lockdown', 'sharePointAudit']);
}, 60_000);

test('a day to come is none on which something was done; a plan may lie ahead', async () => {
  const { id, slug } = await bylaw.client();
  const early = await note(slug, { entry: 'lockdown', on: '2026-12-24' });
  expect([early.status, early.body.message]).toEqual([
    400,
    expect.stringMatching(/^24 Dec 2026 is still to come\. Today is 24 Nov 2026 at /),
  ]);
  expect((await note(slug, { entry: 'nextReview', on: '2027-02-15' })).status).toBe(201);
  expect((await note(slug, { entry: 'nextReview', on: '2027-02-30' })).status).toBe(400);
  expect((await note(slug, { entry: 'no_such', on: '2026-11-20' })).status).toBe(400);
  const auditor = await bylaw.person('auditor', id);
  expect((await note(slug, { entry: 'lockdown', on: '2026-11-20' }, auditor)).status).toBe(403);
  const { writes } = await on.task(slug, 'connectors_locked');
  expect(writes.map(({ written }: Task) => written)).toEqual([null, null]);
});

test('charter and journal can be had to edit: the template first, then what stands', async () => {
  const { id, slug } = await bylaw.client();
  const empty = await document(slug, 'charter');
  expect(empty.headers['content-disposition']).toContain('charter-');
  expect(empty.bytes.toString()).toContain('#accountOwner:');
  expect(parse(empty.bytes.toString())).toBeNull();
  // A name that would be a formula or a heading elsewhere is a text here.
  await note(slug, { entry: 'lockdown', on: '2026-11-20', by: '=cmd|calc: [x]' });
  const journal = await document(slug, 'journal');
  expect(parse(journal.bytes.toString())).toEqual({
    lockdown: { on: '2026-11-20', by: '=cmd|calc: [x] (as Olive Owner wrote down)' },
  });
  expect((await document(slug, 'profile')).status).toBe(400);
  const hr = await bylaw.person('staff', id);
  expect((await document(slug, 'journal', hr)).status).toBe(403);
});
