import { describe, expect, test } from 'vitest';
import { measure } from './measure.ts';
import { OPEN } from './open.ts';
import { CASES } from './truth.ts';

/** One in this many cases goes through the command and its output file, as all do in `npm run bench -- truth`. */
const BY_COMMAND = 10;

/** Every named case that is not known to be open; random clients are part of `npm run bench -- truth`. */
describe('what is true of the client is found, and nothing else is said', () => {
  const known = CASES.filter(({ name }) => !OPEN.has(name)).map((one, at) => [one.name, one, at] as const);
  test.each(known)('%s', async (_, one, at) => {
    const findings = await measure(one, at % BY_COMMAND === 0);
    expect(
      findings
        .filter(({ result }) => result !== 'found' && result !== 'avoided')
        .map(({ result, statement, said }) => `${result}: ${statement.why}; said: ${said}`),
    ).toEqual([]);
  });
});

test('each case has a name of its own, and what is open is a case', () => {
  const names = new Set(CASES.map(({ name }) => name));
  expect(names.size).toBe(CASES.length);
  expect([...OPEN].filter((name) => !names.has(name))).toEqual([]);
});
