import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type TestConsole, type TestConsoleOptions, testConsole } from '../../server/testing/console.ts';
import type { Message } from '../shared/services/mail.ts';
import { cookieOf, PASSWORD, visitor } from '../sign-in/testing/visitor.ts';

const NEW_PASSWORD = 'seven paper boats adrift';
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0';
let bylaw: TestConsole;
const { call, dana, signIn } = visitor(() => bylaw);
const consoles: TestConsole[] = [];

async function open(options: TestConsoleOptions = {}): Promise<void> {
  bylaw = await testConsole(options);
  consoles.push(bylaw);
}
beforeEach(() => open());
afterEach(async () => {
  for (const one of consoles.splice(0)) await one.close();
});

/** Waits for the mail with this subject, because the request does not. */
async function mailed(subject: RegExp): Promise<Message> {
  return vi.waitFor(
    () => {
      const found = bylaw.outbox.find((message) => subject.test(message.subject));
      if (found === undefined)
        throw new Error(`no mail ${subject}: ${bylaw.outbox.map((one) => one.subject)}`);
      return found;
    },
    { timeout: 120_000 },
  );
}

/** Dana, signed in; the mail about the first network is removed. */
async function danaSignedIn() {
  const { id, email } = await dana();
  const cookie = cookieOf(await signIn(email, PASSWORD));
  await mailed(/new network/);
  bylaw.outbox.length = 0;
  return { id, email, cookie };
}

describe('a person is told by mail', () => {
  test('of a sign-in from a network they never used, and not of the next one from there', async () => {
    const { email } = await dana();
    await signIn(email, PASSWORD, { ip: '198.51.100.7' });
    const first = await mailed(/^Someone signed in to Bylaw as you from a new network$/);
    expect(first.to).toBe(email);
    expect(first.text).toContain('When: Nov 24, 2026, 3:00 PM UTC');
    expect(first.text).toContain('From the address: 198.51.100.7');
    expect(first.text).toContain('set a new password');
    bylaw.outbox.length = 0;
    // The same network by its first 24 bits; then another.
    await signIn(email, PASSWORD, { ip: '198.51.100.90' });
    await signIn(email, PASSWORD, { ip: '203.0.113.5' });
    await mailed(/new network/);
    expect(bylaw.outbox.map(({ text }) => /address: (.*)/.exec(text)?.[1])).toEqual(['203.0.113.5']);
  });

  test('not of a sign-in that failed', async () => {
    const { email, cookie } = await danaSignedIn();
    expect((await signIn(email, 'a wrong one', { ip: '203.0.113.5' })).status).toBe(401);
    await call('PUT', '/me/password', { password: NEW_PASSWORD }, { cookie });
    await mailed(/password/);
    expect(bylaw.outbox).toHaveLength(1);
  });

  test('of a new password, with time in the zone of their clients, address and browser', async () => {
    const { id, email, cookie } = await danaSignedIn();
    const alder = await bylaw.client('Alder Society');
    await bylaw.owner.call('POST', `/users/${id}/grants`, { role: 'hr', forClient: alder.slug });
    const answer = await bylaw.inject({
      method: 'PUT',
      url: '/api/v1/me/password',
      remoteAddress: '203.0.113.5',
      headers: {
        origin: bylaw.services.config.origin,
        cookie,
        'content-type': 'application/json',
        'user-agent': FIREFOX,
      },
      payload: JSON.stringify({ password: NEW_PASSWORD }),
    });
    expect(answer.status).toBe(200);
    const { to, text } = await mailed(/^Your password for Bylaw was changed$/);
    expect(to).toBe(email);
    expect(text).toContain('When: Nov 24, 2026, 3:00 PM UTC (Nov 24, 2026, 10:00 AM in America/New_York)');
    expect(text).toContain('From the address: 203.0.113.5');
    expect(text).toContain('With: Firefox on Windows');
    expect(text).not.toContain(NEW_PASSWORD);
  });

  test('of an authenticator app, of new recovery codes, of one that was used, and of its removal', async () => {
    const { email, cookie } = await danaSignedIn();
    const begun = await call('POST', '/me/totp', {}, { cookie });
    const code = new TOTP({ secret: Secret.fromBase32(begun.body.secret) }).generate({
      timestamp: bylaw.services.clock().getTime(),
    });
    await call('POST', '/me/totp/confirm', { enrolment: begun.body.enrolment, code }, { cookie });
    await mailed(/^An authenticator app was set up/);
    const { body } = await call('POST', '/me/totp/recovery-codes', {}, { cookie });
    const { text } = await mailed(/^You have new recovery codes/);
    for (const recovery of body.recoveryCodes) expect(text).not.toContain(recovery);
    const { step } = (await signIn(email, PASSWORD)).body.data;
    await call('POST', '/sign-in/code', { step, code: body.recoveryCodes[0] });
    expect((await mailed(/^A recovery code was used/)).text).toContain('Codes left: 9.');
    const removed = await call('DELETE', '/me/totp', {}, { cookie });
    expect([removed.status, removed.body]).toEqual([200, { done: true }]);
    await mailed(/^Your authenticator app for Bylaw was removed/);
    expect(bylaw.outbox).toHaveLength(4);
  });

  test('of what someone else did to their way in, by name, which cannot pass for anything else', async () => {
    const hostile = 'Support: https://evil.example/now call\u202E www.evil.example';
    const second = await bylaw.person('owner', null, hostile);
    const { id, email, cookie } = await danaSignedIn();
    const begun = await call('POST', '/me/totp', {}, { cookie });
    const code = new TOTP({ secret: Secret.fromBase32(begun.body.secret) }).generate({
      timestamp: bylaw.services.clock().getTime(),
    });
    await call('POST', '/me/totp/confirm', { enrolment: begun.body.enrolment, code }, { cookie });
    const created = await second.call('POST', `/users/${id}/password-link`, { reason: 'Forgotten' });
    const link = await mailed(/^A link for a new password was created/);
    expect(link.to).toBe(email);
    expect(link.text).toContain('within 24 hours');
    expect(created.body.link).toBeNull();
    const token = bylaw.mailedLink(email).split('#')[1] ?? '';
    expect(link.text).not.toContain(token);
    const removed = await second.call('POST', `/users/${id}/remove-second-factor`, { reason: 'Lost' });
    expect(removed.status).toBe(201);
    const { text } = await mailed(/^Your second factor for Bylaw was removed$/);
    expect(text).toContain('were removed by Support: https: / / evil. example/ now call www. evil. example');
    expect(text).not.toMatch(/https?:\/\/evil|\bevil\.example|\u202E/u);
    await call('POST', '/sign-in/reset', { token, password: NEW_PASSWORD });
    await mailed(/^Your password for Bylaw was changed$/);
  });
});

describe('the change counts', () => {
  test('where mail is not set up: nothing is sent', async () => {
    await open({ mail: false });
    const { email } = await dana();
    const answer = await signIn(email, PASSWORD);
    expect(answer.status).toBe(201);
    const cookie = cookieOf(answer);
    expect((await call('PUT', '/me/password', { password: NEW_PASSWORD }, { cookie })).status).toBe(200);
    expect((await signIn(email, NEW_PASSWORD)).status).toBe(201);
    expect(bylaw.outbox).toEqual([]);
  });

  test('where the mail cannot be sent: it is logged, nobody waits, and the log tells no secret', async () => {
    const { email, cookie } = await danaSignedIn();
    const warned = vi.spyOn(bylaw.services.log, 'warn');
    let refuse: (error: Error) => void = () => undefined;
    vi.spyOn(bylaw.services.mail, 'send').mockReturnValue(
      new Promise((_, reject) => {
        refuse = reject;
      }),
    );
    // The mail server has not responded yet, but the change is complete.
    expect((await call('PUT', '/me/password', { password: NEW_PASSWORD }, { cookie })).status).toBe(200);
    expect((await signIn(email, NEW_PASSWORD)).status).toBe(201);
    expect(warned).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(bylaw.services.mail.send).toHaveBeenCalled(), { timeout: 120_000 });
    refuse(new Error('The mail server cannot be reached.'));
    await vi.waitFor(() => expect(warned).toHaveBeenCalledOnce(), { timeout: 120_000 });
    expect(warned.mock.calls[0]?.[1]).toMatch(/could not be notified by mail/);
    expect(JSON.stringify(warned.mock.calls)).not.toContain(NEW_PASSWORD);
  });
});
