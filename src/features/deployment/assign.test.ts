import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_NOW, type TestConsole, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { member, putReading } from '../people/testing.ts';

anyEngine('assigning tasks of the deployment', (engine) => {
  let bylaw: TestConsole;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  });
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
    test('assigns someone with access by address, anyone else by name, and records each change', async () => {
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
      // An assignment is not evidence.
      expect((await task('owner_named')).state).not.toBe('proved');
      const { items } = (
        await bylaw.owner.call('GET', `/clients/${client.slug}/audit?action=deployment.assign`)
      ).body;
      expect(items).toHaveLength(2);
    });

    test('nothing is recorded without a change, and no one overwrites what they have not seen', async () => {
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

    test('who administers Claude is named with what each may do, and a task whose role nobody here holds says so', async () => {
      const { client, assign } = await setup();
      const roles = async () =>
        (await bylaw.owner.call('GET', `/clients/${client.slug}/deployment/roles`)).body;
      const of = (answer: { tasks: { id: string }[] }, id: string) =>
        answer.tasks.find((one) => one.id === id);
      const unread = await roles();
      expect(unread.read).toMatchObject({ on: null, why: expect.stringContaining('members') });
      expect(of(unread, 'owner_named')).toMatchObject({ role: 'primary_owner', held: null });
      await putReading(
        bylaw.services.store,
        client.id,
        'members',
        [
          member('Ana Ruiz', 'ana@alder.example.org', { role: 'primary_owner' }),
          member('Ben Okafor', 'ben@alder.example.org', { role: 'owner', status: 'invited' }),
          member('Kit Hargreaves', 'kit@alder.example.org', { role: 'admin' }),
          member('Noor Vasquez', 'noor@alder.example.org'),
        ],
        '2026-11-24',
      );
      const before = await roles();
      const [primary, owner, admin] = before.roles;
      expect(primary.may).toContain('Add seats, export all data and hand the organization over');
      expect([primary.people[0].email, owner.people[0].pending, admin.people[0].name]).toEqual([
        'ana@alder.example.org',
        true,
        'Kit Hargreaves',
      ]);
      // On Team, an Admin has no analytics and cannot turn connectors on; on Enterprise there is more to set up.
      expect(admin.may).toEqual(['Invite and remove members']);
      expect(owner.may).not.toContain('Set up single sign-on, audit logs and retention');
      expect(of(before, 'second_owner')).toMatchObject({ role: 'owner', held: false });
      // A member with a pending invitation cannot act in the role yet.
      await assign('second_owner', { owner: 'ben@alder.example.org' });
      expect(of(await roles(), 'second_owner')).toMatchObject({ held: false });
      await assign('owner_named', { owner: 'Ana Ruiz <Ana@alder.example.org>' });
      const after = await roles();
      expect(of(after, 'second_owner')).toMatchObject({ held: true });
      expect(after.roles[0].people[0]).toMatchObject({ delivers: true });
      expect(after.team).toContainEqual({
        email: 'ana@alder.example.org',
        name: 'Ana Ruiz',
        role: 'primary_owner',
      });
    });

    test('of two changes at once, one is stored and the other is refused', async () => {
      const { assign } = await setup();
      const answers = await Promise.all([
        assign('owner_named', { owner: 'Mara' }),
        assign('owner_named', { owner: 'Dana' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    });

    test('an owner whose access was removed is shown as having none', async () => {
      const { client, task, assign } = await setup();
      const tess = await bylaw.person('technician', client.id, 'Tess');
      await assign('owner_named', { owner: tess.email });
      await bylaw.owner.call('POST', `/users/${tess.id}/disable`, {});
      expect((await task('owner_named')).assignment.owner).toMatchObject({ name: 'Tess', access: false });
    });

    test('someone at another client counts as outside, and nothing of them is revealed', async () => {
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
        '“not an address” is not an email address. Write the owner as a name, an address, or Name <address>.',
      ]);
      expect((await assign('owner_named', { due: '2026-02-30' })).status).toBe(400);
      const auditor = await bylaw.person('auditor', client.id);
      expect((await assign('owner_named', { owner: 'Mara' }, auditor)).status).toBe(403);
    });
  });
});
// Guide: G0-03
