import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Json } from '#server/testing/console.ts';
import { insertDocument } from '#store/imports/documents.ts';
import { anyEngine } from '#store/testing.ts';
import { importing } from '../imports/testing/importing.ts';
import { putReading } from '../people/testing.ts';
import { storeFacts } from '../verdicts/testing.ts';
import { at as addressOf, campaigns, DOMAIN } from './testing.ts';

anyEngine('claiming the personal accounts on a domain', (engine) => {
  const here = campaigns(engine);
  const capture = async (): Promise<Json> => (await here.it.call('GET', '/capture')).body;
  const at = (path: string) => `/clients/${here.it.client.slug}${path}`;
  const plan = () =>
    here.it.admin.call('POST', at('/changes'), {
      target: 'domain_capture',
      subject: DOMAIN,
      reason: 'The board decided it',
    });

  test('is not available on Team, and nobody can plan it', async () => {
    await here.fresh({ claudePlan: 'team' });
    expect(await capture()).toMatchObject({ available: 'no', why: expect.stringContaining('Enterprise') });
    expect((await plan()).status).toBe(422);
    // The risk stays open until each account has moved, is gone or was accepted, and is never fully covered.
    const scenario = async () => {
      const { items, accounts } = (await here.it.bylaw.owner.call('GET', at('/risks'))).body;
      const { status, reach } = items.find((one: Json) => one.risk === 'existing_personal_accounts');
      return { status, word: reach.word, settled: accounts?.settled };
    };
    await here.it.bring('2026-11-20', ['kim', 'lou', 'mia']);
    expect(await scenario()).toMatchObject({ status: 'open' });
    await here.it.bring('2026-11-23', ['lou', { name: 'mia', inside: true, plan: 'team' }]);
    const { bylaw, client } = here.it;
    const seats = ['dana', 'mia'].map((name) => ({
      email: addressOf(name),
      role: name === 'dana' ? ('primary_owner' as const) : ('user' as const),
    }));
    await putReading(bylaw.services.store, client.id, 'members', seats, '2026-11-23');
    expect(await scenario()).toMatchObject({ status: 'open', settled: { moved: 1, gone: 1, exempt: 0 } });
    const exempt = {
      accounts: [`lou@${DOMAIN}`],
      until: '2026-12-31',
      reason: 'Research license',
      owner: 'Petra Board',
    };
    const asked = await here.it.call('POST', '/exempt', exempt, here.it.admin);
    expect(asked.status, JSON.stringify(asked.body)).toBe(201);
    expect(await scenario()).toMatchObject({
      status: 'accepted',
      word: 'In part',
      settled: { moved: 1, gone: 1, exempt: 1 },
    });
  });

  test('waits for what it needs, then for a second person who approves exactly the preview', async () => {
    const { bylaw, client, admin } = await here.fresh({ claudePlan: 'enterprise' });
    const { owner } = bylaw;
    await here.it.bring('2026-11-21', ['kim', { name: 'lou', plan: 'team' }, { name: 'mia', plan: 'pro' }]);
    // The vendor's own preview of a claim has address, plan, creation and last use of personal accounts, nothing else.
    const preview = [
      'Email address,Plan type,Account creation date,Last active date',
      `kim@${DOMAIN},Free,2025-03-04,2026-10-02`,
      `mia@${DOMAIN},Pro,2025-05-06,2026-11-02`,
      '',
    ].join('\n');
    const { stored } = await importing(bylaw, admin, client.slug).all([
      { name: 'accounts on the domain 2026-11-22.csv', bytes: preview },
    ]);
    expect([stored.status, stored.body.message]).toEqual([201, undefined]);
    expect((await capture()).preview).toEqual({
      ...{ on: '2026-11-22', why: null, claimable: 2, elsewhere: 0, unknown: 0, unreadable: 0 },
    });
    // Accounts that it omits by design do not count as gone, nor does one that may have moved to another organization
    // since.
    expect(await here.it.states()).toMatchObject({ kim: 'found', lou: 'found', mia: 'found' });
    await here.it.bring('2026-11-22', ['mia']);
    expect(await here.it.states()).toMatchObject({ kim: 'found', lou: 'found', mia: 'found' });
    // One address cannot be read, so its domain is not known.
    await here.it.bring('2026-11-23', [
      'kim',
      { name: 'lou', plan: 'team' },
      { name: 'mia', plan: 'pro' },
      { name: 'nil@', holder: 'Nil Example' },
    ]);
    const before = await capture();
    expect(before).toMatchObject({
      available: 'yes',
      decision: null,
      preview: { on: '2026-11-23', claimable: 2, elsewhere: 1, unknown: 0, unreadable: 1 },
    });
    expect(before.prerequisites.map(({ control, state }: Json) => [control, state])).toEqual([
      ['CLA-SHA-01', 'cannot_read'],
      ['CLA-ACC-10', expect.any(String)],
      ['CLA-ACC-14', 'cannot_read'],
      [null, 'cannot_read'],
    ]);
    expect((await plan()).body.message).toMatch(/^Not ready: /u);

    const decide = async (value: object, version: number) => {
      await bylaw.services.store.write([client.id], (tx) =>
        insertDocument(tx, {
          id: randomUUID(),
          clientId: client.id,
          kind: 'charter',
          version,
          value: { accountOwner: owner.email, ...value },
          lines: {},
          file: 'charter.yaml',
          sha256: 'x',
          importId: null,
          basis: 'draft',
          at: bylaw.services.clock(),
          by: owner.id,
        }),
      );
      await bylaw.services.verdicts.refresh(client.id);
    };
    await decide({ provisioning: 'jit' }, 1);
    for (const control of ['CLA-SHA-01', 'CLA-ACC-10', 'CLA-ACC-14']) {
      const seen = { control, holds: true, seen: '2026-11-24', note: 'Seen.' };
      expect((await owner.call('POST', at('/attestations'), seen)).status).toBe(201);
    }
    expect((await capture()).prerequisites.map(({ state }: Json) => state)).toEqual(Array(4).fill('met'));
    expect((await plan()).body.message).toMatch(/^The charter does not decide to use domain capture\./u);

    const domainCapture = {
      capture: true,
      on: '2026-11-20',
      by: 'Dana Whitlock',
      approvedBy: 'Noor Vasquez',
    };
    await decide({ provisioning: 'jit', domainCapture }, 2);
    const planned = await plan();
    expect(planned.status, JSON.stringify(planned.body)).toBe(201);
    expect(planned.body).toMatchObject({
      state: 'planned',
      writes: false,
      undoable: false,
      measured: { on: '2026-11-23', claimable: 2, elsewhere: 1, unknown: 0, unreadable: 1 },
    });
    const { id, version, plan: hash } = planned.body;
    const act = (by: typeof owner, name: string, body: object) =>
      by.call('POST', at(`/changes/${id}/${name}`), body);
    expect((await act(admin, 'approve', { version, plan: hash })).status).toBe(403);
    const approved = await act(owner, 'approve', { version, plan: hash });
    expect(approved.body.state, JSON.stringify(approved.body)).toBe('approved');
    const carried = await act(admin, 'carry-out', { version: approved.body.version });
    expect(carried.body.state, JSON.stringify(carried.body)).toBe('waiting');
    const scenario = async () => {
      const { items, accounts } = (await owner.call('GET', at('/risks'))).body;
      const { status, scopes } = items.find((one: Json) => one.risk === 'existing_personal_accounts');
      const states = scopes
        .filter(({ scope }: Json) => scope !== 'policy')
        .flatMap((one: Json) => one.controls.map(({ short, state }: Json) => `${short} ${state}`));
      return { status, states, accounts };
    };
    expect(await scenario()).toMatchObject({
      status: 'open',
      accounts: { open: 4, claims: [{ domain: DOMAIN, provedOn: null }] },
    });
    await here.it.now('2026-12-24T15:00:00Z');
    // A report that does not cover the domain also lists none of its accounts.
    await storeFacts({
      store: bylaw.services.store,
      clientId: client.id,
      now: bylaw.services.clock(),
      files: {
        'domain memberships 2026-12-20.csv':
          'Email,Name,Plan,In organization\nzoe@elsewhere.example.org,Zoe Example,free,no\n',
      },
    });
    const silent = await act(admin, 'verify', { version: carried.body.version });
    expect(silent.body, JSON.stringify(silent.body)).toMatchObject({ state: 'waiting' });
    await here.it.bring('2026-12-21', [
      { name: 'kim', plan: 'team' },
      { name: 'lou', plan: 'team' },
      { name: 'mia', inside: true, plan: 'enterprise' },
    ]);
    const moved = await act(admin, 'verify', { version: silent.body.version ?? carried.body.version });
    expect(moved.body, JSON.stringify(moved.body)).toMatchObject({
      state: 'waiting',
      lacks: [expect.stringContaining('lists 1 in another organization that could be claimed before')],
    });
    const left = [
      { name: 'lou', plan: 'team' },
      { name: 'mia', inside: true, plan: 'enterprise' },
    ];
    await here.it.bring('2026-12-22', [...left, { name: 'nil@', holder: 'Nil Example' }]);
    const unread = await act(admin, 'verify', { version: moved.body.version });
    expect(unread.body, JSON.stringify(unread.body)).toMatchObject({
      state: 'waiting',
      lacks: [expect.stringContaining('lists 1 without a readable address')],
    });
    await here.it.bring('2026-12-23', left);
    const done = await act(admin, 'verify', { version: unread.body.version });
    expect(done.body, JSON.stringify(done.body)).toMatchObject({ state: 'verified' });
    // What cannot be claimed stays open, even if the claim was confirmed.
    expect(await scenario()).toMatchObject({
      status: 'open',
      accounts: {
        open: 2,
        settled: { moved: 1, gone: 1, exempt: 0 },
        claims: [{ domain: DOMAIN, startedOn: '2026-11-24', provedOn: '2026-12-23' }],
        words: expect.stringContaining('the report of Dec 23, 2026 lists none that could be claimed.'),
      },
    });
    await here.it.bring('2026-12-24', [{ name: 'mia', inside: true, plan: 'enterprise' }]);
    // No report can show whose account the unreadable address was, so it stays open until someone accepts it.
    expect(await scenario()).toMatchObject({ status: 'cannot_read', accounts: { open: 1 } });
  });
});
// Guide: G1.1-07 G4.1-02
