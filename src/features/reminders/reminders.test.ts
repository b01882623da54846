import { expect, test, vi } from 'vitest';
import type { Json } from '#server/testing/console.ts';
import { claimDigest, findDigest } from '#store/reminders/digests.ts';
import { anyEngine } from '#store/testing.ts';
import { workspaceMail } from '../mail/workspace-mail.ts';
import { sendDueDigests } from './send-digests.ts';
import { CONTENT, NOW, remindersOfTwo, TOMORROW } from './testing/reminders-of-two.ts';

anyEngine('the mail of reminders', (engine) => {
  const here = remindersOfTwo(engine);
  const { at, due, mine, set, digests, audit } = here;

  test('says how much is due at each client and where, and nothing of what', async () => {
    const nell = await here.bylaw.person('technician', null, 'Nell');
    const asked = await set(nell, { rhythm: 'daily', weekday: 1, ownOnly: false });
    expect(asked.body).toMatchObject({ rhythm: 'daily', next: '2026-11-25', last: null, to: nell.email });
    await digests();
    expect(here.bylaw.outbox).toEqual([]);
    await at(TOMORROW);
    await digests();
    const [mail] = here.bylaw.outbox;
    expect(here.bylaw.outbox).toHaveLength(1);
    expect(mail?.to).toBe(nell.email);
    expect(mail?.subject).toMatch(/^Bylaw: \d+ pieces of work are due$/);
    expect(mail?.text).toMatch(
      /Alder Society: 1 overdue, 1 due within 14 days and \d+ waiting for someone\n/,
    );
    expect(mail?.text).toContain(`${here.bylaw.services.config.origin}/c/${here.alder.slug}/work\n`);
    expect(mail?.text).toContain('Harrow Guild: 1 due within 14 days');
    expect(mail?.text).not.toMatch(/CLA-|month of use|connectors|Tess/i);
    expect(await mine(nell)).toMatchObject({
      lastSent: { at: TOMORROW.toISOString(), count: expect.any(Number) },
      last: { state: 'sent', on: '2026-11-25', says: expect.stringContaining('handed over') },
      lastFailure: null,
      next: '2026-11-26',
    });
    expect((await audit('reminders.mail')).filter(({ subject }) => subject.id === nell.id)).toMatchObject([
      { after: { day: '2026-11-25', state: 'sending' }, actor: { kind: 'system' } },
      { after: { day: '2026-11-25', state: 'sent' } },
    ]);
  });

  test('covers only the person’s own work if they want that, and is not sent if there is none', async () => {
    await at(NOW);
    await set(here.tess, { rhythm: 'weekly', weekday: 3, ownOnly: true });
    const otto = await here.bylaw.person('technician', null, 'Otto');
    await set(otto, { rhythm: 'daily', weekday: 1, ownOnly: true });
    await at(TOMORROW);
    await digests();
    expect(here.bylaw.outbox.map(({ to }) => to)).toEqual([here.tess.email]);
    expect(here.bylaw.outbox[0]?.text).toContain('Alder Society: 1 overdue and 1 due within 14 days\n');
    expect(here.bylaw.outbox[0]?.text).toContain(`/c/${here.alder.slug}/work?owner=mine`);
    expect((await mine(otto)).last).toMatchObject({
      state: 'nothing',
      says: expect.stringContaining('Nothing was due'),
    });
    // A weekly one comes once a week, whatever is switched in between.
    await set(here.tess, { rhythm: 'daily', weekday: 3, ownOnly: true });
    await set(here.tess, { rhythm: 'weekly', weekday: 3, ownOnly: true });
    await at(new Date('2026-11-27T15:00:00Z'));
    await digests();
    expect(here.bylaw.outbox).toHaveLength(1);
    await at(new Date('2026-12-02T15:00:00Z'));
    await digests();
    expect(here.bylaw.outbox.filter(({ to }) => to === here.tess.email)).toHaveLength(2);
  });

  test('goes on after one was sent under a clock that was set wrong', async () => {
    const ann = await here.bylaw.person('technician', null, 'Ann');
    const mails = () => here.bylaw.outbox.filter(({ to }) => to === ann.email).length;
    await at(NOW);
    await set(ann, { rhythm: 'daily', weekday: 1, ownOnly: false });
    await at(new Date('2036-03-04T15:00:00Z'));
    await digests();
    expect(mails()).toBe(1);
    await at(TOMORROW);
    expect((await mine(ann)).next).toBe('2026-11-25');
    await digests();
    await digests();
    expect(mails()).toBe(2);
  });

  test('names what is due only for a client that allows it, and strangers’ names stay harmless', async () => {
    const hostile = await here.bylaw.client(
      'Evil [x](https://evil.example) \u202Egnp\r\nBcc: all@evil.example',
    );
    await due(hostile.slug, 'deploy', '2026-11-20', CONTENT);
    const nora = await here.bylaw.person('technician', hostile.id, 'Nora\r\nBcc: x@evil.example');
    await set(nora, { rhythm: 'daily', weekday: 1, ownOnly: false });
    await at(TOMORROW);
    await digests();
    const [mail] = here.bylaw.outbox;
    expect(mail?.text).not.toMatch(/month of use|evil\.example|\u202E|\r/u);
    expect(mail?.text).toContain('Evil [x](https: / / evil. example) gnp Bcc: all@ evil. example: ');
    const by = await here.bylaw.person('client_admin', hostile.id, 'Cora');
    expect((await by.call('PUT', `/clients/${hostile.slug}/reminders/names`, { allowed: true })).status).toBe(
      400,
    );
    const allowed = await by.call('PUT', `/clients/${hostile.slug}/reminders/names`, {
      allowed: true,
      reason: 'Priya Raman, by mail of 24 Nov',
    });
    expect(allowed.body.names).toMatchObject({
      allowed: true,
      by: 'Cora',
      reason: 'Priya Raman, by mail of 24 Nov',
    });
    expect(await audit('reminders.set_names')).toMatchObject([
      {
        chain: hostile.id,
        before: { names: false },
        after: { names: true },
        reason: 'Priya Raman, by mail of 24 Nov',
      },
    ]);
    await at(new Date('2026-11-26T15:00:00Z'));
    await digests();
    const named = here.bylaw.outbox.at(-1)?.text ?? '';
    expect(named).toContain('  - Review a month of use (overdue since Nov 20, 2026)');
    const off = await by.call('PUT', `/clients/${hostile.slug}/reminders/names`, {
      allowed: false,
      reason: 'No more',
    });
    expect(off.body.names.allowed).toBe(false);
  });

  test('is sent once for two looks at once, and one that a crash cut off is reported as missed', async () => {
    const ada = await here.bylaw.person('technician', null, 'Ada');
    await set(ada, { rhythm: 'daily', weekday: 1, ownOnly: false });
    await at(TOMORROW);
    await Promise.all([digests(), digests(), digests()]);
    expect(here.bylaw.outbox).toHaveLength(1);
    // Killed between the claim and the mail server.
    const next = new Date('2026-11-26T15:00:00Z');
    await at(next);
    const { store } = here.bylaw.services;
    const row = await store.read('system', (tx) => findDigest(tx, ada.id));
    if (row === null) throw new Error('no row');
    const claim = { day: '2026-11-26', state: 'sending', at: next } as const;
    expect(await store.write('system', (tx) => claimDigest(tx, row, claim))).toBe(true);
    expect((await mine(ada)).last).toMatchObject({
      state: 'sending',
      says: expect.stringContaining('is being sent'),
    });
    await at(new Date('2026-11-26T16:00:00Z'));
    await digests();
    expect(here.bylaw.outbox).toHaveLength(1);
    expect((await mine(ada)).last.says).toContain('its outcome is not known');
    await at(new Date('2026-11-27T15:00:00Z'));
    await digests();
    expect(here.bylaw.outbox).toHaveLength(2);
  });

  test('that cannot be sent is reported in one sentence, and three failures end the run', async () => {
    const people = [];
    for (const name of ['Ida', 'Iva', 'Ivo', 'Una', 'Uwe']) {
      const person = await here.bylaw.person('technician', null, name);
      await set(person, { rhythm: 'daily', weekday: 1, ownOnly: false });
      people.push(person);
    }
    await at(TOMORROW);
    const says = 'The mail server smtp.example cannot be reached at port 587.';
    const send = vi.spyOn(here.bylaw.services.mail, 'send').mockRejectedValue(new Error(says));
    await digests();
    expect(send).toHaveBeenCalledTimes(3);
    const states = await Promise.all(people.map(mine));
    const failed = states.filter(({ last }) => last !== null);
    expect(failed).toHaveLength(3);
    expect(failed[0]).toMatchObject({
      lastSent: null,
      lastFailure: { why: says },
      last: { state: 'failed', says: `The mail of Nov 25, 2026 was not sent. ${says}` },
    });
    send.mockRestore();
    // Those whom nobody tried are told when the server is back; the others the next time.
    await digests();
    expect(here.bylaw.outbox).toHaveLength(2);
  });

  test('says what the mail server itself says', async () => {
    const { store, sealer } = here.bylaw.services;
    const { version } = (await here.bylaw.owner.call('GET', '/settings')).body;
    const nobodyThere = {
      host: 'localhost',
      port: 9,
      security: 'none',
      user: '',
      from: 'bylaw@msp.example',
    };
    expect((await here.bylaw.owner.call('PUT', '/settings/mail', { version, ...nobodyThere })).status).toBe(
      200,
    );
    const ina = await here.bylaw.person('technician', null, 'Ina');
    await set(ina, { rhythm: 'daily', weekday: 1, ownOnly: false });
    await at(TOMORROW);
    await sendDueDigests({ ...here.bylaw.services, mail: workspaceMail(store, sealer, here.bylaw.services) });
    expect((await mine(ina)).lastFailure.why).toBe(
      'The mail server localhost cannot be reached at port 9. Check name, port and encryption.',
    );
  });

  test('follows the permissions of the moment, and goes to no one who cannot sign in', async () => {
    const hana = await here.bylaw.person('client_admin', here.harrow.id, 'Hana');
    const gone = await here.bylaw.person('technician', null, 'Gone');
    for (const one of [hana, gone]) await set(one, { rhythm: 'daily', weekday: 1, ownOnly: false });
    await at(TOMORROW);
    await here.bylaw.owner.call('POST', `/users/${gone.id}/disable`, {});
    await digests();
    expect(here.bylaw.outbox.map(({ to }) => to)).toEqual([hana.email]);
    expect(here.bylaw.outbox[0]?.text).not.toContain('Alder');
    await here.bylaw.owner.call('POST', `/users/${hana.id}/grants`, { effect: 'deny' });
    await at(new Date('2026-11-26T15:00:00Z'));
    await digests();
    expect(here.bylaw.outbox).toHaveLength(1);
  });

  test('does not come at night, nor at a weekend', async () => {
    const max = await here.bylaw.person('technician', null, 'Max');
    await set(max, { rhythm: 'daily', weekday: 1, ownOnly: false });
    // 22:00 in New York; 06:30; Saturday at noon.
    for (const moment of ['2026-11-26T03:00:00Z', '2026-11-25T11:30:00Z', '2026-11-28T17:00:00Z']) {
      await at(new Date(moment));
      await digests();
    }
    expect(here.bylaw.outbox).toEqual([]);
  });

  test('is counted for a token as far as the token reaches', async () => {
    const lea = await here.bylaw.person('technician', null, 'Lea');
    await set(lea, { rhythm: 'never', weekday: 1, ownOnly: false });
    await set(lea, { rhythm: 'daily', weekday: 1, ownOnly: false });
    const token = { name: 'One client', purpose: 'cli', forClient: here.harrow.slug };
    const { secret } = (await lea.call('POST', '/me/tokens', token)).body;
    const authorization = `Bearer ${secret}`;
    const one = await here.bylaw.inject({
      method: 'GET',
      url: '/api/v1/me/reminders',
      headers: { authorization },
    });
    const work = (await lea.call('GET', `/work?of=${here.harrow.slug}`)).body.clients;
    expect(one.body.due).toBe(work.find(({ client }: Json) => client === here.harrow.slug).now);
    expect((await mine(lea)).due).toBeGreaterThan(one.body.due);
  });

  test('is set by its person alone, with a record of what changed', async () => {
    const kim = await here.bylaw.person('staff', null, 'Kim');
    await set(kim, { rhythm: 'weekly', weekday: 5, ownOnly: true });
    await set(kim, { rhythm: 'weekly', weekday: 5, ownOnly: true });
    const own = (await audit('reminders.set_mine')).filter(({ subject }) => subject.id === kim.id);
    expect(own).toMatchObject([
      { before: { rhythm: 'never' }, after: { rhythm: 'weekly', weekday: 5, ownOnly: true } },
    ]);
    expect((await set(kim, { rhythm: 'weekly', weekday: 6 })).status).toBe(400);
  });
});
// Guide: G2.2-34
