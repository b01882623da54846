import { z } from 'zod';
import { nameOf } from '../../src/features/access/testing/input.ts';
import type { Operation } from '../../src/features/operation.ts';
import type { Sent } from './sender.ts';

export type Json = Readonly<Record<string, unknown>>;

/** Size of an input in bytes, for an attacker with little bandwidth. */
export const BYTES = 990_000;

interface Values {
  readonly text: string;
  readonly list: readonly unknown[];
  readonly any: unknown;
}

const words = (part: string, bytes: number) =>
  part.repeat(Math.max(1, Math.floor(bytes / Buffer.byteLength(part))));
const same = (bytes: number) =>
  Array.from({ length: bytes / 40 }, () => ({ name: 'same', id: 'same', value: 'x' }));

/** Ways to make a field as expensive as possible. */
const WORST: Readonly<Record<string, (bytes: number) => Values>> = {
  'long text': (bytes) => {
    const text = words('ä(a+)+$*', bytes);
    return { text, list: [text], any: text };
  },
  // Whitespace on which regular expressions backtrack, and text that is expensive to normalize in Unicode.
  blanks: (bytes) => {
    const text = `a${words(' ', bytes - 2)}a`;
    return { text, list: [text], any: text };
  },
  addresses: (bytes) => {
    const text = `${words('a@a.', bytes - 1)}!`;
    return { text, list: [text], any: text };
  },
  marks: (bytes) => {
    const text = `a${words('\u0316\u0301', bytes - 1)}`;
    return { text, list: [text], any: text };
  },
  'many values': (bytes) => ({
    text: words('*,', bytes),
    list: Array.from({ length: bytes / 8 }, (_, at) => `v${at % 1_000}`),
    any: Object.fromEntries(Array.from({ length: bytes / 16 }, (_, at) => [`key${at}`, at])),
  }),
  'as many values as are looked at': (bytes) => ({
    text: words('\n- a', bytes),
    list: Array.from({ length: 19_000 }, (_, at) => `v${at}`),
    any: Object.fromEntries(Array.from({ length: 19_000 }, (_, at) => [`key${at}`, at])),
  }),
  'deep nesting': (bytes) => {
    let any: unknown = 0;
    for (let at = 0; at < 2_000; at += 1) any = { a: [any] };
    return { text: `${words('[', bytes / 2)}${words(']', bytes / 2)}`, list: [any], any };
  },
  'repeated parts': (bytes) => ({
    text: words('a: &a [*a, *a]\n', bytes),
    list: same(bytes),
    any: same(bytes),
  }),
};

/** These are also applied to each field separately: with the others valid, the operation gets further. */
const ALONE = new Set(['long text', 'as many values as are looked at']);

/** A request of an operation. `upload` is the file. */
export function requestOf(
  operation: Operation,
  input: Json,
  headers: Json & Record<string, string>,
  upload: Uint8Array | null,
): Sent {
  const inPath = namesInPath(operation);
  const path = operation.route.replace(/\{\+?([^}]+)\}/gu, (_, name: string) =>
    encodeURIComponent(String(input[name])),
  );
  const rest = Object.entries(input).filter(([key, value]) => !inPath.has(key) && value !== undefined);
  const isUpload = operation.meta.transport === 'upload';
  const inQuery = operation.method === 'GET' || isUpload;
  const query = new URLSearchParams(
    rest.map(([key, value]): [string, string] => [
      key,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  );
  return {
    method: operation.method,
    path: `/api/v1${path}${inQuery && query.size > 0 ? `?${query}` : ''}`,
    headers: {
      ...headers,
      ...(inQuery && !isUpload
        ? {}
        : { 'content-type': isUpload ? 'application/octet-stream' : 'application/json' }),
    },
    body: isUpload
      ? (upload ?? Buffer.from('a,b\n1,2\n'))
      : inQuery
        ? null
        : Buffer.from(JSON.stringify(Object.fromEntries(rest))),
  };
}

/**
 * Inputs of an operation with a body: its sample with all fields made as expensive as possible, and with each of them.
 */
export function* worstInputs(
  operation: Operation,
  sample: Json,
): Generator<{ readonly what: string; readonly input: Json }> {
  const fields = fieldsOf(operation);
  if (fields.length === 0) return;
  for (const [way, worst] of Object.entries(WORST)) {
    const each = worst(Math.floor(BYTES / fields.length));
    yield {
      what: `${nameOf(operation)}, ${way}`,
      input: {
        ...sample,
        ...Object.fromEntries(fields.map(({ name, type }) => [name, worstOf(type, each)])),
      },
    };
    if (fields.length === 1 || !ALONE.has(way)) continue;
    const whole = worst(BYTES);
    for (const { name, type } of fields)
      yield {
        what: `${nameOf(operation)}, ${way} in ${name}`,
        input: { ...sample, [name]: worstOf(type, whole) },
      };
  }
}

function worstOf(type: 'text' | 'list' | 'any', values: Values): unknown {
  return values[type];
}

function fieldsOf(operation: Operation): { readonly name: string; readonly type: 'text' | 'list' | 'any' }[] {
  const schema = operation.procedure['~orpc'].inputSchema;
  if (!(schema instanceof z.ZodType)) return [];
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    readonly properties?: Readonly<Record<string, { readonly type?: string }>>;
  };
  const inPath = namesInPath(operation);
  return Object.entries(properties).flatMap(([name, { type }]) => {
    if (
      inPath.has(name) ||
      name === 'version' ||
      type === 'number' ||
      type === 'integer' ||
      type === 'boolean'
    )
      return [];
    return [
      {
        name,
        type: type === 'string' ? ('text' as const) : type === 'array' ? ('list' as const) : ('any' as const),
      },
    ];
  });
}

function namesInPath({ route }: Operation): ReadonlySet<string> {
  return new Set([...route.matchAll(/\{\+?([^}]+)\}/gu)].map(([, name]) => name ?? ''));
}
