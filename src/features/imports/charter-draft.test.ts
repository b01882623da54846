import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { importing } from './testing/importing.ts';

/** A charter file of a client whose charter is approved in the console. */
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
  bytes: `version: ${version}\ninForceSince: 2026-09-01\napprovedBy: [Somebody]\nmaxOwners: ${maxOwners}\nconnectors: []\n`,
});
const path = (rest = '') => `/clients/${client.slug}/charter${rest}`;
const list = async () => (await admin.call('GET', path())).body;
const store = async (file: ReturnType<typeof charter>) => {
  const imports = importing(bylaw, technician, client.slug);
  const { id, preview } = await imports.draft([file]);
  const answer = await technician.call('POST', `${imports.base}/${id}/store`, { facts: preview.facts });
  return { preview, answer };
};

it('counts as it always did until a charter is approved in the console, and is a draft from then on', async () => {
  const first = await store(charter(2));
  expect(first.preview.documents).toEqual([
    { kind: 'charter', file: 'charter.yaml', version: 9, same: false, draft: false },
  ]);
  expect(await list()).toMatchObject({
    current: 9,
    governed: false,
    versions: [{ number: 9, from: 'import' }],
  });

  const { body: made } = await technician.call('POST', path('/drafts'), {
    title: 'Three owners',
    reason: 'Holidays',
  });
  const edited = await technician.call('PATCH', path(`/drafts/${made.draft}`), {
    version: made.version,
    parts: { maxOwners: 3 },
  });
  const proposed = await technician.call('POST', path(`/drafts/${made.draft}/propose`), {
    version: edited.body.version,
  });
  const done = await admin.call('POST', path(`/drafts/${made.draft}/approve`), {
    version: proposed.body.version,
  });
  expect(done.body).toMatchObject({ state: 'approved', became: 10 });

  const later = await store(charter(5, 99));
  expect(later.preview.documents).toEqual([
    { kind: 'charter', file: 'charter.yaml', version: 11, same: false, draft: true },
  ]);
  expect(later.preview.verdicts.changes).toEqual([]);
  expect(later.preview.files[0].says).toContain('it becomes a draft that a second person approves');
  expect(later.answer.body).toEqual({ stored: true, says: 'Stored: 1 file.' });
  const { current, governed, drafts } = await list();
  expect([current, governed]).toEqual([10, true]);
  expect(drafts[0]).toMatchObject({ origin: 'import', state: 'draft', number: 11 });
  const draft = (await admin.call('GET', path(`/drafts/${drafts[0].id}`))).body;
  expect(draft.value).toMatchObject({ maxOwners: 5 });
  expect(draft.value.version).toBeUndefined();

  // The same again changes nothing; another one takes the place of the open draft.
  expect((await store(charter(5, 99))).preview.documents[0]).toMatchObject({ same: true, draft: true });
  await store(charter(6, 99));
  const again = (await list()).drafts.filter(({ origin }: { origin: string }) => origin === 'import');
  expect(again).toHaveLength(1);
  expect((await admin.call('GET', path(`/drafts/${again[0].id}`))).body.value.maxOwners).toBe(6);
});
