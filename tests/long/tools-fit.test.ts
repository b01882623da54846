import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { operations } from '#app/operations.ts';
import type { Operation } from '#features/operation.ts';
import { keyIn } from '#features/paging.ts';
import { clientFiles } from '../../bench/console/files.ts';
import { anActivity } from '../../src/domain/activity/testing.ts';
import { profileFrom } from '../../src/features/clients/create.ts';
import { importFiles } from '../../src/features/imports/import-files.ts';
import { TEST_NOW } from '../../src/server/testing/console.ts';
import { type Filled, filledServer } from '../surfaces/filled.ts';

/**
 * Every MCP tool, on the sandbox association and on a client with 400 staff and 50,000 activities: a response stays
 * within the limit for tools, and the response and its continuations contain everything that the operation returns.
 */
const MAX_RESPONSE_LENGTH = 60_000;
const TOOLS = operations().filter(({ meta }) => meta.mcp);
const toolOf = ({ path }: Operation) => path.join('_');
const STAFF = 400;
const ACTIVITIES = 50_000;
/** Number of activities that go through the detections, which take a while each. */
const APPENDED = 1_000;
/** Pages to follow in a log, which has no end. */
const FOLLOWED = 3;

let filled: Filled;
let claude: Client;
let large: string;

const answerSchema = z.object({
  isError: z.boolean().optional(),
  content: z.tuple([z.object({ type: z.literal('text'), text: z.string() })]),
});
const cutSchema = z.array(z.object({ at: z.string(), shown: z.number(), of: z.number(), more: z.string() }));
type Answer = Record<string, unknown>;

async function ask(name: string, input: Answer): Promise<{ refused: boolean; value: Answer; text: string }> {
  const { isError, content } = answerSchema.parse(await claude.callTool({ name, arguments: input }));
  const { text } = content[0];
  expect(text.length, `${name} ${JSON.stringify(input)}`).toBeLessThanOrEqual(MAX_RESPONSE_LENGTH);
  return { refused: isError === true, value: isError === true ? {} : JSON.parse(text), text };
}

beforeAll(async () => {
  filled = await filledServer();
  const { bylaw } = filled;
  large = await largeClient();
  const { body } = await bylaw.owner.call('POST', '/me/tokens', { name: 'Claude', purpose: 'mcp' });
  const address = new URL('/mcp', await bylaw.app.listen({ host: '127.0.0.1', port: 0 }));
  claude = new Client({ name: 'claude', version: '1' });
  await claude.connect(
    new StreamableHTTPClientTransport(address, {
      requestInit: { headers: { authorization: `Bearer ${body.secret}` } },
    }),
  );
});
afterAll(async () => {
  await claude?.close();
  await filled?.close();
});

async function largeClient(): Promise<string> {
  const { services, owner } = filled.bylaw;
  const name = 'Client with 400 staff';
  const domain = 'large.example.org';
  const files = await clientFiles({ name, domain, people: STAFF }, TEST_NOW.toISOString().slice(0, 10));
  const { asOf: _, ...written }: Answer = parse(String(files.get('client.yaml')));
  const profile = profileFrom({ ...written, claudeSeats: STAFF + 10, staffCount: STAFF });
  const made = await filled.bylaw.client(name, profile);
  const { stored } = await importFiles(services, {
    clientId: made.id,
    actor: { kind: 'user', userId: owner.id, name: owner.name },
    files: [...files]
      .filter(([path]) => path !== 'client.yaml')
      .map(([path, content]) => ({ name: path, bytes: Buffer.from(content), modified: TEST_NOW })),
  });
  expect(stored).toBe(true);
  await activities(made.id, domain);
  return made.slug;
}

/** Some are received as telemetry; the others are copies on earlier days. */
async function activities(client: string, domain: string): Promise<void> {
  const { services } = filled.bylaw;
  await services.activityLog.append(
    client,
    Array.from({ length: APPENDED }, (_one, n) => {
      const mail = `given${n % STAFF}.family@${domain}`;
      return anActivity({
        id: `large ${n}`,
        at: new Date(TEST_NOW.getTime() - 3_600_000 - n * 60_000).toISOString(),
        person: mail,
        actor: { type: null, id: null, email: mail, name: null },
        session: `session ${n % 90}`,
      });
    }),
  );
  await services.store.write([client], async (tx) => {
    await sql`insert into activities (client_id, at, id, seq, received_at, source, surface, type, category, person, connector, tool, effect, outcome, model, rest)
      select client_id, at - day * interval '1 day', id || ' ' || day, seq + day * ${APPENDED}, received_at, source, surface, type, category, person, connector, tool, effect, outcome, model, rest
      from activities, generate_series(1, ${ACTIVITIES / APPENDED - 1}) as day where client_id = ${client}`.execute(
      tx,
    );
    await tx
      .updateTable('activity_heads')
      .set({ last_seq: ACTIVITIES })
      .where('client_id', '=', client)
      .execute();
  });
}

/** A tool's full response, with the parts that it had cut. */
async function whole(operation: Operation, input: Answer): Promise<Answer> {
  const first = await ask(toolOf(operation), input);
  expect([toolOf(operation), first.refused, first.refused ? first.text : '']).toEqual([
    toolOf(operation),
    false,
    '',
  ]);
  const { shortened: cut = [], ...value } = first.value;
  const open = cutSchema.parse(cut).map(({ at, more }) => ({ at, more }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const part = await ask(toolOf(operation), { ...input, more: next.more });
    expect([toolOf(operation), part.text.slice(0, 200), part.refused]).toEqual([
      toolOf(operation),
      expect.any(String),
      false,
    ]);
    put(value, next.at.split('.'), part.value);
    for (const { at, more } of cutSchema.parse(part.value.shortened)) open.push({ at, more });
    if (typeof part.value.more === 'string') open.push({ at: next.at, more: part.value.more });
  }
  return value;
}

function put(value: Answer, path: readonly string[], part: Answer): void {
  const last = path.at(-1) ?? '';
  const holder = path.slice(0, -1).reduce<unknown>((node, key) => (node as Answer)[key], value) as Answer;
  const before = holder[last];
  holder[last] =
    typeof part.text === 'string'
      ? `${before}${part.text}`
      : [...(before as unknown[]), ...(part.entries as unknown[])];
}

/** The operation's response over HTTP; lists are assembled from their pages. */
async function expected(operation: Operation, input: Answer): Promise<Answer | null> {
  const answer = await filled.ask(operation, input);
  return answer.status === 200 ? answer.body : null;
}

const inputs = (operation: Operation, client: 'sandbox' | 'large'): Answer => {
  const input = { ...filled.inputOf(operation) };
  return client === 'large' && 'client' in input ? { ...input, client: large } : input;
};

describe.each(['sandbox', 'large'] as const)('on the %s client', (client) => {
  it.each(TOOLS.map((operation) => [toolOf(operation), operation] as const))(
    '%s fits, and leads to all of it',
    async (_, operation) => {
      const input = inputs(operation, client);
      const { list } = operation.meta;
      const paged = list !== undefined && !list.endless;
      const http = await expected(operation, paged ? { ...input, limit: 5_000 } : input);
      if (http === null) {
        // The other client's objects are not found; a refusal is short, too.
        expect((await ask(toolOf(operation), input)).refused).toBe(true);
        return;
      }
      const first = await whole(operation, input);
      if (list === undefined) {
        expect(first).toEqual(http);
        return;
      }
      const name = list.in ?? 'items';
      const entries = [...(first[name] as unknown[])];
      let cursor = first.nextCursor;
      for (let pages = 1; typeof cursor === 'string' && (!list.endless || pages < FOLLOWED); pages += 1) {
        const page = await whole(operation, { ...input, cursor });
        entries.push(...(page[name] as unknown[]));
        cursor = page.nextCursor;
      }
      const all = http[name] as unknown[];
      const keys = entries.map((entry) => keyIn(entry, list));
      if (list.endless) {
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.slice(0, all.length)).toEqual(
          all.map((entry) => keyIn(entry, list)).slice(0, keys.length),
        );
      } else {
        expect(entries).toEqual(all);
        expect({ ...first, [name]: [], nextCursor: null }).toEqual({ ...http, [name]: [], nextCursor: null });
      }
    },
  );
});
