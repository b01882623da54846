import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Json } from '#server/testing/console.ts';
import { insertDocument } from '#store/imports/documents.ts';
import { anyEngine } from '#store/testing.ts';
import { campaigns, DOMAIN } from './testing.ts';

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
  });

  test('waits for what it needs, then for a second person who approves exactly the preview', async () => {
    const { bylaw, client, admin } = await here.fresh({ claudePlan: 'enterprise' });
    const { owner } = bylaw;
    await here.it.bring('2026-11-23', ['kim', { name: 'lou', plan: 'team' }, { name: 'mia', plan: 'pro' }]);
    const before = await capture();
    expect(before).toMatchObject({
      available: 'yes',
      decision: null,
      preview: { on: '2026-11-23', claimable: 2, elsewhere: 1, unknown: 0 },
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
      measured: { on: '2026-11-23', claimable: 2, elsewhere: 1, unknown: 0 },
    });
    const { id, version, plan: hash } = planned.body;
    const act = (by: typeof owner, name: string, body: object) =>
      by.call('POST', at(`/changes/${id}/${name}`), body);
    expect((await act(admin, 'approve', { version, plan: hash })).status).toBe(403);
    const approved = await act(owner, 'approve', { version, plan: hash });
    expect(approved.body.state, JSON.stringify(approved.body)).toBe('approved');
    const carried = await act(admin, 'carry-out', { version: approved.body.version });
    expect(carried.body.state, JSON.stringify(carried.body)).toBe('waiting');
    await here.it.now('2026-12-24T15:00:00Z');
    await here.it.bring('2026-12-23', [{ name: 'lou', plan: 'team' }]);
    const done = await act(admin, 'verify', { version: carried.body.version });
    expect(done.body, JSON.stringify(done.body)).toMatchObject({ state: 'verified' });
  });
});
// Guide: G1.1-07 G4.1-02
