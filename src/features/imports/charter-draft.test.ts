import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { importing } from './testing/importing.ts';

/** A charter file that someone brings. */
let bylaw: TestConsole;
let client: { id: string; slug: string };
let technician: TestPerson;
let admin: TestPerson;
beforeAll(async () => {
  bylaw = await testConsole();
  client = await bylaw.client();
  technician = await bylaw.person('technician', client.id, 'Tara Tech');
  admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
});
afterAll(() => bylaw.close());

const charter = (maxOwners: number, version = 9) => ({
  name: 'charter.yaml',
  bytes: `version: ${version}\ninForceSince: 2026-09-01\napprovedBy: [Someone]\nmaxOwners: ${maxOwners}\nconnectors: []\n`,
});
const path = (rest = '') => `/clients/${client.slug}/charter${rest}`;
const list = async () => (await admin.call('GET', path())).body;
const store = async (file: ReturnType<typeof charter>) => {
  const imports = importing(bylaw, technician, client.slug);
  const { id, preview } = await imports.draft([file]);
  const answer = await technician.call('POST', `${imports.base}/${id}/store`, { facts: preview.facts });
  return { preview, answer };
};

it('is a draft, the first one too, and in force once a second person approved it', async () => {
  const first = await store(charter(2));
  expect(first.preview.documents).toEqual([
    { kind: 'charter', file: 'charter.yaml', version: 1, same: false, becomes: 'draft' },
  ]);
  expect(first.preview.verdicts.changes).toEqual([]);
  const waits = await list();
  expect(waits).toMatchObject({ current: null, governed: false, versions: [] });
  const [draft] = waits.drafts;
  expect(draft).toMatchObject({ origin: 'import', state: 'draft', number: 1 });
  const proposed = await technician.call('POST', path(`/drafts/${draft.id}/propose`), {
    version: draft.version,
  });
  expect((await technician.call('POST', path(`/drafts/${draft.id}/approve`), proposed.body)).status).toBe(
    403,
  );
  const done = await admin.call('POST', path(`/drafts/${draft.id}/approve`), {
    version: proposed.body.version,
  });
  expect(done.body).toMatchObject({ state: 'approved', became: 1 });
  const { body: inForce } = await admin.call('GET', path('/versions/current'));
  expect(inForce.value).toMatchObject({ version: 1, approvedBy: ['Adele Admin'], maxOwners: 2 });

  const later = await store(charter(5, 99));
  expect(later.preview.documents).toEqual([
    { kind: 'charter', file: 'charter.yaml', version: 2, same: false, becomes: 'draft' },
  ]);
  expect(later.preview.verdicts.changes).toEqual([]);
  expect(later.preview.files[0].says).toContain('it becomes a draft that a second person approves');
  expect(later.answer.body).toEqual({ stored: true, says: 'Stored: 1 file.' });
  const { current, governed, drafts } = await list();
  expect([current, governed]).toEqual([1, true]);
  expect(drafts[0]).toMatchObject({ origin: 'import', state: 'draft', number: 2 });
  const kept = (await admin.call('GET', path(`/drafts/${drafts[0].id}`))).body;
  expect(kept.value).toMatchObject({ maxOwners: 5 });
  expect(kept.value.version).toBeUndefined();

  // The same again changes nothing; another one takes the place of the open draft.
  expect((await store(charter(5, 99))).preview.documents[0]).toMatchObject({ same: true, becomes: 'draft' });
  await store(charter(6, 99));
  const again = (await list()).drafts.filter(
    ({ origin, state }: { origin: string; state: string }) => origin === 'import' && state === 'draft',
  );
  expect(again).toHaveLength(1);
  expect((await admin.call('GET', path(`/drafts/${again[0].id}`))).body.value.maxOwners).toBe(6);
});
