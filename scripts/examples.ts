import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { zocker } from 'zocker';
import { z } from 'zod';
import { operations } from '../src/app/operations.ts';
import { inputFor, nameOf } from '../src/features/access/testing/input.ts';
import type { Operation } from '../src/features/operation.ts';
import { EXAMPLES_FILE, type Example, exampleSchema, examples } from '../src/server/examples.ts';
import { withoutSecrets } from '../src/server/testing/invented.ts';
import { type Recorded, recordedSchema } from '../src/server/testing/record.ts';
import { shortened, worth } from '../src/server/testing/shorten.ts';

/**
 * `npm run examples`: regenerates the examples of the OpenAPI document. It runs the tests that use the API, selects
 * the most instructive request and answer of each operation, and replaces ids and secrets. If no test gets that far,
 * the previous example is kept as long as it fits, otherwise one is generated from the schemas. With names of test
 * files it runs only these; with `--from=<folder>` it uses what was recorded there.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const EXAMPLE_ID = '00000000-0000-4000-8000-000000000001';
const TESTS = ['src/features', 'src/server', 'tests/surfaces'];

const args = process.argv.slice(2);
const given = args.find((one) => one.startsWith('--from='))?.slice('--from='.length);
const folder = given ?? mkdtempSync(join(tmpdir(), 'bylaw-examples-'));
if (given === undefined) {
  const files = args.length === 0 ? TESTS : args;
  spawnSync(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...files], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, BYLAW_RECORD: folder },
  });
}

const recorded = Map.groupBy(
  readdirSync(folder).map((name) =>
    recordedSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))),
  ),
  ({ operation }) => operation,
);
const before = examples();
const made = new Map<string, Example>();
const missing: string[] = [];
for (const operation of operations()) {
  const example = exampleOf(operation);
  if (example === null) missing.push(nameOf(operation));
  else made.set(nameOf(operation), example);
}
const today = new Date().toISOString().slice(0, 10);
const lines = [...made].map(([operation, example]) => {
  const last = before.get(operation);
  const same = last !== undefined && isDeepStrictEqual(exampleSchema.strip().parse(last), example);
  return JSON.stringify({ operation, madeOn: same ? last.madeOn : today, ...example });
});
writeFileSync(EXAMPLES_FILE, `${lines.join('\n')}\n`);
if (given === undefined) rmSync(folder, { recursive: true });
const fromSchema = [...made].filter(([, { from }]) => from === 'schema').map(([name]) => name);
console.log(`${made.size} examples, ${fromSchema.length} of them from schemas: ${fromSchema.join(', ')}`);
if (missing.length > 0) {
  console.log(`No example could be made of ${missing.join(', ')}.`);
  process.exitCode = 1;
}

function exampleOf(operation: Operation): Example | null {
  const candidates = (recorded.get(nameOf(operation)) ?? []).toSorted(
    (a, b) => worth(b.input, b.output) - worth(a.input, a.output),
  );
  for (const one of candidates) {
    const example = withoutSecrets(answered(one));
    if (fits(operation, example)) return example;
    const numbered = { ...example, input: numbers(example.input) };
    if (fits(operation, numbered)) return numbered;
  }
  const last = before.get(nameOf(operation));
  if (last !== undefined && fits(operation, last)) return exampleSchema.strip().parse(last);
  const example = withoutSecrets(imagined(operation));
  return fits(operation, example) ? example : null;
}

function answered({ input, type, disposition, output }: Recorded): Example {
  return { from: 'answer', input, type, disposition, output };
}

function imagined(operation: Operation): Example {
  const { transport } = operation.meta;
  const common = { from: 'schema', input: { ...inputWithIds(operation) }, disposition: null } as const;
  if (transport === 'stream')
    return { ...common, type: 'text/event-stream', output: { event: 'message', data: { is: 'here' } } };
  if (transport === 'download') return { ...common, type: 'application/octet-stream', output: null };
  const schema = operation.procedure['~orpc'].outputSchema;
  const same = operations().find(
    (one) => one.procedure['~orpc'].outputSchema === schema && recorded.has(nameOf(one)),
  );
  const [reported] = same === undefined ? [] : (recorded.get(nameOf(same)) ?? []);
  if (reported !== undefined) return { ...common, type: reported.type, output: reported.output };
  const output = schema instanceof z.ZodType ? shortened(plain(zocker(schema).setSeed(7).generate())) : null;
  return { ...common, type: 'application/json', output };
}

/** Values in a URL are text, even if the contract has a number or boolean. */
function numbers(input: Example['input']): Example['input'] {
  const reported = (value: unknown) =>
    typeof value !== 'string'
      ? value
      : /^-?\d+$/.test(value)
        ? Number(value)
        : value === 'true' || value === 'false'
          ? value === 'true'
          : value;
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, reported(value)]));
}

/** Converts to what JSON can represent. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? Number(part) : part));
  return JSON.parse(text);
}

/** Generates an input from the schema, with ids for the parameters of its URL. */
function inputWithIds(operation: Operation): Example['input'] {
  const names = [...operation.route.matchAll(/\{\+?([^}]+)\}/gu)].map(([, name]) => name ?? '');
  const ids = names.map((name) => [name, name === 'client' ? 'alder-society' : EXAMPLE_ID]);
  try {
    return inputFor(operation, Object.fromEntries(ids));
  } catch {
    return inputFor(operation, {});
  }
}

/** Whether a contract accepts the request and produces the answer. */
function fits(operation: Operation, { input, output }: Example): boolean {
  const { inputSchema, outputSchema } = operation.procedure['~orpc'];
  const { transport } = operation.meta;
  if (inputSchema instanceof z.ZodType && !inputSchema.safeParse(input).success) return false;
  if (transport === 'download' || transport === 'stream') return true;
  return !(outputSchema instanceof z.ZodType) || outputSchema.safeParse(output).success;
}
