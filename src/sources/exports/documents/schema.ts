import { z } from 'zod';

/** Inspection of Zod schemas, so that messages can name existing keys. */

/** The schema without optional, nullable, default and transform wrappers. */
export function unwrapSchema(schema: unknown): unknown {
  let inner = schema;
  for (;;) {
    if (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable || inner instanceof z.ZodDefault)
      inner = inner.unwrap();
    else if (inner instanceof z.ZodPipe) inner = inner.in;
    else return inner;
  }
}

/** Schema of a key or entry; undefined: none. */
export function child(schema: unknown, key: PropertyKey): unknown {
  const inner = unwrapSchema(schema);
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

/** Keys of an object schema, in order. */
export function keysOf(schema: unknown): string[] {
  const inner = unwrapSchema(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

/** All key paths of the schema, with `[]` for entries of lists. */
export function pathsOf(schema: unknown, prefix: readonly string[] = []): string[][] {
  const inner = unwrapSchema(schema);
  if (inner instanceof z.ZodObject) {
    return keysOf(inner).flatMap((key) => [
      [...prefix, key],
      ...pathsOf(child(inner, key), [...prefix, key]),
    ]);
  }
  if (inner instanceof z.ZodArray) return pathsOf(inner.element, [...prefix, '[]']);
  return [];
}

/** Whether the key is optional, so that an empty value means "not stated". */
export function mayBeLeftOut(schema: unknown): boolean {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
}

/** Whether null is a value of its own. */
export function mayBeNull(schema: unknown): boolean {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap();
  return inner instanceof z.ZodNullable;
}

/** The known key that a person probably meant; null: none is similar. */
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
