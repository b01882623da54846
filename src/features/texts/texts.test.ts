import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answered, type Json, TEST_NOW, type TestPerson } from '#server/testing/console.ts';
import { lintCatalogue } from '#sources/catalogue/lint.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';
import { anyEngine } from '#store/testing.ts';
import { installed, run } from '../../../tests/support/programs.ts';
import { putReading } from '../people/testing.ts';
import { type PolicyOffice, policyOffice } from '../policy/testing/office.ts';
import { storeFacts } from '../verdicts/testing.ts';
import type { textsContract } from './contract.ts';

type Shown = Answered<typeof textsContract.show>;

const HOSTILE = '<img src=x onerror=alert(1)> {contact}';
const CHARTER = `governanceOwner: { name: Mara Ellingsworth, email: mara@alder.example.org }
chatRetentionDays: 0
connectors:
  - { name: iMIS, actions: { "*": blocked } }
  - { name: '${HOSTILE}', actions: { "*": blocked } }
`;
const textOf = (read: string) => read.replaceAll('\u200b', '').replace(/\s+/gu, ' ').trim();

anyEngine('the texts that come with the policy', (engine) => {
  let office: PolicyOffice;
  beforeAll(async () => {
    office = await policyOffice(engine);
  });
  afterAll(() => office.bylaw.close());

  const at = (path = '') => `/clients/${office.client.slug}/policy-texts${path}`;
  const show = async (id: string, by: TestPerson = office.admin): Promise<Shown> =>
    (await by.call<Shown>('GET', at(`/${id}`))).body;
  const lines = (shown: Shown, section: string) =>
    shown.sections
      .filter(({ id }) => id === section)
      .flatMap(({ items }) => items.map(({ spans }) => spans.map(({ text }) => text).join('')));

  test('leave open what nobody knows yet, and claim nothing', async () => {
    const { status, body } = await office.hr.call('GET', at());
    expect([status, body.items.map(({ id }: Json) => id)]).toEqual([
      200,
      ['staff_monitoring', 'member_notice', 'data_protection', 'impact_assessment'],
    ]);
    for (const { title, open } of body.items) {
      expect(title).toContain('Alder & "Society"');
      expect(open.length).toBeGreaterThan(3);
    }
    const staff = await show('staff_monitoring');
    expect(staff.note).toContain('Counsel decides');
    expect(staff.open).toEqual(
      expect.arrayContaining([
        'What is read about staff: no source about staff was read here in the last year',
        'Contact for questions',
        'How long chats are kept in Claude',
        'Whether the text of chats is kept: no charter is in force',
      ]),
    );
    const vendors = await show('data_protection');
    expect(vendors.open).toContain('Connected systems and their agreements: the charter names no connectors');
    expect((await office.hr.call('GET', at('/no_such_text'))).status).toBe(400);
  });

  test('are filled from charter, policy, readings and verdicts, each as it is', async () => {
    const { store } = office.bylaw.services;
    await storeFacts({
      store,
      clientId: office.client.id,
      now: TEST_NOW,
      files: { 'charter.yaml': CHARTER },
    });
    await putReading(store, office.client.id, 'usage', [{ email: 'a@alder.example.org' }], '2026-11-20');
    await office.bylaw.services.verdicts.refresh(office.client.id);
    expect((await office.publish()).status).toBe(201);

    const staff = await show('staff_monitoring');
    expect(lines(staff, 'read')).toEqual(['how much you use Claude']);
    expect(lines(staff, 'not_read')).toContain('when and where you sign in');
    expect(lines(staff, 'not_read')).not.toContain('how much you use Claude');
    expect(lines(staff, 'rights')).toContain(
      'Ask Kestrel Lane IT (help@kestrel.example) what information is kept about you and why.',
    );
    expect(lines(staff, 'content')).toContain('Chats are kept in Claude for: no limit.');
    expect(lines(staff, 'content')).toContain(
      'Whether chats in our accounts can be reached with Claude Team: in part (export of everything by the Primary Owner). This is what Anthropic documented as of August 22, 2026.',
    );

    const agreements = await show('data_protection');
    expect(lines(agreements, 'facts').join(' ')).toMatch(
      /Guide, May 2026: Only Enterprise can reach content\. Vendor, August 22, 2026: A Team Primary Owner .* The two contradict each other\. Sources: .*support\.claude\.com/u,
    );

    const members = await show('member_notice');
    expect(lines(members, 'uses')).toContain('Draft, edit and summarize documents and messages.');
    expect(lines(members, 'forbidden').join(' ')).toContain('Put a password, a key');
    expect(lines(members, 'systems')[0]).toBe(
      'iMIS holds member data and is approved for Claude by our charter.',
    );
    // Nothing says whether the other one does, and a name is never filled in itself.
    expect(members.open).toContain(`Whether ${HOSTILE} holds member data`);

    const impact = await show('impact_assessment');
    const controls: Json[] = (await office.admin.call('GET', `/clients/${office.client.slug}/controls`)).body
      .items;
    const passing = new Set(controls.flatMap(({ short, state }) => (state === 'pass' ? [short] : [])));
    const held = lines(impact, 'measures').map((line) => line.split(' ')[0]);
    // Reasons name days in the short form, so the day of the reading beside them does, too.
    expect([...lines(impact, 'measures'), ...lines(impact, 'gaps')].join('\n')).toMatch(
      / Read [A-Z][a-z]{2} \d+, \d{4}\.$/m,
    );
    const gaps = lines(impact, 'gaps').map((line) => line.split(' ')[0]);
    expect(gaps.length).toBeGreaterThan(5);
    for (const one of held) expect(passing).toContain(one);
    for (const one of gaps) expect(passing).not.toContain(one);
    const { items: risks } = (await office.admin.call('GET', `/clients/${office.client.slug}/risks`)).body;
    expect(lines(impact, 'risks')).toHaveLength(risks.length);
    for (const { title, residual } of risks)
      expect(lines(impact, 'risks').some((line) => line.startsWith(title) && line.endsWith(residual))).toBe(
        true,
      );
  });

  test('show no verdict to a role that sees no controls', async () => {
    const impact = await show('impact_assessment', office.hr);
    for (const section of ['risks', 'measures', 'gaps'])
      expect(lines(impact, section)).toEqual([expect.stringContaining('your role cannot see controls')]);
  });

  test('are handed out as HTML, PDF and DOCX, with what is open marked and every name as text', async () => {
    const html = await office.hr.call('GET', at('/member_notice/document?format=html'));
    const page = html.bytes.toString();
    expect(page).toContain('Alder &amp; &quot;Society&quot;');
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt; {contact}');
    expect(page).toContain('<mark>[To fill in: Address of the privacy policy]</mark>');
    const pdf = await office.hr.call('GET', at('/data_protection/document?format=pdf'));
    expect([pdf.status, pdf.bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    if (installed('pdftotext', ['-v'])) {
      const read = textOf(run('pdftotext', ['-', '-'], pdf.bytes));
      expect(read).toContain('[To fill in: iMIS: agreement with the vendor, with its date]');
      expect(read).toContain(HOSTILE);
    }
    const word = await office.hr.call('GET', at('/staff_monitoring/document'));
    expect([word.status, word.bytes.subarray(0, 4).toString('latin1')]).toEqual([200, 'PK\u0003\u0004']);
    if (!installed('lowriter') || !installed('pdftotext', ['-v'])) return;
    const folder = await mkdtemp(join(tmpdir(), 'bylaw-texts-'));
    await writeFile(join(folder, 'text.docx'), word.bytes);
    run('lowriter', [
      `-env:UserInstallation=file://${folder}/profile`,
      ...['--headless', '--convert-to', 'pdf', '--outdir', folder],
      join(folder, 'text.docx'),
    ]);
    const read = textOf(run('pdftotext', [join(folder, 'text.pdf'), '-']));
    await rm(folder, { recursive: true });
    expect(read).toContain('How Alder & "Society" monitors the use of Claude');
    expect(read).toContain('how much you use Claude');
    expect(read).toContain('[To fill in: Laws of the states where staff work]');
  });
});

test('a text with a field that does not exist is refused by the lint', () => {
  const catalogue = sharedCatalogue();
  const [first, ...rest] = catalogue.policyTexts;
  if (first === undefined) throw new Error('there are no texts');
  const wrong = { ...first, title: 'How {nobody} looks at it' };
  const says = (policyTexts: typeof catalogue.policyTexts) =>
    lintCatalogue({ ...catalogue, policyTexts }).filter(({ file }) => file.startsWith('texts/'));
  expect(says(catalogue.policyTexts)).toEqual([]);
  expect(says([wrong, ...rest]).map((problem) => problem.says)).toContain('there is no field {nobody}');
  expect(says(rest).map((problem) => problem.says)).toEqual(['is missing']);
});
// Guide: G8-13 G8-14
