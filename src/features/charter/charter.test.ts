import { expect, it } from 'vitest';
import { anyEngine } from '#store/testing.ts';
import { charterOfAClient } from './testing/charter-of-a-client.ts';

/** A charter from draft to in force, and as YAML. */
anyEngine('the charter', (engine) => {
  const here = charterOfAClient(engine);
  const { path, draftPath, begin, show, propose, approve, inForce, verdictOf, records } = here;

  it('goes from draft to in force through a second person’s approval, and verdicts follow', async () => {
    expect((await here.admin.call('GET', path())).body).toMatchObject({
      current: null,
      versions: [],
      governed: false,
    });
    expect((await here.admin.call('GET', path('/versions/current'))).status).toBe(404);
    expect((await verdictOf('CLA-CON-07')).state).toBe('cannot_read');
    const { draft } = await begin();
    const drafted = await show(draft);
    expect(drafted).toMatchObject({ state: 'draft', number: 1, base: null, status: { step: 'edit' } });
    expect(drafted.difference.changes.map(({ words }: { words: string }) => words)).toEqual([
      'SharePoint: Search content is added: Always allow (looser).',
      'SharePoint: Delete item is added: Blocked.',
      'SharePoint: Search content, reason is added: Public drawings.',
    ]);
    const proposed = await propose(draft);
    expect(proposed.status).toMatchObject({
      step: 'approve',
      approvals: { given: 0, needed: 1 },
      may: { approve: false },
    });
    expect(proposed.status.approvers).toEqual(expect.arrayContaining(['Adele Admin', 'Berta Board']));
    const effect = (await here.admin.call('GET', draftPath(draft, '/effect'))).body;
    expect(effect.changes).toEqual(
      expect.arrayContaining([expect.objectContaining({ control: 'CLA-CON-07', after: 'pass' })]),
    );
    expect((await verdictOf('CLA-CON-07')).state).toBe('cannot_read');

    const done = await approve(draft, here.admin, 'Agreed');
    expect(done.body).toMatchObject({ state: 'approved', became: 1 });
    expect(await verdictOf('CLA-CON-07')).toMatchObject({
      state: 'pass',
      reason:
        'Version 1 of the charter, approved by Adele Admin, has been in force since Nov 24, 2026 and names 1 connector.',
    });
    const current = (await here.technician.call('GET', path('/versions/current'))).body;
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

  it.each(['x', 'https://', 'http://box.example/mcp'])(
    'refuses a connector at “%s” in the matrix, and says why',
    async (url) => {
      const { draft, version } = await begin();
      const connectors = [{ name: 'Box', kind: 'custom', url }];
      const { status, body } = await here.technician.call('POST', path('/cells'), {
        draft,
        version,
        connectors,
      });
      expect([status, body.message]).toEqual([
        400,
        expect.stringContaining('is not an address that starts with https://'),
      ]);
    },
  );

  it('refuses an account owner whose mailbox belongs to someone else', async () => {
    const { draft, version } = await begin();
    const edit = (accountOwner: string) =>
      here.technician.call('PATCH', draftPath(draft), { version, parts: { accountOwner } });
    for (const [address, why] of [
      ['mara@gmail.com', 'gmail.com is a mail provider where anyone can open an address'],
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
    const { versions, current, drafts } = (await here.admin.call('GET', path())).body;
    expect(current).toBe(2);
    expect(versions.map((one: { version: number; state: string }) => [one.version, one.state])).toEqual([
      [2, 'in_force'],
      [1, 'superseded'],
    ]);
    expect(drafts.map(({ state }: { state: string }) => state)).toEqual(['approved', 'approved']);
    const first = (await here.admin.call('GET', path('/versions/1'))).body;
    expect(first.value.connectors).toHaveLength(1);
    expect((await here.admin.call('GET', path('/versions/2'))).body).toMatchObject({
      before: 1,
      difference: { changes: [{ what: 'Asana: *', direction: 'looser' }], unchanged: 3 },
    });
    expect((await here.admin.call('GET', path('/diff?from=2&to=1'))).body.changes[0].words).toBe(
      'Asana: * is removed; it was Needs approval (tighter).',
    );
  });

  it('is imported and exported as YAML, and says where a text cannot be read', async () => {
    await inForce();
    const yaml = await here.admin.call('GET', path('/yaml'));
    expect(String(yaml.headers['content-disposition'])).toMatch(/charter-.*-v1\.yaml/);
    const text = yaml.bytes.toString('utf8');
    const read = (body: object) =>
      here.technician.call('POST', path('/yaml'), { reason: 'From a file', ...body });
    const made = await read({ text: text.replace('Delete item: blocked', 'Delete item: ask') });
    expect(made.body.notes).toEqual([
      'Left out: version, inForceSince, approvedBy. Bylaw sets them when the draft is approved.',
    ]);
    expect(
      (await show(made.body.draft)).difference.changes.map(({ words }: { words: string }) => words),
    ).toEqual(['SharePoint: Delete item goes from Blocked to Needs approval (looser).']);
    // Reasons given by several people are kept in full when the text of their draft is replaced.
    const reason = 'One of many reasons to do so.\n'.repeat(100).trim();
    const { draft, version } = made.body;
    expect((await read({ text, draft, version, reason })).body.message).toBeUndefined();
    expect((await show(draft)).reason).toBe(reason);
    const says = async (bad: string) => {
      const { status, body } = await read({ text: bad });
      return [status, body.message];
    };
    expect(await says('maxOwners: 2\n  connecters: []\n')).toEqual([400, expect.stringMatching(/^Line \d+/)]);
    expect(await says('maxOwners: 2\nconnecters: []\n')).toEqual([
      400,
      'Line 2, column 1: “connecters” is not a key of the charter. The closest one is “connectors”.',
    ]);
    expect(await says('connectors:\n  - name: A\n    actions: {}\n    actoins: {}\n')).toEqual([
      400,
      'Line 4, column 5: “actoins” is not a key of entry 1 of `connectors`. The closest one is “actions”.',
    ]);
    expect(await says('maxOwners: 2\nmaxOwners: 3\n')).toEqual([
      400,
      'Line 2, column 1: The key “maxOwners” appears twice on one level. Keep one of the two.',
    ]);
    const bomb = `a: &a [x]\n${[...'bcdefghij'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(',')}]`).join('\n')}\n`;
    expect((await says(bomb))[0]).toBe(400);
    expect(await says(`recoveryPlan: ${'x'.repeat(1_000_001)}`)).toEqual([
      400,
      '“text” has 1,000,015 characters. At most 262,144 can be given.',
    ]);
  });

  it('decides itself who approved an exception, whatever the draft says', async () => {
    const { draft, version } = await begin();
    const exception = {
      control: 'CLA-ACC-08',
      reason: 'desk',
      owner: 'Adele Admin',
      until: '2027-01-31',
      approvedBy: 'The Board',
    };
    await here.technician.call('PATCH', draftPath(draft), { version, parts: { exceptions: [exception] } });
    await propose(draft);
    await approve(draft, here.admin);
    const value = (await here.admin.call('GET', path('/versions/current'))).body.value;
    expect(value.exceptions).toEqual([
      { control: 'CLA-ACC-08', reason: 'desk', owner: 'Adele Admin', until: '2027-01-31' },
    ]);
  });
});
// Guide: G2.1-01 G2.2-17 G2.2-23 G2.2-28 G2.2-30
