import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';

anyEngine('assigning tasks of the deployment', (engine) => {
  let bylaw: TestConsole;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  }, 60_000);
  afterAll(() => bylaw.close());

  const setup = async () => {
    const client = await bylaw.client();
    const task = async (id: string) =>
      (await bylaw.owner.call('GET', `/clients/${client.slug}/deployment`)).body.tasks.find(
        (one: { id: string }) => one.id === id,
      );
    const assign = (id: string, body: object, by = bylaw.owner) =>
      by.call('PUT', `/clients/${client.slug}/deployment/tasks/${id}/assignment`, {
        version: 0,
        owner: null,
        due: null,
        ...body,
      });
    return { client, task, assign };
  };

  describe('who and when', () => {
    test('someone with access by their address, any other person by name, and each change on the record', async () => {
      const { client, task, assign } = await setup();
      expect((await task('owner_named')).assignment).toEqual({
        owner: null,
        due: null,
        version: 0,
        changed: null,
      });
      const tess = await bylaw.person('technician', client.id, 'Tess Technician');
      const first = await assign('owner_named', { owner: tess.email.toUpperCase(), due: '2026-12-01' });
      expect(first.status).toBe(200);
      expect(first.body).toMatchObject({
        owner: { name: 'Tess Technician', mail: tess.email, user: tess.id, access: true },
        due: '2026-12-01',
        version: 1,
        changed: { by: 'Olive Owner', at: TEST_NOW.toISOString() },
      });
      const second = await assign('owner_named', {
        version: 1,
        owner: 'Mara Ellingsworth <mara@alder.example.org>',
      });
      expect(second.body).toMatchObject({
        owner: { name: 'Mara Ellingsworth', mail: 'mara@alder.example.org', user: null, access: null },
        due: null,
        version: 2,
      });
      expect((await task('owner_named')).assignment).toEqual(second.body);
      // Nothing of it proves anything.
      expect((await task('owner_named')).state).not.toBe('proved');
      const { items } = (
        await bylaw.owner.call('GET', `/clients/${client.slug}/audit?action=deployment.assign`)
      ).body;
      expect(items).toHaveLength(2);
    });

    test('nothing is recorded where nothing changes, and nobody overwrites what they have not seen', async () => {
      const { client, assign } = await setup();
      await assign('owner_named', { owner: 'Mara', due: '2026-12-01' });
      expect(
        (await assign('owner_named', { version: 1, owner: ' Mara ', due: '2026-12-01' })).body.version,
      ).toBe(1);
      const late = await assign('owner_named', { version: 0, owner: 'Someone' });
      expect([late.status, late.body.data]).toEqual([
        409,
        expect.objectContaining({ by: 'Olive Owner', version: 1 }),
      ]);
      const { items } = (
        await bylaw.owner.call('GET', `/clients/${client.slug}/audit?action=deployment.assign`)
      ).body;
      expect(items).toHaveLength(1);
    });

    test('two at once: one is stored, the other is told', async () => {
      const { assign } = await setup();
      const answers = await Promise.all([
        assign('owner_named', { owner: 'Mara' }),
        assign('owner_named', { owner: 'Dana' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    });

    test('an owner whose access was taken is said to be one', async () => {
      const { client, task, assign } = await setup();
      const tess = await bylaw.person('technician', client.id, 'Tess');
      await assign('owner_named', { owner: tess.email });
      await bylaw.owner.call('POST', `/users/${tess.id}/disable`, {});
      expect((await task('owner_named')).assignment.owner).toMatchObject({ name: 'Tess', access: false });
    });

    test('an address of someone elsewhere is a person outside, and tells nothing of them', async () => {
      const { task, assign } = await setup();
      const other = await bylaw.client('Harrow Guild');
      const stranger = await bylaw.person('client_admin', other.id, 'Hidden Name');
      await assign('owner_named', { owner: stranger.email });
      expect((await task('owner_named')).assignment.owner).toEqual({
        name: stranger.email,
        mail: stranger.email,
        user: null,
        access: null,
      });
    });

    test('refuses an unknown task, a wrong address, a day that is none, and whoever may not', async () => {
      const { client, assign } = await setup();
      expect((await assign('no_such_task', {})).status).toBe(404);
      const wrong = await assign('owner_named', { owner: 'Mara <not an address>' });
      expect([wrong.status, wrong.body.message]).toEqual([
        400,
        '"not an address" is not an email address. Write the owner as a name, an address, or Name <address>.',
      ]);
      expect((await assign('owner_named', { due: '2026-02-30' })).status).toBe(400);
      const auditor = await bylaw.person('auditor', client.id);
      expect((await assign('owner_named', { owner: 'Mara' }, auditor)).status).toBe(403);
    });
  });
});
// Guide: G0-03
