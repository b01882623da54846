import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newSecret } from '#store/identity/secrets.ts';
import { findUserByEmail, useRecoveryCode } from '#store/identity/users.ts';
import { type TestConsole, testConsole } from '../../server/testing/console.ts';
import { addResetLink } from '../sign-in/reset.ts';
import { cookieOf, PASSWORD, visitor } from '../sign-in/testing/visitor.ts';

let console_: TestConsole;
const { call, dana, later, signIn } = visitor(() => console_);

beforeEach(async () => {
  console_ = await testConsole({ provesAgain: false });
});
afterEach(() => console_.close());

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
    expect(replayed.body.message).toMatch(/already used/);
    expect(cookieOf(replayed)).toBe('');
    later(30_000);
    const next = await call('POST', '/sign-in/code', { step: second.body.data.step, code: code(secret) });
    expect(next.status).toBe(201);
    const spent = await call('POST', '/sign-in/code', { step: second.body.data.step, code: code(secret) });
    expect(spent.status).toBe(401);
  });

  test('can be replaced by ten recovery codes, each used once', async () => {
    const { email, recovery } = await withApp();
    expect(recovery).toHaveLength(10);
    expect(new Set(recovery).size).toBe(10);
    // 16 of 31 characters are 79 bits.
    for (const code of recovery) expect(code).toMatch(/^(?:[2-9a-hjkmnp-z]{4}-){3}[2-9a-hjkmnp-z]{4}$/);
    const step = async () => (await signIn(email, PASSWORD)).body.data.step;
    const used = { step: await step(), code: recovery[3]?.toUpperCase().replaceAll('-', ' ') };
    const answer = await call('POST', '/sign-in/code', used);
    expect(answer.body).toMatchObject({ name: 'Dana Whitlock', recoveryCodesLeft: 9 });
    const again = await call('POST', '/sign-in/code', { step: await step(), code: recovery[3] });
    expect(again.status).toBe(401);
  });

  test('is not replaced by earlier recovery codes once new ones are made', async () => {
    const { email, recovery, cookie } = await withApp();
    const created = await call('POST', '/me/totp/recovery-codes', {}, { cookie });
    const enter = async (code: string | undefined) => {
      const { step } = (await signIn(email, PASSWORD)).body.data;
      return (await call('POST', '/sign-in/code', { step, code })).status;
    };
    expect(await enter(recovery[0])).toBe(401);
    expect(await enter(created.body.recoveryCodes[0])).toBe(201);
  });

  test('is replaced for only one of two people who use the same code at the same time', async () => {
    const { email } = await withApp();
    const { store } = console_.services;
    const user = await store.read('system', (tx) => findUserByEmail(tx, email));
    if (user === null) throw new Error('there is no Dana');
    const left = user.recovery_codes.slice(1);
    // Both have read the same codes before either has used one.
    const use = () => store.write('system', (tx) => useRecoveryCode(tx, user, left));
    expect([await use(), await use()]).toEqual([true, false]);
  });

  test('cannot be guessed from many networks with the password; its owner still gets in', async () => {
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
    expect((await set('Password1234!')).body.message).toMatch(/attackers guess/);
    expect((await set('danawhitlock99')).body.message).toMatch(/your name/);
    expect((await set('aaaaaaaaaaaaaa')).body.message).toMatch(/five different/);
    expect((await set('new harbour lights blink')).body).toEqual({ ended: 1, tokens: 0 });
    expect((await call('GET', '/me', undefined, { cookie: there })).status).toBe(401);
    expect((await call('GET', '/me', undefined, { cookie: here })).status).toBe(200);
    expect((await signIn(email, PASSWORD)).status).toBe(401);
    expect((await signIn(email, 'new harbour lights blink')).status).toBe(201);
  });

  test('ends tokens, unless they are kept, and a link that was mailed before', async () => {
    const { email } = await dana();
    const cookie = cookieOf(await signIn(email, PASSWORD));
    const created = await call('POST', '/me/tokens', { name: 'CI', purpose: 'cli' }, { cookie });
    const works = async () =>
      (
        await console_.inject({
          method: 'GET',
          url: '/api/v1/me',
          headers: { authorization: `Bearer ${created.body.secret}` },
        })
      ).status;
    const { id } = (await call('GET', '/me', undefined, { cookie })).body;
    const token = newSecret();
    const link = { userId: id, secret: token, delivery: 'mail', now: console_.services.clock() } as const;
    await console_.services.store.write('system', (tx) => addResetLink(tx, link));
    const kept = { password: 'new harbour lights blink', keepTokens: true };
    expect((await call('PUT', '/me/password', kept, { cookie })).body).toEqual({ ended: 0, tokens: 0 });
    expect(await works()).toBe(200);
    const again = { token, password: 'of whoever reads the mail' };
    expect((await call('POST', '/sign-in/reset', again, {})).status).toBeGreaterThanOrEqual(400);
    expect((await signIn(email, 'new harbour lights blink')).status).toBe(201);
    const next = { password: 'seven quiet herons wade' };
    expect((await call('PUT', '/me/password', next, { cookie })).body).toMatchObject({ tokens: 1 });
    expect(await works()).toBe(401);
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
    expect(body.permissionSets[body.clients[0].permissionSet]).toContain('audit.read');
    expect(body.permissionSets[body.clients[0].permissionSet]).not.toContain('imports.write');
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
