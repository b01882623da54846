import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { eachEngine } from '#store/testing.ts';
import { later } from '../people/testing.ts';

eachEngine('charter', (engine) => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string; name: string };
  let technician: TestPerson;
  let admin: TestPerson;
  let second: TestPerson;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  });
  beforeEach(async () => {
    await later(bylaw, TEST_NOW.toISOString());
    client = await bylaw.client();
    technician = await bylaw.person('technician', client.id, 'Tara Tech');
    admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
    second = await bylaw.person('client_admin', client.id, 'Berta Board');
  });
  afterAll(() => bylaw.close());

  const path = (rest = '') => `/clients/${client.slug}/charter${rest}`;
  const draftPath = (id: string, rest = '') => path(`/drafts/${id}${rest}`);
  const CELLS = [
    { connector: 'SharePoint', action: 'Delete item', permission: 'blocked' },
    {
      connector: 'SharePoint',
      action: 'Search content',
      permission: 'allow',
      justification: 'Public drawings',
    },
  ];

  async function begin(cells: readonly object[] = CELLS, who = technician) {
    const { status, body } = await who.call('POST', path('/cells'), {
      title: 'First charter',
      reason: 'We begin',
      cells,
    });
    expect([status, body.message]).toEqual([201, undefined]);
    return body as { draft: string; version: number };
  }
  async function show(id: string, who = admin) {
    const { status, body } = await who.call('GET', draftPath(id));
    expect(status).toBe(200);
    return body;
  }
  async function propose(id: string, who = technician) {
    const { version } = await show(id, who);
    const answer = await who.call('POST', draftPath(id, '/propose'), { version });
    expect([answer.status, answer.body.message]).toEqual([201, undefined]);
    return answer.body;
  }
  async function approve(id: string, who = admin, note?: string) {
    const { version } = await show(id, who);
    return who.call('POST', draftPath(id, '/approve'), { version, ...(note === undefined ? {} : { note }) });
  }
  async function inForce(cells: readonly object[] = CELLS) {
    const { draft } = await begin(cells);
    await propose(draft);
    const answer = await approve(draft);
    expect([answer.status, answer.body.message]).toEqual([201, undefined]);
    return answer.body;
  }
  async function verdictOf(control: string) {
    await bylaw.services.verdicts.ensureCurrent([client.id]);
    return bylaw.services.store.read([client.id], (tx) =>
      tx
        .selectFrom('verdicts')
        .select(['state', 'reason'])
        .where('client_id', '=', client.id)
        .where('control_id', '=', control)
        .where('until', 'is', null)
        .executeTakeFirstOrThrow(),
    );
  }
  async function records() {
    const rows = await bylaw.services.store.read('system', (tx) =>
      tx.selectFrom('audit_log').select('body').where('client_id', '=', client.id).orderBy('seq').execute(),
    );
    return rows.map(({ body }) => JSON.parse(body));
  }

  describe('the charter', () => {
    it('goes from draft over approval by a second person into force, and verdicts follow', async () => {
      expect((await admin.call('GET', path())).body).toMatchObject({
        current: null,
        versions: [],
        governed: false,
      });
      expect((await admin.call('GET', path('/versions/current'))).status).toBe(404);
      expect((await verdictOf('CLA-CON-07')).state).toBe('cannot_read');
      const { draft } = await begin();
      const drafted = await show(draft);
      expect(drafted).toMatchObject({ state: 'draft', number: 1, base: null, standing: { step: 'edit' } });
      expect(drafted.difference.changes.map(({ words }: { words: string }) => words)).toEqual([
        'SharePoint: Search content is added: Always allow (looser).',
        'SharePoint: Delete item is added: Blocked.',
        'SharePoint: Search content, reason is added: Public drawings.',
      ]);
      const proposed = await propose(draft);
      expect(proposed.standing).toMatchObject({
        step: 'approve',
        approvals: { given: 0, needed: 1 },
        may: { approve: false },
      });
      expect(proposed.standing.approvers).toEqual(expect.arrayContaining(['Adele Admin', 'Berta Board']));
      const effect = (await admin.call('GET', draftPath(draft, '/effect'))).body;
      expect(effect.changes).toEqual(
        expect.arrayContaining([expect.objectContaining({ control: 'CLA-CON-07', after: 'pass' })]),
      );
      expect((await verdictOf('CLA-CON-07')).state).toBe('cannot_read');

      const done = await approve(draft, admin, 'Agreed');
      expect(done.body).toMatchObject({ state: 'approved', became: 1 });
      expect(await verdictOf('CLA-CON-07')).toMatchObject({
        state: 'pass',
        reason:
          'Version 1 of the charter, approved by Adele Admin, is in force since 24 Nov 2026 and names 1 connector.',
      });
      const current = (await technician.call('GET', path('/versions/current'))).body;
      expect(current).toMatchObject({
        version: 1,
        state: 'in_force',
        from: 'console',
        approvedBy: ['Adele Admin'],
        inForceSince: '2026-11-24',
        value: { version: 1, approvedBy: ['Adele Admin'] },
      });
      const [last] = (await records()).slice(-1);
      expect(last).toMatchObject({
        action: 'charter.draft.approve',
        reason: 'Agreed',
        after: { version: 1, approvedBy: ['Adele Admin'], proposedBy: 'Tara Tech' },
      });
      expect(last.after.changes).toHaveLength(3);
    });

    it('names nobody as account owner whose mailbox belongs to somebody else', async () => {
      const { draft, version } = await begin();
      const edit = (accountOwner: string) =>
        technician.call('PATCH', draftPath(draft), { version, parts: { accountOwner } });
      for (const [address, why] of [
        ['mara@gmail.com', 'gmail.com is a mail provider where anybody can open an address'],
        ['mara@a1der.example.org', 'a1der.example.org looks like alder.example.org but is another domain'],
        ['it@provider.example', 'provider.example is not one of our domains'],
      ] as const) {
        const { status, body } = await edit(address);
        expect([status, body.message]).toEqual([
          422,
          `${address} cannot be the account owner: ${why}. Name an address on alder.example.org, for example a mailbox for administration.`,
        ]);
      }
      expect((await show(draft)).version).toBe(version);
      expect((await edit('claude-admin@alder.example.org')).status).toBe(200);
    });

    it('keeps every earlier version as it was', async () => {
      await inForce();
      await inForce([{ connector: 'Asana', action: '*', permission: 'ask' }]);
      const { versions, current, drafts } = (await admin.call('GET', path())).body;
      expect(current).toBe(2);
      expect(versions.map((one: { version: number; state: string }) => [one.version, one.state])).toEqual([
        [2, 'in_force'],
        [1, 'superseded'],
      ]);
      expect(drafts.map(({ state }: { state: string }) => state)).toEqual(['approved', 'approved']);
      const first = (await admin.call('GET', path('/versions/1'))).body;
      expect(first.value.connectors).toHaveLength(1);
      expect((await admin.call('GET', path('/versions/2'))).body).toMatchObject({
        before: 1,
        difference: { changes: [{ what: 'Asana: *', direction: 'looser' }], unchanged: 3 },
      });
      expect((await admin.call('GET', path('/diff?from=2&to=1'))).body.changes[0].words).toBe(
        'Asana: * is removed; it was Needs approval (tighter).',
      );
    });

    it('is never approved by whoever proposed or edited it', async () => {
      const { draft } = await begin(CELLS, admin);
      await propose(draft, admin);
      const own = await approve(draft, admin);
      expect([own.status, own.body.message]).toEqual([
        403,
        'You proposed this draft. Somebody else approves it.',
      ]);
      const { version } = await show(draft);
      const edited = await second.call('PATCH', draftPath(draft), { version, parts: { maxOwners: 2 } });
      expect(edited.status).toBe(200);
      await propose(draft, admin);
      const editor = await approve(draft, second);
      expect([editor.status, editor.body.message]).toEqual([
        403,
        'You edited this draft. Somebody who had no hand in it approves it.',
      ]);
      expect((await technician.call('POST', draftPath(draft, '/approve'), { version: 9 })).status).toBe(403);
      expect((await show(draft)).standing.approvers).not.toContain('Adele Admin');
      expect((await approve(draft, bylaw.owner)).body.state).toBe('approved');
    });

    it('tells the second of two who edit one draft, and overwrites nothing', async () => {
      const { draft, version } = await begin();
      const first = await technician.call('PATCH', draftPath(draft), { version, parts: { maxOwners: 2 } });
      expect(first.status).toBe(200);
      const late = await admin.call('PATCH', draftPath(draft), { version, parts: { maxOwners: 9 } });
      expect([late.status, late.body.message, late.body.data]).toEqual([
        409,
        'Tara Tech changed this draft meanwhile. Look at it again.',
        { by: 'Tara Tech', at: expect.any(String), version: 2 },
      ]);
      expect((await show(draft)).value.maxOwners).toBe(2);
      const cells = await admin.call('POST', path('/cells'), { cells: CELLS });
      expect([cells.status, cells.body.message]).toEqual([
        409,
        'Tara Tech has a draft open, “First charter”. Set the cells there, or withdraw it first.',
      ]);
    });

    it('refuses to approve what was made from an earlier version, and carries it over', async () => {
      await inForce();
      const { draft } = await begin([
        { connector: 'SharePoint', action: 'Delete item', permission: 'ask' },
        { connector: 'Asana', action: 'Create task', permission: 'ask' },
      ]);
      await propose(draft);
      const other = await technician.call('POST', path('/drafts'), { title: 'Other', reason: 'Meanwhile' });
      const cells = [
        { connector: 'SharePoint', action: 'Delete item', permission: null },
        { connector: 'SharePoint', action: 'Search content', permission: 'ask' },
      ];
      await technician.call('POST', path('/cells'), { ...pick(other.body), cells });
      await propose(other.body.draft);
      expect((await approve(other.body.draft)).body.state).toBe('approved');

      const refused = await approve(draft);
      expect([refused.status, refused.body.message]).toEqual([
        409,
        'Adele Admin put version 2 in force on 24 Nov 2026, 10:00, after this draft was made. Carry the draft over to it first.',
      ]);
      const moved = await show(draft);
      expect(moved).toMatchObject({
        moved: true,
        moved_by: { by: 'Adele Admin', version: 2 },
        standing: { step: 'decide' },
        overlaps: [
          { what: 'SharePoint: Delete item', base: 'Blocked', current: null, draft: 'Needs approval' },
        ],
      });
      expect(moved.difference.changes.map(({ what }: { what: string }) => what)).toEqual([
        'Asana: Create task',
      ]);
      const { version } = moved;
      const open = await technician.call('POST', draftPath(draft, '/rebase'), { version });
      expect([open.status, open.body.message]).toEqual([
        422,
        'SharePoint: Delete item was changed in both. Decide whether Needs approval of the draft or nothing of the version in force counts.',
      ]);
      const done = await technician.call('POST', draftPath(draft, '/rebase'), {
        version,
        decisions: { [moved.overlaps[0].key]: 'draft' },
      });
      expect(done.body).toMatchObject({ state: 'draft', moved: false, overlaps: [] });
      expect(done.body.value.connectors[0].actions).toEqual({
        'Search content': 'ask',
        'Delete item': 'ask',
      });
      await propose(draft);
      expect((await approve(draft)).body.became).toBe(3);
    });

    it('breaks an invariant only with an end date and two approvers, and the cell decays', async () => {
      const cell = { connector: 'iMIS', action: 'Update member records', permission: 'ask' };
      const { draft, version } = await begin([cell]);
      const bare = await technician.call('POST', draftPath(draft, '/propose'), { version });
      expect([bare.status, bare.body.message]).toEqual([
        422,
        'iMIS: Update member records is Needs approval. A membership system may only be read; all else is Blocked. Block it, or give it an exception with an end date.',
      ]);
      await technician.call('POST', path('/cells'), {
        draft,
        version,
        cells: [{ ...cell, justification: 'Migration', until: '2026-12-31' }],
      });
      const proposed = await propose(draft);
      expect(proposed).toMatchObject({
        broken: [{ connector: 'iMIS', until: '2026-12-31', covered: true }],
        standing: { approvals: { given: 0, needed: 2 } },
      });
      const first = await approve(draft, admin);
      expect(first.body).toMatchObject({
        state: 'proposed',
        standing: { approvals: { given: 1, needed: 2 } },
      });
      expect((await verdictOf('CLA-CON-07')).state).toBe('cannot_read');
      const again = await approve(draft, admin);
      expect([again.status, again.body.message]).toEqual([
        403,
        'You have approved this draft already. A second approver has to be somebody else.',
      ]);
      expect((await approve(draft, second)).body).toMatchObject({ state: 'approved', became: 1 });
      expect((await verdictOf('CLA-CON-07')).reason).toContain('approved by Adele Admin and Berta Board');
      expect((await admin.call('GET', path('/versions/current'))).body.lapsed).toEqual([]);
      await later(bylaw, '2027-01-01T12:00:00Z');
      expect((await admin.call('GET', path('/versions/current'))).body.lapsed[0].words).toBe(
        'iMIS: Update member records counts as Blocked. Its exception ended on 31 Dec 2026.',
      );
    });

    it('counts an approval only for what was approved', async () => {
      const { draft } = await begin([
        {
          connector: 'iMIS',
          action: 'Update member records',
          permission: 'ask',
          justification: 'x',
          until: '2026-12-31',
        },
      ]);
      await propose(draft);
      await approve(draft, admin);
      const { version } = await show(draft);
      await technician.call('PATCH', draftPath(draft), { version, parts: { maxOwners: 2 } });
      expect((await propose(draft)).standing).toMatchObject({
        approvals: { given: 0, needed: 2 },
        given: [{ by: 'Adele Admin', counts: false }],
      });
      expect((await approve(draft, second)).body.state).toBe('proposed');
      expect((await approve(draft, admin)).body.state).toBe('approved');
    });

    it('gives a draft back, refuses it, and lets it be withdrawn', async () => {
      const { draft } = await begin();
      await propose(draft);
      const back = await admin.call('POST', draftPath(draft, '/return'), {
        version: (await show(draft)).version,
        reason: 'Asana is missing',
      });
      expect(back.body).toMatchObject({ state: 'draft' });
      await propose(draft);
      const no = await admin.call('POST', draftPath(draft, '/refuse'), {
        version: (await show(draft)).version,
        reason: 'Not now',
      });
      expect(no.body).toMatchObject({ state: 'refused', ended: { by: 'Adele Admin', reason: 'Not now' } });
      const late = await technician.call('POST', draftPath(draft, '/propose'), { version: no.body.version });
      expect([late.status, late.body.message]).toEqual([
        409,
        'Adele Admin refused this draft meanwhile. Look at it again.',
      ]);
      const { draft: other, version } = await begin();
      const gone = await technician.call('POST', draftPath(other, '/withdraw'), {
        version,
        reason: 'A mistake',
      });
      expect(gone.body.state).toBe('withdrawn');
      expect((await admin.call('GET', path())).body.current).toBeNull();
    });

    it('comes as YAML and goes as YAML, and says where a text cannot be read', async () => {
      await inForce();
      const yaml = await admin.call('GET', path('/yaml'));
      expect(String(yaml.headers['content-disposition'])).toMatch(/charter-.*-v1\.yaml/);
      const text = yaml.bytes.toString('utf8');
      const read = (body: object) =>
        technician.call('POST', path('/yaml'), { reason: 'From a file', ...body });
      const made = await read({ text: text.replace('Delete item: blocked', 'Delete item: ask') });
      expect(made.body.notes).toEqual([
        'Left out: version, inForceSince, approvedBy. Bylaw sets them when the draft is approved.',
      ]);
      expect(
        (await show(made.body.draft)).difference.changes.map(({ words }: { words: string }) => words),
      ).toEqual(['SharePoint: Delete item goes from Blocked to Needs approval (looser).']);
      const says = async (bad: string) => {
        const { status, body } = await read({ text: bad });
        return [status, body.message];
      };
      expect(await says('maxOwners: 2\n  connecters: []\n')).toEqual([
        400,
        expect.stringMatching(/^Line \d+/),
      ]);
      expect(await says('maxOwners: 2\nconnecters: []\n')).toEqual([
        400,
        'Line 2, column 1: "connecters" is not a key of the charter. The closest one is "connectors".',
      ]);
      expect(await says('connectors:\n  - name: A\n    actions: {}\n    actoins: {}\n')).toEqual([
        400,
        'Line 4, column 5: "actoins" is not a key of entry 1 of `connectors`. The closest one is "actions".',
      ]);
      expect(await says('maxOwners: 2\nmaxOwners: 3\n')).toEqual([
        400,
        'Line 2, column 1: The key "maxOwners" stands twice on one level. Keep one of the two.',
      ]);
      const bomb = `a: &a [x]\n${[...'bcdefghij'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(',')}]`).join('\n')}\n`;
      expect((await says(bomb))[0]).toBe(400);
      expect(await says(`recoveryPlan: ${'x'.repeat(1_000_001)}`)).toEqual([
        400,
        'The text is larger than 1 MB. A charter has some kilobytes; look whether it is the right file.',
      ]);
    });

    it('says itself who approved an exception, whatever the draft says', async () => {
      const { draft, version } = await begin();
      const exception = {
        control: 'CLA-ACC-08',
        reason: 'desk',
        owner: 'Adele Admin',
        until: '2027-01-31',
        approvedBy: 'The Board',
      };
      await technician.call('PATCH', draftPath(draft), { version, parts: { exceptions: [exception] } });
      await propose(draft);
      await approve(draft, admin);
      const value = (await admin.call('GET', path('/versions/current'))).body.value;
      expect(value.exceptions).toEqual([
        { control: 'CLA-ACC-08', reason: 'desk', owner: 'Adele Admin', until: '2027-01-31' },
      ]);
    });
  });
});

function pick({ draft, version }: { draft: string; version: number }) {
  return { draft, version };
}
