import type { Schema } from '@orpc/contract';
import type { z } from 'zod';

/**
 * An answer checked by its operation's schema and written as JSON once. It is kept beside the value that it was made of
 * and goes when that goes, so it can never be older than what a fresh answer would be made of.
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

  /** How many entries a list of the answer has. */
  entries(list: string): number {
    return this.#lengths.get(list) ?? 0;
  }

  /** A copy, as it was before it was written. */
  read(): T {
    return JSON.parse(this.bytes.toString()) as T;
  }

  /** For surfaces that write values themselves. */
  toJSON(): T {
    return this.read();
  }
}

/** The schema of an operation's output, for an operation whose handler may give the answer {@link JsonAnswer} too. */
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
