import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { ask } from '../src/features/access/testing/ask.ts';
import { inputFor, nameOf } from '../src/features/access/testing/input.ts';
import { type Operation, operations } from '../src/features/operations.ts';

import type { Line } from './console/console.ts';
import { quietServer } from './quiet-server.ts';

/** Bytes of one input, a little below what a body of JSON may have. */
const BYTES = 900_000;
/** Longest pause that an input may make, as often as the measure of this machine takes, which is about 2 ms. */
const ALLOWED = 100;
const SHOWN = 10;

type Json = Record<string, unknown>;

/** Ways to make a field as bad as it gets; each is sent for each operation. */
const WORST: Readonly<Record<string, (bytes: number) => { text: string; list: unknown[]; any: unknown }>> = {
  'long text': (bytes) => ({
    text: 'ä(a+)+$*'.repeat(bytes / 9),
    list: ['x'.repeat(bytes)],
    any: 'x'.repeat(bytes),
  }),
  'many values': (bytes) => ({
    text: '*,'.repeat(bytes / 2),
    list: Array.from({ length: bytes / 8 }, (_, at) => `v${at % 1_000}`),
    any: Object.fromEntries(Array.from({ length: bytes / 16 }, (_, at) => [`key${at}`, at])),
  }),
  'deep nesting': (bytes) => {
    const text = `${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}`;
    let any: unknown = 0;
    for (let at = 0; at < 2_000; at += 1) any = { a: [any] };
    return { text, list: [any], any };
  },
  // What a regular expression or a parser of YAML goes over again and again.
  'repeated parts': (bytes) => ({
    text: 'a: &a [*a, *a]\n'.repeat(bytes / 16),
    list: Array.from({ length: bytes / 40 }, () => ({ name: 'same', id: 'same', value: 'x' })),
    any: Array.from({ length: bytes / 40 }, () => ({ name: 'same', id: 'same', value: 'x' })),
  }),
};

/**
 * The longest pause of the server's own thread for each operation, over its worst known inputs of a request's size. A
 * pause is told as so many times a fixed piece of work of this machine, since milliseconds of a busy machine say little.
 */
export async function benchPauses(line: Line, note: (text: string) => void): Promise<void> {
  const bylaw = await quietServer();
  try {
    const unit = measureOfMachine();
    const found: { readonly what: string; readonly pause: number }[] = [];
    for (const operation of operations()) {
      if (operation.meta.transport === 'stream' || operation.method === 'GET') continue;
      for (const [way, worst] of Object.entries(WORST)) {
        const input = inflated(operation, bylaw.slug, worst);
        if (input === null) continue;
        const pause = await longestPause(() => ask(bylaw, operation, input, { cookie: bylaw.cookie }));
        found.push({ what: `${nameOf(operation)}, ${way}`, pause });
      }
    }
    found.sort((a, b) => b.pause - a.pause);
    note(`The measure of this machine takes ${unit.toFixed(1)} ms; a pause may take ${ALLOWED} of it.`);
    for (const { what, pause } of found.slice(0, SHOWN))
      line(`Pause: ${what}`, pause / unit, 'times the measure', ALLOWED);
  } finally {
    await bylaw.close();
  }
}

/** The operation's own sample with each field made as large as the body allows; null: it takes no field to make so. */
function inflated(
  operation: Operation,
  slug: string,
  worst: (bytes: number) => { text: string; list: unknown[]; any: unknown },
): Json | null {
  let sample: Json;
  try {
    sample = { ...inputFor(operation, { client: slug }) };
  } catch {
    return null;
  }
  const schema = operation.procedure['~orpc'].inputSchema;
  if (!(schema instanceof z.ZodType)) return null;
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    readonly properties?: Readonly<Record<string, { readonly type?: string }>>;
  };
  const inPath = new Set([...operation.route.matchAll(/\{\+?([^}]+)\}/gu)].map(([, name]) => name));
  const fields = Object.entries(properties).filter(([name]) => !inPath.has(name) && name !== 'version');
  if (fields.length === 0) return null;
  const { text, list, any } = worst(Math.floor(BYTES / fields.length));
  for (const [name, { type }] of fields)
    if (type === 'string') sample[name] = text;
    else if (type === 'array') sample[name] = list;
    else if (type !== 'number' && type !== 'integer' && type !== 'boolean') sample[name] = any;
  return sample;
}

/** Milliseconds for which nothing else got a turn while something was at work. */
async function longestPause(act: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  let going = true;
  const turn = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (going) setImmediate(turn);
  };
  setImmediate(turn);
  await act();
  going = false;
  turn();
  return longest;
}

/** Milliseconds of a piece of work that is always the same: the median of many. */
function measureOfMachine(): number {
  const value = Object.fromEntries(
    Array.from({ length: 4_000 }, (_, at) => [`key${at}`, [at, `value ${at}`]]),
  );
  const taken = Array.from({ length: 31 }, () => {
    const from = performance.now();
    JSON.parse(JSON.stringify(value));
    return performance.now() - from;
  }).sort((a, b) => a - b);
  return taken[15] ?? 1;
}
