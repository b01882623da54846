import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Json,
  TEST_NOW,
  type TestConsole,
  type TestPerson,
  testConsole,
} from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { sendAssignedNotices } from '../mail/assigned-notice.ts';
import { storeFacts } from '../verdicts/testing.ts';

anyEngine('following up on controls', (engine) => {
  let bylaw: TestConsole;
  let tess: TestPerson;
  let client: { id: string; slug: string };
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
    client = await bylaw.client('Alder Society', { claudeSeats: 70 });
    tess = await bylaw.person('technician', client.id, 'Tess Technician');
    await storeFacts({ store: bylaw.services.store, clientId: client.id, now: TEST_NOW });
    await bylaw.services.verdicts.refresh(client.id);
  });
  afterAll(() => bylaw.close());

  const at = (path: string) => `/clients/${client.slug}${path}`;
  const show = async (id: string, by = bylaw.owner): Promise<Json> =>
    (await by.call('GET', at(`/controls/${id}`))).body;
  const listed = async (query: string, by = bylaw.owner): Promise<string[]> =>
    (await by.call('GET', at(`/controls?${query}`))).body.items.map(({ id }: Json) => id);
  const assign = (id: string, body: object, by = bylaw.owner) =>
    by.call('PUT', at(`/controls/${id}/assignment`), { version: 0, owner: null, due: null, ...body });
  const work = async (query: string, by: TestPerson): Promise<Json[]> =>
    (await by.call('GET', `/work?of=${client.slug}&${query}`)).body.items;

  describe('who puts it right, and by when', () => {
    test('appears on the control, in the list, and under the assignee’s Work', async () => {
      const before = await show('ACC-07');
      const answer = await assign('ACC-07', { owner: tess.email, due: '2026-11-20' });
      expect(answer.body).toMatchObject({
        owner: { name: 'Tess Technician', user: tess.id, access: true },
        due: '2026-11-20',
        version: 1,
      });
      const after = await show('ACC-07');
      expect(after.assignment).toEqual(answer.body);
      // Neither changes the verdict.
      expect([after.state, after.reason, after.since]).toEqual([before.state, before.reason, before.since]);
      expect(after.timeline.find(({ kind }: Json) => kind === 'assignment')).toMatchObject({
        title: 'Assigned to Tess Technician, due Nov 20, 2026',
        by: 'Olive Owner',
      });
      expect(await listed('assigned=somebody')).toEqual(['CLA-ACC-07']);
      expect(await listed('assigned=mine', tess)).toEqual(['CLA-ACC-07']);
      expect(await listed('assigned=mine')).toEqual([]);
      expect(await listed('assigned=nobody')).not.toContain('CLA-ACC-07');
      expect(await listed('text=tess')).toEqual(['CLA-ACC-07']);
      const mine = await work('owner=mine&when=overdue', tess);
      expect(mine).toMatchObject([{ kind: 'finding', control: { short: 'ACC-07' }, mine: true }]);
      expect((await work('owner=mine&kind=finding', bylaw.owner)).length).toBe(0);
      const file = await bylaw.owner.call('GET', at('/controls/export?format=csv&assigned=somebody'));
      expect(file.body).toContain('Tess Technician');
    });

    test('several at once, each on its own: what someone else changed meanwhile is named', async () => {
      await assign('ACC-08', { owner: 'Mara' });
      const answer = await bylaw.owner.call('POST', at('/controls/assignments'), {
        assignments: ['ACC-08', 'ACC-09'].map((control) => ({
          control,
          version: 0,
          owner: tess.email,
          due: null,
        })),
      });
      expect(answer.body.done.map(({ control }: Json) => control)).toEqual(['CLA-ACC-09']);
      expect(answer.body.refused).toEqual([
        { control: 'CLA-ACC-08', why: expect.stringContaining('Someone else changed') },
      ]);
      expect((await show('ACC-08')).assignment.owner.name).toBe('Mara');
      const { items } = (await bylaw.owner.call('GET', at('/audit?action=controls.assign'))).body;
      expect(items.filter(({ subject }: Json) => subject.id === 'CLA-ACC-09')).toHaveLength(1);
    });

    test('mails the assignee once for several controls, saying how many and where', async () => {
      const nora = await bylaw.person('technician', client.id, 'Nora');
      const mails = () => bylaw.outbox.filter(({ to }) => to === nora.email);
      const give = (owner: string | null, ids: readonly string[], version = 0, by = bylaw.owner) =>
        by.call('POST', at('/controls/assignments'), {
          assignments: ids.map((control) => ({ control, version, owner, due: null })),
        });
      await give(nora.email, ['ACC-14', 'ACC-15']);
      await expect.poll(() => mails().length).toBe(1);
      expect(mails()[0]?.subject).toBe('Bylaw: 2 pieces of work were assigned to you');
      expect(mails()[0]?.text).toContain(`/c/${client.slug}/work?owner=mine`);
      expect(mails()[0]?.text).not.toContain('ACC-');
      const audit = async () =>
        (await bylaw.owner.call('GET', at('/audit?action=reminders.assigned'))).body.items;
      await expect
        .poll(async () => (await audit()).some(({ subject }: Json) => subject.id === nora.id))
        .toBe(true);
      // A new day is nothing new; what she takes herself, or declined to hear of, comes without a mail.
      await assign('ACC-14', { version: 1, owner: nora.email, due: '2026-12-01' });
      await give(nora.email, ['ACC-16'], 0, nora);
      const { version, preferences } = (await nora.call('GET', '/me')).body;
      const declined = { version, preferences: { ...preferences, mailWhenAssigned: false } };
      expect((await nora.call('PATCH', '/me', declined)).status).toBe(200);
      await give(nora.email, ['ACC-17']);
      await give(tess.email, ['ACC-18']);
      await expect.poll(() => bylaw.outbox.at(-1)?.to).toBe(tess.email);
      expect(mails()).toHaveLength(1);
    });

    test('mails them after a mail outage, even if the console was restarted meanwhile', async () => {
      const nils = await bylaw.person('technician', client.id, 'Nils');
      const { mail } = bylaw.services;
      const away = { ...mail, send: () => Promise.reject(new Error('The mail server is away.')) };
      const minutes = (n: number) => bylaw.setNow(new Date(bylaw.services.clock().getTime() + n * 60_000));
      const mails = () => bylaw.outbox.filter(({ to }) => to === nils.email).length;
      Object.assign(bylaw.services, { mail: away });
      await assign('ACC-10', { owner: nils.email });
      // What another process, started later, finds.
      // It was tried, and that it failed is noted: until then the mail is held for who tries it.
      const again = new Date(bylaw.services.clock().getTime() + 60_000);
      await expect.poll(() => waiting(nils.id)).toEqual([{ pieces: 1, tries: 1, next_at: again }]);
      await sendAssignedNotices({ ...bylaw.services, mail });
      expect(mails()).toBe(0);
      Object.assign(bylaw.services, { mail });
      minutes(2);
      await Promise.all([sendAssignedNotices(bylaw.services), sendAssignedNotices(bylaw.services)]);
      expect(mails()).toBe(1);
      expect(await waiting(nils.id)).toEqual([]);
      bylaw.setNow(TEST_NOW);
      const { items } = (await bylaw.owner.call('GET', at('/audit?action=reminders.assigned'))).body;
      expect(items.filter(({ subject }: Json) => subject.id === nils.id)).toHaveLength(1);
    });

    const waiting = (userId: string) =>
      bylaw.services.store.read('system', (tx) =>
        tx
          .selectFrom('assigned_notices')
          .select(['pieces', 'tries', 'next_at'])
          .where('user_id', '=', userId)
          .execute(),
      );

    test('mails the owner of a recurring task, but not someone who chose never to be reminded', async () => {
      const given = async (task: string, person: TestPerson) => {
        const before = bylaw.outbox.filter(({ to }) => to === person.email).length;
        const { status } = await bylaw.owner.call('PUT', at(`/work/recurring/${task}`), {
          version: 0,
          active: true,
          months: null,
          reason: null,
          owner: person.email,
          due: '2026-12-01',
        });
        expect(status).toBe(200);
        return () => bylaw.outbox.filter(({ to }) => to === person.email).length - before;
      };
      const pia = await bylaw.person('technician', client.id, 'Pia');
      const never = await bylaw.person('technician', client.id, 'Nestor');
      for (const rhythm of ['daily', 'never'])
        expect((await never.call('PUT', '/me/reminders', { rhythm })).status).toBe(200);
      const none = await given('connector_list', never);
      const one = await given('connector_permissions', pia);
      await expect.poll(one).toBe(1);
      expect(none()).toBe(0);
    });

    test('offers people for exactly as long as they may work at the client', async () => {
      const offered = async (): Promise<string[]> =>
        (await show('ACC-10')).people.map(({ name }: Json) => name);
      expect(await offered()).toContain('Tess Technician');
      const rita = await bylaw.person('technician', client.id, 'Rita Rover');
      expect(await offered()).toContain('Rita Rover');
      expect((await assign('ACC-12', { owner: rita.email })).status).toBe(200);
      const { version } = (await rita.call('GET', '/me')).body;
      expect((await rita.call('PATCH', '/me', { version, name: 'Rita Roving' })).status).toBe(200);
      expect(await offered()).toContain('Rita Roving');
      expect((await show('ACC-12')).assignment.owner).toMatchObject({ name: 'Rita Rover', access: true });
      const { items } = (await bylaw.owner.call('GET', at('/access'))).body;
      const [grant] = items.find(({ email }: Json) => email === rita.email).grants;
      const taken = await bylaw.owner.call('DELETE', at(`/access/${rita.id}/grants/${grant.id}`));
      expect(taken.status).toBe(200);
      expect(await offered()).not.toContain('Rita Roving');
      expect((await show('ACC-12')).assignment.owner).toMatchObject({ name: 'Rita Rover', access: false });
    });

    test('refuses an unknown control, a stale version, and whoever only reads', async () => {
      expect((await assign('ACC-99', {})).status).toBe(404);
      await assign('ACC-13', { owner: 'Mara' });
      expect((await assign('ACC-13', { owner: 'Dana' })).status).toBe(409);
      const auditor = await bylaw.person('auditor', client.id);
      expect((await assign('ACC-13', { version: 1 }, auditor)).status).toBe(403);
      expect((await show('ACC-13', auditor)).people).toEqual([]);
    });

    test('takes a name that one person with access has for that person, and asks which of two', async () => {
      const typed = await assign('ACC-04', { owner: '  tess  TECHNICIAN ' });
      expect(typed.body.owner).toEqual({
        name: 'Tess Technician',
        mail: tess.email,
        user: tess.id,
        access: true,
      });
      const outside = await assign('ACC-05', { owner: 'Tess' });
      expect(outside.body.owner).toEqual({ name: 'Tess', mail: null, user: null, access: null });
      for (const role of ['technician', 'client_admin'] as const)
        await bylaw.person(role, client.id, 'Robin Vale');
      const which = await assign('ACC-06', { owner: 'Robin Vale' });
      expect([which.status, which.body.message]).toEqual([
        400,
        'Several people with access are called Robin Vale. Choose one by email address.',
      ]);
    });
  });

  describe('comments', () => {
    const write = (text: string, by = bylaw.owner, id = 'ACC-07') =>
      by.call('POST', at(`/controls/${id}/comments`), { text });
    const edit = (comment: Json, body: object, by = bylaw.owner, id = 'ACC-07') =>
      by.call('PUT', at(`/controls/${id}/comments/${comment.id}`), { version: comment.version, ...body });

    test('are kept as written, with who and when, and shown in the history', async () => {
      const { body } = await write('  <b>Asked HR</b>\n=1+1 ');
      expect(body).toMatchObject({
        text: '<b>Asked HR</b>\n=1+1',
        by: 'Olive Owner',
        at: TEST_NOW.toISOString(),
        mine: true,
        editedAt: null,
      });
      const seen = await show('ACC-07', tess);
      expect(seen.comments[0]).toEqual({ ...body, mine: false });
      expect(seen.timeline.find(({ id }: Json) => id === body.id)).toMatchObject({
        kind: 'comment',
        detail: '<b>Asked HR</b>\n=1+1',
      });
      expect((await show('ACC-08')).comments).toEqual([]);
    });

    test('can be changed, removed and restored only by the person who wrote them', async () => {
      const { body: comment } = await write('First');
      expect((await edit(comment, { text: 'Mine now' }, tess)).status).toBe(403);
      expect((await edit(comment, { text: 'x' }, bylaw.owner, 'ACC-08')).status).toBe(404);
      const { body: second } = await edit(comment, { text: 'Second' });
      expect(second).toMatchObject({ text: 'Second', version: 2, editedAt: TEST_NOW.toISOString() });
      expect((await edit(comment, { text: 'Third' })).status).toBe(409);
      const { body: gone } = await edit(second, { text: null });
      const texts = async () => (await show('ACC-07')).comments.map(({ text }: Json) => text);
      expect(await texts()).not.toContain('Second');
      await edit(gone, { text: 'Second' });
      expect(await texts()).toContain('Second');
      const audit = await bylaw.owner.call('GET', at('/audit?action=controls.comment.edit'));
      expect(audit.body.items).toHaveLength(3);
      expect(JSON.stringify(audit.body)).not.toContain('Second');
    });

    test('refuses an empty one, one that is too long, and one from someone who only reads', async () => {
      expect((await write('   ')).status).toBe(400);
      expect((await write('a'.repeat(4001))).status).toBe(400);
      expect((await write('Read only', await bylaw.person('auditor', client.id))).status).toBe(403);
    });
  });
});
