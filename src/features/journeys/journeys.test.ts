import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Json, type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { later, putPeople, putReading } from '../people/testing.ts';
import { beginJourneys } from './begin.ts';

const mail = (name: string) => `${name}@alder.example.org`;
const TOBIN = mail('tobin');
const ANA = { name: 'Ana Ruiz', email: mail('ana'), role: 'primary_owner', status: 'active' } as const;
const BEN = { name: 'Ben Okafor', email: mail('ben'), role: 'user', status: 'active' } as const;
const user = (name: string, more: object = {}) => ({ upn: mail(name), name, enabled: true, ...more });

anyEngine('people who leave or join', (engine) => {
  let bylaw: TestConsole;
  let tess: TestPerson;
  let client: { id: string; slug: string };
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
    client = await bylaw.client('Alder Society', { domains: ['alder.example.org'] });
    tess = await bylaw.person('technician', client.id, 'Tess Technician');
    await putPeople(bylaw.services.store, client.id, '2026-11-20');
    await bylaw.services.verdicts.refresh(client.id);
  });
  afterAll(() => bylaw.close());

  const at = (path = '', slug = client.slug) => `/clients/${slug}/journeys${path}`;
  const list = async (by = bylaw.owner, query = ''): Promise<Json> => (await by.call('GET', at(query))).body;
  const one = async (address = TOBIN): Promise<Json> =>
    (await list()).items.find((item: Json) => item.address === address);
  const step = (journey: Json, id: string): Json => journey.steps.find((item: Json) => item.id === id);
  const start = (body: object = {}, by = bylaw.owner, slug = client.slug) =>
    by.call('POST', at('', slug), { address: TOBIN, day: '2026-11-10', owner: tess.email, ...body });
  const mark = (journey: Json, id: string, body: object, by = bylaw.owner) =>
    by.call('POST', at(`/${journey.id}/steps/${id}/mark`), { version: step(journey, id).version, ...body });
  const end = (journey: Json, why: string) =>
    bylaw.owner.call('POST', at(`/${journey.id}/end`), { version: journey.version, why });
  const seats = async () =>
    (await bylaw.owner.call('GET', `/clients/${client.slug}/controls/ACC-07`)).body.state;
  const due = async (): Promise<Json[]> =>
    (await tess.call('GET', `/work?of=${client.slug}&kind=leaver&owner=mine`)).body.items;
  const bring = async (
    kind: 'members' | 'entra_users' | 'roster' | 'auth_methods',
    rows: readonly object[],
    day: string,
  ) => {
    await putReading(bylaw.services.store, client.id, kind, rows, day);
    await bylaw.services.verdicts.refresh(client.id);
  };

  describe('from the roster to three proofs', () => {
    test('someone who left by the roster and holds a seat is listed before anyone starts', async () => {
      const { items, readOn } = await list();
      expect(readOn).toMatchObject({ members: '2026-11-20', entra_users: null });
      expect(items.map(({ address, state, day }: Json) => [address, state, day])).toEqual([
        [TOBIN, 'not_started', '2026-10-12'],
        [mail('wren'), 'not_started', '2026-10-30'],
      ]);
      expect(await due()).toEqual([]);
    });

    test('each step has the guide’s day: before it is open, after it overdue, and its owner has it under Work', async () => {
      const { status, body } = await start();
      expect(status).toBe(201);
      expect(body.steps.map(({ id, due: on, state }: Json) => [id, on, state])).toEqual([
        ['account_disabled', '2026-11-10', 'overdue'],
        ['entra_sessions_revoked', '2026-11-10', 'overdue'],
        ['mfa_revoked', '2026-11-10', 'overdue'],
        ['seat_removed', '2026-11-10', 'overdue'],
        ['sessions_ended', '2026-11-10', 'overdue'],
        ['connectors_revoked', '2026-11-17', 'overdue'],
        ['api_keys', '2026-11-17', 'overdue'],
        ['cloud_sessions', '2026-11-17', 'overdue'],
        ['other_organizations', '2026-11-17', 'overdue'],
        ['projects', '2026-11-24', 'open'],
        ['not_readded', '2026-11-24', 'open'],
      ]);
      expect((await due()).map(({ title, due: on, when }: Json) => [title, on, when])).toEqual([
        ['5 steps of offboarding: Tobin Achterberg', '2026-11-10', 'overdue'],
        ['4 steps of offboarding: Tobin Achterberg', '2026-11-17', 'overdue'],
        ['2 steps of offboarding: Tobin Achterberg', '2026-11-24', 'soon'],
      ]);
    });

    test('a mark is no pass: it waits for a reading, and no control passes by it', async () => {
      expect(await seats()).toBe('fail');
      const { body } = await mark(await one(), 'seat_removed', { on: '2026-11-24' });
      expect(step(body, 'seat_removed')).toMatchObject({
        state: 'marked',
        mark: { on: '2026-11-24', by: 'Olive Owner' },
      });
      expect(await seats()).toBe('fail');
      const file = await bylaw.owner.call('GET', at('/export?format=csv'));
      expect(file.body).toContain('Marked as done');
    });

    test('a later file that still lists the seat contradicts the mark', async () => {
      await later(bylaw, '2026-11-26T09:00:00Z');
      await putPeople(bylaw.services.store, client.id, '2026-11-25');
      await bylaw.services.verdicts.refresh(client.id);
      const now = await one();
      expect(now.state).toBe('contradicted');
      expect(step(now, 'seat_removed')).toMatchObject({
        state: 'contradicted',
        code: 'seat_held',
        words: 'A seat is in the members file of Nov 25, 2026.',
      });
      // The page shows other text before and after them, so each has to be a full sentence.
      for (const { words } of now.steps) expect(words).toMatch(/[.]$/);
    });

    test('later files prove seat, account, and that no sign-in adds the seat again', async () => {
      await bring('members', [ANA, BEN], '2026-11-26');
      let now = await one();
      expect(step(now, 'seat_removed')).toMatchObject({ state: 'proved', readOn: '2026-11-26' });
      // How the person could be added again was not read, so the seat alone is not enough.
      expect(step(now, 'not_readded')).toMatchObject({ state: 'overdue', code: 'door_unread' });
      await bring('entra_users', [user('ana'), user('tobin')], '2026-11-26');
      now = await one();
      expect(step(now, 'account_disabled')).toMatchObject({ state: 'overdue', code: 'account_enabled' });
      expect(step(now, 'not_readded')).toMatchObject({ state: 'overdue', code: 'door_open' });
      const kept = { id: null, upn: TOBIN, methods: ['mobilePhone', 'windowsHelloForBusiness'] };
      await bring('auth_methods', [kept], '2026-11-26');
      expect(step(await one(), 'mfa_revoked')).toMatchObject({
        state: 'overdue',
        words:
          'Still registered in the sign-in methods of Nov 26, 2026: mobilePhone and windowsHelloForBusiness.',
      });
      await later(bylaw, '2026-11-28T09:00:00Z');
      await bring('auth_methods', [{ ...kept, methods: [] }], '2026-11-27');
      await bring('entra_users', [user('ana'), user('tobin', { enabled: false })], '2026-11-27');
      now = await one();
      for (const id of ['seat_removed', 'account_disabled', 'mfa_revoked', 'not_readded'])
        expect([id, step(now, id).state]).toEqual([id, 'proved']);
      const { guides } = (await bylaw.owner.call('GET', at(`/${now.id}`))).body;
      expect(guides.find(({ step: id }: Json) => id === 'account_disabled').evidence).toMatchObject([
        { kind: 'entra_users', observedOn: '2026-11-27', says: 'disabled' },
      ]);
    });

    test('a seat that is there again raises it again', async () => {
      await later(bylaw, '2026-11-30T09:00:00Z');
      await bring('members', [ANA, BEN, { ...BEN, name: 'Tobin Achterberg', email: TOBIN }], '2026-11-29');
      const now = await one();
      expect(step(now, 'seat_removed')).toMatchObject({ code: 'listed_again', state: 'contradicted' });
      expect(now.concerns).toMatchObject([{ code: 'listed_again' }]);
      await bring('members', [ANA, BEN], '2026-11-30');
    });

    test('it ends as done only once each step is proved, marked or accepted with a reason', async () => {
      let now = await one();
      expect((await end(now, 'done')).body.message).toContain('Open sessions are ended');
      expect((await mark(now, 'projects', { on: '2026-11-30', how: 'accepted' })).status).toBe(400);
      for (const id of now.steps.flatMap((item: Json) => (item.state === 'proved' ? [] : [item.id]))) {
        const how = id === 'projects' ? { how: 'accepted', note: 'One private draft, lost.' } : {};
        expect((await mark(now, id, { on: '2026-11-30', ...how })).status).toBe(201);
      }
      now = await one();
      expect(now.state).toBe('marked');
      expect(await due()).toEqual([]);
      expect((await end(now, 'done')).body.state).toBe('ended');
      expect(await one()).toBeUndefined();
      expect((await list(bylaw.owner, '?ended=yes')).items).toMatchObject([
        { address: TOBIN, ended: { why: 'done', by: 'Olive Owner' } },
      ]);
    });
  });

  describe('the sessions in Entra', () => {
    test('are a proof of their own, which a disabled account does not give', async () => {
      const { store, verdicts } = bylaw.services;
      const reed = await bylaw.client('Reed Guild', {
        domains: ['alder.example.org'],
        timezone: 'America/New_York',
      });
      await start({ address: BEN.email, name: BEN.name, day: '2026-11-10' }, bylaw.owner, reed.slug);
      const seen = async (day: string, more: object) => {
        await putReading(store, reed.id, 'entra_users', [user('ben', { id: 'e-ben', ...more })], day);
        await verdicts.refresh(reed.id);
        const [journey] = (await bylaw.owner.call('GET', at('', reed.slug))).body.items;
        const { state, code, words } = step(journey, 'entra_sessions_revoked');
        expect(words).toMatch(/[.]$/);
        return [step(journey, 'account_disabled').state, state, code];
      };
      const off = { enabled: false };
      expect(await seen('2026-11-12', off)).toEqual(['proved', 'overdue', 'sessions_not_reported']);
      // In New York it is the evening before the last day.
      const before = { sessionsValidFrom: '2026-11-10T03:00:00Z' };
      expect(await seen('2026-11-13', { ...off, ...before })).toEqual(['proved', 'overdue', 'sessions_open']);
      const same = { sessionsValidFrom: '2026-11-10T22:00:00Z' };
      expect(await seen('2026-11-14', { ...off, ...same })).toEqual([
        'proved',
        'overdue',
        'revoked_on_last_day',
      ]);
      const from = (sessionsValidFrom: string) => ({ ...off, sessionsValidFrom });
      const after = from('2026-11-11T14:00:00Z');
      expect(await seen('2026-11-15', after)).toEqual(['proved', 'proved', 'sessions_revoked']);
      expect(await seen('2026-11-16', { ...after, userType: 'Guest' })).toContain('sessions_elsewhere');
      // On the last day itself, the account must have been disabled before or at the same time.
      const disabled = (at: string, succeeded: boolean, day: string) =>
        putReading(
          store,
          reed.id,
          'directory_audits',
          [
            {
              at,
              activity: 'Disable account',
              succeeded,
              targets: [{ id: 'E-BEN', type: 'User', name: null, changed: [] }],
            },
          ],
          day,
        );
      await disabled('2026-11-10T21:00:00Z', false, '2026-11-16');
      expect(await seen('2026-11-17', { ...off, ...same })).toContain('revoked_on_last_day');
      await disabled('2026-11-10T22:00:30Z', true, '2026-11-17');
      expect(await seen('2026-11-18', { ...off, ...same })).toEqual(['proved', 'proved', 'sessions_revoked']);
      // New sessions were possible until the account was disabled.
      await disabled('2026-11-12T22:00:00Z', true, '2026-11-18');
      expect(await seen('2026-11-19', { ...off, ...same })).toContain('disabled_later');
      expect(await seen('2026-11-20', after)).toEqual(['proved', 'overdue', 'disabled_later']);
      const next = from('2026-11-13T14:00:00Z');
      expect(await seen('2026-11-21', next)).toContain('sessions_revoked');
      expect(await seen('2026-11-22', { ...next, enabled: true })).toEqual([
        'overdue',
        'overdue',
        'may_sign_in',
      ]);
      expect(await seen('2026-11-23', next)).toEqual(['proved', 'overdue', 'enabled_since']);
      const last = from('2026-11-23T14:00:00Z');
      expect(await seen('2026-11-24', last)).toEqual(['proved', 'proved', 'sessions_revoked']);
      const signIn = { at: '2026-11-24T15:00:00Z', upn: BEN.email, errorCode: 0, appName: 'Claude' };
      await putReading(store, reed.id, 'sign_ins', [{ ...signIn, errorCode: 50057 }], '2026-11-24');
      expect(await seen('2026-11-25', last)).toContain('sessions_revoked');
      await putReading(store, reed.id, 'sign_ins', [signIn], '2026-11-25');
      expect(await seen('2026-11-26', last)).toEqual(['proved', 'overdue', 'signed_in_since']);
      expect(await seen('2026-11-27', from('2026-11-25T14:00:00Z'))).toContain('sessions_revoked');
    });
  });

  describe('cases that are not plain', () => {
    test('the only Owner is named as such, and ownership comes first', async () => {
      const { body } = await start({ address: ANA.email, day: '2026-12-15' });
      expect(body.concerns.map(({ code }: Json) => code)).toEqual(['only_owner', 'primary_owner']);
      expect(body.steps[0]).toMatchObject({
        id: 'ownership',
        due: '2026-12-14',
        state: 'open',
        code: 'owner',
      });
      await end(body, 'mistake');
    });

    test('one started by mistake is ended and reopened, and nobody has two at once', async () => {
      const wren = { address: mail('wren'), name: 'Wren Castellane', day: '2026-11-20' };
      const { body } = await start(wren);
      expect((await start(wren)).status).toBe(409);
      const ended = (await end(body, 'mistake')).body;
      expect((await mark(ended, 'projects', { on: '2026-11-30' })).status).toBe(409);
      const again = (await start(wren)).body;
      const reopen = (version: number) => bylaw.owner.call('POST', at(`/${body.id}/reopen`), { version });
      expect((await reopen(ended.version)).status).toBe(409);
      await end(again, 'mistake');
      expect((await reopen(ended.version)).body).toMatchObject({ state: 'overdue', ended: null });
    });

    test('a day in an implausible year is refused', async () => {
      const wren = { address: mail('wren'), name: 'Wren Castellane' };
      for (const [day, year] of [
        ['0026-11-20', 26],
        ['9999-12-31', 9999],
      ] as const) {
        const { status, body } = await start({ ...wren, day });
        expect([status, body.message]).toEqual([
          400,
          `The year ${year} is not one between 1950 and 2031. Check the year.`,
        ]);
      }
    });

    test('someone who came back is named, and can leave a second time', async () => {
      const staff = (name: string, more: object = {}) => ({
        name,
        emails: [mail(name.split(' ')[0]?.toLowerCase() ?? '')],
        status: 'active',
        ...more,
      });
      await later(bylaw, '2026-12-02T09:00:00Z');
      const others = [
        staff('Ana Ruiz'),
        staff('Ben Okafor'),
        staff('Kit Hargreaves'),
        staff('Bram Oyelaran'),
      ];
      const wren = staff('Wren Castellane', { startsOn: '2026-12-01' });
      await bring('roster', [...others, wren], '2026-12-01');
      const now = await one(mail('wren'));
      expect(now.concerns).toMatchObject([{ code: 'returned' }]);
      await end(now, 'returned');
      const { status, body } = await start({ address: mail('wren'), day: '2026-12-31' });
      expect([status, body.state]).toEqual([201, 'open']);
      await end(body, 'stays');
    });

    test('a roster that lost half of the staff starts no leaving before someone has checked it', async () => {
      await bring('members', [ANA, BEN], '2026-12-02');
      const gone = { status: 'left', endsOn: '2026-11-30' };
      await bring(
        'roster',
        [
          { name: 'Ana Ruiz', emails: [ANA.email], status: 'active' },
          { name: 'Ben Okafor', emails: [BEN.email], ...gone },
          { name: 'Kit Hargreaves', emails: [mail('kit')], ...gone },
        ],
        '2026-12-02',
      );
      const ben = { address: BEN.email, day: '2026-11-30' };
      expect((await list()).roster).toMatchObject({ now: 1, before: 5 });
      const refused = await start(ben);
      expect([refused.status, refused.body.message]).toEqual([
        422,
        'The roster of Dec 2, 2026 lists 1 person who work here; that of Dec 1, 2026 listed 5. It may be the wrong file. Check it under Imports, then start again and confirm that the roster is right.',
      ]);
      const { status, body } = await start({ ...ben, rosterChecked: true });
      expect(status).toBe(201);
      await end(body, 'mistake');
    });

    test('a file that nothing shows to be whole proves no seat gone', async () => {
      const harrow = await bylaw.client('Harrow Guild', { domains: ['alder.example.org'] });
      const put = (rows: readonly object[], day: string) =>
        putReading(bylaw.services.store, harrow.id, 'members', rows, day);
      await put([ANA, BEN], '2026-12-01');
      const started = await bylaw.owner.call('POST', at('', harrow.slug), {
        address: BEN.email,
        day: '2026-11-30',
        owner: null,
        name: 'Ben Okafor',
      });
      expect(started.status).toBe(201);
      await put([ANA], '2026-12-02');
      await bylaw.services.verdicts.refresh(harrow.id);
      const { items } = (await bylaw.owner.call('GET', at('', harrow.slug))).body;
      expect(step(items[0], 'seat_removed')).toMatchObject({ state: 'overdue', code: 'not_compared' });
    });
  });

  test('several start at once, those underway stay as they are, and one who is unknown stops all', async () => {
    const fell = await bylaw.client('Fell Guild', { domains: ['alder.example.org'] });
    const hr = await bylaw.person('hr', fell.id, 'Hana Fell');
    await putPeople(bylaw.services.store, fell.id, '2026-11-20');
    await bylaw.services.verdicts.refresh(fell.id);
    const many = (people: readonly object[]) =>
      hr.call('POST', at('/many', fell.slug), { people, owner: null });
    const wren = { address: mail('wren'), day: '2026-10-30' };
    const tobin = { address: TOBIN.toUpperCase(), day: '2026-10-12' };
    expect((await many([wren, { address: mail('nobody'), day: '2026-10-30' }])).status).toBe(422);
    expect((await many([wren, wren])).body).toMatchObject({
      started: [{ address: mail('wren'), state: 'overdue' }],
      before: [],
    });
    expect((await many([wren, tobin])).body).toMatchObject({
      started: [{ address: TOBIN, day: '2026-10-12' }],
      before: ['Wren Castellane'],
    });
    const { items } = (await hr.call('GET', at('', fell.slug))).body;
    expect(items.map(({ id }: Json) => id !== null)).toEqual([true, true]);

    // Those that Bylaw or HR started are then given to an owner, all or none.
    const give = (journeys: readonly Json[], owner: string | null) =>
      hr.call('POST', at('/owner', fell.slug), {
        journeys: journeys.map(({ id, version }) => ({ journey: id, version })),
        owner,
      });
    const own = await hr.call('PUT', at(`/${items[0].id}/steps/projects/owner`, fell.slug), {
      version: 0,
      owner: 'Mara Manager',
    });
    expect(own.status).toBe(200);
    expect((await give([items[0], { ...items[1], version: 9 }], hr.email)).status).toBe(409);
    expect((await give([items[0], { ...items[1], id: 'nobody' }], hr.email)).status).toBe(404);
    const owners = async () =>
      (await hr.call('GET', at('', fell.slug))).body.items.map(({ owner }: Json) => owner?.name ?? null);
    expect(await owners()).toEqual([null, null]);
    const given = await give(items, hr.email);
    expect(given.status).toBe(201);
    expect(await owners()).toEqual(['Hana Fell', 'Hana Fell']);
    const first = given.body.items.find(({ id }: Json) => id === items[0].id);
    expect([step(first, 'api_keys').owner.name, step(first, 'projects').owner.name]).toEqual([
      'Hana Fell',
      'Mara Manager',
    ]);
    // One of them has access to this console, which is reported as long as they can sign in.
    const concerns = (of: Json) => of.concerns.map(({ code }: Json) => code);
    expect(given.body.items.map(concerns)).toEqual([[], []]);
    const theirs = await bylaw.person('auditor', fell.id, 'Wren Castellane');
    await bylaw.services.store.write('system', (tx) =>
      tx
        .updateTable('users')
        .set({ email: mail('wren') })
        .where('id', '=', theirs.id)
        .execute(),
    );
    const about = async () =>
      (await hr.call('GET', at('', fell.slug))).body.items.map((one: Json) => [one.name, concerns(one)]);
    expect(await about()).toEqual(
      expect.arrayContaining([
        ['Wren Castellane', ['console_access']],
        ['Tobin Achterberg', []],
      ]),
    );
    const audited = await bylaw.owner.call('GET', `/clients/${fell.slug}/audit?action=journeys.edit`);
    expect(audited.body.items).toHaveLength(2);
    const edit = (version: number) =>
      hr.call('PUT', at(`/${first.id}`, fell.slug), { version, day: '2026-10-31', owner: null });
    expect((await edit(first.version + 1)).status).toBe(409);
    const edited = (await edit(first.version)).body;
    expect(edited).toMatchObject({ day: '2026-10-31', owner: null, version: first.version + 1 });
    expect(step(edited, 'projects').owner.name).toBe('Mara Manager');
    const over = await hr.call('POST', at(`/${first.id}/end`, fell.slug), {
      version: edited.version,
      why: 'mistake',
    });
    expect(over.body.state).toBe('ended');
    expect((await give([over.body], null)).body.message).toContain('Reopen it first');
  });

  test('joining: who starts by the roster is listed, HR starts it, and a file shows the seat', async () => {
    const hr = await bylaw.person('hr', client.id, 'Hana Resources');
    await later(bylaw, '2026-12-03T09:00:00Z');
    await bring(
      'roster',
      [
        { name: 'Ana Ruiz', emails: [ANA.email], status: 'active' },
        { name: 'Bram Oyelaran', emails: [mail('bram')], status: 'active', startsOn: '2026-12-01' },
      ],
      '2026-12-03',
    );
    const joiners = async () => (await hr.call('GET', at('?kind=joining'))).body.items;
    expect(await joiners()).toMatchObject([
      { address: mail('bram'), state: 'not_started', day: '2026-12-01' },
    ]);
    const { body } = await hr.call('POST', at(), {
      kind: 'joining',
      address: mail('bram'),
      day: '2026-12-01',
      owner: tess.email,
    });
    expect(body.steps.map(({ id, state }: Json) => [id, state])).toEqual([
      ['policy_acknowledged', 'overdue'],
      ['seat_given', 'overdue'],
      ['connectors_explained', 'open'],
      ['personal_account_asked', 'open'],
      ['trained', 'open'],
    ]);
    const bram = { ...BEN, name: 'Bram Oyelaran', email: mail('bram') };
    await bring('members', [ANA, { ...bram, status: 'invited' }], '2026-12-03');
    expect(step((await joiners())[0], 'seat_given')).toMatchObject({ state: 'overdue', code: 'invited' });
    await later(bylaw, '2026-12-04T09:00:00Z');
    await bring('members', [ANA, bram], '2026-12-04');
    expect(step((await joiners())[0], 'seat_given')).toMatchObject({ state: 'proved', code: 'joined' });
  });

  test('each system that was linked has a revocation of its own, which its own event or list ends', async () => {
    const { store, verdicts } = bylaw.services;
    const fen = await bylaw.client('Fen Guild', { domains: ['alder.example.org'], claudePlan: 'enterprise' });
    const put: typeof putReading = async (...given) => putReading(...given);
    const event = (at: string, system: string, is: 'connected' | 'disconnected') => ({
      id: `${system} ${at}`,
      at: `2026-12-${at}T10:00:00Z`,
      type: `integration_user_${is}`,
      actorEmail: BEN.email,
      detail: { mcp_server_name: system },
    });
    const linked = [event('01', 'HubSpot', 'connected'), event('01', 'Asana', 'connected')];
    const grant = {
      clientId: 'app',
      consentType: 'Principal' as const,
      principalId: 'ben',
      scopes: ['Mail.Read'],
    };
    const read = async (day: string, events: readonly object[], grants: readonly object[]) => {
      await put(store, fen.id, 'activities', events, day);
      await put(store, fen.id, 'entra_users', [user('ben', { id: 'ben' })], day);
      await put(
        store,
        fen.id,
        'service_principals',
        [{ id: 'app', appId: '08ad6f98-a4f8-4635-bb8d-f1a3044760f0', name: 'Claude' }],
        day,
      );
      await put(store, fen.id, 'permission_grants', grants, day);
      await verdicts.refresh(fen.id);
      return (await bylaw.owner.call('GET', at('', fen.slug))).body.items[0];
    };
    await bylaw.owner.call('POST', at('', fen.slug), {
      address: BEN.email,
      name: 'Ben Okafor',
      day: '2026-12-01',
      owner: null,
    });
    const links = (journey: Json) =>
      journey.steps.flatMap(({ id, state }: Json) =>
        id.startsWith('connectors_revoked') ? [`${id} ${state}`] : [],
      );
    const before = await read('2026-12-02', linked, [grant]);
    expect(links(before)).toEqual([
      'connectors_revoked:asana open',
      'connectors_revoked:hubspot open',
      'connectors_revoked:microsoft 365 open',
    ]);
    const id = 'connectors_revoked:hubspot';
    const marked = await bylaw.owner.call(
      'POST',
      at(`/${before.id}/steps/${encodeURIComponent(id)}/mark`, fen.slug),
      {
        version: 0,
        on: '2026-12-03',
        note: 'Revoked in HubSpot',
      },
    );
    expect(marked.status, JSON.stringify(marked.body)).toBe(201);
    expect(links(await read('2026-12-03', [...linked, event('03', 'Asana', 'disconnected')], []))).toEqual([
      'connectors_revoked:asana proved',
      'connectors_revoked:hubspot marked',
      'connectors_revoked:microsoft 365 proved',
    ]);
    // A consent that was given and ended between two lists appears only in Entra's audit log.
    const consent = (actor: string, day: string, admin: boolean) => ({
      id: `${actor} ${day}`,
      at: `${day}T10:00:00Z`,
      activity: 'Consent to application',
      category: 'ApplicationManagement',
      succeeded: true,
      actor,
      actorKind: 'person' as const,
      ip: null,
      targets: [
        {
          id: 'app',
          type: 'ServicePrincipal',
          name: 'Claude',
          changed: [{ name: 'ConsentContext.IsAdminConsent', to: admin ? '"True"' : '"False"' }],
        },
      ],
    });
    await put(
      store,
      fen.id,
      'directory_audits',
      [consent(mail('kit'), '2026-12-03', false), consent(mail('wren'), '2026-12-03', true)],
      '2026-12-03',
    );
    for (const name of ['kit', 'wren'])
      await bylaw.owner.call('POST', at('', fen.slug), {
        address: mail(name),
        name,
        day: '2026-12-01',
        owner: null,
      });
    const users = ['ben', 'kit', 'wren'].map((name) => user(name, { id: name }));
    await put(store, fen.id, 'entra_users', users, '2026-12-04');
    const m365 = async (name: string): Promise<Json[]> => {
      await verdicts.refresh(fen.id);
      const { items } = (await bylaw.owner.call('GET', at('', fen.slug))).body;
      return items
        .find((one: Json) => one.address === mail(name))
        .steps.filter(({ id: step }: Json) => step === 'connectors_revoked:microsoft 365')
        .map(({ state, code }: Json) => [state, code]);
    };
    expect(await m365('kit')).toEqual([['open', 'consent_logged']]);
    expect(await m365('wren')).toEqual([]);
    await later(bylaw, '2026-12-04T09:00:00Z');
    await put(store, fen.id, 'permission_grants', [], '2026-12-04');
    expect(await m365('kit')).toEqual([['proved', 'consent_gone']]);
  });

  describe('what begins by itself', () => {
    const of = async (slug: string, kind = 'leaving'): Promise<Json[]> =>
      (await bylaw.owner.call('GET', at(`?kind=${kind}`, slug))).body.items;
    const named = (items: readonly Json[]) =>
      items.map(({ address, day, started }: Json) => [address, day, started?.by ?? null]);
    const BYLAW = 'Bylaw, automatically';
    const staff = (name: string, more: object = {}) => ({
      name,
      emails: [mail(name.split(' ')[0]?.toLowerCase() ?? '')],
      status: 'active',
      ...more,
    });

    test('by the roster: once for each reading, and not where it has lost half of the staff', async () => {
      await later(bylaw, '2026-12-05T09:00:00Z');
      const moor = await bylaw.client('Moor Guild', { domains: ['alder.example.org'] });
      const { store, verdicts } = bylaw.services;
      const people = ['Ana Ruiz', 'Ben Okafor', 'Kit Hargreaves', 'Bram Oyelaran', 'Wren Castellane'];
      const put = async (rows: readonly object[], day: string) => {
        await putReading(store, moor.id, 'roster', rows, day);
        await verdicts.refresh(moor.id);
        await beginJourneys(bylaw.services);
        return of(moor.slug);
      };
      await putReading(
        store,
        moor.id,
        'members',
        people.map((name) => ({
          ...(name === ANA.name ? ANA : BEN),
          name,
          email: mail(name.split(' ')[0]?.toLowerCase() ?? ''),
        })),
        '2026-12-01',
      );
      const rest = people.slice(0, 4).map((name) => staff(name));
      await put(
        people.map((name) => staff(name)),
        '2026-12-01',
      );
      const left = staff('Wren Castellane', { status: 'left', endsOn: '2026-11-30' });
      const [wren] = await put([...rest, left], '2026-12-02');
      expect(named([wren])).toEqual([[mail('wren'), '2026-11-30', BYLAW]]);
      const audit = await bylaw.owner.call('GET', `/clients/${moor.slug}/audit?action=journeys.start`);
      expect(audit.body.items[0]).toMatchObject({ actor: { kind: 'system' }, subject: { id: mail('wren') } });

      await bylaw.owner.call('POST', at(`/${wren?.id}/end`, moor.slug), {
        version: wren?.version,
        why: 'stays',
      });
      expect(named(await put([...rest, left], '2026-12-03'))).toEqual([[mail('wren'), '2026-11-30', null]]);

      const gone = ['Ana Ruiz', 'Ben Okafor', 'Kit Hargreaves'];
      const half = people
        .slice(0, 4)
        .map((name) => staff(name, gone.includes(name) ? { status: 'left', endsOn: '2026-12-03' } : {}));
      const after = await put([...half, left], '2026-12-04');
      expect(named(after).every(([, , by]) => by === null)).toBe(true);
      const { roster } = (await bylaw.owner.call('GET', at('', moor.slug))).body;
      expect(roster).toMatchObject({ now: 1, before: 5 });
      await later(bylaw, '2026-12-09T09:00:00Z');
      // Neither the same wrong file a day later nor one without any staff confirms the first one.
      const nobody = people.map((name) => staff(name, { status: 'left', endsOn: '2026-12-03' }));
      for (const [rows, day, now] of [
        [[...half, left], '2026-12-05', 1],
        [nobody, '2026-12-06', 0],
        [[], '2026-12-07', 0],
        [nobody, '2026-12-08', 0],
      ] as const) {
        expect(
          named(await put(rows, day)).every(([, , by]) => by === null),
          day,
        ).toBe(true);
        const shown = (await bylaw.owner.call('GET', at('', moor.slug))).body.roster;
        expect(shown, day).toMatchObject({ now, before: 5 });
      }
    });

    test('by the Entra users, where no roster says who works here', async () => {
      const { store, verdicts } = bylaw.services;
      const tarn = await bylaw.client('Tarn Guild', { domains: ['alder.example.org'] });
      const put = async (rows: readonly object[], day: string) => {
        await putReading(store, tarn.id, 'entra_users', rows, day);
        await verdicts.refresh(tarn.id);
        await beginJourneys(bylaw.services);
      };
      const all = ['ana', 'ben', 'kit', 'bram'].map((name) => user(name, { id: name, userType: 'Member' }));
      const members = ['ana', 'ben', 'kit', 'bram'].map((name) => ({ ...BEN, name, email: mail(name) }));
      await putReading(store, tarn.id, 'members', members, '2026-12-01');
      await put(all, '2026-12-01');
      expect([await of(tarn.slug), await of(tarn.slug, 'joining')]).toEqual([[], []]);
      const now = all.map((row) => (row.name === 'ben' ? { ...row, enabled: false } : row));
      const guest = user('gil', { id: 'gil', userType: 'Guest' });
      await put([...now, user('nia', { id: 'nia', userType: 'Member' }), guest], '2026-12-02');
      expect(named(await of(tarn.slug))).toEqual([[mail('ben'), '2026-12-02', BYLAW]]);
      expect(named(await of(tarn.slug, 'joining'))).toEqual([[mail('nia'), '2026-12-02', BYLAW]]);
      const control = async () =>
        (await bylaw.owner.call('GET', `/clients/${tarn.slug}/controls/ACC-07`)).body;
      // An earlier members file cannot show whether the seat is kept.
      expect(await control()).toMatchObject({ state: 'cannot_read', items: [{ key: mail('ben') }] });
      await putReading(store, tarn.id, 'members', members, '2026-12-02');
      await verdicts.refresh(tarn.id);
      const kept = await control();
      expect(kept).toMatchObject({ state: 'fail', items: [{ key: mail('ben') }] });
      expect(kept.items[0].detail).toMatch(
        /disabled since Dec 2, 2026 at the latest.*members file of Dec 2, 2026 lists the seat/,
      );
      const review = await bylaw.owner.call('POST', `/clients/${tarn.slug}/reviews`, { kind: 'monthly' });
      const leavers = review.body.items.find(({ id }: Json) => id === 'leavers');
      expect(leavers).toMatchObject({ state: 'met', signals: [{ entries: [{ key: mail('ben') }] }, {}, {}] });
      await put(
        all.map((row) => ({ ...row, enabled: row.name === 'ana' })),
        '2026-12-03',
      );
      expect(await of(tarn.slug)).toHaveLength(1);
      const { roster } = (await bylaw.owner.call('GET', at('', tarn.slug))).body;
      expect(roster.words).toBe(
        'The Entra users of Dec 3, 2026 show the accounts of 3 of 4 people with a seat as disabled.',
      );
    });
  });

  test('refuses an unknown person, a future day, a stale version, and someone who only reads', async () => {
    expect((await start({ address: mail('nobody') })).status).toBe(422);
    const { body } = await start({ address: mail('nobody'), name: 'New Body', day: '2026-12-31' });
    expect(body).toMatchObject({ name: 'New Body', state: 'open' });
    expect((await mark(body, 'projects', { on: '2026-12-24' })).status).toBe(400);
    expect((await mark(body, 'projects', { on: '2026-12-04' })).status).toBe(201);
    expect((await mark(body, 'projects', { on: null })).status).toBe(409);
    const assign = (version: number, owner: string | null) =>
      bylaw.owner.call('PUT', at(`/${body.id}/steps/projects/owner`), { version, owner });
    expect(step((await assign(1, 'Mara Manager')).body, 'projects')).toMatchObject({
      ownOwner: true,
      owner: { name: 'Mara Manager' },
    });
    const auditor = await bylaw.person('auditor', client.id);
    expect((await start({ address: BEN.email }, auditor)).status).toBe(403);
    expect((await list(auditor)).people).toEqual([]);
    const audit = await bylaw.owner.call('GET', `/clients/${client.slug}/audit?action=journeys.mark`);
    expect(audit.body.items.length).toBeGreaterThanOrEqual(3);
  });
});
// Guide: G2.2-12 G3.4-05 G5.5-05 G6.6-00 G6.6-01 G6.6-03 G7.3-01
