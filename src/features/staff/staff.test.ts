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
    client = await bylaw.client('Alder & "Society"');
    hr = await bylaw.person('hr', client.id, 'Hanna HR');
    admin = await bylaw.person('client_admin', client.id, 'Adele Admin');
    const { body } = await hr.call('POST', at('/policy/page'), {});
    secret = new URL(body.address).pathname.split('/').at(-1) ?? '';
  }, 120_000);
  afterAll(() => bylaw.close());

  const at = (path: string) => `/clients/${client.slug}${path}`;
  const browse = (path: string) => bylaw.inject({ method: 'GET', url: path, remoteAddress: '198.51.100.9' });
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
      expect(body).toContain('Nobody at Alder &amp; &quot;Society&quot; has decided yet');
      expect(body).toContain('has named nobody for questions yet');
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
      expect(html).toContain(
        '&lt;b&gt;Harbour&lt;/b&gt; Tides</dt><dd>Claude asks you first for everything.',
      );
      expect(html).toMatch(/Cowork[^<]*<\/dt><dd>Not allowed\./u);
      expect(html).toMatch(/Desktop extensions[^<]*<\/dt><dd>Only Filesystem\./u);
      expect(html).toMatch(/Chrome[^<]*<\/dt><dd>Nobody has decided yet\./u);
      expect(html).toContain('Put a password, a key or any other way into a system into a chat.');
      expect(html).toContain('Kestrel IT, help@kestrel.example');
      expect(html).not.toContain('Gwen');
      await counting(bylaw, client.id, [
        { name: 'charter.json', bytes: JSON.stringify({ ...JSON.parse(CHARTER), connectors: [] }) },
      ]);
      expect(await allowed()).toContain('No connector is approved.');
      expect(await allowed()).not.toContain('Asana');
    });

    test('is linked from the policy, and ends with its page', async () => {
      expect((await browse(`/policy/${secret}`)).body).toContain(`href="/staff/${secret}"`);
      const { body } = await hr.call('POST', at('/policy/page'), {});
      expect((await browse(`/staff/${secret}`)).status).toBe(404);
      secret = new URL(body.address).pathname.split('/').at(-1) ?? '';
      expect((await browse(`/staff/${secret}`)).status).toBe(200);
      bylaw.setNow(TEST_NOW);
    });
  });
});
// Guide: G7.3-03 G8-05
