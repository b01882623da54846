import { zocker } from 'zocker';
import { z } from 'zod';
import { ownValue } from '#domain/model/own-value.ts';
import { exampleInput } from '../../../server/testing/example-input.ts';
import type { Operation } from '../../operation.ts';
import { KEY_SAMPLES, OPERATION_SAMPLES, USUAL } from './samples.ts';

type Input = Readonly<Record<string, unknown>>;

/**
 * An input that an operation takes, made from its schema: what may be left out is left out, what has a usual sample by
 * its name takes it, the rest is made up. Where that does not fit the schema, the input of its example is taken. Throws
 * where there is none, naming what makes one.
 */
export function inputFor(operation: Operation, known: Input): Input {
  const schema = operation.procedure['~orpc'].inputSchema;
  if (schema === undefined) return {};
  if (!(schema instanceof z.ZodType))
    throw new Error(`${nameOf(operation)}: the input is not described with Zod`);
  const name = nameOf(operation);
  const own = ownValue(OPERATION_SAMPLES, name) ?? {};
  const mine = schema instanceof z.ZodObject ? pick(known, Object.keys(schema.shape)) : known;
  const made =
    schema instanceof z.ZodObject
      ? objectFor(schema, { ...own, ...mine })
      : { ...generated(schema), ...own, ...mine };
  const checked = schema.safeParse(made);
  if (checked.success) return made;
  const example = { ...exampleInput(name), ...own, ...mine };
  if (schema.safeParse(example).success) return example;
  throw new Error(
    `${name}: no input could be made up (${z.prettifyError(checked.error)}). Call it in a test of its feature, then: npm run examples src/features/<feature>`,
  );
}

export function nameOf({ path }: Pick<Operation, 'path'>): string {
  return path.join('.');
}

/** Names of the fields of an operation's input that take `sample`, as far as they can be seen. */
export function fieldsThatTake({ procedure }: Operation, sample: string): readonly string[] {
  const schema = procedure['~orpc'].inputSchema;
  if (!(schema instanceof z.ZodObject)) return [];
  const fields: [string, z.ZodType][] = Object.entries(schema.shape);
  return fields.filter(([, field]) => field.safeParse(sample).success).map(([key]) => key);
}

function objectFor(schema: z.ZodObject, own: Input): Input {
  const shape: [string, z.ZodType][] = Object.entries(schema.shape);
  const fields = shape.flatMap(([key, field]) => {
    if (key in own) return [[key, own[key]]];
    if (field.safeParse(undefined).success) return [];
    const sample = ownValue(KEY_SAMPLES, key);
    if (sample !== undefined && field.safeParse(sample).success) return [[key, sample]];
    const value: unknown = generated(field);
    if (field.safeParse(value).success) return [[key, value]];
    return [[key, USUAL.find((usual) => field.safeParse(usual).success) ?? value]];
  });
  // What a sample says beyond the fields that are named, for inputs that take anything.
  return { ...own, ...Object.fromEntries(fields) };
}

function pick(input: Input, keys: readonly string[]): Input {
  return Object.fromEntries(Object.entries(input).filter(([key]) => keys.includes(key)));
}

const known = new WeakMap<z.ZodType, Input>();

/** Always the same of a schema, so it is made up once. */
function generated(schema: z.ZodType): Input {
  const made = known.get(schema) ?? (zocker(schema).setSeed(7).generate() as Input);
  known.set(schema, made);
  return made;
}
