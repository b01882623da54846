import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InjectOptions } from 'fastify';
import { z } from 'zod';
import { operations } from '#app/operations.ts';
import type { Operation } from '#features/operation.ts';
import type { TestAnswer } from './console.ts';
import { shortened, worth } from './shorten.ts';

/*
 * While `npm run examples` runs the tests, what they ask of the API and what it answers is written to a folder, as
 * candidates for the examples of the OpenAPI document (scripts/examples.ts takes the best of each operation).
 */

/** One request that an operation carried out, and its answer. */
export const recordedSchema = z.object({
  operation: z.string(),
  worth: z.number(),
  /** What stood in the path, the query and the body; the file of an upload stands in none. */
  input: z.record(z.string(), z.unknown()),
  /** Type of the answer; null: it has no body. */
  type: z.string().nullable(),
  /** File name that a download gives. */
  disposition: z.string().nullable(),
  /** JSON as it is, text shortened; null for other bytes. */
  output: z.unknown(),
});
export type Recorded = z.infer<typeof recordedSchema>;

const folder = process.env.BYLAW_RECORD;
const best = new Map<string, number>();

interface Route {
  readonly operation: Operation;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}
let routes: readonly Route[] | null = null;

/** Keeps a request and its answer where the examples are being made; else does nothing. */
export function record(request: InjectOptions, answer: TestAnswer): void {
  // What sends the browser on has done what it was asked.
  if (folder === undefined || (answer.status >= 300 && answer.status !== 302)) return;
  const url = new URL(String(request.url ?? request.path ?? ''), 'http://localhost');
  const found = routeOf(String(request.method ?? 'GET'), url.pathname);
  if (found === null) return;
  const { operation } = found.route;
  const name = operation.path.join('.');
  const upload = operation.meta.transport === 'upload';
  const body: unknown =
    upload || typeof request.payload !== 'string' || request.payload === ''
      ? {}
      : JSON.parse(request.payload);
  const input = {
    ...found.values,
    ...Object.fromEntries(url.searchParams),
    ...(typeof body === 'object' && body !== null ? body : {}),
  };
  const type = answer.headers['content-type'];
  const made: Omit<Recorded, 'worth'> = {
    operation: name,
    input: z.record(z.string(), z.unknown()).parse(shortened(input)),
    type: typeof type === 'string' ? type : null,
    disposition: text(answer.headers['content-disposition']),
    output: outputOf(operation, String(type ?? ''), answer),
  };
  const score = worth(made.input, made.output);
  if (score <= (best.get(name) ?? Number.NEGATIVE_INFINITY)) return;
  best.set(name, score);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.${randomUUID()}.json`), JSON.stringify({ ...made, worth: score }));
}

function outputOf(
  { meta, procedure }: Operation,
  type: string,
  { status, headers, body, bytes }: TestAnswer,
): unknown {
  if (status === 302) return { status, headers: { location: headers.location } };
  if (meta.transport === 'download')
    return /^text\/|json|xml/.test(type) ? bytes.subarray(0, 400).toString('utf8') : null;
  if (!type.includes('json')) return null;
  const short = shortened(body);
  const schema = procedure['~orpc'].outputSchema;
  return schema instanceof z.ZodType && !schema.safeParse(short).success ? body : short;
}

function routeOf(method: string, path: string) {
  routes ??= operations().map((operation) => {
    const names = [...operation.route.matchAll(/\{\+?([^}]+)\}/gu)].map(([, name]) => name ?? '');
    const pattern = operation.route.replace(/\{(\+?)[^}]+\}/gu, (_, rest) => (rest ? '(.+)' : '([^/]+)'));
    return { operation, names, pattern: new RegExp(`^/api/v1${pattern}$`, 'u') };
  });
  // An address without a place to fill in goes before one that has one.
  const plainest = routes.toSorted((one, other) => one.names.length - other.names.length);
  for (const route of plainest) {
    const match = route.operation.method === method ? route.pattern.exec(path) : null;
    if (match === null) continue;
    const values = Object.fromEntries(
      route.names.map((name, at) => [name, decodeURIComponent(match[at + 1] ?? '')]),
    );
    return { route, values };
  }
  return null;
}

function text(value: string | string[] | number | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
