import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestConsole, testConsole } from '../../server/testing/console.ts';
import { admitStranger, STRANGER_LIMITS } from './strangers.ts';
import { PASSWORD, visitor } from './testing/visitor.ts';

let bylaw: TestConsole;
const { call, dana, signIn } = visitor(() => bylaw);
beforeEach(async () => {
  bylaw = await testConsole();
});
afterEach(() => bylaw.close());

/**
 * Takes all that networks which nobody knows may send together. It grows by one in a tenth of a second, which a busy machine
 * takes for the next request: so it is taken in a minute from now, until which nothing grows.
 */
async function flood(): Promise<void> {
  const { services } = bylaw;
  const soon = performance.now() + 60_000;
  for (let at = 0; at < STRANGER_LIMITS.together; at++)
    await admitStranger(services, `10.${at % 200}.${at >> 8}.1`, soon).catch(() => {});
}

/** Takes all that one network may send, and what has grown since. */
async function drain(ip: string): Promise<void> {
  const takes = () =>
    admitStranger(bylaw.services, ip).then(
      () => true,
      () => false,
    );
  while (await takes());
}

describe('before sign-in', () => {
  test('one network may write only so much, and learns when it may go on', async () => {
    const { email } = await dana();
    const from = { ip: '203.0.113.9' };
    const requests = [
      () => signIn(email, PASSWORD, from),
      () => call('POST', '/sign-in/passkey/options', {}, from),
      () => call('POST', '/sign-in/oidc', { provider: 'none' }, from),
      () => call('POST', '/sign-in/reset', { token: 'x', password: PASSWORD }, from),
      () => call('POST', '/start/owner', { token: 'x', name: 'A', email, password: PASSWORD }, from),
      () => call('POST', '/invitations/preview', { token: 'x' }, from),
      () => call('POST', '/invitations/accept', { token: 'x', name: 'A', password: PASSWORD }, from),
    ];
    for (const request of requests) {
      await drain(from.ip);
      const { status, headers, body } = await request();
      expect([status, body.code]).toEqual([429, 'TOO_MANY_REQUESTS']);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
    // Another network is not touched, and looking at the page costs nothing.
    expect((await signIn(email, PASSWORD, { ip: '198.51.100.7' })).status).toBe(201);
    expect((await call('GET', '/sign-in', undefined, from)).status).toBe(200);
    const rows = await bylaw.services.store.read('system', (tx) =>
      tx.selectFrom('challenges').select('id').where('kind', '=', 'passkey_sign_in').execute(),
    );
    expect(rows).toEqual([]);
  });

  test('a flood from everywhere stops strangers, but not people on networks they used before', async () => {
    const { email } = await dana();
    expect((await signIn(email, PASSWORD)).status).toBe(201);
    await flood();
    expect((await signIn(email, PASSWORD, { ip: '203.0.113.9' })).status).toBe(429);
    expect((await signIn(email, PASSWORD)).status).toBe(201);
  });

  test('the allowance grows again', async () => {
    const ip = '203.0.113.9';
    const { services } = bylaw;
    for (let at = 0; at < STRANGER_LIMITS.network; at++) await admitStranger(services, ip, 1_000);
    await expect(admitStranger(services, ip, 1_000)).rejects.toThrow(/Too many requests/);
    await admitStranger(services, ip, 2_000);
  });

  test('a body is small', async () => {
    const large = await call('POST', '/sign-in/password', {
      email: 'a@b.example',
      password: 'x'.repeat(200_000),
    });
    expect(large.status).toBe(413);
  });
});
