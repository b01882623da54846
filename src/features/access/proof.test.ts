import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '#app/operations.ts';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import { ask } from './testing/ask.ts';
import { inputFor, nameOf } from './testing/input.ts';

const GUARDED = operations().filter(({ meta }) => meta.proof === 'in_person' || meta.proof === 'fresh');
const MINUTES = 60_000;

let bylaw: TestConsole;
let late: TestPerson;
let token: string;
let slug: string;

beforeAll(async () => {
  bylaw = await testConsole();
  ({ slug } = await bylaw.client());
  late = await bylaw.person('owner', null, 'Left the browser open');
  const created = await late.call('POST', '/me/tokens', { name: 'Script', purpose: 'automation' });
  token = created.body.secret;
  bylaw.setNow(new Date(bylaw.services.clock().getTime() + 11 * MINUTES));
});
afterAll(() => bylaw.close());

it('has operations of both kinds', () => {
  const proofs = new Set(GUARDED.map(({ meta }) => meta.proof));
  expect([GUARDED.length > 60, proofs]).toEqual([true, new Set(['in_person', 'fresh'])]);
});

it('no command is offered for what no token may do', () => {
  expect(GUARDED.filter(({ meta }) => meta.proof === 'in_person' && meta.cli !== null).map(nameOf)).toEqual(
    [],
  );
});

describe('what needs a fresh proof', () => {
  it.each(GUARDED.map((operation) => [nameOf(operation), operation] as const))(
    '%s is refused to a session that proved nothing for ten minutes',
    async (_name, operation) => {
      const { status, body } = await ask(bylaw, operation, inputFor(operation, { client: slug }), late);
      expect([status, body.code]).toEqual([403, 'PROOF_REQUIRED']);
    },
  );

  it.each(
    GUARDED.filter(({ meta }) => meta.proof === 'in_person').map(
      (operation) => [nameOf(operation), operation] as const,
    ),
  )('%s is refused to a token, whatever its person may', async (_name, operation) => {
    const { status, body } = await ask(bylaw, operation, inputFor(operation, { client: slug }), { token });
    expect([status, body.message]).toEqual([403, expect.stringContaining('A token cannot do this')]);
  });

  it('is let through for ten minutes after it, and with a token where one is taken', async () => {
    const fresh = await bylaw.person('owner', null, 'Just signed in');
    const invited = await fresh.call('POST', '/invitations', {
      email: 'new@msp.example',
      name: 'New',
      grants: [{ role: 'technician', forClient: null }],
    });
    expect(invited.status, JSON.stringify(invited.body)).toBe(201);
    const retention = { version: 1, readings: 'forever', reports: 'forever' };
    const operation = operations().find((one) => nameOf(one) === 'settings.setRetention');
    if (operation === undefined) throw new Error('there is no such operation');
    expect((await ask(bylaw, operation, retention, { token })).status).toBe(200);
  });
});
