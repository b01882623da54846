import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEST_NOW, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { importing } from '../imports/testing/importing.ts';
import { later } from '../people/testing.ts';

const WISH = {
  entry: 'asana',
  purpose: 'Plan the annual meeting',
  data: ['tasks'],
  people: 'The events team',
  writes: 'no',
  until: '2027-06-30',
};
const SERVER = {
  name: 'Harbour Tides',
  url: 'https://mcp.harbour.example/sse',
  purpose: 'Tide tables for excursions',
  data: ['public'],
  people: 'Two people',
  writes: 'no',
  until: '2027-06-30',
};
const GOOD = { reason: 'It is needed', until: '2027-03-31' };
const CUSTOM = ['reachable', 'service_account', 'read_only', 'code', 'tool_descriptions', 'signed'];

anyEngine('requests for connectors', (engine) => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string; name: string };
  let staff: TestPerson;
  let colleague: TestPerson;
  let technician: TestPerson;
  let admin: TestPerson;
  let second: TestPerson;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  });
  beforeEach(async () => {
    await later(bylaw, TEST_NOW.toISOString());
    client = await bylaw.client('Alder Society', { claudePlan: 'enterprise' });
    staff = await bylaw.person('staff', client.id, 'Stella Staff');
    colleague = await bylaw.person('staff', client.id, 'Cole Colleague');
    technician = await bylaw.person('technician', client.id, 'Tara Tech');
    admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
    second = await bylaw.person('client_admin', client.id, 'Berta Board');
  });
  afterAll(() => bylaw.close());

  const at = (rest: string) => `/clients/${client.slug}${rest}`;
  const ask = (body: object, who = staff) => who.call('POST', at('/my-requests'), body);
  async function asked(body: object = WISH, who = staff) {
    const answer = await ask(body, who);
    expect([answer.status, answer.body.message]).toEqual([201, undefined]);
    return answer.body;
  }
  const show = async (id: string, who = technician) => (await who.call('GET', at(`/requests/${id}`))).body;
  const list = async (who = technician) => (await who.call('GET', at('/requests'))).body;
  async function review(id: string, ids: readonly string[], answer = 'yes', note?: string) {
    const { version } = await show(id);
    const done = await technician.call('PUT', at(`/requests/${id}/review`), {
      version,
      answers: Object.fromEntries(
        ids.map((one) => [one, { answer, ...(note === undefined ? {} : { note }) }]),
      ),
    });
    expect([done.status, done.body.message]).toEqual([200, undefined]);
    return done.body;
  }
  const decide = async (id: string, act: 'approve' | 'refuse', body: object, who = admin) =>
    who.call('POST', at(`/requests/${id}/${act}`), { version: (await show(id)).version, ...body });
  async function records() {
    const rows = await bylaw.services.store.read('system', (tx) =>
      tx.selectFrom('audit_log').select('body').where('client_id', '=', client.id).orderBy('seq').execute(),
    );
    return rows.map(({ body }) => JSON.parse(body));
  }

  it('a request is reviewed, approved by another person until a date, and only opens a draft', async () => {
    const { id, state } = await asked();
    expect(state).toBe('asked');
    const shown = await show(id);
    expect(shown).toMatchObject({
      kinds: ['directory'],
      egress: null,
      blocked: expect.stringMatching(/not known whether/),
      vendor: {
        directory: 'confirmed',
        sources: expect.arrayContaining([expect.objectContaining({ read: expect.any(String) })]),
      },
      may: { review: true, decide: false },
    });
    expect((await decide(id, 'approve', GOOD)).body.message).toBe(shown.blocked);
    await review(id, ['contract', 'own_account']);
    const reviewed = await review(id, ['least_rights'], 'not_known');
    expect(reviewed).toMatchObject({ state: 'in_review', blocked: null });
    expect(reviewed.concerns).toEqual(['it is not known whether the rights in the system were reviewed']);
    expect((await decide(id, 'approve', GOOD, technician)).status).toBe(403);

    const done = await decide(id, 'approve', GOOD);
    expect(done.status).toBe(201);
    expect(done.body).toMatchObject({ state: 'approved', until: '2027-03-31', draft: expect.any(String) });
    const draft = (await admin.call('GET', at(`/charter/drafts/${done.body.draft}`))).body;
    expect(draft).toMatchObject({ state: 'draft', origin: 'console' });
    const matrix = (await admin.call('GET', at(`/connectors/matrix?draft=${done.body.draft}`))).body;
    expect(matrix.connectors.map(({ name }: { name: string }) => name)).toEqual(['Asana']);
    expect(matrix.charter).toBeNull();
    expect((await show(id)).steps.map(({ act }: { act: string }) => act)).toEqual([
      'asked',
      'reviewed',
      'reviewed',
      'approved',
    ]);
    const actions = (await records()).map(({ action }) => action);
    for (const action of ['requests.ask', 'requests.review', 'requests.approve', 'charter.draft.make'])
      expect(actions).toContain(action);
    // It expires without anyone's action.
    await later(bylaw, '2027-04-01T12:00:00Z');
    expect((await show(id)).state).toBe('lapsed');
  });

  it('is not offered for decision to an unverified account, which learns how to be verified', async () => {
    const { id } = await asked();
    await review(id, ['contract', 'own_account', 'least_rights']);
    await bylaw.services.store.write('system', (tx) =>
      tx
        .updateTable('users')
        .set({ proven_at: null, proven_how: null, handed_by: second.id })
        .where('id', '=', admin.id)
        .execute(),
    );
    const shown = await show(id, admin);
    expect(shown.may).toMatchObject({ decide: false, why: expect.stringContaining('does not count yet') });
    expect((await decide(id, 'approve', GOOD)).body.message).toBe(shown.may.why);
    expect((await show(id, second)).may).toMatchObject({ decide: true, why: null });
  });

  it('a charter whose approval has ended says so, and the connector can be asked for again', async () => {
    const { id } = await asked();
    await review(id, ['contract', 'own_account', 'least_rights']);
    const { draft } = (await decide(id, 'approve', GOOD)).body;
    const path = at(`/charter/drafts/${draft}`);
    const proposed = await admin.call('POST', `${path}/propose`, { version: 1 });
    expect([proposed.status, proposed.body.message]).toEqual([201, undefined]);
    const force = await second.call('POST', `${path}/approve`, { version: proposed.body.version });
    expect([force.status, force.body.message]).toEqual([201, undefined]);

    const mine = (await colleague.call('GET', at('/my-requests'))).body;
    expect(mine).toMatchObject({ items: [], charter: true });
    expect(mine.approved).toEqual([
      {
        name: 'Asana',
        words: expect.stringMatching(/everything else is blocked/i),
        until: '2027-03-31',
        ended: false,
      },
    ]);
    const again = await ask(WISH, colleague);
    expect([again.status, again.body.message]).toEqual([
      422,
      'Asana is approved already, until Mar 31, 2027. Request it again only for longer, or for something else.',
    ]);
    expect((await technician.call('GET', at('/requests/ended'))).body.items).toEqual([]);
    await later(bylaw, '2027-03-10T12:00:00Z');
    const work = (await admin.call('GET', at('/work'))).body.items;
    expect(work.find(({ kind }: { kind: string }) => kind === 'request_ends')).toMatchObject({
      title: 'The approval of Asana ends',
      due: '2027-03-31',
    });
    await later(bylaw, '2027-04-01T12:00:00Z');
    expect((await technician.call('GET', at('/requests/ended'))).body.items).toEqual([
      expect.objectContaining({
        name: 'Asana',
        words: expect.stringMatching(/^The approval of Asana ended on Mar 31, 2027/),
      }),
    ]);
    expect((await ask({ ...WISH, until: '2027-12-31' }, colleague)).status).toBe(201);
  });

  describe('asking', () => {
    it('says at once what exists already, and of others’ requests only that there is one', async () => {
      await asked();
      const status = async (who: TestPerson) =>
        (await who.call('GET', at('/my-requests/status?name=asana%20projects&entry=asana'))).body;
      expect(await status(staff)).toMatchObject({
        waiting: { mine: true },
        words: expect.stringMatching(/^You already requested it/),
      });
      const other = await status(colleague);
      expect(other.words).toMatch(/^Someone already requested it/);
      expect(JSON.stringify(other)).not.toMatch(/Stella/);
      const twice = await ask({ ...WISH, entry: undefined, name: 'Asana' }, colleague);
      expect([twice.status, twice.body.message]).toEqual([409, expect.not.stringMatching(/Stella/)]);
    });

    it('refuses what cannot be stored, in one sentence, and stores nothing', async () => {
      for (const [body, status, says] of [
        [{ ...WISH, entry: 'nothing' }, 400, /no connector nothing/],
        [{ ...WISH, entry: undefined }, 400, /Say which connector/],
        [{ ...WISH, entry: undefined, name: 'Microsoft 365' }, 400, /can mean/],
        [{ ...WISH, until: '2026-11-01' }, 400, /is past/],
        [{ ...WISH, until: '2029-01-01' }, 400, /at the latest/],
        [{ ...WISH, url: 'https://a.example' }, 400, /needs no address/],
        [{ ...SERVER, url: 'https://a.example/?key=1' }, 400, /may hold a secret/],
      ] as const) {
        const answer = await ask(body);
        expect([answer.status, answer.body.message]).toEqual([status, expect.stringMatching(says)]);
      }
      expect((await list()).items).toEqual([]);
    });

    it('is for staff, who see their own and nothing else of the client', async () => {
      const { id, version } = await asked();
      expect((await colleague.call('GET', at('/my-requests'))).body.items).toEqual([]);
      expect((await colleague.call('POST', at(`/my-requests/${id}/withdraw`), { version })).status).toBe(404);
      for (const path of [
        '/requests',
        `/requests/${id}`,
        '/requests/ended',
        '/controls',
        '/people',
        '/frame',
      ])
        expect([path, (await staff.call('GET', at(path))).status]).toEqual([path, 403]);
      const other = await bylaw.client('Harrow Guild');
      expect((await staff.call('GET', `/clients/${other.slug}/my-requests`)).status).toBe(404);
      const auditor = await bylaw.person('auditor', client.id);
      expect((await list(auditor)).total).toBe(1);
      expect((await ask(SERVER, auditor)).status).toBe(403);
      const back = await staff.call('POST', at(`/my-requests/${id}/withdraw`), { version });
      expect(back.body).toMatchObject({ state: 'withdrawn', mayWithdraw: false });
    });
  });

  describe('deciding', () => {
    it('on a custom server waits for everything to be known, and takes address and signature into the draft', async () => {
      const { id } = await asked(SERVER);
      expect(await show(id)).toMatchObject({
        kinds: ['custom'],
        vendor: null,
        egress: { now: expect.arrayContaining([expect.stringMatching(/^\d+\./)]) },
        reach: { dataClasses: null, memberData: false, writes: false },
      });
      await review(id, CUSTOM, 'yes', 'Vera at Harbour');
      await review(id, ['code'], 'not_known');
      const stopped = await decide(id, 'approve', GOOD);
      expect([stopped.status, stopped.body.message]).toEqual([
        422,
        'It cannot be approved while it is not known whether the code and its dependencies were reviewed.',
      ]);
      await review(id, ['code']);
      await later(bylaw, '2026-11-26T15:00:00Z');
      const { body } = await decide(id, 'approve', GOOD);
      const yaml = (await admin.call('GET', at(`/charter/yaml?of=${body.draft}`))).bytes.toString();
      expect(yaml).toContain('https://mcp.harbour.example/sse');
      // By the person who answered, on that day: the approver has not signed the review.
      expect(yaml).toMatch(
        /securityReview:\s+on: "?2026-11-24"?\s+by: Tara Tech\s+vendorContact: Vera at Harbour/,
      );
    });

    it('takes two people who did not ask, where members’ data may be changed', async () => {
      const { id } = await asked({ ...SERVER, data: ['member_pii'], writes: 'not_known' }, admin);
      const own = await decide(id, 'refuse', { reason: 'Not now' });
      expect([own.status, own.body.message]).toEqual([403, expect.stringMatching(/^You asked/)]);
      const shown = await review(id, [...CUSTOM, 'vendor_asked', 'fields'], 'yes', 'Vera');
      expect(shown.approvers).toMatchObject({ needed: 2, why: expect.stringMatching(/membership system/) });
      expect((await decide(id, 'approve', GOOD)).status).toBe(403);
      const first = await decide(id, 'approve', GOOD, second);
      expect(first.body).toMatchObject({ state: 'in_review', draft: null, until: null });
      expect((await decide(id, 'approve', GOOD, second)).body.message).toMatch(/second person/);
      // With another answer, the earlier approval was for something else.
      expect((await review(id, ['fields'], 'no')).approvals).toEqual([]);
      await decide(id, 'approve', GOOD, second);
      const third = await bylaw.person('client_admin', client.id, 'Carl Chair');
      const last = await decide(id, 'approve', { ...GOOD, until: '2027-02-01' }, third);
      expect(last.body).toMatchObject({ state: 'approved', until: '2027-02-01', draft: expect.any(String) });
      expect(last.body.decided.by).toBe('Berta Board and Carl Chair');
    });

    it('tells the second of two people that someone decided first', async () => {
      const { id, version } = await asked();
      await review(id, ['contract']);
      const late = await technician.call('PUT', at(`/requests/${id}/review`), {
        version,
        answers: { contract: { answer: 'no' } },
      });
      expect([late.status, late.body.message]).toEqual([
        409,
        expect.stringMatching(/^Tara Tech changed this request meanwhile/),
      ]);
      expect((await decide(id, 'refuse', { reason: 'Not needed' })).body).toMatchObject({ state: 'refused' });
      expect((await decide(id, 'approve', GOOD)).status).toBe(409);
      const strange = await technician.call('PUT', at(`/requests/${id}/review`), { version: 3, answers: {} });
      expect(strange.status).toBe(409);
    });
  });

  it('waits in the list of work, on Home and beside the menu, for whoever may decide', async () => {
    const { id } = await asked();
    const work = (await admin.call('GET', at('/work'))).body.items;
    expect(work.find(({ kind }: { kind: string }) => kind === 'request_waits')).toMatchObject({
      mine: true,
      when: 'waiting',
      href: at(`/connectors/requests/${id}`).replace('/clients/', '/c/'),
    });
    const home = (await admin.call('GET', at('/home'))).body;
    expect(home.doNow.find(({ verb }: { verb: string }) => verb === 'request')).toMatchObject({
      subject: id,
    });
    expect((await admin.call('GET', at('/frame'))).body.counts.connectors).toEqual({ open: 1, late: false });
  });

  it('counts in the control on requests: one that waits is no pass', async () => {
    const control = async () => (await admin.call('GET', at('/controls/CLA-CON-25'))).body;
    await asked();
    expect(await control()).toMatchObject({ state: 'pending' });
    await later(bylaw, '2027-02-01T12:00:00Z');
    expect(await control()).toMatchObject({ state: 'fail' });
  });

  it('shows what was asked in Claude with the day of the log, and connectors for which nobody asked', async () => {
    expect((await list()).inClaude).toMatchObject({ through: null, why: expect.any(String), asked: [] });
    const event = (id: string, created_at: string, more: object) => ({
      id,
      created_at,
      actor: { type: 'user_actor', email_address: 'ruth@alder.example.org', user_id: 'u' },
      ...more,
    });
    const data = [
      event('a', '2026-11-20T09:00:00Z', {
        type: 'mcp_server_created',
        mcp_server_id: 's',
        mcp_server_name: 'Notion',
      }),
      event('b', '2026-11-21T09:00:00Z', { type: 'admin_request_created', request_type: 'connector' }),
      event('c', '2026-11-21T10:00:00Z', { type: 'admin_request_created', request_type: 'seat_upgrade' }),
      event('d', '2026-11-22T09:00:00Z', {
        type: 'admin_connector_request_resolved',
        decision: 'approved',
        mcp_server_id: 's',
        resolved_count: 2,
      }),
    ];
    const { stored } = await importing(bylaw, technician, client.slug).all([
      { name: 'activities.json', bytes: JSON.stringify({ data, has_more: false }) },
      {
        name: 'connectors 2026-11-22.csv',
        bytes: 'Connector,Action,State\nNotion,Search,Needs approval\nAsana,Get task,Needs approval\n',
      },
    ]);
    expect([stored.status, stored.body.message]).toEqual([201, undefined]);
    await asked();
    const shown = await list();
    expect(shown.inClaude).toMatchObject({ why: null, through: '2026-11-22' });
    expect(shown.inClaude.asked).toEqual([
      { at: expect.stringMatching(/^2026-11-21T09/), by: 'ruth@alder.example.org', type: 'connector' },
    ]);
    expect(shown.inClaude.resolved).toEqual([
      expect.objectContaining({ decision: 'approved', connector: 'Notion', count: 2 }),
    ]);
    expect(shown.unrequested).toEqual([{ name: 'Notion', where: 'observed' }]);
  });

  it('departments request a connector together before a charter, and a request is postponed', async () => {
    const wish = { ...WISH, department: 'Events' };
    const { id } = await asked(wish, technician);
    const more = { ...WISH, department: 'Finance', purpose: 'Budgets', data: ['finance'], writes: 'yes' };
    expect((await ask(more, technician)).status).toBe(201);
    // Staff who may not see requests of others cannot join one here.
    expect((await ask(more)).status).toBe(409);
    const [line, ...others] = (await list()).items;
    expect(others).toEqual([]);
    expect(line).toMatchObject({ id, data: ['tasks', 'finance'], writes: 'yes' });
    expect(line.departments).toEqual(['Events', 'Finance']);
    expect((await list()).departments).toEqual([
      { name: 'Events', requests: 1 },
      { name: 'Finance', requests: 1 },
    ]);
    const version = (await show(id)).version;
    const put = (body: object, who = admin) => who.call('POST', at(`/requests/${id}/defer`), body);
    const later1 = { version, until: '2026-12-15', reason: 'After the budget' };
    expect((await put({ ...later1, until: '2026-11-24' })).status).toBe(400);
    expect((await put(later1, technician)).status).toBe(403);
    expect((await put(later1)).body).toMatchObject({ state: 'deferred', deferredUntil: '2026-12-15' });
    expect((await list()).counts).toMatchObject({ asked: 0, deferred: 1 });
    await later(bylaw, '2026-12-15T15:00:00Z');
    expect((await show(id)).state).toBe('asked');
    expect((await decide(id, 'refuse', { reason: 'Not needed' })).body.state).toBe('refused');
  });
});
// Guide: G0-04 G2.1-03 G3.3-06 G3.4-03 G3.4-06
