import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anActivity } from '#domain/activity/testing.ts';
import {
  type Json,
  TEST_NOW,
  type TestConsole,
  type TestPerson,
  testConsole,
} from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { installed, run } from '../../../tests/support/programs.ts';
import { later, putPeople, putReading } from '../people/testing.ts';
import { storeFacts } from '../verdicts/testing.ts';

anyEngine('reviews', (engine) => {
  let bylaw: TestConsole;
  let mara: TestPerson;
  let client: { id: string; slug: string };
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
    client = await bylaw.client('Alder Society', { domains: ['alder.example.org'], m365: [] });
    mara = await bylaw.person('client_admin', client.id, 'Mara Ellingsworth');
    await storeFacts({
      store: bylaw.services.store,
      clientId: client.id,
      now: TEST_NOW,
      files: {
        'charter.yaml': `governanceOwner: { name: Mara Ellingsworth, email: ${mara.email} }\nconnectors: []\n`,
      },
    });
    await putPeople(bylaw.services.store, client.id, '2026-11-20');
    await bylaw.services.verdicts.refresh(client.id);
  });
  afterAll(() => bylaw.close());

  const at = (path = '') => `/clients/${client.slug}/reviews${path}`;
  const open = async (kind: string, by = mara): Promise<Json> => (await by.call('POST', at(), { kind })).body;
  const show = async (id: string, by = mara): Promise<Json> => (await by.call('GET', at(`/${id}`))).body;
  const answer = (id: string, item: string, body: object, by = mara) =>
    by.call('PUT', at(`/${id}/items/${item}`), {
      version: 0,
      answer: 'fine',
      note: null,
      owner: null,
      day: null,
      ...body,
    });
  const sign = (id: string, version: number, by = mara) =>
    by.call('POST', at(`/${id}/sign`), { version, next: null });
  const itemOf = (review: Json, id: string): Json => review.items.find((one: Json) => one.id === id);
  const control = async (id: string): Promise<Json> =>
    (await mara.call('GET', `/clients/${client.slug}/controls/${id}`)).body;
  const NOTE = { answer: 'not_reviewed', note: 'No source is connected yet.' };

  describe('a monthly one', () => {
    let id: string;
    test('is pre-filled: leavers with a seat meet the rule, what nobody read stays unread', async () => {
      const review = await open('monthly');
      id = review.id;
      expect((await open('monthly')).id).toBe(id);
      expect(review).toMatchObject({ from: '2026-10-24', answered: 0, of: 5, signed: null });
      const leavers = itemOf(review, 'leavers');
      expect(leavers).toMatchObject({ state: 'met', missing: [], answer: null });
      expect(leavers.signals[0].entries.map(({ label }: Json) => label)).toEqual([
        'Tobin Achterberg',
        'Wren Castellane',
      ]);
      expect(itemOf(review, 'usage').state).toBe('unread');
      expect(itemOf(review, 'personal_accounts')).toMatchObject({
        state: 'unread',
        missing: ['domain_memberships'],
      });
      expect(review.gaps.map(({ code }: Json) => code)).toEqual(Array(5).fill('unanswered'));
    });

    test('fine asks for a reason or for the missing file, and says which', async () => {
      expect((await answer(id, 'leavers', {})).body.message).toContain('Say in the note why it is fine');
      const report = await answer(id, 'personal_accounts', { note: 'Looked myself.' });
      expect([report.status, report.body.message]).toEqual([
        422,
        expect.stringContaining('No Domain memberships report was imported'),
      ]);
    });

    test('when two people answer at once, one is warned and neither loses anything', async () => {
      const [one, two] = await Promise.all([
        answer(id, 'usage', NOTE),
        answer(id, 'usage', { ...NOTE, note: 'The export is under way.' }, bylaw.owner),
      ]);
      expect([one.status, two.status].sort()).toEqual([200, 409]);
      const lost = one.status === 409 ? one : two;
      expect(lost.body.data ?? lost.body).toMatchObject({ version: 1 });
      expect(itemOf(await show(id), 'usage').answer).toMatchObject({ version: 1 });
    });

    test('cannot be signed with gaps, nor by anyone whom the charter does not name', async () => {
      for (const item of ['connector_calls', 'security_alerts', 'personal_accounts'])
        expect((await answer(id, item, NOTE)).status).toBe(200);
      const flagged = (await answer(id, 'leavers', { answer: 'flag', note: 'HR was late.' })).body;
      expect(flagged.gaps.filter(({ blocks }: Json) => blocks)).toEqual([
        { code: 'flag_without_owner', item: 'leavers', blocks: true, words: 'The flag has no owner.' },
      ]);
      expect((await sign(id, flagged.version)).body.message).toBe('People who left: The flag has no owner.');
      const review = (
        await answer(id, 'leavers', { version: 1, answer: 'flag', owner: mara.email, day: '2026-12-01' })
      ).body;
      const other = await sign(id, review.version, bylaw.owner);
      expect([other.status, other.body.message]).toEqual([
        403,
        'Only Mara Ellingsworth (governance owner) can sign this review.',
      ]);
      expect((await sign(id, review.version - 1)).status).toBe(409);
    });

    test('a finding that appears after the answer has to be answered', async () => {
      await putReading(
        bylaw.services.store,
        client.id,
        'roster',
        [
          { name: 'Ben Okafor', emails: ['ben@alder.example.org'], status: 'left', endsOn: '2026-11-19' },
          {
            name: 'Tobin Achterberg',
            emails: ['tobin@alder.example.org'],
            status: 'left',
            endsOn: '2026-10-12',
          },
          {
            name: 'Wren Castellane',
            emails: ['wren@alder.example.org'],
            status: 'left',
            endsOn: '2026-10-30',
          },
          { name: 'Ana Ruiz', emails: ['ana@alder.example.org'], status: 'active' },
        ],
        '2026-11-21',
      );
      await bylaw.services.verdicts.refresh(client.id);
      const review = await show(id);
      expect(review.gaps).toContainEqual(
        expect.objectContaining({ code: 'appeared', words: expect.stringContaining('Ben Okafor') }),
      );
      expect((await sign(id, review.version)).status).toBe(422);
    });

    test('signed by the governance owner it makes minutes in three forms, and controls count what it covers', async () => {
      const before = await control('OPS-03');
      expect(before.state).not.toBe('pass');
      const { version } = itemOf(await show(id), 'leavers').answer;
      const review = (
        await answer(id, 'leavers', { version, answer: 'flag', owner: mara.email, day: '2026-12-01' })
      ).body;
      expect(review).toMatchObject({ covered: ['user_access'], may: { sign: true } });
      const { status, body } = await sign(id, review.version);
      expect([status, body.signed]).toMatchObject([
        201,
        { by: 'Mara Ellingsworth', as: 'governance owner', on: '2026-11-24', next: '2026-12-24' },
      ]);
      for (const format of ['pdf', 'html', 'docx']) {
        const file = await mara.call('GET', at(`/${id}/minutes/${format}`));
        expect([file.status, file.bytes.length > 1000]).toEqual([200, true]);
        if (format === 'html') {
          expect(file.body).toContain('Tobin Achterberg');
          expect(file.body).toContain('Use per person: It was not reviewed.');
        }
        if (format !== 'html')
          expect(file.bytes.subarray(0, 4).toString('latin1')).toBe(
            format === 'pdf' ? '%PDF' : 'PK\u0003\u0004',
          );
        if (format === 'pdf' && installed('pdftotext', ['-v']))
          expect(run('pdftotext', ['-', '-'], file.bytes)).toContain('Tobin Achterberg');
        if (format === 'docx' && installed('lowriter')) {
          const folder = await mkdtemp(join(tmpdir(), 'bylaw-minutes-'));
          await writeFile(join(folder, 'minutes.docx'), file.bytes);
          run('lowriter', [
            `-env:UserInstallation=file://${folder}/profile`,
            ...['--headless', '--convert-to', 'txt:Text (encoded):UTF8', '--outdir', folder],
            join(folder, 'minutes.docx'),
          ]);
          expect(await readFile(join(folder, 'minutes.txt'), 'utf8')).toContain('Tobin Achterberg');
          await rm(folder, { recursive: true });
        }
      }
      // Only the reviewed areas are decided; the others of the month stay open.
      const after = await control('OPS-03');
      expect([after.state, after.reason]).toEqual([
        'fail',
        expect.stringContaining('Usage, connectors and personal accounts were not covered'),
      ]);
      const { recurring } = (await mara.call('GET', `/clients/${client.slug}/work`)).body;
      expect(recurring.find((one: Json) => one.id === 'monthly_look')).toMatchObject({
        due: '2026-12-24',
        owner: { name: 'Mara Ellingsworth' },
        records: [{ areas: ['user_access'], counts: true }],
      });
      expect((await answer(id, 'leavers', { version: version + 1, note: 'Changed.' })).status).toBe(409);
    });

    test('its open flag is work of its owner until it is closed', async () => {
      const work = async () =>
        (await mara.call('GET', `/work?of=${client.slug}&kind=review&owner=mine`)).body.items;
      expect(await work()).toMatchObject([
        { title: 'Follow up on a review: People who left', due: '2026-12-01' },
      ]);
      const closed = await mara.call('POST', at(`/${id}/items/leavers/close`), { note: 'Seats removed.' });
      expect(itemOf(closed.body, 'leavers').answer.closed).toMatchObject({ note: 'Seats removed.' });
      expect(await work()).toEqual([]);
    });
  });

  test('lists behind the figures: who matches, which connectors there are, and a decision on each', async () => {
    const other = await bylaw.client('Reed Guild', { domains: ['alder.example.org'], m365: [] });
    const owner = await bylaw.person('client_admin', other.id, 'Ines Reed');
    await storeFacts({
      store: bylaw.services.store,
      clientId: other.id,
      now: TEST_NOW,
      files: {
        'charter.yaml': `governanceOwner: { name: Ines Reed, email: ${owner.email} }\nconnectors: [{ name: Gmail, actions: { "*": blocked } }]
exceptions:
  - { control: CLA-CON-29, until: 2026-12-31, reason: The vendor reviews its rights in December., owner: Ines Reed }
`,
        'journal.yaml': 'connectorConsent: { on: 2026-10-01, by: Dana Reed }\n',
      },
    });
    const { store } = bylaw.services;
    await putPeople(store, other.id, '2026-11-20');
    const cell = (state: 'blocked' | 'allow') => [
      { connector: 'Gmail', action: 'Send email', state, stateText: state, enabled: true },
    ];
    await putReading(store, other.id, 'connectors', cell('blocked'), '2026-10-20');
    await putReading(store, other.id, 'connectors', cell('allow'), '2026-11-20');
    const server = '07c030f6-5743-41b7-ba00-0a6e85f37c17';
    await putReading(
      store,
      other.id,
      'service_principals',
      [
        { id: 'sp-1', appId: server, name: 'M365 MCP Server for Claude', enabled: true },
        { id: 'sp-9', appId: 'de8bc8b5-d9f9-48b1-a8ad-b748da725064', name: 'Graph Explorer' },
      ],
      '2026-11-20',
    );
    const grants = (scopes: readonly string[], day: string) =>
      putReading(
        store,
        other.id,
        'permission_grants',
        [
          { id: 'g-1', clientId: 'sp-1', consentType: 'AllPrincipals', principalId: null, scopes },
          {
            id: 'g-2',
            clientId: 'sp-9',
            consentType: 'Principal',
            principalId: 'u-9',
            scopes: ['User.Read'],
          },
        ],
        day,
      );
    await grants(['Mail.Read'], '2026-10-20');
    await grants(['Mail.Read', 'Mail.Send'], '2026-11-20');
    await bylaw.services.activityLog.append(
      other.id,
      Array.from({ length: 80 }, (_, n) =>
        anActivity({
          id: `gmail-${n}`,
          at: new Date(Date.parse('2026-11-20T15:00:00Z') + n * 1000).toISOString(),
          connector: 'Gmail',
          connectorName: 'Gmail',
          tool: 'search_threads',
          effect: 'read',
        }),
      ),
    );
    await bylaw.services.verdicts.refresh(other.id);
    const there = `/clients/${other.slug}/reviews`;
    const review = (await owner.call('POST', there, { kind: 'quarterly' })).body;
    const signal = (item: string, id: string): Json =>
      itemOf(review, item).signals.find((one: Json) => one.signal === id);
    expect(signal('user_access', 'reconciliation')).toMatchObject({
      state: null,
      reason: expect.stringMatching(/to someone on the roster/),
      entries: expect.arrayContaining([expect.objectContaining({ label: 'Tobin Achterberg' })]),
    });
    const [leaver] = signal('user_access', 'leavers').entries;
    const offboarding = await owner.call('POST', `/clients/${other.slug}/journeys`, {
      address: leaver.key,
      day: '2026-10-12',
      owner: null,
    });
    expect([offboarding.status, offboarding.body.name]).toEqual([201, leaver.label]);
    const [gmail] = signal('connectors', 'connector_list').entries;
    expect(gmail).toMatchObject({
      label: 'Gmail',
      detail: expect.stringMatching(/^Approved; .*last call Nov 20, 2026; .*never reviewed\.$/),
      decision: null,
    });
    expect(signal('permission_changes', 'actions_confirmed')).toMatchObject({
      state: 'fail',
      entries: expect.arrayContaining([
        expect.objectContaining({
          detail: 'Blocked is approved; Always allow was observed on Nov 20, 2026.',
        }),
      ]),
    });
    expect(signal('permission_changes', 'permission_changes').entries).toMatchObject([
      { detail: 'Nov 20, 2026. From Blocked to Always allow. No approval was found.' },
    ]);
    expect(signal('m365_permissions', 'app_scopes')).toMatchObject({
      reason: expect.stringMatching(
        /Dana Reed consented on Oct 1, 2026.*Since the file of Oct 20, 2026: added Mail.Send/,
      ),
      entries: expect.arrayContaining([expect.objectContaining({ label: 'Mail.Send' })]),
    });
    expect(signal('connectors', 'exceptions').entries).toMatchObject([
      { detail: expect.stringContaining('The vendor reviews its rights in December.') },
    ]);
    // Many calls within minutes raised an alert, which meets the rule until someone classifies it.
    expect(itemOf(review, 'usage').state).toBe('met');
    expect(signal('usage', 'usage_alerts').state).toBe('fail');
    const say = (version: number, decision: object[], more: object = {}) =>
      owner.call('PUT', `${there}/${review.id}/items/connectors`, {
        version,
        answer: 'fine',
        note: 'Seen in the console.',
        owner: null,
        day: null,
        decisions: decision,
        ...more,
      });
    const codes = ({ body }: Json) =>
      body.gaps
        .filter(({ item, blocks }: Json) => item === 'connectors' && blocks)
        .map(({ code }: Json) => code);
    const all = (decision: string) =>
      signal('connectors', 'connector_list').entries.map(({ key }: Json) => ({
        signal: 'connector_list',
        key,
        decision,
      }));
    expect(codes(await say(0, []))).toEqual(['undecided']);
    expect(codes(await say(1, all('remove')))).toEqual(['needs_flag']);
    expect(codes(await say(2, all('keep')))).toEqual([]);
    const kept = (await owner.call('GET', `${there}/${review.id}`)).body;
    expect(
      itemOf(kept, 'connectors').signals.find((one: Json) => one.signal === 'connector_list').entries[0]
        .decision,
    ).toBe('keep');

    // A review that was ended without a signature stays on record, and another one can be opened.
    const end = (version: number) =>
      owner.call('POST', `${there}/${review.id}/end`, { version, why: 'Opened for the wrong quarter.' });
    expect((await end(kept.version - 1)).status).toBe(409);
    const ended = (await end(kept.version)).body;
    expect(ended).toMatchObject({
      signed: null,
      ended: { by: 'Ines Reed', why: 'Opened for the wrong quarter.' },
      may: { edit: false, sign: false },
    });
    expect((await say(3, all('keep'))).status).toBe(409);
    const list = (await owner.call('GET', there)).body;
    expect(list.items).toMatchObject([{ id: review.id, ended: { why: 'Opened for the wrong quarter.' } }]);
    expect(list.decks.find(({ kind }: Json) => kind === 'quarterly')).toMatchObject({
      open: null,
      last: null,
    });
    expect((await owner.call('POST', there, { kind: 'quarterly' })).body.id).not.toBe(review.id);
  });

  test('only calls that wrote are listed as writes, with who made them and when', async () => {
    const other = await bylaw.client('Harrow Guild', { domains: ['harrow.example.org'] });
    await bylaw.services.activityLog.append(other.id, [
      anActivity({ id: 'read' }),
      anActivity({ id: 'refused', tool: 'outlook_send', effect: 'write', outcome: 'rejected' }),
    ]);
    const writes = async (): Promise<Json> => {
      const review = await bylaw.owner.call('POST', `/clients/${other.slug}/reviews`, { kind: 'monthly' });
      return itemOf(review.body, 'connector_calls').signals.find(
        ({ signal }: Json) => signal === 'write_calls',
      );
    };
    expect(await writes()).toMatchObject({ state: 'pass', entries: [] });
    await bylaw.services.activityLog.append(other.id, [
      anActivity({ id: 'sent', tool: 'outlook_send', effect: 'write' }),
    ]);
    expect(await writes()).toMatchObject({
      state: 'fail',
      entries: [
        {
          label: 'Microsoft 365 (Outlook): outlook_send',
          detail: 'jane@example.org, 1 call, last on Nov 20, 2026.',
        },
      ],
    });
  });

  test('the next one is about the time since, and says what changed', async () => {
    await later(bylaw, '2026-12-26T15:00:00Z');
    const queue = (await mara.call('GET', '/reviews')).body.items;
    expect(queue[0]).toMatchObject({ client: client.slug, kind: 'monthly', late: true, due: '2026-12-24' });
    const review = await open('monthly');
    expect(review).toMatchObject({ from: '2026-11-24', last: '2026-11-24' });
    // The members file is a month old and shows nothing about today.
    expect(itemOf(review, 'leavers')).toMatchObject({
      state: 'unread',
      missing: ['members'],
      changes: expect.arrayContaining([
        expect.objectContaining({ gone: ['Ben Okafor', 'Tobin Achterberg', 'Wren Castellane'] }),
      ]),
    });
  });

  test('a review goes on with the items that it was opened with, and names what the catalogue changed', async () => {
    const review = await open('quarterly');
    // Simulates an older catalogue at the time it was opened.
    await bylaw.services.store.write([client.id], async (tx) => {
      const row = await tx
        .selectFrom('reviews')
        .select('items')
        .where('client_id', '=', client.id)
        .where('id', '=', review.id)
        .executeTakeFirstOrThrow();
      const items = row.items.map((item, at) => (at === 0 ? { ...item, rule: 'The rule of then.' } : item));
      await tx
        .updateTable('reviews')
        .set({ items: JSON.stringify(items) })
        .where('client_id', '=', client.id)
        .where('id', '=', review.id)
        .execute();
    });
    const shown = await show(review.id);
    expect(itemOf(shown, 'connectors').rule).toBe('The rule of then.');
    expect(shown.changed).toEqual(['Connector inventory']);
  });
});
// Guide: G5.5-01 G5.5-02 G5.5-04 G5.5-05 G7.1-00 G7.1-02
