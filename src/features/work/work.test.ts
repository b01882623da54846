import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WORK_WHEN } from '#domain/work/items.ts';
import {
  type Json,
  TEST_NOW,
  type TestConsole,
  type TestPerson,
  testConsole,
} from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { inForce } from '../baselines/testing.ts';
import { storeFacts } from '../verdicts/testing.ts';

anyEngine('due work', (engine) => {
  let bylaw: TestConsole;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  });
  afterAll(() => bylaw.close());
  const show = async (slug: string, by: TestPerson = bylaw.owner): Promise<Json> =>
    (await by.call('GET', `/clients/${slug}/work`)).body;
  const list = async (query = '', by: TestPerson = bylaw.owner): Promise<Json> =>
    (await by.call('GET', `/work${query}`)).body;
  const task = async (slug: string, id: string): Promise<Json> =>
    (await show(slug)).recurring.find((one: Json) => one.id === id);
  const schedule = (slug: string, id: string, body: object = {}, by: TestPerson = bylaw.owner) =>
    by.call('PUT', `/clients/${slug}/work/recurring/${id}`, {
      version: 0,
      active: true,
      months: null,
      reason: null,
      owner: null,
      due: null,
      ...body,
    });
  const done = (slug: string, id: string, body: object = {}, by: TestPerson = bylaw.owner) =>
    by.call('POST', `/clients/${slug}/work/recurring/${id}/records`, {
      on: '2026-11-24',
      note: 'Nothing unusual.',
      ...body,
    });
  const control = async (slug: string, id: string): Promise<Json> =>
    (await bylaw.owner.call('GET', `/clients/${slug}/controls/${id}`)).body;
  const evidence = async (slug: string, text = 'seen'): Promise<string> => {
    const answer = await bylaw.inject({
      method: 'PUT',
      url: `/api/v1/clients/${slug}/evidence?name=proof.txt`,
      headers: {
        cookie: bylaw.owner.cookie,
        origin: bylaw.services.config.origin,
        'content-type': 'application/octet-stream',
      },
      payload: Buffer.from(text),
    });
    expect(answer.status).toBe(200);
    return answer.body.sha256;
  };

  describe('one number everywhere', () => {
    test('Home, the menu, the client’s page and the list over all clients agree', async () => {
      const alder = await bylaw.client('Alder Society', { claudeSeats: 70 });
      await storeFacts({ store: bylaw.services.store, clientId: alder.id, now: TEST_NOW });
      await bylaw.services.verdicts.refresh(alder.id);
      const shown = await show(alder.slug);
      expect(shown.now).toBeGreaterThan(0);
      expect(shown.items.length).toBeGreaterThan(shown.now);
      const home = (await bylaw.owner.call('GET', `/clients/${alder.slug}/home`)).body;
      expect(home.work.now).toBe(shown.now);
      // People are asked for answers and files, never for keys of a document.
      const asked = shown.items.flatMap(({ title, why }: Json) => [title, why]);
      expect(asked.filter((words: string) => /`|\b[a-z]{2,}[A-Z]\w*|\b[a-z]+_[a-z_]+/u.test(words))).toEqual(
        [],
      );
      // Each stands once on Home: what is to be done above is counted below.
      const keys = [...home.doNow, ...home.work.items].map(({ key }: Json) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(home.work.items.length + home.work.inDoNow).toBe(shown.now);
      const above = new Set(home.doNow.map(({ key }: Json) => key));
      const due = shown.items.filter(({ when }: Json) => ['overdue', 'soon', 'waiting'].includes(when));
      expect(home.work.inDoNow).toBe(due.filter(({ key }: Json) => above.has(key)).length);
      expect(home.work.counts).toEqual(shown.counts);
      const frame = (await bylaw.owner.call('GET', `/clients/${alder.slug}/frame`)).body;
      expect(frame.counts.work).toEqual({ open: shown.now, late: shown.counts.overdue > 0 });
      const all = await list(`?of=${alder.slug}`);
      expect(all.items).toEqual(shown.items);
      expect((await list(`?of=${alder.slug}&when=now`)).items).toHaveLength(shown.now);
      expect(all.clients.find(({ client }: Json) => client === alder.slug)).toMatchObject({
        now: shown.now,
        counts: shown.counts,
      });
      // What Home says is to be done is what Work calls findings, with or without a date.
      const findings = shown.items.filter(({ kind }: Json) => kind === 'finding');
      const said = home.doNow.filter(({ kind }: Json) => kind !== 'approve').map(({ key }: Json) => key);
      expect(said.toSorted()).toEqual(findings.map(({ key }: Json) => key).toSorted());
      const order = shown.items.map(({ when }: Json) => WORK_WHEN.indexOf(when));
      expect(order).toEqual(order.toSorted((a: number, b: number) => a - b));
    });

    test('nobody sees work of a client, or of a kind, that is not theirs', async () => {
      const [one, other] = [await bylaw.client('One'), await bylaw.client('Other')];
      const admin = await bylaw.person('client_admin', one.id);
      const mine = await list('', admin);
      expect(mine.clients.map(({ client }: Json) => client)).toEqual([one.slug]);
      expect((await list(`?of=${other.slug}`, admin)).items).toEqual([]);
      expect((await admin.call('GET', `/clients/${other.slug}/work`)).status).toBe(404);
      const hr = await bylaw.person('hr', one.id);
      const kinds = new Set((await show(one.slug, hr)).items.map(({ kind }: Json) => kind));
      expect([...kinds]).toEqual(['recurring']);
      expect((await show(one.slug, hr)).recurring[0].proof[0]).toMatchObject({ state: null, reason: null });
      const staff = await bylaw.person('staff', one.id);
      expect((await list('', staff)).items).toEqual([]);
    });

    test('a page of the list says how much there is in all, and two pages are the list', async () => {
      const client = await bylaw.client('Paged');
      const of = `?of=${client.slug}`;
      const whole = await list(of);
      expect(whole.total).toBeGreaterThan(3);
      const first = await list(`${of}&limit=2`);
      const rest = await list(`${of}&limit=5000&cursor=${first.nextCursor}`);
      expect([...first.items, ...rest.items]).toEqual(whole.items);
      for (const part of [first, rest])
        expect([part.total, part.found, part.counts]).toEqual([whole.total, whole.found, whole.counts]);
      const now = await list(`${of}&when=now&limit=1`);
      expect(now.total).toBe(now.found.overdue + now.found.soon + now.found.waiting);
      const file = await bylaw.owner.call('GET', `/work/export?format=json&of=${client.slug}`);
      expect(JSON.parse(file.bytes.toString()).rows).toHaveLength(whole.total);
    });

    test('without waiting there is no work of yesterday: the client is named as being decided', async () => {
      const client = await bylaw.client('Behind Guild');
      const yesterday = { decided_day: '2026-11-23' };
      await bylaw.services.store.write('system', (tx) =>
        tx.updateTable('clients').set(yesterday).where('id', '=', client.id).execute(),
      );
      const asked = await list('?wait=no');
      const named = { client: client.slug, name: client.name };
      expect(asked.deciding).toContainEqual(named);
      expect(asked.items.filter((item: Json) => item.client === client.slug)).toEqual([]);
      expect(asked.clients.map((one: Json) => one.client)).not.toContain(client.slug);
      const waited = await list(`?of=${client.slug}`);
      expect(waited.deciding).toEqual([]);
      expect(waited.total).toBeGreaterThan(0);
      expect((await list('?wait=no')).deciding).toEqual([]);
    });

    test('the list is exported as a file, in which no cell is calculated', async () => {
      const client = await bylaw.client('=HYPERLINK("x") Guild');
      const file = await bylaw.owner.call('GET', `/work/export?format=csv&of=${client.slug}`);
      expect(file.status).toBe(200);
      expect(file.bytes.toString()).toContain(`"'=HYPERLINK(""x"") Guild"`);
    });
  });

  test('work that names no one belongs to the person who holds the guide’s audience for it', async () => {
    const client = await bylaw.client('Audience Guild', { claudeSeats: 30 });
    const { slug } = client;
    const tess = await bylaw.person('technician', client.id, 'Tess Technician');
    const hana = await bylaw.person('hr', client.id, 'Hana Resources');
    const at = `/clients/${slug}/work/audiences`;
    const audiences = async (by: TestPerson): Promise<Json[]> => (await by.call('GET', at)).body.audiences;
    const mine = async (by: TestPerson): Promise<Json[]> => (await list(`?of=${slug}&owner=mine`, by)).items;
    const byAdmin = (items: Json[]) => items.filter(({ role }: Json) => role === 'IT admin');
    const leaver = { address: 'ben@audience.example', name: 'Ben Okafor', day: '2026-11-24', owner: null };
    await bylaw.owner.call('POST', `/clients/${slug}/journeys`, leaver);
    const before = byAdmin((await show(slug)).items);
    expect(before.length).toBeGreaterThan(0);
    expect(before.every(({ owner }: Json) => owner === null)).toBe(true);
    expect(byAdmin(await mine(tess))).toEqual([]);

    const hold = (by: TestPerson, version: number, owner: string | null) =>
      by.call('PUT', `${at}/it_admin`, { version, owner });
    expect((await hold(hana, 0, tess.email)).status).toBe(403);
    expect((await hold(bylaw.owner, 0, tess.email)).status).toBe(200);
    expect((await hold(bylaw.owner, 0, null)).status).toBe(409);
    expect(byAdmin(await mine(tess))).toHaveLength(before.length);
    const [admin] = (await audiences(tess)).filter(({ mine: held }: Json) => held);
    expect(admin).toMatchObject({ id: 'it_admin', holder: { user: tess.id, access: true } });
    expect(admin.pages.map(({ href }: Json) => href)).toEqual(
      expect.arrayContaining(
        ['connectors/drift', 'reviews', 'incidents', 'people/leavers'].map((path) => `/c/${slug}/${path}`),
      ),
    );
    // Pages that someone may not open are not offered to them.
    const ofHr = (await audiences(hana)).find(({ id }: Json) => id === 'it_admin');
    expect(ofHr.pages.map(({ label }: Json) => label)).toEqual(['People who leave']);
    const policy = (await audiences(hana)).find(({ id }: Json) => id === 'hr').pages[0];
    expect(policy).toEqual({ label: 'Policy', href: `/c/${slug}/policy` });
    // Shadow AI with what it rests on, as far as each role may open it.
    const security = { version: 0, owner: tess.email };
    expect((await bylaw.owner.call('PUT', `${at}/security`, security)).status).toBe(200);
    const pagesOf = async (by: TestPerson) =>
      (await audiences(by)).find(({ id }: Json) => id === 'security').pages.map(({ href }: Json) => href);
    expect(await pagesOf(tess)).toEqual(
      ['shadow-ai', 'risks', 'network', 'personal-accounts', 'connectors/devices'].map(
        (path) => `/c/${slug}/${path}`,
      ),
    );
    expect(await pagesOf(hana)).toEqual([`/c/${slug}/personal-accounts`]);
    const board = (await tess.call('GET', `/clients/${slug}/network/shadow-ai`)).body;
    expect(board.risks.length).toBeGreaterThan(4);
    expect((await hana.call('GET', `/clients/${slug}/network/shadow-ai`)).status).toBe(403);
    expect((await hold(bylaw.owner, 1, null)).status).toBe(200);
    expect(byAdmin(await mine(tess))).toEqual([]);
  });

  describe('recurring tasks', () => {
    test('say by the guide what comes when, and that nobody decided yet', async () => {
      const { slug } = await bylaw.client();
      const body = await show(slug);
      expect(body.recurring.map(({ id, everyMonths }: Json) => [id, everyMonths])).toEqual([
        ['monthly_look', 1],
        ['connector_list', 3],
        ['connector_permissions', 3],
        ['connector_requests', null],
        ['app_permissions', 6],
        ['leaver_connectors', null],
        ['custom_servers', null],
        ['quarterly_review', 3],
      ]);
      expect(body.recurring.every(({ active, version }: Json) => active === null && version === 0)).toBe(
        true,
      );
      expect(body.items.find(({ key }: Json) => key === 'recurring:unscheduled')).toMatchObject({
        title: 'Schedule 5 recurring tasks',
        due: null,
        when: 'waiting',
      });
    });

    test('an action that no one has observed as approved keeps the review of permissions due', async () => {
      const { id, slug } = await bylaw.client();
      const on = (day: string) => new Date(`${day}T15:00:00.000Z`);
      const charter = async (day: string, read: string) => {
        bylaw.setNow(on(day));
        const actions = { 'Read entries': read, 'Post entry': 'blocked' };
        await inForce(bylaw, id, { connectors: [{ name: 'Ledger', kind: 'custom', actions }] });
        bylaw.setNow(TEST_NOW);
      };
      const table = async (day: string, post: string) => {
        const lines = [
          'Connector,Action,State',
          'Ledger,Read entries,Needs approval',
          `Ledger,Post entry,${post}`,
        ];
        await storeFacts({
          store: bylaw.services.store,
          clientId: id,
          now: on(day),
          files: { 'connectors.csv': lines.join('\n') },
        });
        await bylaw.services.verdicts.refresh(id);
      };
      const actions = async () =>
        (await bylaw.owner.call('GET', `/clients/${slug}/work/recurring/connector_permissions/actions`)).body;
      await charter('2026-11-18', 'ask');
      await schedule(slug, 'connector_permissions', { owner: 'Tess', due: '2026-11-19' });
      expect(await actions()).toMatchObject({ total: 2, open: 2, since: null });
      const noted = await done(slug, 'connector_permissions', { on: '2026-11-20' });
      expect(noted.body).toMatchObject({ due: '2026-11-19', late: true, confirms: true });
      expect(noted.body.records).toHaveLength(1);

      // A wider state confirms nothing either.
      await charter('2026-11-21', 'allow');
      await table('2026-11-22', 'Always allow');
      const after = await actions();
      expect(after).toMatchObject({ since: '2026-11-20', open: 1 });
      expect(after.items).toMatchObject([
        { title: 'Post entry', approved: 'blocked', was: null, observed: 'allow', confirmed: false },
        { title: 'Read entries', approved: 'allow', was: 'ask', observed: 'ask', confirmed: true },
      ]);
      await table('2026-11-24', 'Blocked');
      expect(await actions()).toMatchObject({ open: 0 });
      const over = await done(slug, 'connector_permissions');
      expect(over.body).toMatchObject({ due: '2027-02-24', late: false });
    });

    test('are given an owner and a day, and are overdue after it', async () => {
      const client = await bylaw.client();
      const tess = await bylaw.person('technician', client.id, 'Tess');
      const answer = await schedule(client.slug, 'monthly_look', { owner: tess.email, due: '2026-11-20' });
      expect(answer.body).toMatchObject({ active: true, late: true, version: 1, owner: { user: tess.id } });
      const [item] = (await list(`?of=${client.slug}&owner=mine`, tess)).items;
      expect(item).toMatchObject({
        key: 'recurring:monthly_look',
        when: 'overdue',
        due: '2026-11-20',
        owner: { name: 'Tess', access: true },
        href: `/c/${client.slug}/work?tab=recurring&task=monthly_look`,
      });
      expect((await list(`?of=${client.slug}&owner=mine`)).items).toEqual([]);
      const audit = (await bylaw.owner.call('GET', `/clients/${client.slug}/audit?action=work.schedule`))
        .body;
      expect(audit.items).toHaveLength(1);
    });

    test('say at once, in every list, when their owner is shut out', async () => {
      const client = await bylaw.client();
      const tess = await bylaw.person('technician', client.id, 'Tess');
      await schedule(client.slug, 'monthly_look', { owner: tess.email, due: '2026-11-20' });
      const home = `/clients/${client.slug}/home`;
      const owners = async () =>
        [await list(`?of=${client.slug}`), (await bylaw.owner.call('GET', home)).body.work].map(
          ({ items }: Json) => items.find(({ key }: Json) => key === 'recurring:monthly_look')?.owner,
        );
      const before = { name: 'Tess', access: true };
      expect(await owners()).toMatchObject([before, before]);
      const answer = await bylaw.owner.call('POST', `/users/${tess.id}/disable`, { reason: 'Left' });
      expect(answer.status).toBeLessThan(300);
      const after = { name: 'Tess', access: false };
      expect(await owners()).toMatchObject([after, after]);
    });

    test('come more or less often, or are left out, only with a reason', async () => {
      const { slug } = await bylaw.client();
      const seldom = await schedule(slug, 'connector_list', { months: 6 });
      expect([seldom.status, seldom.body.message]).toEqual([
        422,
        'The guide says every 3 months. Say why this client does it every 6 months.',
      ]);
      const off = await schedule(slug, 'connector_list', { active: false });
      expect([off.status, off.body.message]).toEqual([422, expect.stringContaining('Say why it is skipped')]);
      const event = await schedule(slug, 'leaver_connectors', { months: 3, reason: 'Often' });
      expect([event.status, event.body.message]).toEqual([422, expect.stringContaining('has no interval')]);
      const stored = await schedule(slug, 'connector_list', { months: 6, reason: 'One connector.' });
      expect(stored.body).toMatchObject({ months: 6, looser: true, reason: 'One connector.' });
      const late = await schedule(slug, 'connector_list', { owner: 'Mara' });
      expect([late.status, late.body.data.version]).toEqual([409, 1]);
      expect((await schedule(slug, 'no_such_task')).status).toBe(404);
    });

    test('a quarterly review with an owner and a day is the next governance review; without an owner it is not', async () => {
      const client = await bylaw.client('Alder Society');
      const state = async () => (await control(client.slug, 'CLA-OPS-07')).state;
      expect(await state()).toBe('cannot_read');
      await schedule(client.slug, 'quarterly_review', { due: '2027-01-15' });
      expect(await state()).toBe('cannot_read');
      await schedule(client.slug, 'quarterly_review', { version: 1, owner: 'Mara', due: '2027-01-15' });
      const now = await control(client.slug, 'CLA-OPS-07');
      expect(now.state).toBe('pass');
      expect(now.reason).toContain('Jan 15, 2027');
      expect(now.evidence[0]).toMatchObject({ file: 'Work, recurring tasks', kind: 'journal' });
      const fleet = (await bylaw.owner.call('GET', '/fleet?text=alder')).body.items;
      expect(fleet.find((one: Json) => one.client === client.slug).nextReview).toBe('2027-01-15');
      // Later than the quarter allows is no schedule.
      await schedule(client.slug, 'quarterly_review', { version: 2, owner: 'Mara', due: '2027-06-01' });
      expect(await state()).toBe('fail');
    });
  });

  describe('what was done', () => {
    test('without evidence the task moves on, and no control counts it', async () => {
      const { slug } = await bylaw.client();
      await schedule(slug, 'monthly_look', { owner: 'Mara', due: '2026-11-20' });
      const before = await control(slug, 'CLA-VIS-02');
      const { body } = await done(slug, 'monthly_look', { areas: ['usage'] });
      expect(body).toMatchObject({ due: '2026-12-24', late: false });
      expect(body.records[0]).toMatchObject({ counts: false, by: 'Olive Owner', note: 'Nothing unusual.' });
      const after = await control(slug, 'CLA-VIS-02');
      expect([before.state, after.state]).toEqual(['cannot_read', 'cannot_read']);
    });

    test('with evidence it counts as the review that it is, for what was looked at and no more', async () => {
      const { slug } = await bylaw.client();
      const sha = await evidence(slug);
      const { body, status } = await done(slug, 'monthly_look', { areas: ['usage'], evidence: [sha] });
      expect(status).toBe(201);
      expect(body.records[0]).toMatchObject({
        counts: true,
        areas: ['usage'],
        evidence: [{ sha256: sha, name: 'proof.txt' }],
      });
      const vis = await control(slug, 'CLA-VIS-02');
      expect(vis.state).toBe('pass');
      expect(vis.reason).toContain('Olive Owner');
      expect(vis.evidence[0]).toMatchObject({ file: 'Work, recurring tasks' });
      // The whole monthly review asks for more than usage.
      expect((await control(slug, 'CLA-OPS-03')).state).toBe('fail');
      const record = body.records[0].id;
      await bylaw.owner.call('POST', `/clients/${slug}/work/records/${record}/withdraw`, {
        reason: 'Not so.',
      });
      expect((await control(slug, 'CLA-VIS-02')).state).toBe('cannot_read');
      expect((await task(slug, 'monthly_look')).records[0].withdrawn).toMatchObject({ reason: 'Not so.' });
      const again = await bylaw.owner.call('POST', `/clients/${slug}/work/records/${record}/withdraw`, {
        reason: 'Not so.',
      });
      expect(again.status).toBe(409);
    });

    test('half a quarterly review does not count: the next one is not reckoned from it', async () => {
      const { slug } = await bylaw.client();
      const sha = await evidence(slug);
      const areas = ['connectors', 'user_access', 'personal_accounts', 'usage', 'permission_changes'];
      await done(slug, 'quarterly_review', { areas, evidence: [sha] });
      expect((await control(slug, 'CLA-OPS-01')).state).toBe('fail');
      expect((await control(slug, 'CLA-OPS-04')).state).toBe('pass');
      await done(slug, 'quarterly_review', { areas: [...areas, 'm365_permissions'], evidence: [sha] });
      expect((await control(slug, 'CLA-OPS-01')).state).toBe('pass');
    });

    test('taking a record back makes the task due as it was', async () => {
      const { slug } = await bylaw.client();
      await schedule(slug, 'connector_list', { owner: 'Mara', due: '2026-11-20' });
      const { body } = await done(slug, 'connector_list');
      expect(body.due).toBe('2027-02-24');
      const back = await bylaw.owner.call(
        'POST',
        `/clients/${slug}/work/records/${body.records[0].id}/withdraw`,
        { reason: 'Wrong client.' },
      );
      expect(back.body.due).toBe('2026-11-20');
    });

    test('what is written down late moves no day', async () => {
      const { slug } = await bylaw.client();
      await schedule(slug, 'monthly_look', { owner: 'Mara', due: '2026-11-20' });
      await done(slug, 'monthly_look');
      const { body } = await done(slug, 'monthly_look', { on: '2026-10-20' });
      expect(body.due).toBe('2026-12-24');
    });

    test('refuses future days, unknown areas, unknown files, and people without permission', async () => {
      const client = await bylaw.client();
      const { slug } = client;
      expect((await done(slug, 'monthly_look', { on: '2026-11-25' })).body.message).toBe(
        'Nov 25, 2026 is in the future. Today is Nov 24, 2026 at Alder Society.',
      );
      expect((await done(slug, 'leaver_connectors', { areas: ['usage'] })).status).toBe(400);
      expect((await done(slug, 'monthly_look', { evidence: ['ab'.repeat(32)] })).status).toBe(422);
      const auditor = await bylaw.person('auditor', client.id);
      expect((await done(slug, 'monthly_look', {}, auditor)).status).toBe(403);
      expect((await schedule(slug, 'monthly_look', {}, auditor)).status).toBe(403);
    });
  });
});
// Guide: G0-02 G0-05 G0-08 G0-09 G2.2-34 G3.4-00 G3.4-01 G3.4-02 G3.4-03 G3.4-04 G3.4-05 G3.4-06 G5.5-01 G5.5-02
// Guide: G5.5-04 G5.5-05 G7.1-00 GA-13 GA-16
