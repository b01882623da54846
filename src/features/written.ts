import type { Schema } from '@orpc/contract';
import type { z } from 'zod';

/**
 * An answer checked by its operation's schema and written as JSON once. It is kept beside the value that it was made of
 * and goes when that goes, so it can never be older than what a fresh answer would be made of.
 */
export class Written<T> {
  readonly bytes: Buffer;

  constructor(schema: z.ZodType<T>, answer: T) {
    this.bytes = Buffer.from(JSON.stringify(schema.parse(answer)));
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

/** The schema of an operation's output, for an operation whose handler may give the answer {@link Written} too. */
export function orWritten<S extends z.ZodType>(
  schema: S,
): Schema<z.input<S> | Written<z.output<S>>, z.output<S>> {
  const { validate, ...standard } = schema['~standard'];
  return Object.create(schema, {
    '~standard': {
      value: {
        ...standard,
        validate: (value: unknown) => (value instanceof Written ? { value } : validate(value)),
      },
    },
  });
}
