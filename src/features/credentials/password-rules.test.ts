import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestConsole, testConsole } from '../../server/testing/console.ts';
import { cookieOf, PASSWORD, visitor } from '../sign-in/testing/visitor.ts';
import { passwordProblem } from './password-rules.ts';

const dana = { name: 'Dana Whitlock', email: 'dana@kestrel.example' };

describe('a password', () => {
  test.each([
    'Liverpool2026!',
    'counterstrike',
    'Counterstrike1',
    'SUPERNATURAL',
    'supernatural!!',
    '1qaz2wsx3edc4rfv',
    'chelsea-2026-!',
    '2026manchester',
    'P@ssw0rd2026!',
    'm4nch3st3r!!!!',
    'dragondragon',
    'Dragon-dragon-dragon',
    'ＤＲＡＧＯＮ２０２６！！',
    'password12345',
    'Claude2026!!!',
    'correct horse battery staple',
  ])('such as %s is among the first that attackers guess', async (password) => {
    expect(await passwordProblem(password, dana)).toContain('attackers guess');
  });

  test.each([
    'four quiet wooden herons',
    'dragon lamp quarry seven',
    'x9!vq2#LmT7$r',
    '7392048571b93620',
    'Nine1Purple+Otters',
  ])('such as %s may be used', async (password) => {
    expect(await passwordProblem(password, dana)).toBeNull();
  });
});

describe('where a person chooses one', () => {
  let bylaw: TestConsole;
  beforeAll(async () => {
    bylaw = await testConsole();
  });
  afterAll(() => bylaw.close());

  test('a known password is refused with a sentence, and the old one is kept', async () => {
    const { call, dana: person, signIn } = visitor(() => bylaw);
    const { email } = await person();
    const cookie = cookieOf(await signIn(email, PASSWORD));
    const answer = await call('PUT', '/me/password', { password: 'Liverpool2026!' }, { cookie });
    expect([answer.status, answer.body.message]).toEqual([422, expect.stringContaining('attackers guess')]);
    expect((await signIn(email, PASSWORD)).status).toBe(201);
  });
});
