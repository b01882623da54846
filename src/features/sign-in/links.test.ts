import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newSecret } from '#store/identity/secrets.ts';
import { markVerified } from '#store/identity/users.ts';
import { TEST_NOW, type TestConsole, testConsole } from '../../server/testing/console.ts';
import { firstOwnerLink } from './first-owner.ts';
import { recover } from './recover.ts';
import { addResetLink } from './reset.ts';
import { cookieOf, PASSWORD, visitor } from './testing/visitor.ts';

let console_: TestConsole;
const { call, dana, later, log, signIn } = visitor(() => console_);

beforeEach(async () => {
  console_ = await testConsole();
});
afterEach(() => console_.close());

describe('a link for a new password', () => {
  async function link(userId: string): Promise<string> {
    const secret = newSecret();
    await console_.services.store.write('system', (tx) =>
      addResetLink(tx, { userId, secret, delivery: 'mail', now: console_.services.clock() }),
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

  test('ends the one before it, and with its use every token', async () => {
    const { id, email } = await dana();
    const cookie = cookieOf(await signIn(email, PASSWORD));
    const { secret } = (await call('POST', '/me/tokens', { name: 'CI', purpose: 'cli' }, { cookie })).body;
    const withToken = async () =>
      (
        await console_.inject({
          method: 'GET',
          url: '/api/v1/me',
          headers: { authorization: `Bearer ${secret}` },
        })
      ).status;
    const older = await link(id);
    const newer = await link(id);
    expect((await reset(older, 'new harbour lights blink')).status).toBe(403);
    expect([(await signIn(email, PASSWORD)).status, await withToken()]).toEqual([201, 200]);
    expect((await reset(newer, 'new harbour lights blink')).status).toBe(201);
    expect(await withToken()).toBe(401);
  });

  test('leaves no session to whoever signs in with the old password at the same time', async () => {
    const { id, email } = await dana();
    const token = await link(id);
    const [done, ...opened] = await Promise.all([
      reset(token, 'new harbour lights blink'),
      ...Array.from({ length: 4 }, () => signIn(email, PASSWORD)),
    ]);
    expect(done.status).toBe(201);
    for (const cookie of opened.filter(({ status }) => status === 201).map(cookieOf))
      expect((await call('GET', '/me', undefined, { cookie })).status).toBe(401);
    expect((await signIn(email, 'new harbour lights blink')).status).toBe(201);
  });

  test('ends a sign-in that began with the old password and waits for its code', async () => {
    const { id, email } = await dana();
    const cookie = cookieOf(await signIn(email, PASSWORD));
    const app = (await call('POST', '/me/totp', {}, { cookie })).body;
    const code = () =>
      new TOTP({ secret: Secret.fromBase32(app.secret) }).generate({
        timestamp: console_.services.clock().getTime(),
      });
    const confirmed = await call(
      'POST',
      '/me/totp/confirm',
      { enrolment: app.enrolment, code: code() },
      { cookie },
    );
    expect(confirmed.status).toBe(201);
    // Of an account that is proven the second factor stays.
    await console_.services.store.write('system', (tx) =>
      markVerified(tx, id, 'mail', { now: console_.services.clock() }),
    );
    const half = (await signIn(email, PASSWORD)).body.data.step;
    expect((await reset(await link(id), 'new harbour lights blink')).status).toBe(201);
    later(60_000);
    expect((await call('POST', '/sign-in/code', { step: half, code: code() })).status).toBe(401);
    const again = (await signIn(email, 'new harbour lights blink')).body.data.step;
    expect((await call('POST', '/sign-in/code', { step: again, code: code() })).status).toBe(201);
  });

  test('ends what a session is adding at the same time', async () => {
    const { id, email } = await dana();
    const cookie = cookieOf(await signIn(email, PASSWORD));
    const token = await link(id);
    const [made] = await Promise.all([
      Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          call('POST', '/me/tokens', { name: `Token ${n}`, purpose: 'cli' }, { cookie }),
        ),
      ),
      reset(token, 'new harbour lights blink'),
    ]);
    for (const { body } of made.filter(({ status }) => status === 201)) {
      const answer = await console_.inject({
        method: 'GET',
        url: '/api/v1/me',
        headers: { authorization: `Bearer ${body.secret}` },
      });
      expect(answer.status).toBe(401);
    }
  });

  test('is made by an Owner, with its reason on record, never for oneself', async () => {
    const hr = await console_.person('hr', null);
    const body = { reason: 'Forgot it on holiday' };
    const created = await console_.owner.call('POST', `/users/${hr.id}/password-link`, body);
    expect(created.status).toBe(201);
    expect(created.body.link).toBeNull();
    const token = new URL(console_.mailedLink(hr.email)).hash.slice(1);
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

  test('is valid for a day, and not for someone who is disabled', async () => {
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

  test('makes one signed-in owner for all clients when two people race with the link', async () => {
    const token = await empty();
    expect((await call('GET', '/start')).body).toMatchObject({ needsOwner: true, workspace: null });
    const answers = await Promise.all([owner(token), owner(token, 'second@kestrel.example')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403]);
    const winner = answers.find(({ status }) => status === 201);
    if (winner === undefined) throw new Error('no one won');
    const me = await call('GET', '/me', undefined, { cookie: cookieOf(winner) });
    expect(me.body).toMatchObject({ roles: ['owner'], workspace: 'Bylaw' });
    expect(me.body.permissions).toContain('clients.create');
    expect((await call('GET', '/start')).body.needsOwner).toBe(false);
    expect(await firstOwnerLink(console_.services)).toBeNull();
    expect((await log()).map(({ action }) => action)).toEqual(['start.create_owner', 'sign_in']);
  });

  test('a link of an earlier start, a wrong one or yesterday’s creates no account', async () => {
    const before = await empty();
    const token = await empty();
    expect((await owner(before)).status).toBe(403);
    expect((await owner('nonsense')).status).toBe(403);
    later(24 * 3_600_000 + 1);
    expect((await owner(token)).status).toBe(403);
    expect((await call('GET', '/start')).body.needsOwner).toBe(true);
  });

  test('a password that is too easy does not use up the link', async () => {
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
