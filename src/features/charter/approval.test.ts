import { expect, it } from 'vitest';
import { anyEngine } from '#store/testing.ts';
import { later } from '../people/testing.ts';
import { charterOfAClient } from './testing/charter-of-a-client.ts';

/** Who may approve, what an approval covers, and what people who work at the same time see of each other. */
anyEngine('an approval of the charter', (engine) => {
  const here = charterOfAClient(engine);
  const { path, draftPath, CELLS, begin, show, propose, approve, inForce, verdictOf, pick } = here;

  it('is never approved by someone who proposed or edited it', async () => {
    const { draft } = await begin(CELLS, here.admin);
    await propose(draft, here.admin);
    const own = await approve(draft, here.admin);
    expect([own.status, own.body.message]).toEqual([
      403,
      'You proposed this draft. Someone else has to approve it.',
    ]);
    const { version } = await show(draft);
    const edited = await here.second.call('PATCH', draftPath(draft), { version, parts: { maxOwners: 2 } });
    expect(edited.status).toBe(200);
    await propose(draft, here.admin);
    const editor = await approve(draft, here.second);
    expect([editor.status, editor.body.message]).toEqual([
      403,
      'You edited this draft. Someone who did not work on it has to approve it.',
    ]);
    expect((await here.technician.call('POST', draftPath(draft, '/approve'), { version: 9 })).status).toBe(
      403,
    );
    expect((await show(draft)).status.approvers).not.toContain('Adele Admin');
    expect((await approve(draft, here.bylaw.owner)).body.state).toBe('approved');
  });

  it('warns the second of two people who edit one draft, and overwrites nothing', async () => {
    const { draft, version } = await begin();
    const first = await here.technician.call('PATCH', draftPath(draft), { version, parts: { maxOwners: 2 } });
    expect(first.status).toBe(200);
    const late = await here.admin.call('PATCH', draftPath(draft), { version, parts: { maxOwners: 9 } });
    expect([late.status, late.body.message, late.body.data]).toEqual([
      409,
      'Tara Tech changed this draft in the meantime. Look at it again.',
      { by: 'Tara Tech', at: expect.any(String), version: 2 },
    ]);
    expect((await show(draft)).value.maxOwners).toBe(2);
    const cells = await here.admin.call('POST', path('/cells'), { cells: CELLS });
    expect([cells.status, cells.body.message]).toEqual([
      409,
      'Tara Tech has an open draft, “First charter”. Set the cells there, or withdraw it first.',
    ]);
  });

  it('refuses to approve what was made from an earlier version, and carries it over', async () => {
    await inForce();
    const { draft } = await begin([
      { connector: 'SharePoint', action: 'Delete item', permission: 'ask' },
      { connector: 'Asana', action: 'Create task', permission: 'ask' },
    ]);
    await propose(draft);
    const other = await here.technician.call('POST', path('/drafts'), {
      title: 'Other',
      reason: 'Meanwhile',
    });
    const cells = [
      { connector: 'SharePoint', action: 'Delete item', permission: null },
      { connector: 'SharePoint', action: 'Search content', permission: 'ask' },
    ];
    await here.technician.call('POST', path('/cells'), { ...pick(other.body), cells });
    await propose(other.body.draft);
    expect((await approve(other.body.draft)).body.state).toBe('approved');

    const refused = await approve(draft);
    expect([refused.status, refused.body.message]).toEqual([
      409,
      'Adele Admin put version 2 in force on Nov 24, 2026, 10:00 AM, after this draft was made. Carry the draft over to it first.',
    ]);
    const moved = await show(draft);
    expect(moved).toMatchObject({
      moved: true,
      moved_by: { by: 'Adele Admin', version: 2 },
      status: { step: 'decide' },
      overlaps: [
        { what: 'SharePoint: Delete item', base: 'Blocked', current: null, draft: 'Needs approval' },
      ],
    });
    expect(moved.difference.changes.map(({ what }: { what: string }) => what)).toEqual([
      'Asana: Create task',
    ]);
    const { version } = moved;
    const open = await here.technician.call('POST', draftPath(draft, '/rebase'), { version });
    expect([open.status, open.body.message]).toEqual([
      422,
      'SharePoint: Delete item was changed in both. Decide whether Needs approval of the draft or nothing of the version in force counts.',
    ]);
    const done = await here.technician.call('POST', draftPath(draft, '/rebase'), {
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

  it('breaks an invariant only with an end date and two approvers, and the permission expires', async () => {
    const cell = { connector: 'iMIS', action: 'Update member records', permission: 'ask' };
    const { draft, version } = await begin([cell]);
    const bare = await here.technician.call('POST', draftPath(draft, '/propose'), { version });
    expect([bare.status, bare.body.message]).toEqual([
      422,
      'iMIS: Update member records is Needs approval. A membership system may only be read; all else is Blocked. Block it, or give it an exception with an end date.',
    ]);
    await here.technician.call('POST', path('/cells'), {
      draft,
      version,
      cells: [{ ...cell, justification: 'Migration', until: '2026-12-31' }],
    });
    const proposed = await propose(draft);
    expect(proposed).toMatchObject({
      broken: [{ connector: 'iMIS', until: '2026-12-31', covered: true }],
      status: { approvals: { given: 0, needed: 2 } },
    });
    const first = await approve(draft, here.admin);
    expect(first.body).toMatchObject({
      state: 'proposed',
      status: { approvals: { given: 1, needed: 2 } },
    });
    expect((await verdictOf('CLA-CON-07')).state).toBe('cannot_read');
    const again = await approve(draft, here.admin);
    expect([again.status, again.body.message]).toEqual([
      403,
      'You have already approved this draft. The second approver has to be someone else.',
    ]);
    expect((await approve(draft, here.second)).body).toMatchObject({ state: 'approved', became: 1 });
    expect((await verdictOf('CLA-CON-07')).reason).toContain('approved by Adele Admin and Berta Board');
    expect((await here.admin.call('GET', path('/versions/current'))).body.lapsed).toEqual([]);
    await later(here.bylaw, '2027-01-01T12:00:00Z');
    expect((await here.admin.call('GET', path('/versions/current'))).body.lapsed[0].words).toBe(
      'iMIS: Update member records counts as Blocked. Its exception ended on Dec 31, 2026.',
    );
  });

  it('ignores an earlier approval by someone who was demoted or disabled since', async () => {
    const cell = { connector: 'iMIS', action: 'Update member records', permission: 'ask' };
    const until = { justification: 'Migration', until: '2026-12-31' };
    const { draft } = await begin([{ ...cell, ...until }]);
    await propose(draft);
    await approve(draft, here.admin);
    const { items } = (await here.bylaw.owner.call('GET', '/users')).body;
    const [grant] = items.find(({ id }: { id: string }) => id === here.admin.id).grants;
    const gone = await here.bylaw.owner.call('DELETE', `/users/${here.admin.id}/grants/${grant.id}`, {
      reason: 'Left the board',
    });
    expect(gone.status).toBe(200);
    expect((await approve(draft, here.second)).body).toMatchObject({
      state: 'proposed',
      status: {
        approvals: { given: 1, needed: 2 },
        given: expect.arrayContaining([
          expect.objectContaining({ by: 'Adele Admin', counts: false }),
          expect.objectContaining({ by: 'Berta Board', counts: true }),
        ]),
      },
    });
    expect((await approve(draft, here.bylaw.owner)).body).toMatchObject({ state: 'approved' });
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
    await approve(draft, here.admin);
    const { version } = await show(draft);
    await here.technician.call('PATCH', draftPath(draft), { version, parts: { maxOwners: 2 } });
    expect((await propose(draft)).status).toMatchObject({
      approvals: { given: 0, needed: 2 },
      given: [{ by: 'Adele Admin', counts: false }],
    });
    expect((await approve(draft, here.second)).body.state).toBe('proposed');
    expect((await approve(draft, here.admin)).body.state).toBe('approved');
  });

  it('gives a draft back, refuses it, and lets it be withdrawn', async () => {
    const { draft } = await begin();
    await propose(draft);
    const back = await here.admin.call('POST', draftPath(draft, '/return'), {
      version: (await show(draft)).version,
      reason: 'Asana is missing',
    });
    expect(back.body).toMatchObject({ state: 'draft' });
    await propose(draft);
    const no = await here.admin.call('POST', draftPath(draft, '/refuse'), {
      version: (await show(draft)).version,
      reason: 'Not now',
    });
    expect(no.body).toMatchObject({ state: 'refused', ended: { by: 'Adele Admin', reason: 'Not now' } });
    const late = await here.technician.call('POST', draftPath(draft, '/propose'), {
      version: no.body.version,
    });
    expect([late.status, late.body.message]).toEqual([
      409,
      'Adele Admin refused this draft in the meantime. Look at it again.',
    ]);
    const { draft: other, version } = await begin();
    const gone = await here.technician.call('POST', draftPath(other, '/withdraw'), {
      version,
      reason: 'A mistake',
    });
    expect(gone.body.state).toBe('withdrawn');
    expect((await here.admin.call('GET', path())).body.current).toBeNull();
  });
});
// Guide: G2.2-17 G2.2-23 G2.2-28 G2.2-30
