import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, TEST_NOW } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { type PolicyOffice, policyOffice } from './testing/office.ts';

const TOBIN = 'tobin@alder.example.org';

anyEngine('the staff page of the policy', (engine) => {
  let office: PolicyOffice;
  let page: string;
  beforeAll(async () => {
    office = await policyOffice(engine);
    expect((await office.publish()).status).toBe(201);
  });
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
    for (const address of ['no address', `${TOBIN}\u200b`])
      expect((await office.browse('POST', page, { address })).status).toBe(400);
    // One that only looks like theirs is answered as a stranger's is.
    const alike = await office.ask(TOBIN.replace('alder', '\u0430lder'), page);
    expect([alike.link, alike.check, office.bylaw.outbox]).toEqual([null, expect.any(String), []]);
  });

  test('mails no one in the sandbox, whose people are invented', async () => {
    const sandbox = (on: boolean) =>
      office.bylaw.services.store.write([office.client.id], (tx) =>
        tx.updateTable('clients').set({ sandbox: on }).where('id', '=', office.client.id).execute(),
      );
    await sandbox(true);
    const { link, check } = await office.ask(TOBIN, page);
    expect([link, check]).toEqual([null, expect.stringMatching(/^\d{4}$/u)]);
    await sandbox(false);
  });

  test('takes an acknowledgement from the browser that asked, once, with name, time, hash and record', async () => {
    const { cookie, link } = await office.ask(TOBIN, page);
    // A scanner of mails opens it first, more than once.
    for (let n = 0; n < 3; n += 1) expect((await office.browse('GET', link ?? '')).status).toBe(200);
    expect(await office.register()).toEqual([]);
    const opened = await office.browse('GET', link ?? '', {}, cookie);
    expect(opened.body).not.toContain('name="check"');
    // The name on the client's lists is filled in, but not for a browser that only has the link.
    expect(opened.body).toMatch(/name="name"[^>]*value="Tobin Achterberg"/u);
    expect((await office.browse('GET', link ?? '')).body).not.toContain('Tobin Achterberg');
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
    const again = await office.browse('POST', link ?? '', { name: 'Someone Else', sha256 });
    expect(again.body).toContain('was acknowledged on');
    expect(again.body).not.toContain('/own');
    expect(await office.register()).toHaveLength(1);
    // From there on to their own page, in this browser and no other.
    expect(done.body).toContain(`action="${link}/own?lang=en"`);
    const elsewhere = await office.browse('POST', `${link}/own`, {}, 'bylaw_policy=another');
    expect([elsewhere.status, elsewhere.headers.location]).toEqual([303, `${link}?lang=en`]);
    const own = await office.browse('POST', `${link}/own`, {}, cookie);
    const [browser] = String(own.headers['set-cookie']).split(';');
    const mine = new URL(String(own.headers.location), 'http://localhost').pathname;
    expect(mine).toMatch(/^\/staff\/mine\/[\w-]{43}$/u);
    expect((await office.browse('GET', mine)).body).toContain('This is another browser');
    const theirs = await office.browse('GET', mine, {}, browser);
    expect(theirs.body).toContain(TOBIN);
    const allowed = await office.browse('GET', `${mine}/allowed`, {}, browser);
    expect(allowed.body).toContain('What is allowed with Claude');
    expect(allowed.body).toContain(`href="${mine}/report?lang=en"`);
    expect((await office.browse('GET', `${mine}/allowed`)).body).toContain('This is another browser');
    const log = await office.bylaw.owner.call(
      'GET',
      `/clients/${office.client.slug}/audit?action=policy.acknowledge`,
    );
    expect(log.body.items).toHaveLength(1);
    // However often it was opened from there, a mail with a link to it goes out all the same.
    for (let n = 0; n < 5; n += 1) await office.browse('POST', `${link}/own`, {}, cookie);
    office.bylaw.outbox.length = 0;
    await office.browse('POST', `${page.replace('/policy/', '/staff/')}/mine`, { address: TOBIN });
    await expect.poll(() => office.bylaw.outbox.map(({ to }) => to)).toEqual([TOBIN]);
  });

  test('stays safe if the link is forwarded, guessed or late', async () => {
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
    office.bylaw.setNow(new Date('2036-11-24T15:00:00Z'));
    const ahead = await office.ask('wren@alder.example.org', page);
    office.bylaw.setNow(TEST_NOW);
    expect((await office.browse('POST', ahead.link ?? '', form, ahead.cookie)).status).toBe(404);
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
    const cookie = String(done.headers['set-cookie']).split(';')[0];
    const own = await office.browse('POST', `${link}/own`, {}, cookie);
    expect(own.headers.location).toMatch(/^\/staff\/mine\//u);
  });

  test('speaks Spanish, and says so where the policy does not', async () => {
    const { body: english } = await office.browse('GET', page);
    expect(english).toContain('<html lang="en">');
    const { body: html } = await office.browse('GET', `${page}?lang=es`);
    expect(html).toContain('<html lang="es">');
    expect(html).toContain('Su dirección de correo del trabajo');
    expect(html).toContain('La política no está disponible en este idioma. Lo que sigue está en inglés.');
    expect(html).toContain('<div lang="en">');
    const { body: made } = await office.hr.call('POST', office.at('/drafts'), {});
    const [spanish] = made.translations;
    expect(spanish).toMatchObject({
      language: 'es',
      text: null,
      start: { fields: { domains: '@alder.example.org' } },
    });
    const [first, ...rest] = spanish.start.content.sections;
    const propose = async (text: object) => {
      const { version } = (await office.hr.call('GET', office.draft(made.id))).body;
      const { body: edited } = await office.edit(
        office.hr,
        made.id,
        office.fill({ ...made, version }, { material: false, reason: 'Spanish', translations: { es: text } }),
      );
      return office.hr.call('POST', office.draft(made.id, '/propose'), { version: edited.version });
    };
    const short = await propose({ ...spanish.start, content: { ...spanish.start.content, sections: rest } });
    expect([short.status, short.body.message]).toEqual([
      422,
      `The Spanish text lacks “${made.content.sections[0].title}”. Translate it.`,
    ]);
    expect(first.title).toBe('Por qué tenemos Claude');
    const proposed = await propose({
      ...spanish.start,
      fields: { ...spanish.start.fields, reviewers: 'la jefa de su departamento' },
    });
    expect(proposed.status, JSON.stringify(proposed.body)).toBe(201);
    const approved = await office.admin.call('POST', office.draft(made.id, '/approve'), {
      version: proposed.body.version,
    });
    expect(approved.status).toBe(201);
    const { body: translated } = await office.browse('GET', `${page}?lang=es`);
    expect(translated).not.toContain('no está disponible en este idioma');
    expect(translated).toContain('La revisión está a cargo de la jefa de su departamento.');
    expect(translated).toContain('cuánto usa usted Claude; qué conectores se usan');
    // Signed in Spanish: the register names the language and the hash of that text.
    const { cookie, link } = await office.ask('ben@alder.example.org', `${page}?lang=es`);
    expect(office.bylaw.outbox[0]?.text).toContain('pidió este enlace');
    const opened = await office.browse('GET', `${link}?lang=es`, {}, cookie);
    const signed = await office.browse(
      'POST',
      `${link}?lang=es`,
      { name: 'Ben Okafor', sha256: office.shaOn(opened.body) },
      cookie,
    );
    expect(signed.body).toContain('la versión 1.1 de la política');
    const { body: shown } = await office.hr.call('GET', office.at('/versions/1.1'));
    const line = (await office.register()).find(({ address }) => address === 'ben@alder.example.org');
    expect(line).toMatchObject({ language: 'es', sha256: shown.translations[0].sha256, label: '1.1' });
    const text = await office.hr.call('GET', office.at('/versions/1.1/document?format=txt&language=es'));
    expect(createHash('sha256').update(text.bytes).digest('hex')).toBe(line?.sha256);
    expect(
      (await office.hr.call('GET', office.at('/versions/1/document?format=txt&language=es'))).status,
    ).toBe(404);
    const csv = (await office.hr.call('GET', office.at('/register/export?format=csv'))).bytes.toString();
    expect(csv).toContain('Spanish');
  });

  test('an entry of the register is erased on request, and the count stays', async () => {
    const before = await office.register();
    const ben = before.find(({ address }) => address === 'ben@alder.example.org');
    const erase = (id: string, reason: string) =>
      office.hr.call('POST', office.at(`/register/${id}/erase`), { reason });
    expect((await erase(ben?.id, ' ')).status).toBe(400);
    const holds = `/clients/${office.client.slug}/holds`;
    const inquiry = { person: ben?.address, reason: 'An inquiry', owner: 'Olive Owner', until: null };
    const held = await office.bylaw.owner.call('POST', holds, inquiry);
    expect((await erase(ben?.id, 'Request of 20 November')).body.message).toContain('is on legal hold');
    await office.bylaw.owner.call('POST', `${holds}/${held.body.id}/lift`, { reason: 'It is over' });
    expect((await erase(ben?.id, 'Request of 20 November')).status).toBe(201);
    expect((await erase(ben?.id, 'Again')).status).toBe(404);
    const after = await office.register();
    expect(after).toHaveLength(before.length);
    expect(after.find(({ id }) => id === ben?.id)).toMatchObject({
      name: null,
      address: null,
      erasedAt: TEST_NOW.toISOString(),
      sha256: ben?.sha256,
      language: 'es',
    });
    const csv = (await office.hr.call('GET', office.at('/register/export?format=csv'))).bytes.toString();
    expect(csv).not.toContain('ben@alder.example.org');
    expect(csv).toContain('Erased');
    const { items } = await office.coverage();
    expect(items.find((one: Json) => one.name === 'Ben Okafor')?.state).toBe('missing');
    const log = await office.bylaw.owner.call(
      'GET',
      `/clients/${office.client.slug}/audit?action=policy.register.erase`,
    );
    expect(JSON.stringify(log.body.items)).not.toContain('ben@alder');
    expect(log.body.items).toMatchObject([{ reason: 'Request of 20 November' }]);
  });

  test('mails an address only so often', async () => {
    for (let n = 0; n < 7; n += 1) await office.ask('noor@alder.example.org', page);
    expect((await office.ask('noor@alder.example.org', page)).link).toBeNull();
  });
});
// Guide: G8-17
