import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { operations } from '../../src/app/operations.ts';
import { ask } from '../../src/features/access/testing/ask.ts';
import { fieldsThatTake, inputFor, nameOf } from '../../src/features/access/testing/input.ts';
import { unfitText } from '../../src/features/input-text.ts';
import { type TestConsole, testConsole } from '../../src/server/testing/console.ts';

let bylaw: TestConsole;
let client: string;
beforeAll(async () => {
  bylaw = await testConsole();
  client = (await bylaw.client()).slug;
});
afterAll(() => bylaw.close());

/** Characters that databases cannot store, and ones that control a terminal or reverse the surrounding text. */
const HALF = 'Al\ud800der';
const ZERO = 'Al\u0000der';
const STEERING = ['Al\u001b[2Jder', 'Al\u009b2Jder', 'Al\u202eder', 'Al\u2067der', 'Al\u0007der'];

describe('a text that an input brings', () => {
  it('is refused with the field that holds it, in any depth and as a name', () => {
    for (const text of [HALF, ZERO]) {
      expect(unfitText({ a: [{ b: text }] }, false)).toMatchObject({ field: 'a.0.b' });
      expect(unfitText({ a: { [text]: 1 } }, false)).toMatchObject({ field: 'a' });
    }
    for (const text of STEERING) {
      expect(unfitText({ name: text }, true)).toMatchObject({ field: 'name' });
      // Allowed in a search: a log from elsewhere may contain it.
      expect(unfitText({ text }, false)).toBeNull();
    }
  });

  it('may be of any alphabet, of several lines and with emoji', () => {
    const fit = ['Żółć', 'گروه\u200cها', '協会', '👩‍👧 ❤️', 'one\r\n\ttwo', 'a\u00adb', '\u200fשלום'];
    for (const text of fit) expect(unfitText({ text }, true)).toBeNull();
  });

  it('is refused with a sentence before anybody is signed in', async () => {
    for (const email of [`${HALF}@alder.example`, `${ZERO}@alder.example`]) {
      const answer = await bylaw.nobody.call('POST', '/sign-in/password', { email, password: 'x' });
      expect([answer.status, answer.body.detail]).toEqual([
        400,
        expect.stringMatching(/^“email” contains an invalid character/),
      ]);
    }
  });

  it('names nothing over several lines', async () => {
    for (const name of ['Alder\nSociety', 'Alder\u2028Society', 'Alder\u200bSociety']) {
      const { version } = (await bylaw.owner.call('GET', '/settings')).body;
      const renamed = await bylaw.owner.call('PUT', '/settings/name', { version, name });
      const made = await bylaw.owner.call('POST', '/clients', {
        name,
        profile: { domains: ['alder.example.org'], claudePlan: 'team' },
      });
      expect([renamed.status, made.status]).toEqual([400, 400]);
    }
  });
});

test('no operation stores such a text, or fails at one', async () => {
  const stored: string[] = [];
  for (const operation of operations()) {
    const { meta } = operation;
    if (meta.transport === 'upload') continue;
    const input = inputFor(operation, { client });
    const changes = meta.audit !== null;
    for (const field of fieldsThatTake(operation, 'Alder')) {
      if (field === 'client') continue;
      for (const text of changes ? [HALF, ZERO, STEERING[0]] : [ZERO]) {
        const { status } = await ask(
          bylaw,
          operation,
          // A URL cannot contain half a surrogate pair.
          { ...input, [field]: operation.route.includes(`{${field}}`) ? ZERO : text },
          { cookie: bylaw.owner.cookie },
        );
        // The callback of a sign-in provider redirects to a page that says what is wrong.
        if (status < 300 || status >= 500) stored.push(`${nameOf(operation)} ${field}: ${status}`);
      }
    }
  }
  expect(stored).toEqual([]);
});
