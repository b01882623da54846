import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Json,
  TEST_NOW,
  type TestConsole,
  type TestPerson,
  testConsole,
} from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { counting } from '../imports/testing/importing.ts';

const CHARTER = JSON.stringify({
  connectors: [
    { name: 'Asana', actions: { 'Get task': 'allow', 'Create task': 'ask', '*': 'blocked' } },
    { name: '<b>Harbour</b> Tides', kind: 'custom', actions: { '*': 'ask' } },
  ],
  cowork: { enabled: false },
  desktopExtensions: ['Filesystem'],
  network: { tenantRestriction: true },
  aiTools: [
    { tool: 'ChatGPT', decision: 'forbidden', reason: 'No agreement on <data>' },
    { tool: 'Otter', decision: 'tolerated', until: '2026-11-01', reason: 'Until Teams has transcripts' },
  ],
  governanceOwner: { name: 'Gwen Governs', email: 'gwen@alder.example.org' },
});

anyEngine('pages for staff', (engine) => {
  let bylaw: TestConsole;
  let client: { id: string; slug: string; name: string };
  let hr: TestPerson;
  let admin: TestPerson;
  let secret: string;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
    client = await bylaw.client('Alder & "Society"', {
      domains: ['alder.example.org', 'people.example'],
    });
    hr = await bylaw.person('hr', client.id, 'Hanna HR');
    admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
    const { body } = await hr.call('POST', at('/policy/page'), {});
    secret = new URL(body.address).pathname.split('/').at(-1) ?? '';
  });
  afterAll(() => bylaw.close());

  const at = (path: string) => `/clients/${client.slug}${path}`;
  const browse = (path: string, cookie?: string) =>
    bylaw.inject({
      method: 'GET',
      url: path,
      remoteAddress: '198.51.100.9',
      headers: cookie === undefined ? {} : { cookie },
    });
  const send = (
    path: string,
    form: Readonly<Record<string, string>>,
    from = '198.51.100.9',
    cookie?: string,
  ) =>
    bylaw.inject({
      method: 'POST',
      url: path,
      remoteAddress: from,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(cookie === undefined ? {} : { cookie }),
      },
      payload: new URLSearchParams(form).toString(),
    });
  const allowed = async () => String((await browse(`/staff/${secret}`)).body);

  async function publishPolicy(): Promise<void> {
    const { body: made } = await hr.call('POST', at('/policy/drafts'), {});
    const fields = Object.fromEntries(
      made.fields.filter(({ given }: Json) => !given).map(({ id, value }: Json) => [id, value]),
    );
    const { reason, content, material, effectiveOn, version } = made;
    const { body: edited } = await hr.call('PUT', at(`/policy/drafts/${made.id}`), {
      ...{ version, reason, content, material, effectiveOn, collected: ['usage', 'connectors'] },
      fields: {
        ...fields,
        reviewers: 'your head',
        contact: 'Kestrel IT',
        contact_address: 'help@kestrel.example',
      },
    });
    const { body: proposed } = await hr.call('POST', at(`/policy/drafts/${made.id}/propose`), {
      version: edited.version,
    });
    const approved = await admin.call('POST', at(`/policy/drafts/${made.id}/approve`), {
      version: proposed.version,
    });
    expect(approved.status, JSON.stringify(approved.body)).toBe(201);
  }

  describe('what is allowed here', () => {
    test('says that nobody has decided where there is no charter and no policy', async () => {
      const { status, headers, body } = await browse(`/staff/${secret}`);
      expect(status).toBe(200);
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      expect(body).toContain('No one at Alder &amp; &quot;Society&quot; has decided yet');
      expect(body).toContain('has not named anyone for questions yet');
      expect(body).not.toMatch(/blocked|not allowed|<script/iu);
      expect((await browse(`/staff/${'x'.repeat(43)}`)).status).toBe(404);
    });

    test('says what charter and policy in force say, and changes with them', async () => {
      await publishPolicy();
      await counting(bylaw, client.id, [{ name: 'charter.json', bytes: CHARTER }]);
      const html = await allowed();
      expect(html).toContain(
        '<dt>Asana</dt><dd>Claude may: Read tasks. It asks you first for: Create tasks.',
      );
      expect(html).toContain('<dt>ChatGPT</dt><dd>Not allowed. No agreement on &lt;data&gt;</dd>');
      expect(html).toContain('<dt>Otter</dt><dd>No longer allowed; it was until November 1, 2026.');
      expect(html).toContain(
        '“Access restricted by network policy. Contact IT Administrator.” means that Claude was opened with an account outside',
      );
      expect(html).toContain(
        '&lt;b&gt;Harbour&lt;/b&gt; Tides</dt><dd>Claude asks you first before doing anything.',
      );
      expect(html).toMatch(/Cowork[^<]*<\/dt><dd>Not allowed\./u);
      expect(html).toMatch(/Desktop extensions[^<]*<\/dt><dd>Only Filesystem\./u);
      expect(html).toMatch(/Chrome[^<]*<\/dt><dd>No one has decided yet\./u);
      expect(html).toMatch(/<h2 id="s-may">You may<\/h2><ul lang="en"><li>Draft, edit and summarize /u);
      expect(html).toContain('Put a password, a key or any other login details into a chat.');
      expect(html).toContain('Kestrel IT, help@kestrel.example');
      expect(html).not.toContain('Gwen');
      const policy = String((await browse(`/policy/${secret}`)).body);
      expect(policy).toContain('<h2 id="s-purpose">1. Why we have Claude</h2>');
      expect(policy).toMatch(/id="use_analysis">[^<]*<br><a lang="en" href="#s-connectors">/u);
      expect(policy).toMatch(/id="use_automation">[^<]*<br><a lang="en" href="#s-automation">/u);
      expect(policy).toContain(`href="/staff/${secret}/mine">Ask for another connector</a>`);
      expect(policy).toContain('<dt>Asana</dt><dd>It asks you first for: Create tasks.</dd>');
      expect(policy).toContain('Tides</dt><dd>It asks you first for: everything else.</dd>');
      // The draft named public data alone, and Asana reaches tasks.
      expect((await hr.call('GET', at('/policy'))).body.dataUnnamed).toEqual([
        'tasks and projects (reached through Asana)',
      ]);
      expect((await admin.call('GET', at('/controls/CLA-CON-04'))).body.clauses).toEqual([
        expect.objectContaining({ id: 'no_unapproved_connectors', number: '3.4', version: '1' }),
      ]);
      await counting(bylaw, client.id, [
        { name: 'charter.json', bytes: JSON.stringify({ ...JSON.parse(CHARTER), connectors: [] }) },
      ]);
      expect(await allowed()).toContain('No connector is approved.');
      expect(await allowed()).not.toContain('Asana');
      const without = String((await browse(`/policy/${secret}`)).body);
      expect(without).not.toContain('Asana');
      expect(without).toContain('Through approved connectors, Claude may only read.');
    });

    test('is linked from the policy, and ends with its page', async () => {
      expect((await browse(`/policy/${secret}`)).body).toContain(`href="/staff/${secret}?lang=en"`);
      const { body } = await hr.call('POST', at('/policy/page'), {});
      expect((await browse(`/staff/${secret}`)).status).toBe(404);
      secret = new URL(body.address).pathname.split('/').at(-1) ?? '';
      expect((await browse(`/staff/${secret}`)).status).toBe(200);
      bylaw.setNow(TEST_NOW);
    });
  });

  describe('a report of something strange', () => {
    const REPORT = {
      kind: 'unexpected',
      said: 'It deleted <script>alert(1)</script> a folder that I only asked about.',
      happened: 'this morning',
      contact: 'Wren, extension 12',
    };
    const report = (form: Readonly<Record<string, string>>, from?: string) =>
      send(`/staff/${secret}/report`, form, from);
    const referenceIn = (html: unknown) => /class="number">([A-Z2-9]{6})</u.exec(String(html))?.[1] ?? '';
    const list = async () => (await admin.call('GET', at('/staff-reports'))).body;

    test('arrives once, with a reference, as work for the person who leads incidents', async () => {
      expect((await browse(`/staff/${secret}`)).body).toContain(`href="/staff/${secret}/report?lang=en"`);
      const { body: form } = await browse(`/staff/${secret}/report`);
      const { body: ofBlock } = await browse(`/staff/${secret}/report?lang=en&blocked=7KQ4-M2XD-9RTB`);
      expect(ofBlock).toContain('value="other" required checked');
      expect(ofBlock).toContain('required>7KQ4-M2XD-9RTB: </textarea>');
      for (const other of ['', '?blocked=<b>', '?blocked=a&blocked=b'])
        expect((await browse(`/staff/${secret}/report${other}`)).body).toContain('required></textarea>');
      expect(form).toContain('reach Kestrel IT, help@kestrel.example');
      expect(form).not.toContain('<script');
      const empty = await report({ ...REPORT, said: 'hm' });
      expect([empty.status, empty.body]).toEqual([422, expect.stringContaining('Say in a sentence')]);
      expect((await report({ ...REPORT, kind: 'nonsense' })).status).toBe(422);
      const { body } = await report(REPORT);
      const reference = referenceIn(body);
      expect(reference).toHaveLength(6);
      expect(referenceIn((await report(REPORT)).body)).toBe(reference);
      const { items, counts } = await list();
      expect(counts).toEqual({ open: 1, incident: 0, closed: 0 });
      expect(items).toEqual([
        expect.objectContaining({ ...REPORT, reference, address: null, state: 'open', incident: null }),
      ]);
      const work = (await admin.call('GET', at('/work'))).body.items;
      const item = work.find(({ kind }: Json) => kind === 'staff_report');
      expect(item).toMatchObject({ title: `Review report ${reference} from staff`, mine: true });
      expect(JSON.stringify(item)).not.toContain('folder');
      const log = await bylaw.owner.call('GET', at('/audit?action=staff.report'));
      expect(log.body.items).toHaveLength(1);
      expect(JSON.stringify(log.body.items)).not.toContain('folder');
    });

    test('as a question about the policy it comes with its clause, also from the page in Spanish', async () => {
      const ask = (form: Readonly<Record<string, string>>, path = `/staff/${secret}/question`) =>
        send(path, form);
      expect((await browse(`/policy/${secret}`)).body).toContain(`href="/staff/${secret}/question?lang=en"`);
      const form = String((await browse(`/staff/${secret}/question?clause=use_research`)).body);
      expect(form).toContain('<option value="use_research" selected>2.2 Look up topics');
      const said = 'May I research <b>salaries</b> of other associations?';
      const empty = await ask({ said: 'eh', clause: 'use_research' });
      expect([empty.status, empty.body]).toEqual([422, expect.stringContaining('in a sentence')]);
      expect((await send(`/staff/${secret}/report`, { kind: 'question', said })).status).toBe(422);
      expect((await ask({ said, clause: 'use_research', contact: 'Wren' })).status).toBe(200);
      const spanish = await ask(
        { said: '¿Y en español, cómo se pide?', clause: 'made_up' },
        `/staff/${secret}/question?lang=es`,
      );
      expect(spanish.body).toContain('Recibimos su pregunta');
      const asked = (await list()).items.filter(({ kind }: Json) => kind === 'question');
      expect(asked.map(({ clause }: Json) => clause)).toEqual(
        expect.arrayContaining([
          null,
          { id: 'use_research', number: '2.2', text: 'Look up topics related to your job.' },
        ]),
      );
      for (const { id, version } of asked)
        await admin.call('POST', at(`/staff-reports/${id}/close`), { version, reason: 'Answered by phone' });
      expect((await list()).counts).toMatchObject({ open: 1, closed: 2 });
    });

    test('becomes an incident, which settles it', async () => {
      const { id, version } = (await list()).items.find(({ state }: Json) => state === 'open');
      const wanted = {
        type: 'agent_action',
        title: 'A folder is gone',
        summary: 'Staff say so',
        origin: 'staff',
      };
      expect((await admin.call('POST', at('/incidents'), { ...wanted, originId: 'no' })).status).toBe(404);
      const opened = await admin.call('POST', at('/incidents'), { ...wanted, originId: id });
      expect(opened.status, JSON.stringify(opened.body)).toBe(201);
      expect(opened.body.origin).toEqual({ kind: 'staff', id, code: null, gone: null });
      const again = await admin.call('POST', at('/incidents'), { ...wanted, originId: id });
      expect(again.status).toBe(409);
      expect((await list()).items.find((one: Json) => one.id === id)).toMatchObject({
        state: 'incident',
        incident: { id: opened.body.id, code: opened.body.code },
      });
      const closed = await admin.call('POST', at(`/staff-reports/${id}/close`), {
        version,
        reason: 'Not so',
      });
      expect(closed.status).toBe(422);
      const work = (await admin.call('GET', at('/work'))).body.items;
      expect(work.some(({ kind }: Json) => kind === 'staff_report')).toBe(false);
    });

    test('of two people in the same words makes two, each with how to reach its person', async () => {
      const wanted = ['Wren, extension 12', 'Ines, extension 14'];
      const said = 'Claude sent a mail that I did not ask for.';
      const references: string[] = [];
      for (const contact of [...wanted, ...wanted])
        references.push(referenceIn((await report({ ...REPORT, said, contact })).body));
      expect(references.slice(2)).toEqual(references.slice(0, 2));
      const made = (await list()).items.filter((one: Json) => one.said === said);
      expect(made.map(({ contact }: Json) => contact).toSorted()).toEqual(wanted.toSorted());
    });

    test('is closed with a reason, and no incident is made of it then', async () => {
      await report({ ...REPORT, said: 'Which connectors may I use for payroll?', kind: 'connector' });
      const { id, version } = (await list()).items.find(({ state }: Json) => state === 'open');
      const close = (body: object, by = admin) => by.call('POST', at(`/staff-reports/${id}/close`), body);
      expect((await close({ version, reason: 'Answered' }, hr)).status).toBe(403);
      const { status, body } = await close({ version, reason: 'Answered by phone' });
      expect([status, body.closed]).toMatchObject([201, { by: 'Adele Admin', reason: 'Answered by phone' }]);
      expect((await close({ version, reason: 'Once more' })).status).toBe(409);
      const wanted = {
        type: 'agent_action',
        title: 'Late',
        summary: 'Too late',
        origin: 'staff',
        originId: id,
      };
      expect((await admin.call('POST', at('/incidents'), wanted)).status).toBe(422);
    });

    test('is accepted only so often from one network, and is hidden from other clients', async () => {
      const statuses: number[] = [];
      for (let n = 0; n < 12; n += 1)
        statuses.push(
          (await report({ ...REPORT, said: `Number ${n} of many reports` }, '203.0.113.5')).status,
        );
      expect([statuses[0], statuses.at(-1)]).toEqual([200, 429]);
      const rowan = await bylaw.client('Rowan Guild');
      const theirs = await bylaw.person('client_admin', rowan.id);
      expect((await theirs.call('GET', at('/staff-reports'))).status).toBe(404);
      expect((await report({ ...REPORT, said: 'x'.repeat(70_000) }, '192.0.2.7')).status).toBe(413);
    });
  });

  describe('a connector that staff ask for', () => {
    const WREN = 'wren@alder.example.org';
    const wish = {
      by: 'Wren Castellane',
      entry: 'notion',
      purpose: 'Minutes of the <b>committees</b>',
      data: 'files',
      people: 'The secretaries',
      writes: 'no',
      days: '90',
    };
    const cookieOf = (answer: { headers: Readonly<Record<string, unknown>> }) =>
      String(answer.headers['set-cookie']).split(';')[0] ?? '';
    const ask = async (address: string) => {
      bylaw.outbox.length = 0;
      const answer = await send(`/staff/${secret}/mine`, { address });
      const link = /https?:\S+\/staff\/mine\/\S+/u.exec(bylaw.outbox[0]?.text ?? '')?.[0];
      return {
        cookie: cookieOf(answer),
        check: /class="number">(\d{4})</u.exec(String(answer.body))?.[1] ?? '',
        path: link === undefined ? '' : new URL(link).pathname,
      };
    };
    const requests = async () => (await admin.call('GET', at('/requests'))).body.items;

    test('needs a mailbox of the client, and the browser that asked or its number', async () => {
      await ask('someone@elsewhere.example');
      expect(bylaw.outbox).toEqual([]);
      const { check, cookie, path } = await ask(WREN);
      expect((await browse(path)).body).toContain('name="check"');
      expect((await send(`${path}/connector`, wish)).body).toContain('name="check"');
      expect(await requests()).toEqual([]);
      const wrong = check === '1000' ? '1001' : '1000';
      expect((await send(path, { check: wrong })).status).toBe(422);
      const moved = await send(path, { check });
      expect(moved.body).toContain('Nothing yet.');
      // From now on it is the page of that browser.
      expect((await browse(path, cookie)).body).toContain('name="check"');
      expect((await browse(path, cookieOf(moved))).body).toContain('Nothing yet.');
    });

    test('goes to the requests of the console, once, and the person sees what becomes of it', async () => {
      const { cookie, path } = await ask(WREN);
      const bad = await send(`${path}/connector`, { ...wish, data: '' }, undefined, cookie);
      expect([bad.status, bad.body]).toEqual([400, expect.stringContaining('Choose the kinds of data')]);
      expect(bad.body).toContain('&lt;b&gt;committees&lt;/b&gt;');
      const done = await send(`${path}/connector`, wish, undefined, cookie);
      expect(done.body).toContain('You asked for Notion.');
      const [row, ...others] = await requests();
      expect([row, others]).toMatchObject([
        { name: 'Notion', state: 'asked', purpose: wish.purpose, asked: { by: `Wren Castellane (${WREN})` } },
        [],
      ]);
      const other = await ask('noor@alder.example.org');
      const joined = await send(
        `${other.path}/connector`,
        { ...wish, by: 'Noor', purpose: 'Me too' },
        undefined,
        other.cookie,
      );
      expect(joined.body).toContain('Someone already asked for Notion.');
      expect(joined.body).not.toContain('Wren');
      expect(await requests()).toHaveLength(1);
      const shown = (await admin.call('GET', at(`/requests/${row.id}`))).body;
      expect(shown.wantedBy.map(({ address }: Json) => address)).toEqual(['noor@alder.example.org', WREN]);
      const refused = await admin.call('POST', at(`/requests/${row.id}/refuse`), {
        version: shown.version,
        reason: 'We use SharePoint',
      });
      expect(refused.status).toBe(201);
      expect((await browse(path, cookie)).body).toContain('Refused: We use SharePoint');
    });

    test('is in Spanish, too, and takes a report as theirs', async () => {
      const { cookie, path } = await ask('ida@alder.example.org');
      const spanish = String((await browse(`${path}?lang=es`, cookie)).body);
      expect(spanish).toContain('<h2 id="s-ask">Pedir un conector</h2>');
      expect(spanish).not.toMatch(/Ask for|Nothing yet|Who would|I do not know|Read and change/u);
      const bad = await send(`${path}/connector?lang=es`, { ...wish, purpose: '' }, undefined, cookie);
      expect([bad.status, bad.body]).toEqual([400, expect.stringContaining('Diga para qué es.')]);
      expect((await browse(`${path}/report?lang=es`, cookie)).body).toContain(
        'Se envía como ida@alder.example.org.',
      );
      const strange = { kind: 'unexpected', said: 'Borró una carpeta por la que solo pregunté.' };
      expect(
        (await send(`${path}/report?lang=es`, { ...strange, kind: 'question' }, undefined, cookie)).status,
      ).toBe(422);
      const sent = await send(`${path}/report?lang=es`, strange, undefined, cookie);
      const reference = /class="number">([^<]+)</u.exec(String(sent.body))?.[1];
      const { items } = (await admin.call('GET', at('/staff-reports'))).body;
      expect(items.find((one: Json) => one.reference === reference)).toMatchObject({
        address: 'ida@alder.example.org',
        kind: 'unexpected',
      });
      // In another browser it is nobody's page.
      expect((await send(`${path}/report`, strange)).body).toContain('name="check"');
    });

    test('is not decided by who asked for it, whatever way they asked', async () => {
      const { cookie, path } = await ask(admin.email.replace('@', '+claude@'));
      await send(`${path}/connector`, { ...wish, entry: 'figma', by: 'Adele' }, undefined, cookie);
      const row = (await requests()).find(({ name }: Json) => name === 'Figma');
      const own = await admin.call('POST', at(`/requests/${row.id}/refuse`), {
        version: row.version,
        reason: 'Mine',
      });
      expect(own.status).toBe(403);
    });
  });
});
// Guide: G7.3-03 G8-02 G8-03 G8-04 G8-05 G8-06 G8-10 G8-16
