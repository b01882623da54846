import { afterAll, beforeAll, expect, it } from 'vitest';
import { operations } from '../../src/app/operations.ts';
import { ask } from '../../src/features/access/testing/ask.ts';
import { inputFor, nameOf } from '../../src/features/access/testing/input.ts';
import { anyEngine } from '../../src/store/testing.ts';
import { type Filled, filledServer, OWN } from '../surfaces/filled.ts';

/** Runs last, because it removes what the others need. */
const LAST = ['clients.remove'];
const CHANGING = operations()
  .filter(({ meta }) => meta.audit !== null && meta.permission !== 'public')
  .toSorted((one, other) => LAST.indexOf(nameOf(one)) - LAST.indexOf(nameOf(other)));

/**
 * Several people send the same change at the same moment. Each request succeeds or gets an understandable refusal: code
 * that reads and then writes may otherwise fail with a bare database error.
 */
anyEngine('a change that several people make at once', (engine) => {
  let filled: Filled;
  beforeAll(async () => {
    filled = await filledServer({ store: await engine.open() });
  });
  afterAll(() => filled?.close());

  it.each(CHANGING.map((one) => [nameOf(one), one] as const))('%s', async (name, one) => {
    const people = await Promise.all([1, 2, 3].map(() => filled.bylaw.person('owner', null)));
    const input = inputFor(one, { ...filled.known, ...filled.more, ...OWN[name] });
    const answers = await Promise.all(people.map(({ cookie }) => ask(filled.bylaw, one, input, { cookie })));
    expect(answers.filter(({ status }) => status >= 500).map(({ body }) => body)).toEqual([]);
  });
});
