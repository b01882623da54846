import { createHash } from 'node:crypto';
import { readSheet } from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { anyEngine } from '#store/testing.ts';
import { putReading } from '../people/testing.ts';
import { verifyPdf } from '../signed-records/pdf-signature.ts';
import { at, campaigns, csv, SETTINGS } from './testing.ts';

const NOW = '2026-11-24T15:00:00Z';
type Json = Record<string, unknown>;

anyEngine('personal accounts', (engine) => {
  const here = campaigns(engine);
  const { fresh, entry, stateOf } = here;

  test('a report brought again shows new, gone, unchanged and come back, whatever the order', async () => {
    await fresh();
    expect(await here.it.list()).toMatchObject({
      total: 0,
      reports: [],
      gap: { why: /has not been provided/ },
    });
    // The newer one first: the day of a report matters, not the order of import.
    await here.it.upload('2026-11-20', ['kim', 'noor', { name: 'wes', inside: true, plan: 'team' }]);
    await here.it.upload('2026-10-30', ['kim', 'omar', 'wes']);
    await here.it.upload('2026-11-10', ['KIM@Alder.Example.ORG', 'wes']);
    expect(await here.it.states()).toEqual({ kim: 'found', noor: 'found', omar: 'closed', wes: 'closed' });
    const { items, report, before } = (await here.it.call('GET', '/difference')).body;
    expect([report.day, before]).toEqual(['2026-11-20', '2026-11-10']);
    expect(items.map((one: Json) => [one.account, one.difference])).toEqual([
      [at('noor'), 'new'],
      [at('kim'), 'unchanged'],
      [at('wes'), 'gone'],
    ]);
    expect(await entry('wes')).toMatchObject({
      words: 'Closed: in our workspace by the report of Nov 20, 2026',
      closedAfter: 'none',
    });
    expect(await entry('omar')).toMatchObject({
      closed: { on: '2026-11-10', moved: false, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    // The same rows in another order under another name, and the same bytes once more.
    const was = await here.it.list();
    const sha = (text: string) => createHash('sha256').update(text).digest('hex');
    const same = csv(['kim', 'noor', { name: 'wes', inside: true, plan: 'team' }]);
    expect(was.reports[0].files[0].sha256).toBe(sha(same));
    await here.it.now('2026-11-24T15:05:00Z');
    await here.it.upload(
      '2026-11-20',
      ['kim', 'noor', { name: 'wes', inside: true, plan: 'team' }],
      'again 2026-11-20.csv',
    );
    await here.it.upload(
      '2026-11-20',
      [{ name: 'wes', inside: true, plan: 'team' }, 'noor', 'kim'],
      'report (2) 2026-11-20.csv',
    );
    const is = await here.it.list();
    // Only which of two files with the same content is cited may differ.
    const plain = (list: Json) => ({
      ...list,
      items: (list.items as Json[]).map(({ closed, ...one }) => [one, (closed as Json | null)?.on]),
      reports: (list.reports as Json[]).map(({ files: _, ...one }) => one),
    });
    expect(plain(is)).toEqual(plain(was));
    await here.it.now('2026-11-25T15:00:00Z');
    await here.it.upload('2026-11-25', ['omar', 'kim']);
    expect(await entry('omar')).toMatchObject({ state: 'found', cameBack: '2026-11-25', difference: 'back' });
    expect((await here.it.list()).reports[0].counts).toEqual({
      new: 0,
      back: 1,
      unchanged: 1,
      gone: 1,
      not_told: 0,
    });
    expect((await here.it.list('?difference=back')).items.map((one: Json) => one.account)).toEqual([
      at('omar'),
    ]);
    await here.it.now(NOW);
  });

  test('an old report, and one of another domain, close nothing', async () => {
    await fresh({ domains: ['alder.example.org', 'alder.example.com'] });
    await here.it.bring('2026-10-28', ['kim', 'noor@alder.example.com']);
    await here.it.bring('2026-11-20', ['kim']);
    const noor = await entry('noor@alder.example.com');
    expect(noor).toMatchObject({ state: 'found', difference: 'not_told' });
    expect(noor.doubt).toContain('it lists no one at alder.example.com');
    expect((await stateOf('CLA-SHA-03')).state).toBe('fail');
    await here.it.now('2027-01-10T15:00:00Z');
    await here.it.bring('2026-12-01', ['pat']);
    expect(await entry('kim')).toMatchObject({ state: 'found' });
    expect((await entry('kim')).doubt).toContain('was 40 days old when it was brought');
    expect(await here.it.list()).toMatchObject({ gap: { why: /is 40 days old\. It is valid for 31/ } });
    await here.it.now(NOW);
  });

  test('what someone says closes nothing; a report does, and the controls say the same', async () => {
    await fresh();
    await here.it.bring('2026-11-20', ['kim', 'noor']);
    expect((await stateOf('CLA-SHA-04')).state).toBe('cannot_read');
    const reply = await here.it.call('POST', '/say', {
      accounts: [at('KIM')],
      state: 'said_closed',
      note: 'By phone',
    });
    expect(reply.body).toEqual({ done: [at('kim')], refused: [] });
    expect(await entry('kim')).toMatchObject({
      state: 'said_closed',
      words: 'Marked as closed on Nov 24, 2026; no report shows it yet',
      note: 'By phone',
      version: 1,
    });
    expect((await stateOf('CLA-SHA-03')).state).toBe('fail');
    expect((await stateOf('CLA-SHA-04')).reason).toContain('1 of 2 holders');
    await here.it.call('POST', '/say', { accounts: [at('noor')], state: 'said_closed' });
    const waits = await stateOf('CLA-SHA-03');
    expect([waits.state, waits.due]).toEqual(['pending', '2026-12-21']);
    expect(
      (await here.it.call('POST', '/say', { accounts: [at('kim')], state: 'said_closed' })).body.refused[0]
        .why,
    ).toMatch(/Nothing would change/);
    await here.it.now('2026-11-27T15:00:00Z');
    await here.it.bring('2026-11-27', ['noor']);
    expect(await entry('kim')).toMatchObject({
      state: 'closed',
      words: 'Closed: gone from the report of Nov 27, 2026',
    });
    expect(await entry('noor')).toMatchObject({ state: 'found', doubt: /still lists it/ });
    expect((await stateOf('CLA-SHA-03')).state).toBe('fail');
    expect(
      (await here.it.call('POST', '/say', { accounts: [at('kim')], state: 'migrating' })).body.refused[0].why,
    ).toBe('It is over: Closed: gone from the report of Nov 27, 2026.');
    const { history } = (await here.it.call('GET', `/account/${at('kim')}`)).body;
    expect(history.map((one: Json) => [one.day, one.by, one.words])).toEqual([
      ['2026-11-27', null, 'Gone from the report of Nov 27, 2026'],
      ['2026-11-24', 'Hana Reyes', 'Marked as closed'],
      ['2026-11-20', null, 'First listed by the report of Nov 20, 2026'],
    ]);
    await here.it.now('2026-11-28T15:00:00Z');
    await here.it.bring('2026-11-28', []);
    // Without the members, a filtered report cannot be recognized.
    expect((await stateOf('CLA-SHA-03')).state).toBe('cannot_read');
    const { bylaw, client } = here.it;
    const dana = { email: at('dana'), role: 'primary_owner' as const };
    await putReading(bylaw.services.store, client.id, 'members', [dana], '2026-11-28');
    expect((await stateOf('CLA-SHA-03')).state).toBe('pass');
    await here.it.now(NOW);
  });

  test('an exemption accepts until its day and no longer, and only who may approve exceptions gives it', async () => {
    await fresh();
    await here.it.bring('2026-11-20', ['kim']);
    const wanted = {
      accounts: [at('kim')],
      reason: 'Research license',
      owner: 'Petra Board',
      until: '2026-11-26',
    };
    expect((await here.it.call('POST', '/exempt', wanted)).status).toBe(403);
    const past = await here.it.call('POST', '/exempt', { ...wanted, until: '2026-11-23' }, here.it.admin);
    expect([past.status, past.body.message]).toEqual([
      400,
      'The last day, Nov 23, 2026, is past. Today is Nov 24, 2026 at Alder Society.',
    ]);
    expect((await here.it.call('POST', '/exempt', wanted, here.it.admin)).body.done).toEqual([at('kim')]);
    expect(await entry('kim')).toMatchObject({
      state: 'exempt',
      words: 'Exempt until Nov 26, 2026',
      exemption: { reason: 'Research license', owner: 'Petra Board', by: 'Adele Admin' },
    });
    const accepted = await stateOf('CLA-SHA-03');
    expect(accepted.state).toBe('accepted');
    expect(accepted.reason).toContain('Accepted until Nov 26, 2026 by Petra Board: Research license');
    await here.it.now('2026-11-27T15:00:00Z');
    expect(await entry('kim')).toMatchObject({
      state: 'found',
      exemptionEnded: '2026-11-26',
      exemption: null,
    });
    expect((await stateOf('CLA-SHA-03')).state).toBe('fail');
    await here.it.now(NOW);
  });

  test('owner and due date for many at once; who edits one says what they saw', async () => {
    await fresh();
    await here.it.bring('2026-11-20', ['kim', 'noor']);
    const both = [at('kim'), at('noor'), at('nobody')];
    const { body } = await here.it.call('POST', '/assign', {
      accounts: both,
      owner: 'Dana Whitlock',
      due: '2026-11-23',
    });
    expect(body.done).toEqual([at('kim'), at('noor')]);
    expect(body.refused).toEqual([
      { account: at('nobody'), name: null, why: 'No report and no journal names this account.' },
    ]);
    expect((await here.it.list('?marked=overdue')).total).toBe(2);
    const late = await here.it.call('POST', '/assign', {
      accounts: [at('kim')],
      due: '2026-12-04',
      version: 0,
    });
    expect([late.status, late.body.data.by]).toEqual([409, 'Hana Reyes']);
    await here.it.call('POST', '/assign', { accounts: [at('kim')], due: '2026-12-04', version: 1 });
    expect(await entry('kim')).toMatchObject({ owner: 'Dana Whitlock', due: '2026-12-04', overdue: false });
    expect((await here.it.call('POST', '/assign', { accounts: [at('kim')] })).status).toBe(400);
    const records = (
      await here.it.bylaw.owner.call(
        'GET',
        `/clients/${here.it.client.slug}/audit?action=personal_accounts.assign`,
      )
    ).body;
    expect(records.items).toHaveLength(3);
  });

  test('an answer and use for work are on record and can be listed', async () => {
    await fresh();
    await here.it.bring('2026-11-20', ['kim', 'noor']);
    await here.it.call('POST', '/answer', {
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
    expect((await here.it.list('?marked=work')).items).toHaveLength(1);
    expect((await entry('noor')).usedForWork).toBeNull();
    const { body } = await here.it.call('GET', `/account/${at('kim')}`);
    expect(body.clause).toMatchObject({ id: 'no_personal_accounts', number: null, version: null });
    // A connector linked to it is an incident, which is created from the entry and names the data.
    const incident = (originId: string) =>
      here.it.bylaw.owner.call('POST', `/clients/${here.it.client.slug}/incidents`, {
        type: 'unauthorized_access',
        title: 'Member data through a personal account',
        summary: 'A connector was linked to it',
        person: originId,
        data: ['member_pii', 'mail'],
        origin: 'register',
        originId,
      });
    expect((await incident('nobody@alder.example.org')).status).toBe(404);
    const opened = await incident(at('kim'));
    expect(opened.status, JSON.stringify(opened.body)).toBe(201);
    expect(opened.body).toMatchObject({
      data: ['member_pii', 'mail'],
      origin: { kind: 'register', id: at('kim') },
    });
    expect((await incident(at('kim'))).status).toBe(409);
  });

  test('the record tells what was found, contacted, closed by which report, exempt and open', async () => {
    await fresh();
    expect((await here.it.call('POST', '/records', {})).status).toBe(422);
    await here.it.call('PUT', '/settings', { ...SETTINGS, version: 1 });
    await here.it.bring('2026-11-20', ['kim', { name: 'noor', holder: '#eval("x") *Noor* <b>' }, 'omar']);
    await here.it.call('POST', '/messages', { kind: 'first', how: 'hand', accounts: [at('kim')] });
    await here.it.call(
      'POST',
      '/exempt',
      { accounts: [at('omar')], reason: 'Research license', owner: 'Petra Board', until: '2026-12-31' },
      here.it.admin,
    );
    await here.it.now('2026-11-25T15:00:00Z');
    await here.it.upload('2026-11-25', ['noor', 'omar']);
    const created = await here.it.call('POST', '/records', { paper: 'letter' });
    expect(created.status).toBe(201);
    const file = await here.it.call('GET', `/records/${created.body.sha256}`);
    expect(createHash('sha256').update(file.bytes).digest('hex')).toBe(created.body.sha256);
    expect(await verifyPdf(file.bytes)).toMatchObject({ ok: true });
    expect((await here.it.list()).records).toMatchObject([{ sha256: created.body.sha256, by: 'Hana Reyes' }]);
    const evidence = (await here.it.bylaw.owner.call('GET', `/clients/${here.it.client.slug}/evidence`)).body
      .items;
    expect(
      evidence.some((one: Json) => one.sha256 === created.body.sha256 && one.how === 'personal_accounts'),
    ).toBe(true);
    const other = evidence.find((one: Json) => one.how === 'import');
    expect((await here.it.call('GET', `/records/${other.sha256}`)).status).toBe(404);
    await here.it.now(NOW);
  });

  test('the list as a file, with nothing that a spreadsheet would calculate', async () => {
    await fresh();
    expect((await here.it.call('GET', '/export?format=csv')).status).toBe(422);
    await here.it.bring('2026-11-20', [
      { name: 'kim', holder: '=HYPERLINK("https://evil.example")', plan: 'pro' },
    ]);
    const text = String((await here.it.call('GET', '/export?format=csv')).bytes);
    expect(text).toContain(at('kim'));
    expect(text).not.toMatch(/(^|,)"?=HYPER/m);
    const sheet = await readSheet(Buffer.from((await here.it.call('GET', '/export?format=xlsx')).bytes));
    const json = JSON.parse(String((await here.it.call('GET', '/export?format=json')).bytes));
    // People get words; programs keep the codes.
    expect(text).toMatch(/,Found,.*,Pro,.*,New,/);
    expect(sheet[1]).toEqual(expect.arrayContaining(['Found', 'Pro', 'New']));
    expect(json.rows[0]).toMatchObject({ state: 'found', plan: 'pro', difference: 'new' });
    expect(JSON.stringify(json)).toContain('=HYPERLINK');
  });

  test('someone who may not see people sees none of it; someone who only reads changes nothing', async () => {
    await fresh();
    await here.it.bring('2026-11-20', ['kim']);
    const auditor = await here.it.bylaw.person('auditor', here.it.client.id);
    expect((await here.it.call('GET', '', undefined, auditor)).status).toBe(200);
    expect(
      (await here.it.call('POST', '/say', { accounts: [at('kim')], state: 'migrating' }, auditor)).status,
    ).toBe(403);
    const staff = await here.it.bylaw.person('staff', here.it.client.id);
    expect((await here.it.call('GET', '', undefined, staff)).status).toBe(403);
    const other = await here.it.bylaw.client('Harrow Guild');
    const stranger = await here.it.bylaw.person('hr', other.id);
    expect((await here.it.call('GET', '', undefined, stranger)).status).toBe(404);
    expect((await here.it.call('GET', `/account/${at('nobody')}`)).status).toBe(404);
  });
});
// Guide: G2.2-07 G4.2-02 G4.2-03 G4.2-05 G7.1-03 G8-07 GA-04
