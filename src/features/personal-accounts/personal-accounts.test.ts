import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { eachEngine } from '#store/testing.ts';
import { verifyPdf } from '../deployment/record/pdf-signature.ts';
import { at, csv, SETTINGS, type TestCampaign, testCampaign } from './testing.ts';

const NOW = '2026-11-24T15:00:00Z';
type Json = Record<string, unknown>;

eachEngine('personal accounts', (engine) => {
  let it: TestCampaign;
  const fresh = async (more: object = {}, options: object = {}) => {
    it = await testCampaign({ store: await engine.open(), ...options }, more);
    consoles.push(it);
    return it;
  };
  const consoles: TestCampaign[] = [];
  afterAll(async () => {
    for (const { bylaw } of consoles) await bylaw.close();
  });
  const entry = async (name: string) =>
    (await it.list()).items.find((one: { account: string }) => one.account === at(name));
  const stateOf = async (control: string) => {
    await it.bylaw.services.verdicts.ensureCurrent([it.client.id]);
    return (await it.bylaw.owner.call('GET', `/clients/${it.client.slug}/controls/${control}`)).body;
  };

  test('a report brought again shows new, gone, unchanged and come back, whatever the order', async () => {
    await fresh();
    expect(await it.list()).toMatchObject({ total: 0, reports: [], gap: { why: /was not given/ } });
    // The newer one first: each is of its day, not of its turn.
    await it.upload('2026-11-20', ['kim', 'noor', { name: 'wes', inside: true, plan: 'team' }]);
    await it.upload('2026-10-30', ['kim', 'omar', 'wes']);
    await it.upload('2026-11-10', ['KIM@Alder.Example.ORG', 'wes']);
    expect(await it.states()).toEqual({ kim: 'found', noor: 'found', omar: 'closed', wes: 'closed' });
    const { items, report, before } = (await it.call('GET', '/difference')).body;
    expect([report.day, before]).toEqual(['2026-11-20', '2026-11-10']);
    expect(items.map((one: Json) => [one.account, one.difference])).toEqual([
      [at('noor'), 'new'],
      [at('kim'), 'unchanged'],
      [at('wes'), 'gone'],
    ]);
    expect(await entry('wes')).toMatchObject({
      words: 'Closed: in our workspace by the report of 20 Nov 2026',
      closedAfter: 'none',
    });
    expect(await entry('omar')).toMatchObject({
      closed: { on: '2026-11-10', moved: false, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    // The same rows in another order under another name, and the same bytes once more.
    const was = await it.list();
    const sha = (text: string) => createHash('sha256').update(text).digest('hex');
    const same = csv(['kim', 'noor', { name: 'wes', inside: true, plan: 'team' }]);
    expect(was.reports[0].files[0].sha256).toBe(sha(same));
    await it.now('2026-11-24T15:05:00Z');
    await it.upload(
      '2026-11-20',
      ['kim', 'noor', { name: 'wes', inside: true, plan: 'team' }],
      'again 2026-11-20.csv',
    );
    await it.upload(
      '2026-11-20',
      [{ name: 'wes', inside: true, plan: 'team' }, 'noor', 'kim'],
      'report (2) 2026-11-20.csv',
    );
    const is = await it.list();
    // Which of two files that list the same is cited is all that may differ.
    const plain = (list: Json) => ({
      ...list,
      items: (list.items as Json[]).map(({ closed, ...one }) => [one, (closed as Json | null)?.on]),
      reports: (list.reports as Json[]).map(({ files: _, ...one }) => one),
    });
    expect(plain(is)).toEqual(plain(was));
    await it.now('2026-11-25T15:00:00Z');
    await it.upload('2026-11-25', ['omar', 'kim']);
    expect(await entry('omar')).toMatchObject({ state: 'found', cameBack: '2026-11-25', difference: 'back' });
    expect((await it.list()).reports[0].counts).toEqual({
      new: 0,
      back: 1,
      unchanged: 1,
      gone: 1,
      not_told: 0,
    });
    expect((await it.list('?difference=back')).items.map((one: Json) => one.account)).toEqual([at('omar')]);
    await it.now(NOW);
  });

  test('an old report, and one of another domain, close nothing', async () => {
    await fresh({ domains: ['alder.example.org', 'alder.example.com'] });
    await it.bring('2026-10-28', ['kim', 'noor@alder.example.com']);
    await it.bring('2026-11-20', ['kim']);
    const noor = await entry('noor@alder.example.com');
    expect(noor).toMatchObject({ state: 'found', difference: 'not_told' });
    expect(noor.doubt).toContain('it lists nobody at alder.example.com');
    expect((await stateOf('CLA-SHA-03')).state).toBe('fail');
    await it.now('2027-01-10T15:00:00Z');
    await it.bring('2026-12-01', ['pat']);
    expect(await entry('kim')).toMatchObject({ state: 'found' });
    expect((await entry('kim')).doubt).toContain('was 40 days old when it was brought');
    expect(await it.list()).toMatchObject({ gap: { why: /is 40 days old\. It counts for 31/ } });
    await it.now(NOW);
  });

  test('what somebody says closes nothing; a report does, and the controls say the same', async () => {
    await fresh();
    await it.bring('2026-11-20', ['kim', 'noor']);
    expect((await stateOf('CLA-SHA-04')).state).toBe('cannot_read');
    const said = await it.call('POST', '/say', {
      accounts: [at('KIM')],
      state: 'said_closed',
      note: 'By phone',
    });
    expect(said.body).toEqual({ done: [at('kim')], refused: [] });
    expect(await entry('kim')).toMatchObject({
      state: 'said_closed',
      words: 'Said to be closed on 24 Nov 2026; no report shows it yet',
      note: 'By phone',
      version: 1,
    });
    expect((await stateOf('CLA-SHA-03')).state).toBe('fail');
    expect((await stateOf('CLA-SHA-04')).reason).toContain('1 of 2 holders');
    await it.call('POST', '/say', { accounts: [at('noor')], state: 'said_closed' });
    const waits = await stateOf('CLA-SHA-03');
    expect([waits.state, waits.due]).toEqual(['pending', '2026-12-21']);
    expect(
      (await it.call('POST', '/say', { accounts: [at('kim')], state: 'said_closed' })).body.refused[0].why,
    ).toMatch(/stands so already/);
    await it.now('2026-11-27T15:00:00Z');
    await it.bring('2026-11-27', ['noor']);
    expect(await entry('kim')).toMatchObject({
      state: 'closed',
      words: 'Closed: gone from the report of 27 Nov 2026',
    });
    expect(await entry('noor')).toMatchObject({ state: 'found', doubt: /still lists it/ });
    expect((await stateOf('CLA-SHA-03')).state).toBe('fail');
    expect(
      (await it.call('POST', '/say', { accounts: [at('kim')], state: 'migrating' })).body.refused[0].why,
    ).toBe('It is over: Closed: gone from the report of 27 Nov 2026.');
    const { history } = (await it.call('GET', `/account/${at('kim')}`)).body;
    expect(history.map((one: Json) => [one.day, one.by, one.words])).toEqual([
      ['2026-11-27', null, 'Gone from the report of 27 Nov 2026'],
      ['2026-11-24', 'Hana Reyes', 'Said to be closed'],
      ['2026-11-20', null, 'First listed by the report of 20 Nov 2026'],
    ]);
    await it.now('2026-11-28T15:00:00Z');
    await it.bring('2026-11-28', []);
    expect((await stateOf('CLA-SHA-03')).state).toBe('pass');
    await it.now(NOW);
  });

  test('an exemption accepts until its day and no longer, and only who may approve exceptions gives it', async () => {
    await fresh();
    await it.bring('2026-11-20', ['kim']);
    const wanted = {
      accounts: [at('kim')],
      reason: 'Research licence',
      owner: 'Petra Board',
      until: '2026-11-26',
    };
    expect((await it.call('POST', '/exempt', wanted)).status).toBe(403);
    const past = await it.call('POST', '/exempt', { ...wanted, until: '2026-11-23' }, it.admin);
    expect([past.status, past.body.message]).toEqual([
      400,
      'The last day, 23 Nov 2026, is past. Today is 24 Nov 2026 at Alder Society.',
    ]);
    expect((await it.call('POST', '/exempt', wanted, it.admin)).body.done).toEqual([at('kim')]);
    expect(await entry('kim')).toMatchObject({
      state: 'exempt',
      words: 'Exempt until 26 Nov 2026',
      exemption: { reason: 'Research licence', owner: 'Petra Board', by: 'Adele Admin' },
    });
    const accepted = await stateOf('CLA-SHA-03');
    expect(accepted.state).toBe('accepted');
    expect(accepted.reason).toContain('Accepted until 26 Nov 2026 by Petra Board: Research licence');
    await it.now('2026-11-27T15:00:00Z');
    expect(await entry('kim')).toMatchObject({
      state: 'found',
      exemptionEnded: '2026-11-26',
      exemption: null,
    });
    expect((await stateOf('CLA-SHA-03')).state).toBe('fail');
    await it.now(NOW);
  });

  test('owner and due date for many at once; who edits one says what they saw', async () => {
    await fresh();
    await it.bring('2026-11-20', ['kim', 'noor']);
    const both = [at('kim'), at('noor'), at('nobody')];
    const { body } = await it.call('POST', '/assign', {
      accounts: both,
      owner: 'Dana Whitlock',
      due: '2026-11-23',
    });
    expect(body.done).toEqual([at('kim'), at('noor')]);
    expect(body.refused).toEqual([
      { account: at('nobody'), name: null, why: 'No report and no journal names this account.' },
    ]);
    expect((await it.list('?marked=overdue')).total).toBe(2);
    const late = await it.call('POST', '/assign', { accounts: [at('kim')], due: '2026-12-04', version: 0 });
    expect([late.status, late.body.data.by]).toEqual([409, 'Hana Reyes']);
    await it.call('POST', '/assign', { accounts: [at('kim')], due: '2026-12-04', version: 1 });
    expect(await entry('kim')).toMatchObject({ owner: 'Dana Whitlock', due: '2026-12-04', overdue: false });
    expect((await it.call('POST', '/assign', { accounts: [at('kim')] })).status).toBe(400);
    const records = (
      await it.bylaw.owner.call('GET', `/clients/${it.client.slug}/audit?action=personal_accounts.assign`)
    ).body;
    expect(records.items).toHaveLength(3);
  });

  describe('messages', () => {
    const first = (accounts: readonly string[], more: object = {}) =>
      it.call('POST', '/messages', { kind: 'first', how: 'mail', accounts, ...more });
    beforeAll(() => fresh());

    test('go out one by one in the client’s name, and are on record as sent by Bylaw', async () => {
      await fresh();
      await it.bring('2026-11-20', [
        'kim',
        { name: 'noor', holder: 'Noor https://evil.example/now \u202Ewww.evil.example' },
        { name: 'vague', plan: '', inside: false },
      ]);
      const without = await first([at('kim')]);
      expect([without.status, without.body.message]).toEqual([
        422,
        expect.stringContaining('{contact}, and nobody is set'),
      ]);
      expect(it.bylaw.outbox).toEqual([]);
      await it.call('PUT', '/settings', { ...SETTINGS, version: 1 });
      const { body } = await first([at('kim'), at('Noor'), at('nobody')]);
      expect(body).toMatchObject({
        sent: [at('kim'), at('noor')],
        failed: [],
        refused: [{ account: at('nobody') }],
      });
      expect(it.bylaw.outbox.map(({ to }) => to).sort()).toEqual([at('kim'), at('noor')]);
      const mail = it.bylaw.outbox.find(({ to }) => to === at('kim'));
      expect(mail).toMatchObject({
        subject: `Your Claude account at alder.example.org`,
        replyTo: 'priya@alder.example.org',
      });
      expect(mail?.text).toContain('Hello Kim Example,');
      expect(mail?.text).toContain('Priya Raman (priya@alder.example.org) is glad to help');
      expect(mail?.text).not.toMatch(/[{}]/);
      const hostile = it.bylaw.outbox.find(({ to }) => to === at('noor'));
      expect(hostile?.text).toContain('Hello Noor https: / / evil. example/ now www. evil. example,');
      expect(await entry('kim')).toMatchObject({
        state: 'contacted',
        contactedHow: 'mail',
        can: ['reminder', 'offer'],
      });
      expect((await first([at('kim')])).body.refused[0].why).toMatch(/was written to on 24 Nov 2026 already/);
      expect(it.bylaw.outbox).toHaveLength(2);
      expect((await stateOf('CLA-SHA-04')).reason).toContain('1 of 3 holders');
    });

    test('that fail leave the account as it was and say which and why; the rest goes out', async () => {
      await fresh();
      await it.call('PUT', '/settings', { ...SETTINGS, version: 1 });
      await it.bring('2026-11-20', ['kim', 'noor', 'omar']);
      const send = vi.spyOn(it.bylaw.services.mail, 'send').mockImplementation(async (message) => {
        if (message.to === at('noor'))
          throw new Error('The mail server refuses the recipient. It said: 550 no such user');
        it.bylaw.outbox.push(message);
      });
      const { body } = await first([at('kim'), at('noor'), at('omar')]);
      send.mockRestore();
      expect(body.sent).toEqual([at('kim'), at('omar')]);
      expect(body.failed).toEqual([
        {
          account: at('noor'),
          name: 'Noor Example',
          why: 'The mail server refuses the recipient. It said: 550 no such user',
        },
      ]);
      expect(await entry('noor')).toMatchObject({
        state: 'found',
        messages: 0,
        message: { outcome: 'failed' },
      });
      const log = (
        await it.bylaw.owner.call('GET', `/clients/${it.client.slug}/audit?action=personal_accounts.send`)
      ).body.items;
      expect(log).toHaveLength(6);
      // Tried again, it goes out, and once.
      expect((await first([at('noor')])).body.sent).toEqual([at('noor')]);
    });

    test('two people who press at once send it once', async () => {
      await fresh();
      await it.call('PUT', '/settings', { ...SETTINGS, version: 1 });
      await it.bring('2026-11-20', ['kim']);
      const [a, b] = await Promise.all([first([at('kim')]), first([at('kim')])]);
      expect([...a.body.sent, ...b.body.sent]).toEqual([at('kim')]);
      expect(it.bylaw.outbox).toHaveLength(1);
    });

    test('that were begun and not ended are not known, never sent', async () => {
      await fresh();
      await it.call('PUT', '/settings', { ...SETTINGS, version: 1 });
      await it.bring('2026-11-20', ['kim']);
      // The server is gone in the middle: the mail may be out, and nobody noted it.
      vi.spyOn(it.bylaw.services.mail, 'send').mockReturnValueOnce(new Promise(() => undefined));
      void first([at('kim')]);
      await vi.waitFor(async () => expect((await entry('kim')).message?.outcome).toBe('sending'));
      expect((await first([at('kim')])).body.refused[0].why).toBe(
        'Hana Reyes is writing to this holder at this moment.',
      );
      await it.now('2026-11-24T15:20:00Z');
      expect(await entry('kim')).toMatchObject({ state: 'found', message: { outcome: 'unknown' } });
      expect((await first([at('kim')], { how: 'hand' })).body.sent).toEqual([at('kim')]);
      expect(await entry('kim')).toMatchObject({ state: 'contacted', contactedHow: 'hand' });
      await it.now(NOW);
    });

    test('go nowhere without a mail server, to other domains, or to whom nobody knows', async () => {
      await fresh({}, { mail: false });
      await it.call('PUT', '/settings', { ...SETTINGS, version: 1 });
      await it.bring('2026-11-20', ['kim', 'eve@evil.example']);
      expect((await first([at('kim')])).body.message).toMatch(/^Mail is not set up/);
      const hand = await first([at('kim'), 'eve@evil.example'], { how: 'hand' });
      expect(hand.body.sent).toEqual([at('kim')]);
      expect(hand.body.refused[0].why).toMatch(/^Its domain is none of this client’s/);
      expect((await first([], { kind: 'managers', to: [] })).status).toBe(400);
      expect((await first([at('kim')], { to: ['a@b.example'] })).status).toBe(400);
    });

    test('are worded per client, with versions; a placeholder that nobody knows is refused by name', async () => {
      await fresh();
      await it.call('PUT', '/settings', {
        ...SETTINGS,
        version: 1,
        policyUrl: 'https://alder.example.org/claude',
      });
      await it.bring('2026-11-20', ['kim']);
      const edit = (text: string, version: number, kind = 'first') =>
        it.call('PUT', `/messages/texts/${kind}`, { version, subject: 'About {organisation}', text });
      const wrong = await edit('Hello {nmae}, see {policy}', 0);
      expect([wrong.status, wrong.body.message]).toEqual([
        400,
        '1 placeholder is not known: {nmae}. Known are {name}, {address}, {organisation}, {domain}, {contact} and {policy}.',
      ]);
      expect((await edit('Hello {name}', 0, 'managers')).body.message).toMatch(
        /names nobody, so it cannot hold \{name\}/,
      );
      expect((await edit('Hello {name}, see {policy}', 0)).body).toMatchObject({ version: 1 });
      expect((await edit('Another', 0)).status).toBe(409);
      const preview = (await it.call('GET', '/messages/preview?kind=first')).body;
      expect(preview).toMatchObject({
        account: at('kim'),
        subject: 'About Alder Society',
        text: 'Hello Kim Example, see https://alder.example.org/claude',
        problem: null,
      });
      const texts = (await it.call('GET', '/messages/texts')).body.items;
      expect(texts[0]).toMatchObject({
        kind: 'first',
        version: 1,
        written: { by: 'Hana Reyes' },
        proposed: { asOf: '2026-11-26' },
      });
      await first([at('kim')]);
      expect(it.bylaw.outbox[0]?.text).toBe('Hello Kim Example, see https://alder.example.org/claude');
      const { messages } = (await it.call('GET', `/account/${at('kim')}`)).body;
      expect(messages[0]).toMatchObject({ wording: 1, outcome: 'sent', by: 'Hana Reyes' });
      await first([], { kind: 'managers', to: ['mo@alder.example.org', 'MO@alder.example.org'] });
      expect(it.bylaw.outbox.filter(({ to }) => to === 'mo@alder.example.org')).toHaveLength(1);
      expect((await it.call('PUT', '/settings', { ...SETTINGS, version: 1 })).status).toBe(409);
    });

    test('how many were closed after the first message, with the list behind the number', async () => {
      await fresh();
      await it.call('PUT', '/settings', { ...SETTINGS, version: 1 });
      await it.bring('2026-11-20', ['kim', 'noor', 'omar', 'pat']);
      await first([at('kim'), at('noor')]);
      await it.now('2026-11-25T15:00:00Z');
      await it.call('POST', '/messages', { kind: 'reminder', how: 'mail', accounts: [at('noor')] });
      await it.now('2026-11-26T15:00:00Z');
      await it.bring('2026-11-26', ['pat']);
      expect((await it.list()).statistics).toEqual({
        accounts: 4,
        contacted: 2,
        closed: 3,
        closedAfterFirst: 1,
        closedAfterMore: 1,
        closedWithout: 1,
        open: 1,
        overdue: 0,
        usedForWork: 0,
      });
      const behind = async (after: string) =>
        (await it.list(`?closedAfter=${after}`)).items.map((one: Json) => one.account);
      expect([await behind('first'), await behind('more'), await behind('none')]).toEqual([
        [at('kim')],
        [at('noor')],
        [at('omar')],
      ]);
      expect((await entry('kim')).can).toEqual(['thanks']);
      expect(
        (await it.call('POST', '/messages', { kind: 'thanks', how: 'mail', accounts: [at('kim')] })).body
          .sent,
      ).toEqual([at('kim')]);
      expect((await entry('kim')).can).toEqual([]);
      await it.now(NOW);
    });
  });

  test('an answer and use for work are on record and can be listed', async () => {
    await fresh();
    await it.bring('2026-11-20', ['kim', 'noor']);
    await it.call('POST', '/answer', {
      accounts: [at('kim')],
      answer: 'will_move',
      usedForWork: true,
      note: 'Two projects',
    });
    expect(await entry('kim')).toMatchObject({
      answer: { words: 'Will move it' },
      usedForWork: true,
      note: 'Two projects',
    });
    expect((await it.list('?marked=work')).items).toHaveLength(1);
    expect((await entry('noor')).usedForWork).toBeNull();
  });

  test('the record tells what was found, contacted, closed by which report, exempt and open', async () => {
    await fresh();
    expect((await it.call('POST', '/records', {})).status).toBe(422);
    await it.call('PUT', '/settings', { ...SETTINGS, version: 1 });
    await it.bring('2026-11-20', ['kim', { name: 'noor', holder: '#eval("x") *Noor* <b>' }, 'omar']);
    await it.call('POST', '/messages', { kind: 'first', how: 'hand', accounts: [at('kim')] });
    await it.call(
      'POST',
      '/exempt',
      { accounts: [at('omar')], reason: 'Research licence', owner: 'Petra Board', until: '2026-12-31' },
      it.admin,
    );
    await it.now('2026-11-25T15:00:00Z');
    await it.upload('2026-11-25', ['noor', 'omar']);
    const made = await it.call('POST', '/records', { paper: 'letter' });
    expect(made.status).toBe(201);
    const file = await it.call('GET', `/records/${made.body.sha256}`);
    expect(createHash('sha256').update(file.bytes).digest('hex')).toBe(made.body.sha256);
    expect(await verifyPdf(file.bytes)).toMatchObject({ ok: true });
    expect((await it.list()).records).toMatchObject([{ sha256: made.body.sha256, by: 'Hana Reyes' }]);
    const evidence = (await it.bylaw.owner.call('GET', `/clients/${it.client.slug}/evidence`)).body.items;
    expect(
      evidence.some((one: Json) => one.sha256 === made.body.sha256 && one.how === 'personal_accounts'),
    ).toBe(true);
    const other = evidence.find((one: Json) => one.how === 'import');
    expect((await it.call('GET', `/records/${other.sha256}`)).status).toBe(404);
    await it.now(NOW);
  });

  test('the list as a file, with nothing that a spreadsheet would calculate', async () => {
    await fresh();
    expect((await it.call('GET', '/export?format=csv')).status).toBe(422);
    await it.bring('2026-11-20', [{ name: 'kim', holder: '=HYPERLINK("https://evil.example")' }]);
    const text = String((await it.call('GET', '/export?format=csv')).bytes);
    expect(text).toContain(at('kim'));
    expect(text).not.toMatch(/(^|,)"?=HYPER/m);
    expect((await it.call('GET', '/export?format=xlsx')).status).toBe(200);
    const json = JSON.parse(String((await it.call('GET', '/export?format=json')).bytes));
    expect(JSON.stringify(json)).toContain('=HYPERLINK');
  });

  test('who may not see people sees nothing of it, and who only reads changes nothing', async () => {
    await fresh();
    await it.bring('2026-11-20', ['kim']);
    const auditor = await it.bylaw.person('auditor', it.client.id);
    expect((await it.call('GET', '', undefined, auditor)).status).toBe(200);
    expect(
      (await it.call('POST', '/say', { accounts: [at('kim')], state: 'migrating' }, auditor)).status,
    ).toBe(403);
    const staff = await it.bylaw.person('staff', it.client.id);
    expect((await it.call('GET', '', undefined, staff)).status).toBe(403);
    const other = await it.bylaw.client('Harrow Guild');
    const stranger = await it.bylaw.person('hr', other.id);
    expect((await it.call('GET', '', undefined, stranger)).status).toBe(404);
    expect((await it.call('GET', `/account/${at('nobody')}`)).status).toBe(404);
  });
});
