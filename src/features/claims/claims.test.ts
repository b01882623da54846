import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { importing } from '../imports/testing/importing.ts';

const CHARTER = `version: 3
inForceSince: 2026-01-01
approvedBy: [The Board]
connectors: []
exceptions:
  - control: CLA-ACC-12
    reason: Typed into a file
    owner: Tara Tech
    until: 2026-12-31
    approvedBy: The Board
`;
const ATTESTATIONS = `attestations:
  - { control: CLA-ACC-12, holds: true, seen: 2026-11-20, by: The Board }
  - { control: CLA-ACC-01, holds: true, seen: 2026-11-20, by: The Board }
`;
const JOURNAL = `lockdown: { on: 2026-11-01, by: The Board }
approvedChanges:
  - { on: 2026-11-02, connector: Asana, action: Create tasks, to: allow, approvedBy: The Board }
`;

/** What is typed into a file decides nothing, whoever brings it. */
describe('documents that come with files', () => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string };
  let hr: TestPerson;
  let tech: TestPerson;
  let admin: TestPerson;
  beforeAll(async () => {
    bylaw = await testConsole();
  });
  afterAll(() => bylaw.close());
  beforeEach(async () => {
    client = await bylaw.client(`Alder ${Math.random().toString(36).slice(2, 8)}`);
    hr = await bylaw.person('hr', client.id, 'Hana Reyes');
    tech = await bylaw.person('technician', client.id, 'Tara Tech');
    admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
  });
  const at = (path: string) => `/clients/${client.slug}${path}`;
  const bring = async (who: TestPerson, name: string, bytes: string) =>
    (await importing(bylaw, who, client.slug).all([{ name, bytes }])).stored;
  const verdicts = async () =>
    Object.fromEntries(
      (await admin.call('GET', at('/controls'))).body.items.map((one: { id: string; state: string }) => [
        one.id,
        one.state,
      ]),
    );
  const claims = async (who: TestPerson) => (await who.call('GET', at('/claims'))).body;

  it('are refused from someone who may import but may not do the same by hand', async () => {
    for (const [name, bytes] of [
      ['charter.yaml', CHARTER],
      ['attestations.yaml', ATTESTATIONS],
      ['journal.yaml', JOURNAL],
    ] as const) {
      const answer = await bring(hr, name, bytes);
      expect([name, answer.status]).toEqual([name, 403]);
      expect(answer.body.message).toContain(name);
    }
    expect(await claims(admin)).toMatchObject({ total: 0 });
    expect((await admin.call('GET', at('/charter'))).body.drafts).toEqual([]);
  });

  it('change no verdict and count no exception before someone decides', async () => {
    const before = await verdicts();
    expect((await bring(tech, 'charter.yaml', CHARTER)).status).toBe(201);
    expect((await bring(tech, 'attestations.yaml', ATTESTATIONS)).status).toBe(201);
    expect((await bring(tech, 'journal.yaml', JOURNAL)).status).toBe(201);
    expect(await verdicts()).toEqual(before);
    expect((await admin.call('GET', at('/exceptions'))).body.items).toEqual([]);
    expect((await admin.call('GET', at('/attestations'))).body.items).toEqual([]);
    expect((await admin.call('GET', at('/charter'))).body).toMatchObject({ current: null });
    const { items, waiting } = await claims(admin);
    expect(waiting).toBe(3);
    expect(
      items.map((one: { typedBy: string; brought: { by: string } }) => [one.typedBy, one.brought.by]),
    ).toEqual(
      expect.arrayContaining([
        ['The Board', 'Tara Tech'],
        [null, 'Tara Tech'],
      ]),
    );
  });

  it('count in the name of the person who confirms a statement, never of a typed name', async () => {
    await bring(tech, 'attestations.yaml', ATTESTATIONS);
    const { items } = await claims(tech);
    const id = items.find(({ control }: { control: string }) => control === 'CLA-ACC-12').id;
    expect((await hr.call('POST', at('/claims/confirm'), { claims: [id] })).status).toBe(403);
    expect((await admin.call('POST', at('/claims/confirm'), { claims: [id] })).body).toEqual({
      confirmed: 1,
    });
    expect((await admin.call('POST', at('/claims/confirm'), { claims: [id] })).status).toBe(409);
    const [attestation] = (await admin.call('GET', at('/attestations'))).body.items;
    expect(attestation).toMatchObject({ control: 'CLA-ACC-12', by: `Adele Admin (${admin.email})` });
    expect(attestation.note).toContain('The Board');
    // The same file again brings nothing back.
    expect((await bring(tech, 'attestations.yaml', ATTESTATIONS)).body).toMatchObject({ stored: false });
    const rest = (await claims(tech)).items.filter(({ state }: { state: string }) => state === 'waiting');
    const refused = await tech.call('POST', at('/claims/refuse'), {
      claims: [rest[0].id],
      reason: 'Not seen',
    });
    expect(refused.body).toEqual({ refused: 1 });
    expect((await bring(tech, 'attestations.yaml', ATTESTATIONS)).body).toMatchObject({ stored: false });
    expect(await claims(tech)).toMatchObject({ waiting: 0 });
  });

  it('are named by the file that brought them, among the evidence', async () => {
    const other = ATTESTATIONS.replaceAll('The Board', 'Wren Hale').replace('CLA-ACC-01', 'CLA-ACC-02');
    await importing(bylaw, tech, client.slug).all([
      { name: 'seen.yaml', bytes: ATTESTATIONS },
      { name: 'seen by Wren.yaml', bytes: other },
    ]);
    const file = async () => {
      const { items } = (await admin.call('GET', at('/evidence'))).body;
      const { is, sha256 } = items.find(({ name }: { name: string }) => name === 'seen.yaml');
      return { is, usedBy: (await admin.call('GET', at(`/evidence/${sha256}`))).body.usedBy };
    };
    const waits = { what: 'attestation', detail: 'The Board, not confirmed yet' };
    expect(await file()).toMatchObject({ is: 'Statements on 2 controls', usedBy: [waits, waits] });
  });

  it('leave approvals in a journal to a second person who may approve', async () => {
    await bring(tech, 'journal.yaml', JOURNAL);
    const [claim] = (await claims(tech)).items;
    expect(claim).toMatchObject({ mayConfirm: false, approvals: [{ by: 'The Board' }] });
    expect((await tech.call('POST', at('/claims/confirm'), { claims: [claim.id] })).status).toBe(403);
    expect((await admin.call('POST', at('/claims/confirm'), { claims: [claim.id] })).status).toBe(201);
    const { bytes } = await admin.call('GET', at('/deployment/documents/journal'));
    expect(String(bytes)).toContain('The Board (confirmed by Adele Admin)');
    // Nobody confirms the approvals that they brought themselves, however much they may do.
    await bring(admin, 'journal.yaml', JOURNAL.replace('Create tasks', 'Delete tasks'));
    const own = (await claims(admin)).items.find(({ state }: { state: string }) => state === 'waiting');
    expect((await admin.call('POST', at('/claims/confirm'), { claims: [own.id] })).status).toBe(403);
    expect((await bylaw.owner.call('POST', at('/claims/confirm'), { claims: [own.id] })).status).toBe(201);
  });

  it('leave a second copy of a confirmed approval to someone who may approve, too', async () => {
    const entry = (by: string) =>
      `  - { on: 2026-11-10, by: ${by}, reason: Yearly archive, email: ana@alder.example.org, of: organization_data }\n`;
    const waiting = async () =>
      (await claims(tech)).items.find(({ state }: { state: string }) => state === 'waiting');
    await bring(tech, 'journal.yaml', `approvedExports:\n${entry('The Board')}`);
    const { id } = await waiting();
    expect((await admin.call('POST', at('/claims/confirm'), { claims: [id] })).status).toBe(201);
    const by = 'The Board (confirmed by Adele Admin)';
    await bring(tech, 'journal.yaml', `nextReview: 2026-12-20\napprovedExports:\n${entry(by)}`);
    expect(await waiting()).toMatchObject({ mayConfirm: true, approvals: [] });
    await bring(tech, 'journal.yaml', `approvedExports:\n${entry(by)}${entry(by)}`);
    expect(await waiting()).toMatchObject({ mayConfirm: false, approvals: [{ by }] });
  });

  it('count without unfinished entries, and let no control pass because of them', async () => {
    const journal = (id: string) =>
      `nextReview: 2026-12-20\nincidents:\n  - { id: "${id}", type: data_upload, opened: 2026-10-02, closed: 2026-10-05, stepsDone: true, membersNotified: not_needed }\n`;
    const confirm = async () => {
      const claim = (await claims(admin)).items.find(({ state }: { state: string }) => state === 'waiting');
      expect((await admin.call('POST', at('/claims/confirm'), { claims: [claim.id] })).status).toBe(201);
      return claim;
    };
    const incidents = async () => (await admin.call('GET', at('/controls/CLA-OPS-09'))).body;
    const missing = /^Line 3: `id` of entry 1 of `incidents` is (?:missing|empty)\. So entry 1/;
    const { preview, stored } = await importing(bylaw, tech, client.slug).all([
      { name: 'journal.yaml', bytes: journal('') },
    ]);
    expect(preview.files[0].says).toMatch(missing);
    expect(preview.files[0].says).toContain('Complete it and import the journal again');
    expect(stored.status).toBe(201);
    expect((await confirm()).leftOut).toEqual([expect.stringMatching(missing)]);
    expect(await incidents()).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Line 3: `id` of entry 1 of `incidents`'),
    });
    // What Bylaw adds to the journal later does not complete it.
    const note = await admin.call('POST', at('/deployment/notes'), {
      entry: 'connectorInventory',
      on: '2026-11-20',
    });
    expect(note.status).toBe(201);
    expect(await incidents()).toMatchObject({ state: 'cannot_read' });
    await bring(tech, 'journal.yaml', journal('I-1'));
    expect((await confirm()).leftOut).toEqual([]);
    expect(await incidents()).toMatchObject({ state: 'pass' });
  });

  it('appear as one line on Home and under Work until someone has decided', async () => {
    const lineOf = async (who: TestPerson) => {
      const home = (await who.call('GET', at('/home'))).body.doNow as { key: string; title: string }[];
      const work = (await who.call('GET', '/work')).body.items as {
        key: string;
        title: string;
        mine: boolean;
      }[];
      const of = (list: readonly { key: string; title: string }[]) =>
        list.filter(({ key }) => key === 'claims_wait').map(({ title }) => title);
      return [of(home), of(work)];
    };
    await bring(tech, 'attestations.yaml', ATTESTATIONS);
    const line = ['2 entries from files wait to be confirmed'];
    expect(await lineOf(admin)).toEqual([line, line]);
    const ids = (await claims(admin)).items.map(({ id }: { id: string }) => id);
    await admin.call('POST', at('/claims/refuse'), { claims: ids, reason: 'Not seen by us' });
    expect(await lineOf(admin)).toEqual([[], []]);
  });

  it('are not reached from another client', async () => {
    await bring(tech, 'attestations.yaml', ATTESTATIONS);
    const [claim] = (await claims(tech)).items;
    const other = await bylaw.client('Harrow Guild');
    const answer = await bylaw.owner.call('POST', `/clients/${other.slug}/claims/confirm`, {
      claims: [claim.id],
    });
    expect(answer.status).toBe(404);
  });
});
