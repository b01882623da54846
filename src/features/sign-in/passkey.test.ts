import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type TestConsole, type TestPerson, testConsole } from '../../server/testing/console.ts';
import { softAuthenticator } from './testing/authenticator.ts';

const ORIGIN = 'http://localhost:7700';
let console_: TestConsole;

beforeEach(async () => {
  console_ = await testConsole({ provesAgain: false, origin: 'http://127.0.0.1:7700' });
});
afterEach(() => console_.close());

async function add(person: TestPerson, key = softAuthenticator(ORIGIN), name = 'Laptop') {
  const options = await person.call('POST', '/me/passkeys/options', {});
  expect(options.status).toBe(201);
  const answer = await person.call('POST', '/me/passkeys', {
    challenge: options.body.challenge,
    name,
    answer: key.register(options.body),
  });
  return { key, answer, challenge: options.body.challenge };
}

async function signIn(key = softAuthenticator(ORIGIN)) {
  const { body } = await console_.nobody.call('POST', '/sign-in/passkey/options', {});
  const given = { challenge: body.challenge, answer: key.assert(body) };
  return { given, answer: await console_.nobody.call('POST', '/sign-in/passkey', given) };
}

describe('a passkey', () => {
  test('signs its holder in by itself', async () => {
    const { key, answer } = await add(console_.owner);
    expect(answer.status).toBe(201);
    const { answer: done } = await signIn(key);
    expect(done.status).toBe(201);
    expect(done.body).toEqual({ userId: console_.owner.id, name: 'Olive Owner' });
    const { body } = await console_.owner.call('GET', '/me/passkeys');
    expect(body.items).toMatchObject([
      { name: 'Laptop', lastUsedAt: console_.services.clock().toISOString() },
    ]);
    const methods = (await console_.owner.call('GET', '/me/sessions')).body.items.map(
      ({ method }: { method: string }) => method,
    );
    expect(methods).toContain('passkey');
  });

  test('that nobody registered, or that someone removed, opens nothing', async () => {
    expect((await signIn()).answer.status).toBe(401);
    const { key, answer } = await add(console_.owner);
    expect((await console_.owner.call('DELETE', `/me/passkeys/${answer.body.id}`)).status).toBe(422);
    await add(console_.owner, softAuthenticator(ORIGIN), 'Key ring');
    expect((await console_.owner.call('DELETE', `/me/passkeys/${answer.body.id}`)).status).toBe(200);
    expect((await signIn(key)).answer.status).toBe(401);
  });

  test('signs each challenge once', async () => {
    const { key } = await add(console_.owner);
    const { given, answer } = await signIn(key);
    expect(answer.status).toBe(201);
    expect((await console_.nobody.call('POST', '/sign-in/passkey', given)).status).toBe(422);
  });

  test('whose counter went back, as that of a copy, is refused', async () => {
    const { key } = await add(console_.owner);
    await signIn(key);
    await signIn(key);
    key.setCounter(0);
    expect((await signIn(key)).answer.status).toBe(401);
    key.setCounter(10);
    expect((await signIn(key)).answer.status).toBe(201);
  });

  test('opens the account that it was made for, and is refused where it names another', async () => {
    const { key } = await add(console_.owner);
    const named = async (userId: string) => {
      const { body } = await console_.nobody.call('POST', '/sign-in/passkey/options', {});
      const answer = key.assert(body) as { response: object };
      const userHandle = Buffer.from(userId).toString('base64url');
      return console_.nobody.call('POST', '/sign-in/passkey', {
        challenge: body.challenge,
        answer: { ...answer, response: { ...answer.response, userHandle } },
      });
    };
    const hr = await console_.person('hr', null);
    expect((await named(hr.id)).status).toBe(401);
    expect((await named(console_.owner.id)).body.userId).toBe(console_.owner.id);
  });

  test('made on another site, or without asking for the person, is not taken', async () => {
    const elsewhere = await add(console_.owner, softAuthenticator('http://localhost.elsewhere.example'));
    expect(elsewhere.answer.status).toBe(422);
    const silent = await add(console_.owner, softAuthenticator(ORIGIN, 'localhost', { verifiesUser: false }));
    expect(silent.answer.status).toBe(422);
    const otherHost = await add(console_.owner, softAuthenticator(ORIGIN, 'elsewhere.example'));
    expect(otherHost.answer.status).toBe(422);
  });

  test('begun by one person cannot be finished by another', async () => {
    const hr = await console_.person('hr', null);
    const options = await console_.owner.call('POST', '/me/passkeys/options', {});
    const answer = await hr.call('POST', '/me/passkeys', {
      challenge: options.body.challenge,
      name: 'Not mine',
      answer: softAuthenticator(ORIGIN).register(options.body),
    });
    expect(answer.status).toBe(422);
  });

  test('confirms the identity of its owner only, when the sign-in is some time ago', async () => {
    const hr = await console_.person('hr', null);
    const { key } = await add(console_.owner);
    console_.setNow(new Date(console_.services.clock().getTime() + 11 * 60_000));
    expect((await console_.owner.call('POST', '/me/passkeys/options', {})).body.code).toBe('PROOF_REQUIRED');
    const prove = async (person: TestPerson) => {
      const { body } = await person.call('POST', '/me/proof/passkey/options', {});
      return person.call('POST', '/me/proof/passkey', {
        challenge: body.challenge,
        answer: key.assert(body),
      });
    };
    expect((await prove(hr)).status).toBe(422);
    expect((await hr.call('POST', '/me/passkeys/options', {})).status).toBe(403);
    expect((await prove(console_.owner)).status).toBe(201);
    expect((await console_.owner.call('POST', '/me/passkeys/options', {})).status).toBe(201);
  });

  test('is renamed, and the record says from what to what', async () => {
    const { answer } = await add(console_.owner);
    const path = `/me/passkeys/${answer.body.id}`;
    expect((await console_.owner.call('PATCH', path, { name: 'Old laptop' })).status).toBe(200);
    const last = await console_.services.store.read('system', (tx) =>
      tx.selectFrom('audit_log').select('body').orderBy('seq', 'desc').limit(1).executeTakeFirstOrThrow(),
    );
    expect(JSON.parse(last.body)).toMatchObject({
      action: 'account.rename_passkey',
      before: { name: 'Laptop' },
      after: { name: 'Old laptop' },
      actor: { name: 'Olive Owner' },
    });
  });

  test('that is added or removed is told to its person by mail, with a name that no mail program makes a link of', async () => {
    const { answer } = await add(console_.owner, softAuthenticator(ORIGIN), 'Key https://evil.example');
    await add(console_.owner);
    expect((await console_.owner.call('DELETE', `/me/passkeys/${answer.body.id}`)).status).toBe(200);
    await vi.waitFor(() => expect(console_.outbox).toHaveLength(3), { timeout: 120_000 });
    expect(console_.outbox.map(({ to, subject }) => [to, subject]).sort()).toEqual([
      [console_.owner.email, 'A passkey was added to your account in Bylaw'],
      [console_.owner.email, 'A passkey was added to your account in Bylaw'],
      [console_.owner.email, 'A passkey was removed from your account in Bylaw'],
    ]);
    for (const { text } of console_.outbox) expect(text).not.toMatch(/https:\/\/evil|evil\.example/u);
    expect(console_.outbox.some(({ text }) => text.includes('Key https: / / evil. example'))).toBe(true);
  });

  test('needs a host name: an address of digits has none to bind it to', async () => {
    const other = await testConsole({ provesAgain: false, origin: 'http://192.0.2.7:7700' });
    expect((await other.nobody.call('GET', '/sign-in')).body.passkeys).toBeNull();
    expect((await other.owner.call('POST', '/me/passkeys/options', {})).status).toBe(422);
    await other.close();
    expect((await console_.nobody.call('GET', '/sign-in')).body.passkeys).toEqual({ openAt: ORIGIN });
  });
});
