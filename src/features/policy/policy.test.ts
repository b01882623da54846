import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { installed, run } from '../../../tests/support/programs.ts';
import { type PolicyOffice, policyOffice } from './testing/office.ts';

/** What a program read, on one line. */
const textOf = (read: string) => read.replaceAll('\u200b', '').replace(/\s+/gu, ' ').trim();

anyEngine('the acceptable use policy', (engine) => {
  let office: PolicyOffice;
  beforeAll(async () => {
    office = await policyOffice(engine);
  });
  afterAll(() => office.bylaw.close());

  describe('from the template to what is published', () => {
    test('starts from the template with what is known of the client, and says what is missing', async () => {
      expect(await office.overview()).toMatchObject({ current: null, draft: null, versions: [], page: null });
      const { status, body } = await office.hr.call('POST', office.at('/drafts'), {});
      expect(status).toBe(201);
      expect(body.filled.title).toBe('How we use Claude at Alder & "Society"');
      expect(JSON.stringify(body.filled)).toContain('which ends in @alder.example.org');
      expect(body.clauses.every(({ held }: Json) => held)).toBe(true);
      expect(body.faults).toEqual(
        expect.arrayContaining([
          '“Contact for questions and problems” is empty. Fill it in.',
          '“Who checks texts before they go out” is empty. Fill it in.',
        ]),
      );
      expect(body.readability.jargon).toEqual([]);
      expect(JSON.stringify(body.filled)).toContain('which data you may give it: public information.');
      const again = await office.admin.call('POST', office.at('/drafts'), {});
      expect([again.status, again.body.message]).toEqual([
        409,
        'Hanna HR has a draft of the policy open. Go on with that one.',
      ]);
    });

    test('is not sent for approval with an empty field, a placeholder or a source that is not named', async () => {
      const { draft: id } = await office.overview();
      const { body: shown } = await office.hr.call('GET', office.draft(id));
      const propose = async (body: object) => {
        const { body: edited } = await office.edit(office.hr, id, {
          ...body,
          version: (await office.hr.call('GET', office.draft(id))).body.version,
        });
        const { status, body: said } = await office.hr.call('POST', office.draft(id, '/propose'), {
          version: edited.version,
        });
        return [status, said.message];
      };
      const whole = office.fill(shown);
      const refused = async (body: object, words: RegExp) => {
        const [status, message] = await propose(body);
        expect(status).toBe(422);
        expect(message).toMatch(words);
      };
      await refused({ ...whole, fields: { ...whole.fields, contact: ' ' } }, /Contact.* is empty/u);
      await refused({ ...whole, fields: { ...whole.fields, contact: '[IT contact]' } }, /placeholder/u);
      await refused(
        { ...whole, fields: { ...whole.fields, contact_address: 'the office' } },
        /phone number/u,
      );
      await refused(
        { ...whole, content: { ...whole.content, intro: 'Ask {constructor}.' } },
        /names \{constructor\}, but there is no such field/u,
      );
      // A few kilobytes that would become megabytes with each field filled in.
      const named = { id: 'named', title: 'Named', items: [{ id: 'item', text: '{contact}'.repeat(400) }] };
      const many = {
        ...whole,
        version: (await office.hr.call('GET', office.draft(id))).body.version,
        content: { ...whole.content, sections: [...whole.content.sections, named] },
        fields: { ...whole.fields, contact: 'a'.repeat(1_000) },
      };
      const long = await office.edit(office.hr, id, many);
      expect([long.status, long.body.message]).toEqual([
        422,
        expect.stringMatching(/has 4\d\d,\d{3} characters\. A policy can have 100,000/u),
      ]);
      await refused(
        { ...whole, content: { ...whole.content, intro: 'Ask {nobody}.' } },
        /names \{nobody\}, but there is no such field/u,
      );
    });

    test('is published by a second person, who sees what it says; the hash is of the text', async () => {
      const { draft: id } = await office.overview();
      const { body: shown } = await office.hr.call('GET', office.draft(id));
      const content = { ...shown.content, intro: 'Claude helps us write, search and check things.' };
      const { body: edited } = await office.edit(office.hr, id, office.fill(shown, { content }));
      const { body: proposed } = await office.hr.call('POST', office.draft(id, '/propose'), {
        version: edited.version,
      });
      expect(proposed).toMatchObject({ state: 'proposed', becomes: '1', faults: [] });
      const own = await office.hr.call('POST', office.draft(id, '/approve'), { version: proposed.version });
      expect(own.status).toBe(403);
      const reason = 'Say who checks what goes out.';
      const giveBack = (who = office.admin) =>
        who.call('POST', office.draft(id, '/return'), { version: proposed.version, reason });
      expect((await giveBack(office.hr)).status).toBe(403);
      const back = await giveBack();
      expect([back.status, back.body.state]).toEqual([201, 'draft']);
      expect(back.body.steps.at(-1)).toMatchObject({ by: 'Adele Admin', note: reason });
      const { body: again } = await office.hr.call('POST', office.draft(id, '/propose'), {
        version: back.body.version,
      });
      const { status, body } = await office.admin.call('POST', office.draft(id, '/approve'), {
        version: again.version,
      });
      expect([status, body.state]).toEqual([201, 'published']);
      // The page of the draft goes on saying what it became, not the number that would come next.
      expect(body).toMatchObject({ becomes: '1', against: null });
      const { current } = await office.overview();
      expect(current).toMatchObject({
        label: '1',
        state: 'in_force',
        effectiveOn: '2026-11-24',
        proposedBy: 'Hanna HR',
        approvedBy: 'Adele Admin',
      });
      const text = await office.hr.call('GET', office.at('/versions/1/document?format=txt'));
      expect(createHash('sha256').update(text.bytes).digest('hex')).toBe(current.sha256);
      expect(text.bytes.toString()).toContain('7. Your agreement');
      const html = await office.hr.call('GET', office.at('/versions/current/document'));
      expect(html.bytes.toString()).toContain('Alder &amp; &quot;Society&quot;');
    });

    test('cannot be approved by someone who edited it, even with the permission to approve', async () => {
      const { body: made } = await office.hr.call('POST', office.at('/drafts'), {});
      const { body: edited } = await office.edit(
        office.admin,
        made.id,
        office.fill(made, { reason: 'A word' }),
      );
      const changed = { ...edited.content, intro: 'Read this.' };
      const { body: again } = await office.edit(office.hr, made.id, {
        ...office.fill(edited),
        content: changed,
      });
      const { body: proposed } = await office.hr.call('POST', office.draft(made.id, '/propose'), {
        version: again.version,
      });
      const { status, body } = await office.admin.call('POST', office.draft(made.id, '/approve'), {
        version: proposed.version,
      });
      expect([status, body.message]).toEqual([
        403,
        'You edited this draft. Someone who did not work on it has to approve it.',
      ]);
      const withdrawn = await office.hr.call('POST', office.draft(made.id, '/withdraw'), {
        version: proposed.version,
        reason: 'Not now',
      });
      expect(withdrawn.body.state).toBe('withdrawn');
    });

    test('is handed out as PDF and as a Word document with a page to sign', async () => {
      const { status, headers, bytes } = await office.hr.call(
        'GET',
        office.at('/versions/1/document?format=pdf'),
      );
      expect([status, headers['content-type']]).toEqual([200, 'application/pdf']);
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      const contact = 'Ask Kestrel Lane IT (help@kestrel.example) which connectors are approved';
      if (installed('pdftotext', ['-v'])) {
        const text = textOf(run('pdftotext', ['-', '-'], bytes));
        expect(text).toContain('How we use Claude at Alder');
        expect(text).toContain(contact);
      }
      const word = await office.hr.call('GET', office.at('/versions/1/document?format=docx'));
      expect([word.status, word.bytes.subarray(0, 4).toString('latin1')]).toEqual([200, 'PK\u0003\u0004']);
      if (!installed('lowriter') || !installed('pdftotext', ['-v'])) return;
      const folder = await mkdtemp(join(tmpdir(), 'bylaw-policy-'));
      const file = join(folder, 'policy.docx');
      await writeFile(file, word.bytes);
      run('lowriter', [
        `-env:UserInstallation=file://${folder}/profile`,
        ...['--headless', '--convert-to', 'pdf', '--outdir', folder],
        file,
      ]);
      const pages = run('pdftotext', ['-layout', join(folder, 'policy.pdf'), '-'])
        .split('\f')
        .filter(Boolean);
      await rm(folder, { recursive: true });
      const { current } = await office.overview();
      const [first = '', last = ''] = [pages[0], pages.at(-1)].map((page) => textOf(page ?? ''));
      expect(first).toContain(
        `${office.client.name} How we use Claude at ${office.client.name} Version 1, in force from November 24, 2026`,
      );
      expect(first).toContain('3. Never 3.1 Use a personal Claude account');
      expect(textOf(pages.join(' '))).toContain(contact);
      expect(textOf(pages.join(' '))).toContain('Approved by Adele Admin.');
      expect(last).toMatch(
        /^Acknowledgment I have read “How we use .+”, version 1, and will follow it\. Name Work email address Date Signature/u,
      );
      expect(last).toContain(`SHA-256 of the text: ${current.sha256}`);
      expect(last).toContain(`${pages.length}/${pages.length}`);
    });
  });

  test('goes into a draft of the charter as it is in force here', async () => {
    const { status, body } = await office.bylaw.owner.call('POST', office.at('/charter'), {});
    expect(status).toBe(201);
    const shown = await office.bylaw.owner.call(
      'GET',
      `/clients/${office.client.slug}/charter/drafts/${body.draft}`,
    );
    expect(shown.body.value.policy).toMatchObject({
      version: '1',
      published: '2026-11-24',
      contact: 'Kestrel Lane IT, help@kestrel.example',
      approvedBy: 'Adele Admin',
    });
    expect(shown.body.value.policy.clauses).toContain('no_personal_accounts');
    expect((await office.overview()).charter).toEqual({ version: null, agrees: false });
    const control = async () =>
      (await office.bylaw.owner.call('GET', `/clients/${office.client.slug}/controls/POL-03`)).body;
    expect((await control()).state).toBe('cannot_read');
    const charterDraft = `/clients/${office.client.slug}/charter/drafts/${body.draft}`;
    const proposed = await office.bylaw.owner.call('POST', `${charterDraft}/propose`, {
      version: shown.body.version,
    });
    const approved = await office.admin.call('POST', `${charterDraft}/approve`, {
      version: proposed.body.version,
    });
    expect(approved.body.state, JSON.stringify(approved.body)).toBe('approved');
    expect((await office.overview()).charter).toEqual({ version: '1', agrees: true });
    const { of, done } = await office.coverage();
    const { state, reason } = await control();
    expect([state, reason]).toEqual([
      'fail',
      expect.stringContaining(`${of - done} of ${of} members have not acknowledged policy 1`),
    ]);
  });

  test('names who checks what Claude writes for each use, and keeps reviews that are recorded', async () => {
    const list = async (): Promise<Json> => (await office.hr.call('GET', office.at('/reviews'))).body;
    const use = 'legal_documents';
    const set = (version: number, people: readonly string[], by = office.hr) =>
      by.call('PUT', office.at(`/reviewers/${use}`), { version, people });
    const record = (body: object) =>
      office.hr.call('POST', office.at('/reviews'), {
        use,
        title: 'Bylaws, draft of November',
        on: '2026-11-24',
        ...body,
      });
    expect((await list()).uses.map(({ words, people }: Json) => [words, people])).toEqual([
      ['Official messages', []],
      ['Content for members', []],
      ['Legal documents', []],
      ['Financial reports', []],
    ]);
    expect((await set(0, ['Counsel', 'Vera Legal'])).body).toMatchObject({
      version: 1,
      people: ['Counsel', 'Vera Legal'],
    });
    expect((await set(0, ['Someone else'])).status).toBe(409);
    expect((await set(1, [], await office.bylaw.person('auditor', office.client.id))).status).toBe(403);
    expect((await record({ reviewer: 'Vera Legal', on: '2026-11-25' })).status).toBe(400);
    expect((await record({ reviewer: ' vera legal ' })).body).toMatchObject({ named: true });
    expect((await record({ reviewer: 'Ana Ruiz', note: 'Read twice' })).body).toMatchObject({ named: false });
    expect(
      (await list()).items.map(({ reviewer, on, recorded }: Json) => [reviewer, on, recorded.by]).sort(),
    ).toEqual([
      ['Ana Ruiz', '2026-11-24', 'Hanna HR'],
      ['vera legal', '2026-11-24', 'Hanna HR'],
    ]);
    const file = await office.hr.call('GET', office.at('/reviews/export?format=csv'));
    expect(file.body).toContain('Bylaws, draft of November');
    const log = `/clients/${office.client.slug}/audit?action=policy.review.record`;
    expect((await office.bylaw.owner.call('GET', log)).body.items).toHaveLength(2);
  });

  test('is cited by a case and by a prompt that was caught, with the clause and the version in force', async () => {
    const { bylaw, client } = office;
    const { owner } = bylaw;
    if ((await office.overview()).current === null) await office.publish();
    const at = `/clients/${client.slug}`;
    const opened = await owner.call('POST', `${at}/incidents`, {
      type: 'personal_upload',
      title: 'A list of members',
      summary: 'It was uploaded from a personal account.',
    });
    const numbered = { number: expect.stringMatching(/^\d+\.\d+$/u), version: expect.any(String) };
    expect(opened.body.clauses).toEqual([
      expect.objectContaining({ id: 'no_personal_accounts', ...numbered }),
      expect.objectContaining({ id: 'no_member_data', ...numbered }),
    ]);
    const secret = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;
    await owner.call('PUT', `${at}/dlp/hook`, { version: 0, mode: 'watch', secret });
    const { hook } = (await owner.call('GET', `${at}/dlp/hook`)).body;
    const key = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    const messages = [{ role: 'user', content: [{ type: 'text', text: `Use ${key}` }] }];
    const payload = JSON.stringify({ type: 'prompt', source: { application: 'claude-ai' }, messages });
    const now = bylaw.services.clock();
    const answer = await bylaw.inject({
      method: 'POST',
      url: new URL(hook.address).pathname,
      headers: {
        'content-type': 'application/json',
        'webhook-id': 'msg_cited',
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign('msg_cited', now, payload),
      },
      payload,
    });
    expect(answer.body).toEqual({ action: 'allow' });
    const [check] = (await owner.call('GET', `${at}/dlp/checks`)).body.items;
    expect(check).toMatchObject({ verdict: 'flagged', clauses: [{ id: 'no_credentials', ...numbered }] });
  });

  test('a policy that the charter states and nobody published here is named', async () => {
    const { body } = await office.bylaw.owner.call('POST', '/sandbox', {});
    const { body: shown } = await office.bylaw.owner.call('GET', `/clients/${body.client}/policy`);
    expect([shown.current, shown.charter]).toEqual([null, { version: 'v3', agrees: null }]);
  });
});
// Guide: G8-00 G8-08 G8-09 G8-15 G8-17
