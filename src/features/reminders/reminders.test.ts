import ICAL from 'ical.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { claimDigest, findDigest } from '#store/reminders/digests.ts';
import { eachEngine } from '#store/testing.ts';
import { workspaceMail } from '../mail/workspace-mail.ts';
import { runJobs } from '../retention/testing.ts';
import { sendDueDigests } from './send-digests.ts';

/** Tuesday, 10:00 in New York, where the clients are. */
const NOW = new Date('2026-11-24T15:00:00Z');
const TOMORROW = new Date('2026-11-25T15:00:00Z');
/** Stands in every title and reason of what is due: no message may hold it unless the client allows it. */
const CONTENT = 'Greta keeps a personal account';

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the wire holds
type Body = any;

eachEngine('reminders', (engine) => {
  let bylaw: TestConsole;
  let alder: { id: string; slug: string; name: string };
  let harrow: { id: string; slug: string; name: string };
  let tess: TestPerson;

  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open(), now: NOW });
    alder = await bylaw.client('Alder Society');
    harrow = await bylaw.client('Harrow Guild');
    tess = await bylaw.person('technician', null, 'Tess Tamarin');
    await due(alder.slug, 'deploy', '2026-11-02');
    await due(alder.slug, 'later', '2026-12-01');
    await due(harrow.slug, 'deploy', '2026-11-30');
  }, 120_000);
  afterAll(() => bylaw.close());
  beforeEach(async () => {
    vi.restoreAllMocks();
    await at(NOW);
    bylaw.outbox.length = 0;
    await bylaw.services.store.write('system', (tx) =>
      tx.updateTable('reminder_digests').set({ rhythm: 'never' }).execute(),
    );
  });

  /** Moves the clock; whoever is signed in stays so. */
  async function at(now: Date): Promise<void> {
    bylaw.setNow(now);
    const expires_at = new Date(now.getTime() + 3_600_000);
    await bylaw.services.store.write('system', (tx) =>
      tx.updateTable('sessions').set({ last_seen_at: now, expires_at }).execute(),
    );
  }

  /** Recurring tasks of the catalogue, by what the tests call them. */
  const TASKS = { deploy: 'monthly_look', later: 'connector_list' } as const;
  async function due(
    slug: string,
    task: keyof typeof TASKS,
    day: string | null,
    owner: string | null = tess.email,
  ): Promise<void> {
    const path = `/clients/${slug}/work`;
    const { recurring } = (await bylaw.owner.call('GET', path)).body;
    const { version } = recurring.find((one: Body) => one.id === TASKS[task]);
    const answer = await bylaw.owner.call('PUT', `${path}/recurring/${TASKS[task]}`, {
      version,
      active: true,
      months: null,
      reason: null,
      owner,
      due: day,
    });
    expect(answer.status).toBe(200);
  }

  const mine = async (by: TestPerson): Promise<Body> => (await by.call('GET', '/me/reminders')).body;
  const set = (by: TestPerson, body: object) => by.call('PUT', '/me/reminders', body);
  const digests = () => runJobs(bylaw, /remind people/);
  const audit = async (action: string): Promise<Body[]> => {
    const rows = await bylaw.services.store.read('system', (tx) =>
      tx
        .selectFrom('audit_log')
        .select(['body', 'client_id'])
        .where('action', '=', action)
        .orderBy('seq')
        .execute(),
    );
    return rows.map(({ body, client_id }) => ({ ...JSON.parse(body), chain: client_id }));
  };

  describe('the mail', () => {
    test('says how much is due at each client and where, and nothing of what', async () => {
      const nell = await bylaw.person('technician', null, 'Nell');
      const asked = await set(nell, { rhythm: 'daily', weekday: 1, ownOnly: false });
      expect(asked.body).toMatchObject({ rhythm: 'daily', next: '2026-11-25', last: null, to: nell.email });
      await digests();
      expect(bylaw.outbox).toEqual([]);
      await at(TOMORROW);
      await digests();
      const [mail] = bylaw.outbox;
      expect(bylaw.outbox).toHaveLength(1);
      expect(mail?.to).toBe(nell.email);
      expect(mail?.subject).toMatch(/^Bylaw: \d+ pieces of work are due$/);
      expect(mail?.text).toMatch(
        /Alder Society: 1 overdue, 1 due within 14 days and \d+ waiting for somebody\n/,
      );
      expect(mail?.text).toContain(`${bylaw.services.config.origin}/c/${alder.slug}/work\n`);
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

    test('is of what lies with the person, where they want no more, and none where nothing does', async () => {
      await at(NOW);
      await set(tess, { rhythm: 'weekly', weekday: 3, ownOnly: true });
      const otto = await bylaw.person('technician', null, 'Otto');
      await set(otto, { rhythm: 'daily', weekday: 1, ownOnly: true });
      await at(TOMORROW);
      await digests();
      expect(bylaw.outbox.map(({ to }) => to)).toEqual([tess.email]);
      expect(bylaw.outbox[0]?.text).toContain('Alder Society: 1 overdue and 1 due within 14 days\n');
      expect(bylaw.outbox[0]?.text).toContain(`/c/${alder.slug}/work?owner=mine`);
      expect((await mine(otto)).last).toMatchObject({
        state: 'nothing',
        says: expect.stringContaining('Nothing was due'),
      });
      // A weekly one comes once a week, whatever is switched in between.
      await set(tess, { rhythm: 'daily', weekday: 3, ownOnly: true });
      await set(tess, { rhythm: 'weekly', weekday: 3, ownOnly: true });
      await at(new Date('2026-11-27T15:00:00Z'));
      await digests();
      expect(bylaw.outbox).toHaveLength(1);
      await at(new Date('2026-12-02T15:00:00Z'));
      await digests();
      expect(bylaw.outbox.filter(({ to }) => to === tess.email)).toHaveLength(2);
    });

    test('names what is due only for a client that allows it, and strangers’ names stay harmless', async () => {
      const hostile = await bylaw.client('Evil [x](https://evil.example) \u202Egnp\r\nBcc: all@evil.example');
      await due(hostile.slug, 'deploy', '2026-11-20', CONTENT);
      const nora = await bylaw.person('technician', hostile.id, 'Nora\r\nBcc: x@evil.example');
      await set(nora, { rhythm: 'daily', weekday: 1, ownOnly: false });
      await at(TOMORROW);
      await digests();
      const [mail] = bylaw.outbox;
      expect(mail?.text).not.toMatch(/month of use|evil\.example|\u202E|\r/u);
      expect(mail?.text).toContain('Evil [x](https: / / evil. example) gnp Bcc: all@ evil. example: ');
      const by = await bylaw.person('client_admin', hostile.id, 'Cora');
      expect(
        (await by.call('PUT', `/clients/${hostile.slug}/reminders/names`, { allowed: true })).status,
      ).toBe(400);
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
      const named = bylaw.outbox.at(-1)?.text ?? '';
      expect(named).toContain('  - Look at a month of use (overdue since 20 Nov 2026)');
      const off = await by.call('PUT', `/clients/${hostile.slug}/reminders/names`, {
        allowed: false,
        reason: 'No more',
      });
      expect(off.body.names.allowed).toBe(false);
    });

    test('is one for two looks at once, and one that a crash cut off is missed and said so', async () => {
      const ada = await bylaw.person('technician', null, 'Ada');
      await set(ada, { rhythm: 'daily', weekday: 1, ownOnly: false });
      await at(TOMORROW);
      await Promise.all([digests(), digests(), digests()]);
      expect(bylaw.outbox).toHaveLength(1);
      // Killed between the claim and the mail server.
      const next = new Date('2026-11-26T15:00:00Z');
      await at(next);
      const { store } = bylaw.services;
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
      expect(bylaw.outbox).toHaveLength(1);
      expect((await mine(ada)).last.says).toContain('its end is not known');
      await at(new Date('2026-11-27T15:00:00Z'));
      await digests();
      expect(bylaw.outbox).toHaveLength(2);
    });

    test('that cannot be handed over is said in one sentence, and holds up nobody after three', async () => {
      const people = [];
      for (const name of ['Ida', 'Iva', 'Ivo', 'Una', 'Uwe']) {
        const person = await bylaw.person('technician', null, name);
        await set(person, { rhythm: 'daily', weekday: 1, ownOnly: false });
        people.push(person);
      }
      await at(TOMORROW);
      const says = 'The mail server smtp.example cannot be reached at port 587.';
      const send = vi.spyOn(bylaw.services.mail, 'send').mockRejectedValue(new Error(says));
      await digests();
      expect(send).toHaveBeenCalledTimes(3);
      const states = await Promise.all(people.map(mine));
      const failed = states.filter(({ last }) => last !== null);
      expect(failed).toHaveLength(3);
      expect(failed[0]).toMatchObject({
        lastSent: null,
        lastFailure: { why: says },
        last: { state: 'failed', says: `The mail of 25 Nov 2026 was not sent. ${says}` },
      });
      send.mockRestore();
      // Those whom nobody tried are told when the server is back; the others the next time.
      await digests();
      expect(bylaw.outbox).toHaveLength(2);
    });

    test('says what the mail server itself says', async () => {
      const { store, sealer } = bylaw.services;
      const { version } = (await bylaw.owner.call('GET', '/settings')).body;
      const nobodyThere = {
        host: 'localhost',
        port: 9,
        security: 'none',
        user: '',
        from: 'bylaw@msp.example',
      };
      expect((await bylaw.owner.call('PUT', '/settings/mail', { version, ...nobodyThere })).status).toBe(200);
      const ina = await bylaw.person('technician', null, 'Ina');
      await set(ina, { rhythm: 'daily', weekday: 1, ownOnly: false });
      await at(TOMORROW);
      await sendDueDigests({ ...bylaw.services, mail: workspaceMail(store, sealer) });
      expect((await mine(ina)).lastFailure.why).toBe(
        'The mail server localhost cannot be reached at port 9. Check name, port and encryption.',
      );
    });

    test('goes by the rights of the moment, and to nobody who cannot sign in', async () => {
      const hana = await bylaw.person('client_admin', harrow.id, 'Hana');
      const gone = await bylaw.person('technician', null, 'Gone');
      for (const one of [hana, gone]) await set(one, { rhythm: 'daily', weekday: 1, ownOnly: false });
      await at(TOMORROW);
      await bylaw.owner.call('POST', `/users/${gone.id}/disable`, {});
      await digests();
      expect(bylaw.outbox.map(({ to }) => to)).toEqual([hana.email]);
      expect(bylaw.outbox[0]?.text).not.toContain('Alder');
      await bylaw.owner.call('POST', `/users/${hana.id}/grants`, { effect: 'deny' });
      await at(new Date('2026-11-26T15:00:00Z'));
      await digests();
      expect(bylaw.outbox).toHaveLength(1);
    });

    test('does not come at night, nor at a weekend', async () => {
      const max = await bylaw.person('technician', null, 'Max');
      await set(max, { rhythm: 'daily', weekday: 1, ownOnly: false });
      // 22:00 in New York; 06:30; Saturday at noon.
      for (const moment of ['2026-11-26T03:00:00Z', '2026-11-25T11:30:00Z', '2026-11-28T17:00:00Z']) {
        await at(new Date(moment));
        await digests();
      }
      expect(bylaw.outbox).toEqual([]);
    });

    test('is counted for a token as far as the token reaches', async () => {
      const lea = await bylaw.person('technician', null, 'Lea');
      await set(lea, { rhythm: 'never', weekday: 1, ownOnly: false });
      await set(lea, { rhythm: 'daily', weekday: 1, ownOnly: false });
      const token = { name: 'One client', purpose: 'cli', forClient: harrow.slug };
      const { secret } = (await lea.call('POST', '/me/tokens', token)).body;
      const authorization = `Bearer ${secret}`;
      const one = await bylaw.inject({
        method: 'GET',
        url: '/api/v1/me/reminders',
        headers: { authorization },
      });
      const work = (await lea.call('GET', `/work?of=${harrow.slug}`)).body.clients;
      expect(one.body.due).toBe(work.find(({ client }: Body) => client === harrow.slug).now);
      expect((await mine(lea)).due).toBeGreaterThan(one.body.due);
    });

    test('is set by its person alone, with a record of what changed', async () => {
      const kim = await bylaw.person('staff', null, 'Kim');
      await set(kim, { rhythm: 'weekly', weekday: 5, ownOnly: true });
      await set(kim, { rhythm: 'weekly', weekday: 5, ownOnly: true });
      const own = (await audit('reminders.set_mine')).filter(({ subject }) => subject.id === kim.id);
      expect(own).toMatchObject([
        { before: { rhythm: 'never' }, after: { rhythm: 'weekly', weekday: 5, ownOnly: true } },
      ]);
      expect((await set(kim, { rhythm: 'weekly', weekday: 6 })).status).toBe(400);
    });
  });

  describe('the calendar', () => {
    const make = async (by: TestPerson): Promise<string> => {
      const { status, body } = await by.call('POST', '/me/calendar-feed', {});
      expect(status).toBe(201);
      return new URL(body.address).pathname;
    };
    const read = (path: string, headers: Record<string, string> = {}, remoteAddress = '198.51.100.9') =>
      bylaw.inject({ method: 'GET', url: path, headers, remoteAddress });
    const events = (text: string) =>
      new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));

    test('holds all-day events with counts and links, readable by another program', async () => {
      const path = await make(tess);
      const answer = await read(path);
      expect(answer.status).toBe(200);
      expect(answer.headers).toMatchObject({
        'content-type': 'text/calendar; charset=utf-8',
        'cache-control': 'private, no-cache',
        etag: expect.stringMatching(/^W\/".+"$/),
      });
      const shown = events(answer.body);
      expect(shown.map(({ summary, startDate, endDate }) => [summary, `${startDate}`, `${endDate}`])).toEqual(
        [
          ['1 overdue: Alder Society', '2026-11-24', '2026-11-25'],
          ['1 due: Alder Society', '2026-12-01', '2026-12-02'],
          ['1 due: Harrow Guild', '2026-11-30', '2026-12-01'],
        ],
      );
      const origin = bylaw.services.config.origin;
      for (const one of shown) {
        expect(one.startDate.isDate).toBe(true);
        expect(one.component.getFirstPropertyValue('url')).toMatch(new RegExp(`^${origin}/c/[a-z-]+/work$`));
        expect(String(one.component.getFirstPropertyValue('dtstamp'))).toBe('2026-11-24T15:00:00Z');
        expect(one.description).toMatch(/^http\S+$/);
      }
      expect(answer.body).not.toMatch(/month of use|CLA-|Tess/);
      expect(answer.body.split('\r\n').every((line: string) => Buffer.byteLength(line) <= 75)).toBe(true);

      // The same events have the same ids and the same tag a day on; another day is another event of today.
      const again = await read(path, { 'if-none-match': String(answer.headers.etag) });
      expect([again.status, again.bytes.length]).toEqual([304, 0]);
      await at(new Date(NOW.getTime() + 3_600_000));
      expect((await read(path, { 'if-none-match': String(answer.headers.etag) })).status).toBe(304);
      expect(events((await read(path)).body).map(({ uid }) => uid)).toEqual(shown.map(({ uid }) => uid));
      expect(new Set(shown.map(({ uid }) => uid)).size).toBe(3);
      await at(TOMORROW);
      expect((await read(path, { 'if-none-match': String(answer.headers.etag) })).status).toBe(200);
    });

    test('escapes and folds what strangers are called, and names what is due where the client allows it', async () => {
      const name = `Süß;,\\ "Ünïted" 会${'協'.repeat(30)}\r\nEND:VCALENDAR\r\nBEGIN:VEVENT`;
      const client = await bylaw.client(name);
      await due(client.slug, 'deploy', '2026-12-04', null);
      const uma = await bylaw.person('client_admin', client.id, 'Uma');
      await set(uma, { rhythm: 'never', weekday: 1, ownOnly: false });
      const path = await make(uma);
      const text: string = (await read(path)).body;
      expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
      const on = (day: string, from: string) => events(from).find(({ startDate }) => `${startDate}` === day);
      expect(on('2026-12-04', text)?.summary).toMatch(
        /^1 due: Süß;,\\ "Ünïted" 会協+ END: VCALENDAR BEGIN: VEVENT$/u,
      );
      expect(text.match(/END:VCALENDAR/g)).toHaveLength(1);
      expect(text).not.toContain('month of use');
      await uma.call('PUT', `/clients/${client.slug}/reminders/names`, {
        allowed: true,
        reason: 'The board',
      });
      const named: string = (await read(path)).body;
      expect(on('2026-12-04', named)?.description).toContain('Look at a month of use (due 4 Dec 2026)');
      expect(on('2026-12-04', named)?.summary).toBe(on('2026-12-04', text)?.summary);
    });

    test('shows what its person may see at the moment of reading', async () => {
      const ravi = await bylaw.person('technician', null, 'Ravi');
      await set(ravi, { rhythm: 'never', weekday: 1, ownOnly: false });
      const path = await make(ravi);
      const clients = async () =>
        new Set(events((await read(path)).body).map(({ summary }) => summary.replace(/^.*?: /, '')));
      expect(await clients()).toContain('Alder Society');
      const deny = await bylaw.owner.call('POST', `/users/${ravi.id}/grants`, {
        effect: 'deny',
        forClient: alder.slug,
      });
      expect(deny.status).toBe(201);
      expect(await clients()).not.toContain('Alder Society');
      expect(await clients()).toContain('Harrow Guild');
      await bylaw.owner.call('POST', `/users/${ravi.id}/disable`, {});
      expect((await read(path)).status).toBe(404);
    });

    test('is read at an address that is kept as a hash, shown once, replaced and taken back', async () => {
      const pia = await bylaw.person('technician', null, 'Pia');
      expect((await mine(pia)).feed).toBeNull();
      const first = await make(pia);
      expect((await mine(pia)).feed).toEqual({ madeAt: NOW.toISOString(), lastReadAt: null });
      expect((await read(first)).status).toBe(200);
      expect((await mine(pia)).feed.lastReadAt).toBe(NOW.toISOString());
      const second = await make(pia);
      expect((await read(first)).status).toBe(404);
      expect((await read(second)).status).toBe(200);
      const secrets = [first, second].map((one) => one.slice('/calendar/'.length, -'.ics'.length));
      const stored = await bylaw.services.store.read('system', async (tx) => [
        await tx.selectFrom('calendar_feeds').selectAll().execute(),
        await tx.selectFrom('audit_log').selectAll().execute(),
      ]);
      for (const secret of secrets) {
        expect(secret).toMatch(/^[\w-]{43}$/);
        expect(JSON.stringify(stored)).not.toContain(secret);
      }
      const ended = await pia.call('DELETE', '/me/calendar-feed', {});
      expect([ended.status, ended.body.feed]).toEqual([200, null]);
      expect((await read(second)).status).toBe(404);
      const own = async (action: string) =>
        (await audit(action)).filter(({ subject }) => subject.id === pia.id);
      expect((await own('reminders.make_feed')).map(({ after }) => after.calendar)).toEqual([
        'made',
        'replaced',
      ]);
      expect(await own('reminders.end_feed')).toHaveLength(1);
    });

    test('answers a wrong address like one that never was, and too many of them with a wait', async () => {
      const log = vi.spyOn(bylaw.services.log, 'warn');
      const errors = vi.spyOn(bylaw.services.log, 'error');
      const wrong = [
        `/calendar/${'x'.repeat(43)}.ics`,
        '/calendar/short.ics',
        '/calendar/none',
        '/calendar/%00.ics',
      ];
      const said = await Promise.all(wrong.map((one) => read(one)));
      expect(new Set(said.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
      expect(said[0]?.status).toBe(404);
      const path = await make(tess);
      for (let n = 0; n < 40; n += 1) await read(`/calendar/${'y'.repeat(43)}.ics`);
      const limited = await read(`/calendar/${'z'.repeat(43)}.ics`);
      expect(limited.status).toBe(429);
      expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
      // Others from the same network, with an address that counts, wait for nothing.
      expect((await read(path)).status).toBe(200);
      for (let n = 0; n < 60; n += 1) await read(path);
      expect((await read(path)).status).toBe(429);
      await at(new Date(NOW.getTime() + 11 * 60_000));
      expect((await read(path)).status).toBe(200);
      expect([...log.mock.calls, ...errors.mock.calls]).toEqual([]);
    });

    test('gets its address from a person, not from a token', async () => {
      const { body } = await tess.call('POST', '/me/tokens', { name: 'CLI', purpose: 'cli' });
      const answer = await bylaw.inject({
        method: 'POST',
        url: '/api/v1/me/calendar-feed',
        headers: { authorization: `Bearer ${body.secret}`, 'content-type': 'application/json' },
        payload: '{}',
      });
      expect(answer.status).toBe(403);
    });
  });
});
