import ICAL from 'ical.js';
import { expect, test, vi } from 'vitest';
import type { TestPerson } from '#server/testing/console.ts';
import { anyEngine } from '#store/testing.ts';
import { calendarOf } from './calendar.ts';
import { NOW, remindersOfTwo, TOMORROW } from './testing/reminders-of-two.ts';

anyEngine('the calendar of reminders', (engine) => {
  const here = remindersOfTwo(engine);
  const { at, due, mine, set, audit } = here;

  const make = async (by: TestPerson): Promise<string> => {
    const { status, body } = await by.call('POST', '/me/calendar-feed', {});
    expect(status).toBe(201);
    return new URL(body.address).pathname;
  };
  const read = (path: string, headers: Record<string, string> = {}, remoteAddress = '198.51.100.9') =>
    here.bylaw.inject({ method: 'GET', url: path, headers, remoteAddress });
  const events = (text: string) =>
    new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));

  test('holds all-day events with counts and links, readable by another program', async () => {
    const path = await make(here.tess);
    const answer = await read(path);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-cache',
      etag: expect.stringMatching(/^W\/".+"$/),
    });
    const shown = events(answer.body);
    expect(shown.map(({ summary, startDate, endDate }) => [summary, `${startDate}`, `${endDate}`])).toEqual([
      ['1 overdue: Alder Society', '2026-11-24', '2026-11-25'],
      ['1 due: Alder Society', '2026-12-01', '2026-12-02'],
      ['1 due: Harrow Guild', '2026-11-30', '2026-12-01'],
    ]);
    const origin = here.bylaw.services.config.origin;
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

  test('is valid where nothing is due', async () => {
    const { text } = await calendarOf({
      due: [],
      userId: here.tess.id,
      origin: here.bylaw.services.config.origin,
      now: NOW,
    });
    const calendar = new ICAL.Component(ICAL.parse(text));
    expect(calendar.getAllSubcomponents().map(({ name }) => name)).toEqual(['vtimezone']);
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('escapes and folds what strangers are called, and names what is due where the client allows it', async () => {
    const name = `Süß;,\\ "Ünïted" 会${'協'.repeat(30)}\r\nEND:VCALENDAR\r\nBEGIN:VEVENT`;
    const client = await here.bylaw.client(name);
    await due(client.slug, 'deploy', '2026-12-04', null);
    const uma = await here.bylaw.person('client_admin', client.id, 'Uma');
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
    expect(on('2026-12-04', named)?.description).toContain('Review a month of use (due Dec 4, 2026)');
    expect(on('2026-12-04', named)?.summary).toBe(on('2026-12-04', text)?.summary);
  });

  test('shows what its person may see at the moment of reading', async () => {
    const ravi = await here.bylaw.person('technician', null, 'Ravi');
    await set(ravi, { rhythm: 'never', weekday: 1, ownOnly: false });
    const path = await make(ravi);
    const clients = async () =>
      new Set(events((await read(path)).body).map(({ summary }) => summary.replace(/^.*?: /, '')));
    expect(await clients()).toContain('Alder Society');
    const deny = await here.bylaw.owner.call('POST', `/users/${ravi.id}/grants`, {
      effect: 'deny',
      forClient: here.alder.slug,
    });
    expect(deny.status).toBe(201);
    expect(await clients()).not.toContain('Alder Society');
    expect(await clients()).toContain('Harrow Guild');
    await here.bylaw.owner.call('POST', `/users/${ravi.id}/disable`, {});
    expect((await read(path)).status).toBe(404);
  });

  test('is read at an address that is kept as a hash, shown once, replaced and taken back', async () => {
    const pia = await here.bylaw.person('technician', null, 'Pia');
    expect((await mine(pia)).feed).toBeNull();
    const first = await make(pia);
    expect((await mine(pia)).feed).toEqual({ madeAt: NOW.toISOString(), lastReadAt: null });
    expect((await read(first)).status).toBe(200);
    expect((await mine(pia)).feed.lastReadAt).toBe(NOW.toISOString());
    const second = await make(pia);
    expect((await read(first)).status).toBe(404);
    expect((await read(second)).status).toBe(200);
    const secrets = [first, second].map((one) => one.slice('/calendar/'.length, -'.ics'.length));
    const stored = await here.bylaw.services.store.read('system', async (tx) => [
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

  test('treats a wrong address like one that never existed, and makes repeated guesses wait', async () => {
    const log = vi.spyOn(here.bylaw.services.log, 'warn');
    const errors = vi.spyOn(here.bylaw.services.log, 'error');
    const wrong = [
      `/calendar/${'x'.repeat(43)}.ics`,
      '/calendar/short.ics',
      '/calendar/none',
      '/calendar/%00.ics',
    ];
    const reply = await Promise.all(wrong.map((one) => read(one)));
    expect(new Set(reply.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect(reply[0]?.status).toBe(404);
    const path = await make(here.tess);
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
    const { body } = await here.tess.call('POST', '/me/tokens', { name: 'CLI', purpose: 'cli' });
    const answer = await here.bylaw.inject({
      method: 'POST',
      url: '/api/v1/me/calendar-feed',
      headers: { authorization: `Bearer ${body.secret}`, 'content-type': 'application/json' },
      payload: '{}',
    });
    expect(answer.status).toBe(403);
  });
});
// Guide: G2.2-34
