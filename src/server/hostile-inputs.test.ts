import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operations } from '#app/operations.ts';
import { leastCpu } from '#domain/testing/cpu.ts';
import { tooLong } from '#features/input-bounds.ts';
import type { Operation } from '#features/operation.ts';
import { beyondBounds, MAX_VALUES } from './body-bounds.ts';

/** Texts of half a megabyte that make an expression which backtracks try every way. */
const LENGTH = 500_000;
const long = (part: string) => part.repeat(Math.ceil(LENGTH / part.length)).slice(0, LENGTH);
const TEXTS: Readonly<Record<string, string>> = {
  letters: `${long('a')}!`,
  words: `${long('a ')}!`,
  domains: `${long('a.')}!`,
  addresses: `${long('a@a.')}!`,
  dashes: `${long('a-')}!`,
  digits: `${long('1')}!`,
  blanks: `${long(' ')}!`,
  lines: `${long('\n')}!`,
  slashes: `https://${long('a/')}!`,
  colons: `${long('1:')}!`,
  addressesWithDot: `${long('.')}@${long('a.')}`,
  quotes: `"${long('\\"')}`,
};

interface Schema {
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly propertyNames?: Schema;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** Values with a text at every place where one may stand; of a choice, each of its forms. */
function withText(schema: Schema, text: string, many: number): unknown[] {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.flatMap((one) => withText(one, text, many));
  if (schema.const !== undefined) return [schema.const];
  switch (schema.type) {
    case 'object': {
      const extra =
        typeof schema.additionalProperties === 'object'
          ? withText(schema.additionalProperties, text, 1).slice(0, 1)
          : [];
      const properties = Object.entries(schema.properties ?? {}).map(
        ([name, one]) => [name, withText(one, text, many)] as const,
      );
      const forms = Math.max(1, ...properties.map(([, values]) => values.length));
      return Array.from({ length: forms }, (_, at) =>
        Object.fromEntries([
          ...extra.flatMap((value) => [[text, value] as const]),
          ...properties.map(([name, values]) => [name, values[at % Math.max(1, values.length)]] as const),
        ]),
      );
    }
    case 'array':
      return withText(schema.items ?? {}, text, 1).map((one) => Array.from({ length: many }, () => one));
    case 'integer':
    case 'number':
      return [1e308];
    case 'boolean':
      return [true];
    case 'null':
      return [null];
    default:
      return [text];
  }
}

function schemaOf({ procedure }: Operation): z.ZodType | null {
  const input = procedure['~orpc'].inputSchema;
  return input instanceof z.ZodType ? input : null;
}

const TAKING = operations().flatMap((one) => {
  const input = schemaOf(one);
  return input === null ? [] : [{ name: one.path.join('.'), input }];
});

/**
 * What takes time by the square of its length needs minutes for these; what takes it by the length needs milliseconds.
 * The bound lies between, so that a busy machine passes.
 */
const MAX_MS = 4_000;

describe('what an operation is sent', () => {
  it.each(TAKING)('$name reads in time that grows with its length alone', async ({ input }) => {
    const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema;
    const cost = (value: unknown): Promise<number> => leastCpu(MAX_MS, () => input.safeParse(value));
    for (const [kind, text] of Object.entries(TEXTS))
      for (const value of withText(schema, text, 1)) expect(await cost(value), kind).toBeLessThan(MAX_MS);
    for (const [at, one] of withText(schema, 'a', 1).entries()) {
      const many = Math.ceil(MAX_VALUES / countOf(one));
      expect(await cost(withText(schema, 'a', many)[at]), 'long lists').toBeLessThan(MAX_MS);
    }
  });
});

/** Values that are handed on as they are, each with the reason why nothing that they hold costs anything here. */
const AS_THEY_ARE: Readonly<Record<string, string>> = {
  'account.addPasskey answer.clientExtensionResults.*': 'no one looks at it',
  'account.proveWithPasskey answer.clientExtensionResults.*': 'no one looks at it',
  'signIn.passkey answer.clientExtensionResults.*': 'no one looks at it',
  'signIn.oidcCallback {}': 'what a provider adds to its answer, in an address of 16 kB at most',
  'signIn.oidcCallback *': 'what a provider adds to its answer; no one looks at it',
  'baselines.change charter{}': 'the text that it becomes has 200,000 characters at most',
  'baselines.change charter.*':
    'held against the schema of a charter, in a text of 200,000 characters at most',
  'baselines.change parts.client.*':
    'held against the schema of what a new client begins with, in a text of 200,000 characters at most',
  'dlp.memberList.set counts.values{}': 'one number for each kind of value that there is',
  'imports.preview profile': 'yes or no, in an address of 16 kB at most',
  'sinks.repair events.*':
    'events as they were stored before, held against the schema of their kind one by one',
};

/** Where a value of a schema may be as long as one likes. */
function boundless(schema: Schema, at: string): string[] {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.flatMap((one) => boundless(one, at));
  if (schema.const !== undefined || schema.enum !== undefined) return [];
  const below = (name: string) => (at === '' ? name : `${at}.${name}`);
  const types = [schema.type ?? 'any'].flat();
  return types.flatMap((type) => {
    switch (type) {
      case 'string':
        return schema.maxLength !== undefined || isClosed(schema.pattern) ? [] : [at];
      case 'array':
        return [
          ...(schema.maxItems === undefined ? [`${at}[]`] : []),
          ...boundless(schema.items ?? {}, below('*')),
        ];
      case 'object': {
        const { additionalProperties: other } = schema;
        const named = typeof other === 'object' ? other : null;
        return [
          ...Object.entries(schema.properties ?? {}).flatMap(([name, one]) => boundless(one, below(name))),
          ...(named !== null && schema.maxProperties === undefined ? [`${at}{}`] : []),
          ...(schema.propertyNames === undefined ? [] : boundless(schema.propertyNames, below('name'))),
          ...(named === null ? [] : boundless(named, below('*'))),
        ];
      }
      case 'any':
        return [at];
      default:
        return [];
    }
  });
}

/** Whether what an expression takes has an end: it is held to the whole text, and nothing in it repeats for ever. */
function isClosed(pattern = ''): boolean {
  return /^\^.*\$$/u.test(pattern) && !/[*+]|\{\d+,\}/u.test(pattern.replace(/\\./gu, ''));
}

it('has a limit: no text, list or group that an operation takes is unbounded', () => {
  const found = TAKING.flatMap(({ name, input }) =>
    boundless(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema, '').map(
      (at) => `${name} ${at}`,
    ),
  );
  const endless = found.filter((one) => !Object.hasOwn(AS_THEY_ARE, one));
  expect(endless, 'bound it in its schema, or name it in AS_THEY_ARE').toEqual([]);
  expect(Object.keys(AS_THEY_ARE).filter((one) => !found.includes(one))).toEqual([]);
});

it('is not checked against its schema if it is far longer than the schema allows', () => {
  const schema = z.strictObject({ name: z.string().max(200), days: z.array(z.string()).max(10) });
  expect(tooLong(schema, { name: 'x'.repeat(900_000) })).toEqual({
    field: 'name',
    says: 'has 900,000 characters. At most 200 can be given.',
  });
  expect(tooLong(schema, { days: Array.from({ length: 19_000 }, () => 'x') })).toMatchObject({
    field: 'days',
  });
  expect(tooLong(schema, { name: 'x'.repeat(201), days: [] })).toBeNull();
});

it('is not looked at if it holds more values, or deeper ones, than anyone sends', () => {
  const list = (length: number) => ({ list: Array.from({ length }, () => 1) });
  expect(beyondBounds(list(MAX_VALUES))).toMatch(/more than 20000 values/);
  expect(beyondBounds(list(MAX_VALUES - 1))).toBeNull();
  expect(beyondBounds(JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`))).toMatch(/nested/);
});

function countOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, one) => sum + countOf(one), 1);
}
