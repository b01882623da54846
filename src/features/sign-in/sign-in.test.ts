import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newSecret } from '#store/identity/secrets.ts';
import { insertUser } from '#store/identity/users.ts';
import { TEST_NOW, type TestAnswer, type TestConsole, testConsole } from '../../server/testing/console.ts';
import { firstOwnerLink } from './first-owner.ts';
import { hashPassword } from './passwords.ts';
import { recover } from './recover.ts';
import { addResetLink } from './reset.ts';

const PASSWORD = 'four quiet wooden herons';
const HASH = await hashPassword(PASSWORD);
let console_: TestConsole;

beforeEach(async () => {
  console_ = await testConsole();
});
afterEach(() => console_.close());

/** A person with a password, who has never signed in. */
async function dana(email = 'dana@kestrel.example'): Promise<{ id: string; email: string }> {
  const id = `id-${email}`;
  await console_.services.store.write('system', (tx) =>
    insertUser(tx, { id, email, name: 'Dana Whitlock', password: HASH, now: TEST_NOW }),
  );
  return { id, email };
}

interface From {
  readonly ip?: string;
  readonly cookie?: string;
}

async function call(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH',
  path: string,
  body?: object,
  { ip = '198.51.100.7', cookie }: From = {},
): Promise<TestAnswer> {
  return console_.inject({
    method,
    url: `/api/v1${path}`,
    remoteAddress: ip,
    headers: {
      origin: console_.services.config.origin,
      ...(cookie === undefined ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
}

const signIn = (email: string, password: string, from: From = {}) =>
  call('POST', '/sign-in/password', { email, password }, from);

function cookieOf(answer: TestAnswer): string {
  const header = [answer.headers['set-cookie']].flat().map(String);
  return header.find((text) => text.startsWith('bylaw_session='))?.split(';')[0] ?? '';
}

function later(ms: number): void {
  console_.setNow(new Date(console_.services.clock().getTime() + ms));
}

async function log(): Promise<{ action: string; actor: string; body: string }[]> {
  const rows = await console_.services.store.read('system', (tx) =>
    tx
      .selectFrom('audit_log')
      .select(['action', 'actor_name', 'body'])
      .where('client_id', '=', 'workspace')
      .orderBy('seq')
      .execute(),
  );
  return rows.map(({ action, actor_name, body }) => ({ action, actor: actor_name, body }));
}

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

  test('answers alike for a wrong password and for somebody who is not there, and never logs what was typed', async () => {
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

  test('turns away who is switched off with the same words', async () => {
    const { id, email } = await dana();
    await console_.services.store.write('system', (tx) =>
      tx.updateTable('users').set({ disabled_at: TEST_NOW }).where('id', '=', id).execute(),
    );
    const answer = await signIn(email, PASSWORD);
    expect(answer.status).toBe(401);
    expect(answer.body.message).toMatch(/mail address or the password is wrong/);
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

  test('of somebody else cannot be ended', async () => {
    const { email } = await dana();
    const cookie = cookieOf(await signIn(email, PASSWORD));
    const theirs = await console_.owner.call('GET', '/me/sessions');
    const answer = await call('DELETE', `/me/sessions/${theirs.body.items[0].id}`, undefined, { cookie });
    expect(answer.status).toBe(404);
    expect((await console_.owner.call('GET', '/me')).status).toBe(200);
  });
});

describe('the authenticator app', () => {
  const code = (secret: string) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({
      timestamp: console_.services.clock().getTime(),
    });

  async function withApp(): Promise<{ email: string; secret: string; recovery: string[]; cookie: string }> {
    const { email } = await dana();
    const cookie = cookieOf(await signIn(email, PASSWORD));
    const begun = await call('POST', '/me/totp', {}, { cookie });
    const { secret, enrolment } = begun.body;
    const confirmed = await call('POST', '/me/totp/confirm', { enrolment, code: code(secret) }, { cookie });
    expect(confirmed.status).toBe(201);
    later(30_000);
    return { email, secret, recovery: confirmed.body.recoveryCodes, cookie };
  }

  test('is asked for after the password, and its code is taken once', async () => {
    const { email, secret } = await withApp();
    const first = await signIn(email, PASSWORD);
    expect(first.status).toBe(401);
    expect(first.body.code).toBe('SECOND_FACTOR_REQUIRED');
    expect(cookieOf(first)).toBe('');
    const right = code(secret);
    const done = await call('POST', '/sign-in/code', { step: first.body.data.step, code: right });
    expect(done.status).toBe(201);
    const second = await signIn(email, PASSWORD);
    const replayed = await call('POST', '/sign-in/code', { step: second.body.data.step, code: right });
    expect(replayed.status).toBe(401);
    expect(replayed.body.message).toMatch(/used already/);
    expect(cookieOf(replayed)).toBe('');
    later(30_000);
    const next = await call('POST', '/sign-in/code', { step: second.body.data.step, code: code(secret) });
    expect(next.status).toBe(201);
    const spent = await call('POST', '/sign-in/code', { step: second.body.data.step, code: code(secret) });
    expect(spent.status).toBe(401);
  });

  test('can be replaced once each by ten recovery codes', async () => {
    const { email, recovery } = await withApp();
    expect(recovery).toHaveLength(10);
    expect(new Set(recovery).size).toBe(10);
    const step = async () => (await signIn(email, PASSWORD)).body.data.step;
    const used = { step: await step(), code: recovery[3]?.toUpperCase().replace('-', ' ') };
    const answer = await call('POST', '/sign-in/code', used);
    expect(answer.body).toMatchObject({ name: 'Dana Whitlock', recoveryCodesLeft: 9 });
    const again = await call('POST', '/sign-in/code', { step: await step(), code: recovery[3] });
    expect(again.status).toBe(401);
  });

  test('cannot be guessed from many networks in turn by who knows the password, while its owner goes on', async () => {
    const { email, secret } = await withApp();
    const statuses: number[] = [];
    for (let round = 0; round < 12; round++) {
      const ip = `203.0.${round}.1`;
      const { body } = await signIn(email, PASSWORD, { ip });
      statuses.push(
        (await call('POST', '/sign-in/code', { step: body.data.step, code: '000000' }, { ip })).status,
      );
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
    const { body } = await signIn(email, PASSWORD);
    const own = await call('POST', '/sign-in/code', { step: body.data.step, code: code(secret) });
    expect(own.status).toBe(201);
  });

  test('is not set up by a wrong code, and only after a recent proof', async () => {
    const { email } = await dana();
    const cookie = cookieOf(await signIn(email, PASSWORD));
    const begun = await call('POST', '/me/totp', {}, { cookie });
    const wrong = await call(
      'POST',
      '/me/totp/confirm',
      { enrolment: begun.body.enrolment, code: '000000' },
      { cookie },
    );
    expect(wrong.status).toBe(422);
    expect((await signIn(email, PASSWORD)).status).toBe(201);
    later(11 * 60_000);
    const stale = await call('POST', '/me/totp', {}, { cookie });
    expect(stale.status).toBe(403);
    expect(stale.body.code).toBe('PROOF_REQUIRED');
    expect((await call('POST', '/me/proof', { password: 'wrong' }, { cookie })).status).toBe(422);
    expect((await call('POST', '/me/proof', { password: PASSWORD }, { cookie })).status).toBe(201);
    expect((await call('POST', '/me/totp', {}, { cookie })).status).toBe(201);
  });
});

describe('changing the password', () => {
  test('ends the other sessions and needs a good new one', async () => {
    const { email } = await dana();
    const here = cookieOf(await signIn(email, PASSWORD));
    const there = cookieOf(await signIn(email, PASSWORD));
    const set = (password: string) => call('PUT', '/me/password', { password }, { cookie: here });
    expect((await set('short')).body.message).toMatch(/5 characters/);
    expect((await set('Password1234!')).body.message).toMatch(/guessed first/);
    expect((await set('danawhitlock99')).body.message).toMatch(/your name/);
    expect((await set('aaaaaaaaaaaaaa')).body.message).toMatch(/five different/);
    expect((await set('new harbour lights blink')).body).toEqual({ ended: 1 });
    expect((await call('GET', '/me', undefined, { cookie: there })).status).toBe(401);
    expect((await call('GET', '/me', undefined, { cookie: here })).status).toBe(200);
    expect((await signIn(email, PASSWORD)).status).toBe(401);
    expect((await signIn(email, 'new harbour lights blink')).status).toBe(201);
  });
});

describe('a link for a new password', () => {
  async function link(userId: string): Promise<string> {
    const secret = newSecret();
    await console_.services.store.write('system', (tx) =>
      addResetLink(tx, { userId, secret, now: console_.services.clock() }),
    );
    return secret;
  }
  const reset = (token: string, password: string) => call('POST', '/sign-in/reset', { token, password });

  test('sets it once, ends every session, and leaves the second factor where it is', async () => {
    const { id, email } = await dana();
    const cookie = cookieOf(await signIn(email, PASSWORD));
    const token = await link(id);
    expect((await reset(token, 'short')).status).toBe(422);
    const done = await reset(token, 'new harbour lights blink');
    expect(done.body).toEqual({ email });
    expect(cookieOf(done)).toBe('');
    expect((await call('GET', '/me', undefined, { cookie })).status).toBe(401);
    expect((await signIn(email, 'new harbour lights blink')).status).toBe(201);
    expect((await reset(token, 'another pair of shoes')).status).toBe(403);
    expect((await log()).map(({ action }) => action)).toContain('sign_in.reset_password');
  });

  test('is made by an Owner, with its reason on record, never for oneself', async () => {
    const hr = await console_.person('hr', null);
    const body = { reason: 'Forgot it on holiday' };
    const made = await console_.owner.call('POST', `/users/${hr.id}/password-link`, body);
    expect(made.status).toBe(201);
    const token = new URL(made.body.link).hash.slice(1);
    expect((await reset(token, 'new harbour lights blink')).body).toEqual({ email: hr.email });
    expect((await signIn(hr.email, 'new harbour lights blink')).status).toBe(201);
    const record = (await log()).find(({ action }) => action === 'users.make_password_link');
    expect(record).toMatchObject({ actor: 'Olive Owner' });
    expect(record?.body).toMatch(/Forgot it on holiday/);
    expect(record?.body).not.toContain(token);
    const own = await console_.owner.call('POST', `/users/${console_.owner.id}/password-link`, body);
    expect(own.status).toBe(422);
    expect((await hr.call('POST', `/users/${console_.owner.id}/password-link`, body)).status).toBe(401);
  });

  test('is made on the server itself where no Owner can sign in', async () => {
    const { email } = await dana();
    expect(
      await recover(console_.services, { email: 'nobody@kestrel.example', withoutApp: false }),
    ).toBeNull();
    const address = await recover(console_.services, { email, withoutApp: true });
    const token = new URL(address ?? '').hash.slice(1);
    expect((await reset(token, 'new harbour lights blink')).status).toBe(201);
    expect((await log()).map(({ action }) => action)).toEqual(['users.recover', 'sign_in.reset_password']);
  });

  test('counts for a day, and for nobody who is switched off', async () => {
    const { id } = await dana();
    const old = await link(id);
    later(24 * 3_600_000 + 1);
    expect((await reset(old, 'new harbour lights blink')).status).toBe(403);
    const token = await link(id);
    await console_.services.store.write('system', (tx) =>
      tx.updateTable('users').set({ disabled_at: TEST_NOW }).where('id', '=', id).execute(),
    );
    expect((await reset(token, 'new harbour lights blink')).status).toBe(403);
  });
});

describe('the first start', () => {
  async function empty(): Promise<string> {
    await console_.services.store.write('system', (tx) => tx.deleteFrom('users').execute());
    const link = await firstOwnerLink(console_.services);
    return new URL(link ?? '').hash.slice(1);
  }
  const owner = (token: string, email = 'olive@kestrel.example') =>
    call('POST', '/start/owner', { token, name: 'Olive Marsh', email, password: PASSWORD });

  test('makes one owner for all clients, signed in, of two who race with the link', async () => {
    const token = await empty();
    expect((await call('GET', '/start')).body).toMatchObject({ needsOwner: true, workspace: null });
    const answers = await Promise.all([owner(token), owner(token, 'second@kestrel.example')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403]);
    const winner = answers.find(({ status }) => status === 201);
    if (winner === undefined) throw new Error('nobody won');
    const me = await call('GET', '/me', undefined, { cookie: cookieOf(winner) });
    expect(me.body).toMatchObject({ roles: ['owner'], workspace: 'Bylaw' });
    expect(me.body.permissions).toContain('clients.create');
    expect((await call('GET', '/start')).body.needsOwner).toBe(false);
    expect(await firstOwnerLink(console_.services)).toBeNull();
    expect((await log()).map(({ action }) => action)).toEqual(['start.create_owner', 'sign_in']);
  });

  test('a link of an earlier start, a wrong one or one of yesterday makes nobody', async () => {
    const before = await empty();
    const token = await empty();
    expect((await owner(before)).status).toBe(403);
    expect((await owner('nonsense')).status).toBe(403);
    later(24 * 3_600_000 + 1);
    expect((await owner(token)).status).toBe(403);
    expect((await call('GET', '/start')).body.needsOwner).toBe(true);
  });

  test('a password that is too easy costs no link', async () => {
    const token = await empty();
    const weak = await call('POST', '/start/owner', {
      token,
      name: 'Olive Marsh',
      email: 'olive@kestrel.example',
      password: 'olivemarsh12',
    });
    expect(weak.status).toBe(422);
    expect((await owner(token)).status).toBe(201);
  });
});

describe('what a person sees of themselves', () => {
  test('lists only their clients, with what they may do in each', async () => {
    const alder = await console_.client('Alder Society');
    await console_.client('Harrow Guild');
    const auditor = await console_.person('auditor', alder.id);
    const { body } = await auditor.call('GET', '/me');
    expect(body.clients).toMatchObject([
      { name: 'Alder Society', roles: ['auditor'], timezone: 'America/New_York' },
    ]);
    expect(body.clients[0].permissions).toContain('audit.read');
    expect(body.clients[0].permissions).not.toContain('imports.write');
    expect(body.permissions).toEqual([]);
    expect((await console_.owner.call('GET', '/me')).body.clients).toHaveLength(2);
  });

  test('keeps preferences, and refuses an edit of what was changed meanwhile', async () => {
    const { version } = (await console_.owner.call('GET', '/me')).body;
    const preferences = { theme: 'dark', singleLetterKeys: false };
    expect((await console_.owner.call('PATCH', '/me', { version, preferences })).status).toBe(200);
    expect((await console_.owner.call('PATCH', '/me', { version, name: 'Olive' })).status).toBe(409);
    const { body } = await console_.owner.call('GET', '/me');
    expect(body).toMatchObject({ preferences, version: version + 1, name: 'Olive Owner' });
  });
});
