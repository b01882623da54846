import type { Schema } from '@orpc/contract';
import type { z } from 'zod';

/**
 * An answer that was validated and serialized once. It is cached with the value it was made from (a WeakMap), so it is
 * never older than a newly made answer would be.
 */
export class JsonAnswer<T> {
  readonly bytes: Buffer;
  readonly nextCursor: unknown;
  readonly #lengths: ReadonlyMap<string, number>;

  constructor(schema: z.ZodType<T>, answer: T) {
    const checked: T = schema.parse(answer);
    this.bytes = Buffer.from(JSON.stringify(checked));
    this.nextCursor = Object.entries(checked ?? {}).find(([name]) => name === 'nextCursor')?.[1];
    this.#lengths = new Map(
      Object.entries(checked ?? {}).flatMap(([name, value]) =>
        Array.isArray(value) ? [[name, value.length] as const] : [],
      ),
    );
  }

  get byteLength(): number {
    return this.bytes.byteLength;
  }

  /** Length of a list in the answer. */
  entries(list: string): number {
    return this.#lengths.get(list) ?? 0;
  }

  /** A parsed copy of the answer. */
  read(): T {
    return JSON.parse(this.bytes.toString()) as T;
  }

  /** For surfaces that serialize values themselves. */
  toJSON(): T {
    return this.read();
  }
}

/** Output schema of an operation whose handler may also return a {@link JsonAnswer}. */
export function orJsonAnswer<S extends z.ZodType>(
  schema: S,
): Schema<z.input<S> | JsonAnswer<z.output<S>>, z.output<S>> {
  const { validate, ...standard } = schema['~standard'];
  return Object.create(schema, {
    '~standard': {
      value: {
        ...standard,
        validate: (value: unknown) => (value instanceof JsonAnswer ? { value } : validate(value)),
      },
    },
  });
}
