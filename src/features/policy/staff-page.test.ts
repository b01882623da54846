import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEST_NOW } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { type PolicyOffice, policyOffice } from './testing/office.ts';

const TOBIN = 'tobin@alder.example.org';

anyEngine('the staff page of the policy', (engine) => {
  let office: PolicyOffice;
  let page: string;
  beforeAll(async () => {
    office = await policyOffice(engine);
    expect((await office.publish()).status).toBe(201);
  }, 240_000);
  afterAll(() => office.bylaw.close());

  const rows = () =>
    office.bylaw.services.store.read('system', (tx) => tx.selectFrom('policy_pages').selectAll().execute());

  test('shows the policy without an account, and asks nothing of who only opens it', async () => {
    page = await office.openPage();
    const { status, headers, body: html } = await office.browse('GET', page);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow, noarchive',
    });
    expect(html).toContain('Kestrel Lane IT');
    expect(html).not.toMatch(/<script|Tobin|\/api\/|"Society"/u);
    expect((await office.browse('GET', `/policy/${'x'.repeat(43)}`)).status).toBe(404);
    expect(JSON.stringify(await rows())).not.toContain(page.split('/').at(-1));
  });

  test('answers the same for a stranger, and mails nobody outside', async () => {
    const stranger = await office.ask('someone@elsewhere.example', page);
    expect([stranger.link, stranger.check]).toEqual([null, expect.stringMatching(/^\d{4}$/u)]);
    expect(office.bylaw.outbox).toEqual([]);
    expect((await office.browse('POST', page, { address: 'no address' })).status).toBe(400);
  });

  test('takes an acknowledgement from the browser that asked, once, with name, time, hash and record', async () => {
    const { cookie, link } = await office.ask(TOBIN, page);
    // A scanner of mails opens it first, more than once.
    for (let n = 0; n < 3; n += 1) expect((await office.browse('GET', link ?? '')).status).toBe(200);
    expect(await office.register()).toEqual([]);
    const opened = await office.browse('GET', link ?? '', {}, cookie);
    expect(opened.body).not.toContain('name="check"');
    const sha256 = office.shaOn(opened.body);
    const nameless = await office.browse('POST', link ?? '', { name: ' 1', sha256 }, cookie);
    expect([nameless.status, await office.register()]).toEqual([422, []]);
    const done = await office.browse('POST', link ?? '', { name: 'Tobin  Achterberg', sha256 }, cookie);
    expect(done.body).toContain('was acknowledged on November 24, 2026');
    const [line, ...others] = await office.register();
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      name: 'Tobin Achterberg',
      address: TOBIN,
      label: '1',
      sha256,
      at: TEST_NOW.toISOString(),
      method: 'mail_link',
    });
    const again = await office.browse('POST', link ?? '', { name: 'Somebody Else', sha256 });
    expect(again.body).toContain('was acknowledged on');
    expect(await office.register()).toHaveLength(1);
    const log = await office.bylaw.owner.call(
      'GET',
      `/clients/${office.client.slug}/audit?action=policy.acknowledge`,
    );
    expect(log.body.items).toHaveLength(1);
  });

  test('is safe where the link is forwarded, guessed at or late', async () => {
    const { check, cookie, link } = await office.ask('wren@alder.example.org', page);
    const other = 'bylaw_policy=another';
    const opened = await office.browse('GET', link ?? '', {}, other);
    expect(opened.body).toContain('name="check"');
    const sha256 = office.shaOn(opened.body);
    const wrong = check === '1000' ? '1001' : '1000';
    const form = { name: 'An Impostor', sha256 };
    for (let n = 0; n < 4; n += 1)
      expect((await office.browse('POST', link ?? '', { ...form, check: wrong }, other)).status).toBe(422);
    expect((await office.browse('POST', link ?? '', form, other)).status).toBe(422);
    expect((await office.browse('POST', link ?? '', { ...form, check: wrong }, other)).status).toBe(422);
    // After five wrong numbers nobody gets in, the right number and the right browser included.
    expect((await office.browse('POST', link ?? '', { ...form, check }, cookie)).status).toBe(404);
    const late = await office.ask('wren@alder.example.org', page);
    office.bylaw.setNow(new Date(TEST_NOW.getTime() + 61 * 60_000));
    expect((await office.browse('POST', late.link ?? '', form, late.cookie)).status).toBe(404);
    office.bylaw.setNow(TEST_NOW);
    expect(await office.register()).toHaveLength(1);
  });

  test('takes it in another browser with the number of the first, and text that was read only', async () => {
    const { check, link } = await office.ask('wren@alder.example.org', page);
    const form = { name: 'Wren Castellane', check };
    const stale = await office.browse('POST', link ?? '', { ...form, sha256: '0'.repeat(64) });
    expect([stale.status, (await office.register()).length]).toEqual([409, 1]);
    const done = await office.browse('POST', link ?? '', { ...form, sha256: office.shaOn(stale.body) });
    expect(done.body).toContain('was acknowledged on');
    expect(await office.register()).toHaveLength(2);
  });

  test('mails an address only so often', async () => {
    for (let n = 0; n < 7; n += 1) await office.ask('noor@alder.example.org', page);
    expect((await office.ask('noor@alder.example.org', page)).link).toBeNull();
  });
});
// Guide: G8-17
