import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestPerson } from '#server/testing/console.ts';
import { OWN_DOMAIN, type TestDeployment, testDeployment } from './testing.ts';

let bylaw: TestDeployment['bylaw'];
let me: TestDeployment['me'];
let on: TestDeployment;
beforeAll(async () => {
  on = await testDeployment();
  ({ bylaw, me } = on);
});
afterAll(() => bylaw.close());

describe('an override', () => {
  const ask = (slug: string, person: TestPerson, id = 'invite_staff') =>
    person.call('POST', `/clients/${slug}/deployment/overrides`, {
      task: id,
      reason: 'The board meets on Friday.',
    });
  const decide = (slug: string, person: TestPerson, id: string, how = 'approve') =>
    person.call('POST', `/clients/${slug}/deployment/overrides/${id}/${how}`, { reason: 'Agreed by phone.' });

  test('needs a second person, and covers only what was open then', async () => {
    const { id, slug } = await bylaw.client('Alder Society', { domains: ['alder.example.org', OWN_DOMAIN] });
    await on.nameOwner({ id });
    const tess = await bylaw.person('technician', id, 'Tess Technician');
    const admin = await bylaw.person('client_admin', id);
    const attested = await on.attest(slug, 'CLA-ACC-01', 'CLA-ACC-05');
    on.later();
    const asked = await ask(slug, tess);
    expect(asked.status).toBe(201);
    expect(asked.body).toMatchObject({ state: 'requested', counts: false, decidable: { ok: false } });
    expect((await on.task(slug, 'invite_staff')).state).toBe('locked');
    expect((await ask(slug, me)).status).toBe(409);

    for (const how of ['approve', 'refuse'])
      expect((await decide(slug, tess, asked.body.id, how)).status).toBe(403);
    expect((await decide(slug, admin, asked.body.id)).status).toBe(403);
    expect((await on.task(slug, 'invite_staff')).state).toBe('locked');

    on.later();
    const approved = await decide(slug, me, asked.body.id);
    expect(approved.body).toMatchObject({
      state: 'approved',
      counts: true,
      requested: { by: 'Tess Technician' },
      decided: { by: 'Olive Owner', note: 'Agreed by phone.' },
    });
    expect(await on.task(slug, 'invite_staff')).toMatchObject({ state: 'cannot_read', overridden: true });
    expect((await decide(slug, me, asked.body.id, 'refuse')).status).toBe(409);
    expect((await ask(slug, tess)).status).toBe(422);
    expect(await on.auditOf(slug, 'deployment.override.approve')).toHaveLength(1);

    // A further task becomes open, which the approval did not cover.
    on.later();
    await me.call('POST', `/clients/${slug}/attestations/${attested[0]}/withdraw`, { reason: 'Not so.' });
    const again = await on.task(slug, 'invite_staff');
    expect(again).toMatchObject({ state: 'locked', overridden: false });
    expect(again.overrides).toMatchObject([{ state: 'approved', counts: false }]);
  });

  test('lifts nothing when it is refused, and stays on the record', async () => {
    const { id, slug } = await bylaw.client();
    const tess = await bylaw.person('technician', id);
    const asked = await ask(slug, tess);
    expect((await decide(slug, me, asked.body.id, 'refuse')).body).toMatchObject({ state: 'refused' });
    const { state, overrides } = await on.task(slug, 'invite_staff');
    expect(state).toBe('locked');
    expect(overrides).toHaveLength(1);
    expect((await ask(slug, tess)).status).toBe(201);
  });

  test('of another client does not exist, and none can be asked for if the task is not locked', async () => {
    const theirs = await bylaw.client('Harrow Guild');
    const mine = await bylaw.client();
    const asked = await ask(theirs.slug, await bylaw.person('technician', theirs.id));
    const owner = await bylaw.person('technician', mine.id);
    expect((await decide(mine.slug, owner, asked.body.id)).status).toBe(404);
    expect((await decide(theirs.slug, owner, asked.body.id)).status).toBe(404);
    expect((await ask(mine.slug, owner, 'owner_named')).status).toBe(422);
    expect((await ask(mine.slug, owner, 'no_such_task')).status).toBe(404);
  });
});
// Guide: G2-00 G2.2-14
