import { z } from 'zod';

/** Looking into Zod schemas, so that messages can name the keys that exist. */

/** The schema without optional, nullable, default and transform around it. */
export function bare(schema: unknown): unknown {
  let inner = schema;
  for (;;) {
    if (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable || inner instanceof z.ZodDefault)
      inner = inner.unwrap();
    else if (inner instanceof z.ZodPipe) inner = inner.in;
    else return inner;
  }
}

/** Schema of one key or entry; undefined where the schema has none. */
export function child(schema: unknown, key: PropertyKey): unknown {
  const inner = bare(schema);
  if (inner instanceof z.ZodObject) {
    const shape: Record<string, unknown> = inner.shape;
    return typeof key === 'string' && Object.hasOwn(shape, key) ? shape[key] : undefined;
  }
  if (inner instanceof z.ZodArray) return inner.element;
  if (inner instanceof z.ZodRecord) return inner.valueType;
  return undefined;
}

export function schemaAt(schema: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => child(at, key), schema);
}

/** Names of the keys of an object schema, in the order of the schema. */
export function keysOf(schema: unknown): string[] {
  const inner = bare(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

/** Every path of keys that the schema knows, with `[]` for the entries of a list. */
export function pathsOf(schema: unknown, prefix: readonly string[] = []): string[][] {
  const inner = bare(schema);
  if (inner instanceof z.ZodObject) {
    return keysOf(inner).flatMap((key) => [
      [...prefix, key],
      ...pathsOf(child(inner, key), [...prefix, key]),
    ]);
  }
  if (inner instanceof z.ZodArray) return pathsOf(inner.element, [...prefix, '[]']);
  return [];
}

/** true: the key may be left out, so an empty one means "not stated". */
export function mayBeLeftOut(schema: unknown): boolean {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
}

/** true: null is an answer of its own. */
export function mayBeNull(schema: unknown): boolean {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap();
  return inner instanceof z.ZodNullable;
}

/** The known key that a person probably meant; null where none is near. */
export function closest(written: string, known: readonly string[]): string | null {
  const plain = (key: string): string => key.toLowerCase().replace(/[^a-z0-9]/g, '');
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const key of known) {
    const distance = plain(key) === plain(written) ? 0 : editDistance(plain(written), plain(key));
    if (distance < bestDistance) {
      best = key;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  if (a.length > 60 || b.length > 60) return Number.POSITIVE_INFINITY;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(swap, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
