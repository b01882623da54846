import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../src/app/operations.ts';
import { fieldsThatTake, inputFor } from '../../src/features/access/testing/input.ts';
import { fillWithMarkers, MARKER } from '../../src/features/access/testing/marked.ts';
import { toolName } from '../../src/server/mcp.ts';
import { type TestConsole, type TestPerson, testConsole } from '../../src/server/testing/console.ts';

const TOOLS = operations().filter(({ meta }) => meta.mcp);

/** Calls every tool with ids of another client. */
describe('a tool for Claude', () => {
  let bylaw: TestConsole;
  let theirs: { slug: string; ids: ReadonlyMap<string, string> };
  let mine: { id: string; slug: string };
  beforeAll(async () => {
    bylaw = await testConsole();
    const { id, slug } = await bylaw.client('Quiet Guild', { domains: [`${MARKER}.example`] });
    const person = await bylaw.person('client_admin', id, `${MARKER} person`);
    theirs = { slug, ids: await fillWithMarkers(bylaw.services.store, id, person.id) };
    mine = await bylaw.client('Rowan Guild');
  });
  afterAll(() => bylaw.close());

  async function tokenOf(person: TestPerson, forClient: string | null) {
    const made = await person.call('POST', '/me/tokens', { name: 'Claude', purpose: 'mcp', forClient });
    expect(made.status).toBe(201);
    return String(made.body.secret);
  }
  async function asked(token: string, name: string, input: object) {
    const { status, body } = await bylaw.inject({
      method: 'POST',
      url: '/mcp',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        host: '127.0.0.1:7700',
      },
      payload: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name, arguments: input },
      }),
    });
    expect([name, status]).toEqual([name, 200]);
    return body.result as { isError?: boolean; content: { text: string }[] };
  }

  it.each(['owner of everything, by a token for one client', 'technician', 'hr', 'auditor'] as const)(
    'reveals nothing of another client: %s',
    async (who) => {
      const role = who === 'technician' || who === 'hr' || who === 'auditor' ? who : null;
      const token =
        role === null
          ? await tokenOf(bylaw.owner, mine.slug)
          : await tokenOf(await bylaw.person(role, mine.id), null);
      let answered = 0;
      for (const operation of TOOLS) {
        const name = toolName(operation);
        const inputs = [
          inputFor(operation, { client: theirs.slug }),
          // An id field has the name of its table, without the last letter.
          ...[...theirs.ids].flatMap(([table, id]) =>
            fieldsThatTake(operation, id)
              .filter((field) => `${field}s` === table)
              .map((field) => inputFor(operation, { client: mine.slug, [field]: id })),
          ),
        ];
        for (const [at, input] of inputs.entries()) {
          const answer = await asked(token, name, input);
          const words = answer.content.map(({ text }) => text).join('\n');
          expect([name, words.includes(MARKER)]).toEqual([name, false]);
          if (at === 0 && operation.meta.scope === 'client') {
            expect([name, answer.isError]).toEqual([name, true]);
            answered += 1;
          }
        }
      }
      expect(answered).toBeGreaterThan(50);
    },
  );
});
// Guide: G0-00
