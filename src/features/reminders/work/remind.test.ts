import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Json,
  TEST_NOW,
  type TestConsole,
  type TestPerson,
  testConsole,
} from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { sendAssignedNotices } from '../../mail/assigned-notice.ts';
import { storeFacts } from '../../verdicts/testing.ts';

anyEngine('reminding someone of work', (engine) => {
  let bylaw: TestConsole;
  let ada: TestPerson;
  let client: { id: string; slug: string };
  const failing: string[] = [];
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
    client = await bylaw.client('Alder Society', { claudeSeats: 70 });
    ada = await bylaw.person('technician', client.id, 'Ada\u202eevil.example');
    await storeFacts({ store: bylaw.services.store, clientId: client.id, now: TEST_NOW });
    await bylaw.services.verdicts.refresh(client.id);
    const { items } = (await bylaw.owner.call('GET', `/clients/${client.slug}/controls?state=fail`)).body;
    failing.push(...items.map(({ short }: Json) => short).filter((id: string) => id !== 'ACC-07'));
  });
  afterAll(() => bylaw.close());

  const at = (path: string) => `/clients/${client.slug}${path}`;
  const assign = async (control: string, owner: string) => {
    const path = at(`/controls/${control}/assignment`);
    const { status } = await bylaw.owner.call('PUT', path, { version: 0, owner, due: '2027-06-01' });
    expect(status).toBe(200);
  };
  /** A failing control that was given to someone; each call takes another one. */
  const given = async (owner: string): Promise<string> => {
    const id = failing.shift() ?? '';
    await assign(id, owner);
    return `control:${id}`;
  };
  const ask = async (item: string, by = bylaw.owner): Promise<Json> =>
    (await by.call('GET', at(`/work/reminder?item=${encodeURIComponent(item)}`))).body;
  const remind = (item: string, by = bylaw.owner, more: object = {}) =>
    by.call('POST', at('/work/reminder'), { item, ...more });
  const mails = (to: TestPerson) => bylaw.outbox.filter(({ to: address }) => address === to.email);
  const audit = async (action: string): Promise<Json[]> => {
    const { items } = (await bylaw.owner.call('GET', at(`/audit?action=${action}`))).body;
    return Promise.all(
      items.map(async ({ seq }: Json) =>
        JSON.parse((await bylaw.owner.call('GET', at(`/audit/records/${seq}`))).body.body),
      ),
    );
  };
  const bell = async (by: TestPerson): Promise<Json[]> =>
    (await by.call('GET', '/me/notifications')).body.items;

  test('reaches them in the console and by mail, once a day, and is on the record', async () => {
    await assign('ACC-07', ada.email);
    await expect.poll(() => mails(ada).length).toBe(1);
    // Its day is months away, so by itself it is among nobody's notifications.
    expect((await bell(ada)).filter(({ control }) => control === 'CLA-ACC-07')).toEqual([]);
    const before = await bell(ada);
    const asked = await ask('control:ACC-07');
    expect(asked).toMatchObject({ refused: null, mail: 'sending', to: { user: ada.id }, last: null });
    expect(asked.says).toContain('gets an email now');
    const sent = await remind('control:ACC-07', bylaw.owner, { to: ada.id });
    expect(sent.body).toMatchObject({ to: { user: ada.id }, says: expect.stringContaining('also by email') });
    await expect.poll(() => mails(ada).length).toBe(2);
    const mail = mails(ada)[1];
    expect(mail?.subject).toBe('Bylaw: you were reminded of work that is assigned to you');
    expect(mail?.text).toContain(`/c/${client.slug}/work?owner=mine&view=all`);
    expect(mail?.text).not.toMatch(/ACC-07|Olive|Claude account|evil\.example|\u202e/);
    const [first, ...rest] = await bell(ada);
    expect(first).toMatchObject({ read: false, reminded: { by: 'Olive Owner' }, kind: 'finding' });
    expect(first?.href).toContain('/controls/ACC-07');
    expect(rest).toHaveLength(before.length);
    await ada.call('POST', '/me/notifications/read', { ids: [first?.id] });
    const shown = async () => (await bylaw.owner.call('GET', at('/controls/ACC-07'))).body;
    const entry = async () => (await shown()).timeline.find(({ kind }: Json) => kind === 'reminder');
    await expect.poll(async () => (await entry()).detail).toBe('In the console and by email.');
    expect(await entry()).toMatchObject({ title: `Reminded ${ada.name}`, by: 'Olive Owner' });
    expect((await shown()).reminded).toMatchObject({ to: ada.name, by: 'Olive Owner' });
    expect(await audit('work.remind')).toMatchObject([
      { subject: { kind: 'control', id: 'CLA-ACC-07' }, after: { reminded: ada.name, mail: 'sending' } },
    ]);
    expect(await audit('reminders.work')).toMatchObject([{ after: { state: 'sent' } }]);

    const again = await remind('control:ACC-07');
    expect(again.status).toBe(422);
    expect(again.body.message).toMatch(
      /was reminded of it on Nov 24, 2026.*The next reminder can be sent from Nov 25, 2026/,
    );
    expect(await ask('control:ACC-07')).toMatchObject({ refused: 'recent', last: { by: 'Olive Owner' } });
    const dayAgo = new Date(TEST_NOW.getTime() - 24 * 3_600_000);
    await bylaw.services.store.write([client.id], (tx) =>
      tx.updateTable('work_reminders').set({ sent_at: dayAgo }).execute(),
    );
    const both = await Promise.all([remind('control:ACC-07'), remind('control:ACC-07')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 422]);
    // What was read before is unread again.
    expect((await bell(ada))[0]).toMatchObject({ read: false, reminded: { by: 'Olive Owner' } });
    expect(await audit('work.remind')).toHaveLength(2);
  });

  test('names the work and who reminds of it only where the client lets messages do so', async () => {
    const bea = await bylaw.person('technician', client.id, 'Bea');
    const item = await given(bea.email);
    const names = (allowed: boolean) =>
      bylaw.owner.call('PUT', at('/reminders/names'), { allowed, reason: 'The board said so' });
    expect((await names(true)).status).toBe(200);
    expect((await remind(item)).status).toBe(201);
    await expect.poll(() => mails(bea).length).toBe(2);
    expect(mails(bea)[1]?.text).toMatch(/Olive Owner reminds you.*\n {2}- \S.*\n.*\/c\/\S*controls\S*\n/);
    await names(false);
  });

  test('goes without mail to whoever turned it off, and is tried again while the mail server is away', async () => {
    const cleo = await bylaw.person('technician', client.id, 'Cleo');
    const { version, preferences } = (await cleo.call('GET', '/me')).body;
    await cleo.call('PATCH', '/me', { version, preferences: { ...preferences, mailWhenAssigned: false } });
    const first = await given(cleo.email);
    expect((await ask(first)).says).toContain('turned off emails');
    expect((await remind(first)).body).toMatchObject({ mail: 'declined' });
    expect(mails(cleo)).toEqual([]);
    expect((await bell(cleo))[0]).toMatchObject({ reminded: { by: 'Olive Owner' } });

    const dan = await bylaw.person('technician', client.id, 'Dan');
    const second = await given(dan.email);
    await expect.poll(() => mails(dan).length).toBe(1);
    const { mail } = bylaw.services;
    Object.assign(bylaw.services, { mail: { ...mail, send: () => Promise.reject(new Error('away')) } });
    await remind(second);
    const detail = async () =>
      (await bylaw.owner.call('GET', at(`/controls/${second.replace('control:', '')}`))).body.timeline.find(
        ({ kind }: Json) => kind === 'reminder',
      ).detail;
    const tries = () =>
      bylaw.services.store.read('system', (tx) =>
        tx.selectFrom('assigned_notices').select('tries').where('user_id', '=', dan.id).execute(),
      );
    await expect.poll(tries).toEqual([{ tries: 1 }]);
    expect(await detail()).toBe('In the console; the email is on its way.');
    Object.assign(bylaw.services, { mail });
    bylaw.setNow(new Date(TEST_NOW.getTime() + 2 * 60_000));
    await sendAssignedNotices(bylaw.services);
    bylaw.setNow(TEST_NOW);
    expect(mails(dan)).toHaveLength(2);
    expect(await detail()).toBe('In the console and by email.');
    Object.assign(bylaw.services, { mail: { ...mail, configured: () => Promise.resolve(false) } });
    const eve = await bylaw.person('technician', client.id, 'Eve');
    const third = await given(eve.email);
    expect((await ask(third)).says).toBe(
      'Email is not set up: Eve sees it under Notifications in the console.',
    );
    Object.assign(bylaw.services, { mail });
  });

  test('covers recurring tasks and tasks of the deployment', async () => {
    const schedule = await bylaw.owner.call('PUT', at('/work/recurring/connector_list'), {
      version: 0,
      active: true,
      months: null,
      reason: null,
      owner: ada.email,
      due: '2026-12-01',
    });
    expect(schedule.status).toBe(200);
    expect((await remind('recurring:connector_list')).status).toBe(201);
    const { recurring } = (await bylaw.owner.call('GET', at('/work'))).body;
    expect(recurring.find(({ id }: Json) => id === 'connector_list').reminded).toMatchObject({
      to: ada.name,
    });
    const task = (await bylaw.owner.call('GET', at('/deployment'))).body.tasks.find(
      ({ state }: Json) => !['proved', 'not_needed'].includes(state),
    );
    await bylaw.owner.call('PUT', at(`/deployment/tasks/${task.id}/assignment`), {
      version: 0,
      owner: ada.email,
      due: null,
    });
    expect((await remind(`deployment_task:${task.id}`)).status).toBe(201);
    const { tasks } = (await bylaw.owner.call('GET', at('/deployment'))).body;
    expect(tasks.find(({ id }: Json) => id === task.id).reminded).toMatchObject({ by: 'Olive Owner' });
    const kinds = (await audit('work.remind')).map(({ subject }) => subject.kind);
    expect(kinds).toEqual(expect.arrayContaining(['recurring_task', 'deployment_task']));
  });

  test('is refused, with the reason, if there is no one to remind', async () => {
    const refused = async (item: string, by = bylaw.owner, more: object = {}) => {
      const { status, body } = await remind(item, by, more);
      return `${status} ${body.message}`;
    };
    expect(await refused(`control:${failing[0]}`)).toBe(
      '422 No one is assigned. Assign it to someone first.',
    );
    expect(await refused('control:ACC-99')).toMatch(/^404/);
    expect(await refused('recurring:nothing')).toMatch(/^422 There is nothing left to do here/);
    expect(await refused(await given('Mara <mara@alder.example>'))).toBe(
      '422 Mara has no account here, so Bylaw cannot send them a reminder. Write to mara@alder.example.',
    );
    const own = await given(ada.email);
    expect(await refused(own, ada)).toBe('422 It is assigned to you.');
    // What was shown is no longer so.
    expect(await refused(own, bylaw.owner, { to: 'someone@alder.example' })).toMatch(
      /^409 It is now assigned to Ada/,
    );
    const auditor = await bylaw.person('auditor', client.id);
    expect((await remind(own, auditor)).status).toBe(403);
    const gone = await bylaw.person('technician', client.id, 'Gus');
    const left = await given(gone.email);
    const { items } = (await bylaw.owner.call('GET', at('/access'))).body;
    const [grant] = items.find(({ email }: Json) => email === gone.email).grants;
    await bylaw.owner.call('DELETE', at(`/access/${gone.id}/grants/${grant.id}`));
    expect(await refused(left)).toBe('422 Gus can no longer open this client. Assign it to someone else.');
    await bylaw.services.store.write('system', (tx) =>
      tx.updateTable('users').set({ disabled_at: TEST_NOW }).where('id', '=', gone.id).execute(),
    );
    expect(await refused(left)).toContain('The account of Gus is disabled.');
    expect(
      (await audit('work.remind')).some(({ subject }) => subject.id === left.replace('control:', 'CLA-')),
    ).toBe(false);
  });
});

// Guide: G2.2-34
