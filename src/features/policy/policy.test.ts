import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Json,
  TEST_NOW,
  type TestConsole,
  type TestPerson,
  testConsole,
} from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { installed, run } from '../../../tests/support/programs.ts';
import { putPeople, putReading } from '../people/testing.ts';

const DAY = 24 * 3_600_000;
const TOBIN = 'tobin@alder.example.org';

anyEngine('the acceptable use policy', (engine) => {
  let bylaw: TestConsole;
  let hr: TestPerson;
  let admin: TestPerson;
  let client: { id: string; slug: string; name: string };
  let page: string;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
    client = await bylaw.client('Alder & "Society"');
    hr = await bylaw.person('hr', client.id, 'Hanna HR');
    admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
    await putPeople(bylaw.services.store, client.id, '2026-11-20');
    await bylaw.services.verdicts.refresh(client.id);
  }, 120_000);
  afterAll(() => bylaw.close());

  const at = (path = '') => `/clients/${client.slug}/policy${path}`;
  const draft = (id: string, act = '') => at(`/drafts/${id}${act}`);
  const parts = ({ reason, content, fields, collected, material, effectiveOn, version }: Json) => ({
    version,
    reason,
    content,
    fields: Object.fromEntries(
      fields.filter(({ given }: Json) => !given).map(({ id, value }: Json) => [id, value]),
    ),
    collected: collected.flatMap(({ id, named }: Json) => (named ? [id] : [])),
    material,
    effectiveOn,
  });
  const fill = (shown: Json, more: object = {}) => {
    const wanted = parts(shown);
    return {
      ...wanted,
      collected: ['usage', 'connectors'],
      fields: {
        ...wanted.fields,
        reviewers: 'the head of your department',
        contact: 'Kestrel Lane IT',
        contact_address: 'help@kestrel.example',
      },
      ...more,
    };
  };
  const edit = (by: TestPerson, id: string, body: object) => by.call('PUT', draft(id), body);
  /** A draft, filled in, sent by HR and approved by the client admin. */
  const publish = async (more: object = {}) => {
    const { body: made } = await hr.call('POST', at('/drafts'), {});
    const { body: edited } = await edit(hr, made.id, fill(made, more));
    const proposed = await hr.call('POST', draft(made.id, '/propose'), { version: edited.version });
    expect(proposed.status, JSON.stringify(proposed.body)).toBe(201);
    return admin.call('POST', draft(made.id, '/approve'), { version: proposed.body.version });
  };
  const overview = async (): Promise<Json> => (await hr.call('GET', at())).body;
  const browse = (
    method: 'GET' | 'POST',
    url: string,
    form: object = {},
    cookie?: string,
    from = '198.51.100.9',
  ) =>
    bylaw.inject({
      method,
      url,
      remoteAddress: from,
      headers: {
        ...(cookie === undefined ? {} : { cookie }),
        ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(method === 'POST' ? { payload: new URLSearchParams({ ...form }).toString() } : {}),
    });
  /** Asks for a link on the page, as a browser would; gives its cookie, the number it shows and the mailed link. */
  const ask = async (address: string, path = page) => {
    bylaw.outbox.length = 0;
    const answer = await browse('POST', path, { address });
    expect(answer.status).toBe(200);
    const [link] = bylaw.outbox.flatMap(({ to, text }) =>
      to === address ? (/https?:\S+\/policy\/sign\/\S+/u.exec(text)?.[0] ?? []) : [],
    );
    return {
      cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '',
      check: /class="number">(\d{4})</u.exec(String(answer.body))?.[1] ?? '',
      link: link === undefined ? null : new URL(link).pathname,
    };
  };
  const shaOn = (html: unknown) => /name="sha256" value="([0-9a-f]{64})"/u.exec(String(html))?.[1] ?? '';
  const register = async (): Promise<Json[]> => (await hr.call('GET', at('/register'))).body.items;
  const coverage = async (): Promise<Json> => (await hr.call('GET', at('/coverage'))).body;

  describe('from the template to what is published', () => {
    test('starts from the template with what is known of the client, and says what is missing', async () => {
      expect(await overview()).toMatchObject({ current: null, draft: null, versions: [], page: null });
      const { status, body } = await hr.call('POST', at('/drafts'), {});
      expect(status).toBe(201);
      expect(body.filled.title).toBe('How we use Claude at Alder & "Society"');
      expect(JSON.stringify(body.filled)).toContain('It ends in @alder.example.org');
      expect(body.clauses.every(({ held }: Json) => held)).toBe(true);
      expect(body.faults).toEqual(
        expect.arrayContaining([
          '“Contact for questions and problems” is empty. Fill it in.',
          '“Who checks texts before they go out” is empty. Fill it in.',
        ]),
      );
      expect(body.readability.jargon).toEqual([]);
      const again = await admin.call('POST', at('/drafts'), {});
      expect([again.status, again.body.message]).toEqual([
        409,
        'Hanna HR has a draft of the policy open. Go on with that one.',
      ]);
    });

    test('is not sent for approval with an empty field, a placeholder or a source that is not named', async () => {
      const { draft: id } = await overview();
      const { body: shown } = await hr.call('GET', draft(id));
      const propose = async (body: object) => {
        const { body: edited } = await edit(hr, id, {
          ...body,
          version: (await hr.call('GET', draft(id))).body.version,
        });
        const { status, body: said } = await hr.call('POST', draft(id, '/propose'), {
          version: edited.version,
        });
        return [status, said.message];
      };
      const whole = fill(shown);
      const refused = async (body: object, words: RegExp) => {
        const [status, message] = await propose(body);
        expect(status).toBe(422);
        expect(message).toMatch(words);
      };
      await refused({ ...whole, fields: { ...whole.fields, contact: ' ' } }, /Contact.* is empty/u);
      await refused({ ...whole, fields: { ...whole.fields, contact: '[IT contact]' } }, /placeholder/u);
      await refused({ ...whole, fields: { ...whole.fields, contact_address: 'the office' } }, /telephone/u);
      await refused(
        { ...whole, content: { ...whole.content, intro: 'Ask {nobody}.' } },
        /names \{nobody\}, and there is no such field/u,
      );
    });

    test('is published by a second person, who sees what it says; the hash is of the text', async () => {
      const { draft: id } = await overview();
      const { body: shown } = await hr.call('GET', draft(id));
      const content = { ...shown.content, intro: 'Claude helps us write, search and check things.' };
      const { body: edited } = await edit(hr, id, fill(shown, { content }));
      const { body: proposed } = await hr.call('POST', draft(id, '/propose'), { version: edited.version });
      expect(proposed).toMatchObject({ state: 'proposed', becomes: '1', faults: [] });
      const own = await hr.call('POST', draft(id, '/approve'), { version: proposed.version });
      expect(own.status).toBe(403);
      const { status, body } = await admin.call('POST', draft(id, '/approve'), { version: proposed.version });
      expect([status, body.state]).toEqual([201, 'published']);
      const { current } = await overview();
      expect(current).toMatchObject({
        label: '1',
        state: 'in_force',
        effectiveOn: '2026-11-24',
        proposedBy: 'Hanna HR',
        approvedBy: 'Adele Admin',
      });
      const text = await hr.call('GET', at('/versions/1/document?format=txt'));
      expect(createHash('sha256').update(text.bytes).digest('hex')).toBe(current.sha256);
      expect(text.bytes.toString()).toContain('7. Your agreement');
      const html = await hr.call('GET', at('/versions/current/document'));
      expect(html.bytes.toString()).toContain('Alder &amp; &quot;Society&quot;');
    });

    test('is approved by nobody who edited it, though they may approve', async () => {
      const { body: made } = await hr.call('POST', at('/drafts'), {});
      const { body: edited } = await edit(admin, made.id, fill(made, { reason: 'A word' }));
      const changed = { ...edited.content, intro: 'Read this.' };
      const { body: again } = await edit(hr, made.id, { ...fill(edited), content: changed });
      const { body: proposed } = await hr.call('POST', draft(made.id, '/propose'), {
        version: again.version,
      });
      const { status, body } = await admin.call('POST', draft(made.id, '/approve'), {
        version: proposed.version,
      });
      expect([status, body.message]).toEqual([
        403,
        'You edited this draft. Someone who had no part in it has to approve it.',
      ]);
      const withdrawn = await hr.call('POST', draft(made.id, '/withdraw'), {
        version: proposed.version,
        reason: 'Not now',
      });
      expect(withdrawn.body.state).toBe('withdrawn');
    });
  });

  describe('the staff page', () => {
    test('shows the policy without an account, and asks nothing of who only opens it', async () => {
      const { body } = await hr.call('POST', at('/page'), {});
      page = new URL(body.address).pathname;
      const { status, headers, body: html } = await browse('GET', page);
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow, noarchive',
      });
      expect(html).toContain('Kestrel Lane IT');
      expect(html).not.toMatch(/<script|Tobin|\/api\/|"Society"/u);
      expect((await browse('GET', `/policy/${'x'.repeat(43)}`)).status).toBe(404);
      expect(JSON.stringify(await rowsOf('policy_pages'))).not.toContain(page.split('/').at(-1));
    });

    test('answers the same for a stranger, and mails nobody outside', async () => {
      const stranger = await ask('someone@elsewhere.example');
      expect([stranger.link, stranger.check]).toEqual([null, expect.stringMatching(/^\d{4}$/u)]);
      expect(bylaw.outbox).toEqual([]);
      expect((await browse('POST', page, { address: 'no address' })).status).toBe(400);
    });

    test('takes an acknowledgement from the browser that asked, once, with name, time, hash and record', async () => {
      const { cookie, link } = await ask(TOBIN);
      // A scanner of mails opens it first, more than once.
      for (let n = 0; n < 3; n += 1) expect((await browse('GET', link ?? '')).status).toBe(200);
      expect(await register()).toEqual([]);
      const opened = await browse('GET', link ?? '', {}, cookie);
      expect(opened.body).not.toContain('name="check"');
      const sha256 = shaOn(opened.body);
      const nameless = await browse('POST', link ?? '', { name: ' 1', sha256 }, cookie);
      expect([nameless.status, await register()]).toEqual([422, []]);
      const done = await browse('POST', link ?? '', { name: 'Tobin  Achterberg', sha256 }, cookie);
      expect(done.body).toContain('was acknowledged on November 24, 2026');
      const [line, ...others] = await register();
      expect(others).toEqual([]);
      expect(line).toMatchObject({
        name: 'Tobin Achterberg',
        address: TOBIN,
        label: '1',
        sha256,
        at: TEST_NOW.toISOString(),
        method: 'mail_link',
      });
      const again = await browse('POST', link ?? '', { name: 'Somebody Else', sha256 });
      expect(again.body).toContain('was acknowledged on');
      expect(await register()).toHaveLength(1);
      const log = await bylaw.owner.call('GET', `/clients/${client.slug}/audit?action=policy.acknowledge`);
      expect(log.body.items).toHaveLength(1);
    });

    test('is safe where the link is forwarded, guessed at or late', async () => {
      const { check, cookie, link } = await ask('wren@alder.example.org');
      const other = 'bylaw_policy=another';
      const opened = await browse('GET', link ?? '', {}, other);
      expect(opened.body).toContain('name="check"');
      const sha256 = shaOn(opened.body);
      const wrong = check === '1000' ? '1001' : '1000';
      const form = { name: 'An Impostor', sha256 };
      for (let n = 0; n < 4; n += 1)
        expect((await browse('POST', link ?? '', { ...form, check: wrong }, other)).status).toBe(422);
      expect((await browse('POST', link ?? '', form, other)).status).toBe(422);
      expect((await browse('POST', link ?? '', { ...form, check: wrong }, other)).status).toBe(422);
      // After five wrong numbers nobody gets in, the right number and the right browser included.
      expect((await browse('POST', link ?? '', { ...form, check }, cookie)).status).toBe(404);
      const late = await ask('wren@alder.example.org');
      bylaw.setNow(new Date(TEST_NOW.getTime() + 61 * 60_000));
      expect((await browse('POST', late.link ?? '', form, late.cookie)).status).toBe(404);
      bylaw.setNow(TEST_NOW);
      expect(await register()).toHaveLength(1);
    });

    test('takes it in another browser with the number of the first, and text that was read only', async () => {
      const { check, link } = await ask('wren@alder.example.org');
      const form = { name: 'Wren Castellane', check };
      const stale = await browse('POST', link ?? '', { ...form, sha256: '0'.repeat(64) });
      expect([stale.status, (await register()).length]).toEqual([409, 1]);
      const done = await browse('POST', link ?? '', { ...form, sha256: shaOn(stale.body) });
      expect(done.body).toContain('was acknowledged on');
      expect(await register()).toHaveLength(2);
    });

    test('mails an address only so often', async () => {
      for (let n = 0; n < 7; n += 1) await ask('noor@alder.example.org');
      expect((await ask('noor@alder.example.org')).link).toBeNull();
    });
  });

  describe('who acknowledged it', () => {
    test('is counted over those with Claude, and cannot be read without a members file', async () => {
      const { state, number, of, done, items, enough } = await coverage();
      expect([state, number, enough]).toEqual(['ready', 1, false]);
      expect(items).toHaveLength(of);
      expect(done).toBe(items.filter((one: Json) => one.state === 'acknowledged').length);
      expect(items.find((one: Json) => one.address === TOBIN)).toMatchObject({
        state: 'acknowledged',
        label: '1',
      });
      bylaw.setNow(new Date(TEST_NOW.getTime() + 60 * DAY));
      const later = await bylaw.person('hr', client.id);
      const { body: stale } = await later.call('GET', at('/coverage'));
      expect(stale).toMatchObject({ state: 'cannot_read', of: null, done: null, enough: null, items: [] });
      expect(stale.why).toMatch(/members/u);
      bylaw.setNow(TEST_NOW);
    });

    test('those who are missing are asked by mail, not twice within a day', async () => {
      bylaw.outbox.length = 0;
      const missing = (await coverage()).items.filter((one: Json) => one.state === 'missing');
      const first = await hr.call('POST', at('/reminders'), {});
      expect(first.body).toEqual({ sent: missing.length, failed: 0, waiting: 0 });
      expect(bylaw.outbox.map(({ to }) => to).sort()).toEqual(missing.map((one: Json) => one.address).sort());
      const again = await hr.call('POST', at('/reminders'), {});
      expect(again.body).toEqual({ sent: 0, failed: 0, waiting: missing.length });
      // The address in the mail asks for a link to that person alone, whatever is typed.
      const [letter] = bylaw.outbox;
      const path = new URL(/https?:\S+\/policy\/\S+/u.exec(letter?.text ?? '')?.[0] ?? '').pathname;
      expect((await browse('GET', path)).body).not.toContain(letter?.to);
      bylaw.outbox.length = 0;
      await browse('POST', path, { address: TOBIN });
      expect(bylaw.outbox.map(({ to }) => to)).toEqual([letter?.to]);
    });

    test('stays after a revision, and is asked anew after a material change from its day on', async () => {
      const before = (await coverage()).done;
      const { body: made } = await hr.call('POST', at('/drafts'), {});
      const reworded = { ...made.content, intro: 'This page says what you may use Claude for.' };
      await hr.call('POST', draft(made.id, '/withdraw'), { version: made.version, reason: 'Start anew' });
      expect((await publish({ content: reworded, material: false, reason: 'Shorter' })).status).toBe(201);
      expect((await overview()).current.label).toBe('1.1');
      expect(await coverage()).toMatchObject({ number: 1, done: before });
      const scheduled = { ...reworded, intro: 'What changes on 1 December.' };
      await publish({ content: scheduled, material: true, reason: 'New rule', effectiveOn: '2026-12-01' });
      const { current, versions } = await overview();
      expect([current.label, versions[0]]).toMatchObject(['1.1', { label: '2', state: 'scheduled' }]);
      expect((await browse('GET', page)).body).not.toContain('What changes on 1 December');
      bylaw.setNow(new Date('2026-12-01T15:00:00Z'));
      const later = await bylaw.person('hr', client.id);
      expect((await later.call('GET', at('/coverage'))).body).toMatchObject({ number: 2, done: 0 });
      expect((await browse('GET', page)).body).toContain('What changes on 1 December');
      bylaw.setNow(TEST_NOW);
    });

    test('a source that the notice does not name makes a new version due', async () => {
      expect((await overview()).unnamed).toEqual([]);
      await putReading(bylaw.services.store, client.id, 'sign_ins', [], '2026-11-22');
      expect((await overview()).unnamed).toEqual(['sign-ins']);
      const { body: made } = await hr.call('POST', at('/drafts'), {});
      expect(made.faults).toContain(
        'The notice does not name one thing that is read here: sign-ins. Name it, or stop reading it.',
      );
      const [first, , ...rest] = made.content.sections;
      const own = { id: 'own_1', text: 'Close the window when you are done.' };
      const left = { ...made.content, sections: [{ ...first, items: [...first.items, own] }, ...rest] };
      const { body: edited } = await edit(hr, made.id, fill(made, { content: left, material: false }));
      expect(edited).toMatchObject({ material: true, becomes: '3' });
      expect(edited.clauses.filter(({ held }: Json) => !held).map(({ id }: Json) => id)).toContain(
        'use_drafting',
      );
      expect(edited.differences).toContainEqual({
        id: 'item/own_1',
        where: first.title,
        before: null,
        after: own.text,
      });
      expect(edited.differences).toContainEqual(
        expect.objectContaining({ id: 'item/use_drafting', after: null }),
      );
      await hr.call('POST', draft(made.id, '/withdraw'), { version: edited.version, reason: 'Only tried' });
    });

    test('is handed out as PDF', async () => {
      const { status, headers, bytes } = await hr.call('GET', at('/versions/1/document?format=pdf'));
      expect([status, headers['content-type']]).toEqual([200, 'application/pdf']);
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      if (!installed('pdftotext', ['-v'])) return;
      const text = run('pdftotext', ['-', '-'], bytes).replaceAll('\u200b', '').replace(/\s+/gu, ' ');
      expect(text).toContain('How we use Claude at Alder');
      expect(text).toContain('Ask Kestrel Lane IT (help@kestrel.example) which connectors are approved');
    }, 60_000);

    test('is exported with names as text, never as formulas', async () => {
      const { link, cookie } = await ask('office@alder.example.org');
      const opened = await browse('GET', link ?? '', {}, cookie);
      await browse('POST', link ?? '', { name: '=HYPERLINK("x") Mara', sha256: shaOn(opened.body) }, cookie);
      const csv = (await hr.call('GET', at('/register/export?format=csv'))).bytes.toString();
      expect(csv).toContain('office@alder.example.org');
      expect(csv).not.toMatch(/(^|,|")=HYPERLINK/mu);
      expect((await hr.call('GET', at('/register/export?format=xlsx'))).status).toBe(200);
    });

    test('is nobody else’s to see, and ends with the page', async () => {
      const rowan = await bylaw.client('Rowan Guild');
      const theirs = await bylaw.person('hr', rowan.id);
      expect((await theirs.call('GET', at('/register'))).status).toBe(404);
      expect((await hr.call('DELETE', at('/page'))).body).toEqual({ closed: true });
      expect((await browse('GET', page)).status).toBe(404);
    });
  });

  test('goes into a draft of the charter as it is in force here', async () => {
    const { status, body } = await bylaw.owner.call('POST', at('/charter'), {});
    expect(status).toBe(201);
    const shown = await bylaw.owner.call('GET', `/clients/${client.slug}/charter/drafts/${body.draft}`);
    expect(shown.body.value.policy).toMatchObject({
      version: '1',
      published: '2026-11-24',
      contact: 'Kestrel Lane IT, help@kestrel.example',
      approvedBy: 'Adele Admin',
    });
    expect(shown.body.value.policy.clauses).toContain('no_personal_accounts');
    expect((await overview()).charter).toEqual({ version: null, agrees: false });
    const control = async () =>
      (await bylaw.owner.call('GET', `/clients/${client.slug}/controls/POL-03`)).body;
    expect((await control()).state).toBe('cannot_read');
    const charterDraft = `/clients/${client.slug}/charter/drafts/${body.draft}`;
    const proposed = await bylaw.owner.call('POST', `${charterDraft}/propose`, {
      version: shown.body.version,
    });
    const approved = await admin.call('POST', `${charterDraft}/approve`, { version: proposed.body.version });
    expect(approved.body.state, JSON.stringify(approved.body)).toBe('approved');
    expect((await overview()).charter).toEqual({ version: '1', agrees: true });
    const { of, done } = await coverage();
    const { state, reason } = await control();
    expect([state, reason]).toEqual([
      'fail',
      expect.stringContaining(`${of - done} of ${of} members have not acknowledged policy 1`),
    ]);
  });

  const rowsOf = (table: 'policy_pages') =>
    bylaw.services.store.read('system', (tx) => tx.selectFrom(table).selectAll().execute());
});
// Guide: G8-00 G8-17
