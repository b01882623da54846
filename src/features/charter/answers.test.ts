import { expect, it } from 'vitest';
import { anyEngine } from '#store/testing.ts';
import { charterOfAClient } from './testing/charter-of-a-client.ts';

/** Answers to single questions, and the first charter from a baseline. */
anyEngine('answers to open questions of the charter', (engine) => {
  const here = charterOfAClient(engine);
  const { path, draftPath, show, propose, approve, inForce, pick } = here;
  const open = async (who = here.technician) => (await who.call('GET', path('/open'))).body;
  const answer = (parts: object, chosen: object = {}, who = here.technician) =>
    who.call('POST', path('/answers'), { ...chosen, parts });
  const OWNER = { accountOwner: 'claude@alder.example.org' };

  it('starts a draft with the first answer and adds the next one to it; nothing takes effect', async () => {
    expect(await open()).toMatchObject({ draft: null, value: {}, waiting: null });
    const first = (await answer(OWNER)).body;
    expect(await open()).toMatchObject({
      draft: { id: first.draft, version: 1, title: 'Answers to open questions' },
      value: OWNER,
    });
    const second = await answer({ seatsFor: 'on_request' }, pick(first), here.admin);
    expect(second.body).toMatchObject({ draft: first.draft, version: 2 });
    expect((await show(first.draft)).value).toEqual({ ...OWNER, seatsFor: 'on_request' });
    expect((await here.admin.call('GET', path())).body.current).toBeNull();
    // A person who answers becomes an author, as with every edit.
    await propose(first.draft);
    expect((await approve(first.draft, here.admin)).status).toBe(403);
    expect((await approve(first.draft, here.second)).body.state).toBe('approved');
  });

  it('shows the second of two people what the first answered, and overwrites nothing', async () => {
    const first = (await answer(OWNER)).body;
    const begun = await answer({ maxOwners: 3 }, {}, here.admin);
    expect([begun.status, begun.body.data]).toEqual([
      409,
      { by: 'Tara Tech', at: expect.any(String), version: 1 },
    ]);
    expect((await answer({ maxOwners: 2 }, pick(first), here.admin)).status).toBe(201);
    const late = await answer({ maxOwners: 9 }, pick(first));
    expect(late.status).toBe(409);
    expect((await show(first.draft)).value).toEqual({ ...OWNER, maxOwners: 2 });
  });

  it('does not touch a draft that waits for approval, and says that there is one', async () => {
    const first = (await answer(OWNER)).body;
    await propose(first.draft);
    expect(await open()).toMatchObject({
      draft: null,
      value: {},
      waiting: { id: first.draft, value: OWNER },
    });
    const other = (await answer({ maxOwners: 2 })).body;
    expect(other.draft).not.toBe(first.draft);
    expect((await show(first.draft)).state).toBe('proposed');
  });

  it('takes answers only from people who edit charters, and refuses what a charter cannot say', async () => {
    const hr = await here.bylaw.person('hr', here.client.id);
    const auditor = await here.bylaw.person('auditor', here.client.id);
    const stranger = await here.bylaw.person('technician', (await here.bylaw.client('Elsewhere')).id);
    expect((await answer(OWNER, {}, hr)).status).toBe(403);
    expect((await answer(OWNER, {}, auditor)).status).toBe(403);
    expect((await answer(OWNER, {}, stranger)).status).toBe(404);
    const foreign = await answer({ accountOwner: 'somebody@gmail.com' });
    expect([foreign.status, foreign.body.message]).toEqual([
      422,
      expect.stringContaining('alder.example.org'),
    ]);
    expect((await answer({ seatsFor: 'nobody' })).status).toBe(400);
    expect((await open()).draft).toBeNull();
  });

  it('starts the first charter from a baseline and says what only the client can answer', async () => {
    const { items } = (await here.technician.call('GET', path('/starts'))).body;
    expect(items[0]).toMatchObject({
      id: 'team_business_premium',
      name: 'Team on Business Premium',
      fits: true,
    });
    const started = await here.technician.call('POST', path('/starts'), {
      baseline: 'team_business_premium',
    });
    expect(started.body.notes).toEqual(['Account owner']);
    const { value } = await show(started.body.draft);
    expect(value).toMatchObject({
      inviteDomains: ['alder.example.org'],
      seatsFor: 'on_request',
      ssoRequired: true,
    });
    expect(value.accountOwner).toBeUndefined();
    const { questions } = (await here.admin.call('GET', draftPath(started.body.draft, '/effect'))).body;
    const ids = questions.map(({ id }: { id: string }) => id);
    expect(ids).toContain('account_owner');
    expect(ids).toContain('governance_owner');
    expect(ids).not.toContain('seats');
    expect(JSON.stringify(questions)).not.toMatch(/[a-z][A-Z]/);
    const again = await here.admin.call('POST', path('/starts'), { baseline: 'team_business_premium' });
    expect(again.status).toBe(409);
    // An answer is added to the draft that was started.
    expect((await open()).draft.id).toBe(started.body.draft);
    expect((await here.technician.call('POST', path('/starts'), { baseline: 'none' })).status).toBe(404);
  });

  it('refuses to start over once a charter is in force', async () => {
    await inForce();
    const late = await here.technician.call('POST', path('/starts'), { baseline: 'team_business_premium' });
    expect(late.status).toBe(422);
  });

  it('offers people to choose from only to those who may see people', async () => {
    const { people, domains, clauses } = (await here.technician.call('GET', path('/choices'))).body;
    expect(people).toEqual([]);
    expect(domains).toEqual(['alder.example.org']);
    expect(clauses.length).toBeGreaterThan(5);
  });
});
// Guide: G2.2-17 G2.2-24
