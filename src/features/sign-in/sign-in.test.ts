import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TEST_NOW, type TestConsole, testConsole } from '../../server/testing/console.ts';
import { cookieOf, PASSWORD, visitor } from './testing/visitor.ts';

let console_: TestConsole;
const { call, dana, later, log, signIn } = visitor(() => console_);

beforeEach(async () => {
  console_ = await testConsole();
});
afterEach(() => console_.close());

describe('signing in with a password', () => {
  test('opens a session in a cookie that no script reads, under the name of who signed in', async () => {
    const { email } = await dana();
    const answer = await signIn(email.toUpperCase(), PASSWORD);
    expect(answer.status).toBe(201);
    const header = String(answer.headers['set-cookie']);
    expect(header).toMatch(/HttpOnly/);
    expect(header).toMatch(/SameSite=Lax/);
    expect(header).not.toMatch(/Secure/);
    const me = await call('GET', '/me', undefined, { cookie: cookieOf(answer) });
    expect(me.status).toBe(200);
    expect(me.body).toMatchObject({ name: 'Dana Whitlock', signIn: { method: 'password', password: true } });
    expect(await log()).toMatchObject([{ action: 'sign_in', actor: 'Dana Whitlock' }]);
  });

  test('answers alike for a wrong password and for someone who is not there, and never logs what was typed', async () => {
    const { email } = await dana();
    const wrong = await signIn(email, 'not the password');
    const nobody = await signIn('nobody.of.note@elsewhere.example', 'not the password');
    expect(wrong.status).toBe(401);
    expect(nobody.status).toBe(401);
    expect(nobody.body).toEqual(wrong.body);
    const written = await log();
    expect(written.map(({ action }) => action)).toEqual(['sign_in.failed', 'sign_in.failed']);
    expect(JSON.stringify(written)).not.toMatch(/nobody\.of\.note|not the password/);
  });

  test('turns away someone who is disabled with the same words', async () => {
    const { id, email } = await dana();
    await console_.services.store.write('system', (tx) =>
      tx.updateTable('users').set({ disabled_at: TEST_NOW }).where('id', '=', id).execute(),
    );
    const answer = await signIn(email, PASSWORD);
    expect(answer.status).toBe(401);
    expect(answer.body.message).toMatch(/email address or the password is wrong/);
  });

  test('is refused when another site asks for it', async () => {
    const { email } = await dana();
    const answer = await console_.inject({
      method: 'POST',
      url: '/api/v1/sign-in/password',
      headers: { origin: 'https://elsewhere.example', 'content-type': 'application/json' },
      payload: JSON.stringify({ email, password: PASSWORD }),
    });
    expect(answer.status).toBe(403);
    expect(cookieOf(answer)).toBe('');
  });
});

describe('guessing', () => {
  test('costs a wait that doubles, for this account from this network only', async () => {
    const { email } = await dana();
    for (let round = 0; round < 5; round++) expect((await signIn(email, 'wrong guess')).status).toBe(401);
    const blocked = await signIn(email, PASSWORD);
    expect(blocked.status).toBe(429);
    expect(blocked.body.data.retryAfterSeconds).toBe(1);
    // The same /24 is the same party; elsewhere the right password counts at once.
    expect((await signIn(email, PASSWORD, { ip: '198.51.100.200' })).status).toBe(429);
    expect((await signIn(email, PASSWORD, { ip: '203.0.113.9' })).status).toBe(201);
    later(1100);
    expect((await signIn(email, 'wrong guess')).status).toBe(401);
    expect((await signIn(email, PASSWORD)).body.data.retryAfterSeconds).toBe(2);
    later(2100);
    expect((await signIn(email, PASSWORD)).status).toBe(201);
    expect((await signIn(email, PASSWORD)).status).toBe(201);
  });

  test('at many accounts from one network stops that network, but not who signed in from there before', async () => {
    const { email } = await dana();
    const other = await dana('tobin@kestrel.example');
    expect((await signIn(email, PASSWORD)).status).toBe(201);
    for (let round = 0; round < 30; round++)
      await signIn(`guess${round}@elsewhere.example`, 'wrong guess', { ip: `198.51.100.${round}` });
    expect((await signIn(other.email, PASSWORD)).status).toBe(429);
    expect((await signIn(email, PASSWORD)).status).toBe(201);
  });

  test('at one account from many networks is slowed down, and its person comes in from their own', async () => {
    const { email } = await dana();
    expect((await signIn(email, PASSWORD)).status).toBe(201);
    for (let round = 0; round < 50; round++) await signIn(email, 'wrong guess', { ip: `203.0.${round}.7` });
    expect((await signIn(email, 'wrong guess', { ip: '192.0.2.7' })).status).toBe(429);
    expect((await signIn(email, PASSWORD)).status).toBe(201);
  });

  test('many at once are counted one after the other', async () => {
    const { email } = await dana();
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn(email, 'wrong guess')));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
  });

  test('an IPv6 /64 is one network', async () => {
    const { email } = await dana();
    for (let round = 0; round < 5; round++)
      await signIn(email, 'wrong guess', { ip: `2001:db8:0:1::${round + 1}` });
    expect((await signIn(email, PASSWORD, { ip: '2001:db8:0:1:ffff::9' })).status).toBe(429);
    expect((await signIn(email, PASSWORD, { ip: '2001:db8:0:2::1' })).status).toBe(201);
  });
});

describe('a session', () => {
  test('ends after twelve hours without use, and after fourteen days in any case', async () => {
    const { email } = await dana();
    const cookie = cookieOf(await signIn(email, PASSWORD));
    const me = () => call('GET', '/me', undefined, { cookie }).then(({ status }) => status);
    later(11 * 3_600_000);
    expect(await me()).toBe(200);
    later(11 * 3_600_000);
    expect(await me()).toBe(200);
    later(13 * 3_600_000);
    expect(await me()).toBe(401);
    const second = cookieOf(await signIn(email, PASSWORD));
    const again = () => call('GET', '/me', undefined, { cookie: second }).then(({ status }) => status);
    for (let half = 0; half < 33; half++) {
      later(10 * 3_600_000);
      expect(await again()).toBe(200);
    }
    later(10 * 3_600_000);
    expect(await again()).toBe(401);
  });

  test('is none after a clock that was years ahead is set back, and goes on after one that was a day ahead', async () => {
    const { email } = await dana();
    const now = console_.services.clock();
    const opened = async (aheadDays: number) => {
      console_.setNow(new Date(now.getTime() + aheadDays * 24 * 3_600_000));
      const cookie = cookieOf(await signIn(email, PASSWORD));
      const me = () => call('GET', '/me', undefined, { cookie }).then(({ status }) => status);
      const ahead = await me();
      console_.setNow(now);
      return [ahead, await me()];
    };
    expect(await opened(1)).toEqual([200, 200]);
    expect(await opened(3_650)).toEqual([200, 401]);
  });

  test('ends at once when signed out, also here where it was just used', async () => {
    const { email } = await dana();
    const one = cookieOf(await signIn(email, PASSWORD));
    const two = cookieOf(await signIn(email, PASSWORD));
    expect((await call('GET', '/me', undefined, { cookie: one })).status).toBe(200);
    const sessions = await call('GET', '/me/sessions', undefined, { cookie: two });
    expect(sessions.body.total).toBe(2);
    const other = sessions.body.items.find(({ current }: { current: boolean }) => !current);
    expect((await call('DELETE', `/me/sessions/${other.id}`, undefined, { cookie: two })).status).toBe(200);
    expect((await call('GET', '/me', undefined, { cookie: one })).status).toBe(401);
    const out = await call('POST', '/me/sign-out', {}, { cookie: two });
    expect(String(out.headers['set-cookie'])).toMatch(/bylaw_session=;.*Max-Age=0/);
    expect((await call('GET', '/me', undefined, { cookie: two })).status).toBe(401);
  });

  test('of someone else cannot be ended', async () => {
    const { email } = await dana();
    const cookie = cookieOf(await signIn(email, PASSWORD));
    const theirs = await console_.owner.call('GET', '/me/sessions');
    const answer = await call('DELETE', `/me/sessions/${theirs.body.items[0].id}`, undefined, { cookie });
    expect(answer.status).toBe(404);
    expect((await console_.owner.call('GET', '/me')).status).toBe(200);
  });
});
