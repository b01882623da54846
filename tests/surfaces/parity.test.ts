import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operations } from '#app/operations.ts';
import type { Operation } from '#features/operation.ts';
import { inputFields } from '#features/operation-fields.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { addRemoteCommands } from '../../src/cli/remote/commands.ts';
import { terminal } from '../../src/cli/terminal.ts';

/** Every operation has every surface, or a reason why not. A failure lists the operations that lack one. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ALL = operations();
const nameOf = ({ path }: Operation) => path.join('.');
const lacking = (has: (operation: Operation) => boolean) => ALL.filter((one) => !has(one)).map(nameOf);

const parameter = z.object({ name: z.string(), in: z.enum(['path', 'query', 'header', 'cookie']) }).loose();
const content = z.record(z.string(), z.object({ schema: z.unknown() }).loose());
const described = z
  .object({
    operationId: z.string(),
    summary: z.string(),
    parameters: z
      .array(z.union([parameter, z.object({ $ref: z.string() })]))
      .default([])
      .transform((all) => all.flatMap((one) => ('name' in one ? [one] : []))),
    requestBody: z.object({ content }).loose().optional(),
    responses: z.record(
      z.string(),
      z.union([
        z.object({ $ref: z.string() }).transform(() => ({ content: undefined })),
        z.object({ description: z.string(), content: content.optional() }).loose(),
      ]),
    ),
    'x-bylaw-permission': z.string(),
    'x-bylaw-audit-action': z.string().nullable(),
    'x-bylaw-command': z.string().nullable(),
    'x-bylaw-tool': z.string().nullable(),
    'x-bylaw-guide-rows': z.array(z.string()),
  })
  .loose();
const documentSchema = z
  .object({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
  .loose();

let bylaw: TestConsole;
let document: z.infer<typeof documentSchema>;
let page: string;
let tools: readonly string[];

beforeAll(async () => {
  bylaw = await testConsole();
  document = documentSchema.parse((await bylaw.inject({ method: 'GET', url: '/api/openapi.json' })).body);
  page = String((await bylaw.inject({ method: 'GET', url: '/api/reference' })).body);
  const made = await bylaw.owner.call('POST', '/me/tokens', { name: 'Claude', purpose: 'mcp' });
  const answer = await bylaw.inject({
    method: 'POST',
    url: '/mcp',
    headers: {
      authorization: `Bearer ${made.body.secret}`,
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
    },
    payload: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
  tools = answer.body.result.tools.map(({ name }: { name: string }) => name);
});
afterAll(async () => bylaw?.close());

function entryOf(operation: Operation): z.infer<typeof described> {
  return described.parse(document.paths[operation.route]?.[operation.method.toLowerCase()]);
}

describe('every operation', () => {
  it('has a route: what is asked there is not unknown to the server', async () => {
    const unknown: string[] = [];
    for (const operation of ALL) {
      const url = `/api/v1${operation.route.replace(/\{\+?[^}]+\}/g, 'none')}`;
      const method = operation.method as 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
      const upload = operation.meta.transport === 'upload';
      const answer = await bylaw.inject({
        method,
        url,
        headers: {
          origin: bylaw.services.config.origin,
          ...(method === 'GET'
            ? {}
            : { 'content-type': upload ? 'application/octet-stream' : 'application/json' }),
        },
        ...(method === 'GET' ? {} : { payload: upload ? '' : '{}' }),
      });
      if (answer.status >= 500 || /There is no operation/.test(JSON.stringify(answer.body)))
        unknown.push(`${nameOf(operation)}: ${answer.status}`);
      // No one is signed in.
      else if (operation.meta.permission !== 'public' && answer.status !== 401)
        unknown.push(`${nameOf(operation)} answered no one with ${answer.status}`);
    }
    expect(unknown).toEqual([]);
  });

  it('stands in the OpenAPI document with its input, output and what Bylaw adds', () => {
    for (const operation of ALL) {
      const entry = entryOf(operation);
      const { meta } = operation;
      expect(entry).toMatchObject({
        operationId: nameOf(operation),
        summary: operation.title,
        'x-bylaw-permission': meta.permission,
        'x-bylaw-audit-action': meta.audit,
        'x-bylaw-command': meta.cli === null ? null : `bylaw ${meta.cli}`,
        'x-bylaw-tool': meta.mcp ? operation.path.join('_') : null,
        'x-bylaw-guide-rows': [...(meta.guide ?? [])],
      });
      expect([nameOf(operation), missingInput(operation, entry)]).toEqual([nameOf(operation), []]);
      expect([nameOf(operation), answers(entry)]).toEqual([nameOf(operation), true]);
    }
  });

  it('has a command, or says why there is none', () => {
    const program = new Command().exitOverride();
    addRemoteCommands(program, terminal({ stdout: process.stdout, stderr: process.stderr }), []);
    expect(
      lacking(({ meta, route }) => {
        if (meta.cli === null) return (meta.why ?? '') !== '';
        const command = meta.cli
          .split(' ')
          .reduce<Command | undefined>(
            (group, word) => group?.commands.find((one) => one.name() === word),
            program,
          );
        return command?.registeredArguments.length === [...route.matchAll(/\{/g)].length;
      }),
    ).toEqual([]);
  });

  it('is a tool for Claude exactly where it says so', () => {
    expect([...tools].sort()).toEqual(
      ALL.filter(({ meta }) => meta.mcp)
        .map(({ path }) => path.join('_'))
        .sort(),
    );
  });

  it('stands on the reference page', () => {
    expect(lacking((operation) => page.includes(`<article id="${nameOf(operation)}">`))).toEqual([]);
  });

  it('stands in the documents', () => {
    const text = readFileSync(`${ROOT}docs/operations.md`, 'utf8');
    expect(
      lacking(({ method, route, title }) =>
        text
          .split('\n')
          .some((line) => line.includes(`| ${title} |`) && line.includes(`\`${method} ${route}\``)),
      ),
      'run "npm run docs"',
    ).toEqual([]);
  });
});

describe('the OpenAPI document', () => {
  it('is one, by the schema of OpenAPI 3.1', async () => {
    const result = await new Validator().validate(structuredClone(document));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  it('holds nothing but the operations', () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((item) => described.parse(item).operationId),
    );
    expect(ids.sort()).toEqual(ALL.map(nameOf).sort());
  });
});

/** Input fields that the entry does not describe in the path, the query or the body. */
function missingInput(operation: Operation, entry: z.infer<typeof described>): string[] {
  const named = new Set(entry.parameters.map(({ name }) => name));
  const bodies = Object.values(entry.requestBody?.content ?? {}).map(({ schema }) => propertiesOf(schema));
  return inputFields(operation)
    .map(({ name }) => name)
    .filter((name) => !named.has(name) && !bodies.some((body) => body.has(name)));
}

function propertiesOf(schema: unknown): ReadonlySet<string> {
  const parsed = z.object({ properties: z.record(z.string(), z.unknown()) }).safeParse(schema);
  return new Set(parsed.success ? Object.keys(parsed.data.properties) : []);
}

/** Whether a success response is described: by a schema or, for a redirect, without one. */
function answers({ responses }: z.infer<typeof described>): boolean {
  if (responses['302'] !== undefined) return true;
  const success = responses['200'] ?? responses['201'];
  return Object.values(success?.content ?? {}).some(({ schema }) => schema !== undefined);
}
