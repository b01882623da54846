import { ORPCError, ValidationError } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operations } from '#app/operations.ts';
import { usePlainMessages } from '#features/input-words.ts';
import { type JsonSchema, jsonType } from '#features/operation-fields.ts';
import { inputProblem } from './input-problem.ts';

usePlainMessages();

/** Words of the schema library, which nobody should read. */
const LIBRARY =
  /Invalid |Too (small|big)|[Ee]xpected |received|Unrecognized|[<>]=?\d|undefined|\bNaN\b|\bstring\b|\barray\b|regex|\/\^|✖/;

function said(schema: z.ZodType, value: unknown): { message: string; issues: { message: string }[] } | null {
  const parsed = schema.safeParse(value);
  if (parsed.success) return null;
  const { issues } = parsed.error;
  const refused = inputProblem(
    new ORPCError('BAD_REQUEST', { cause: new ValidationError({ message: 'refused', issues, data: value }) }),
  );
  if (!(refused instanceof ORPCError)) throw new Error('The refusal was passed on as it is.');
  return { message: refused.message, issues: refused.data.issues };
}

/** Values of which most are wrong, one kind for each way in which a value can be. */
const WRONG: readonly unknown[] = [
  undefined,
  null,
  '',
  '?',
  'x'.repeat(5_000),
  -1,
  0.5,
  1e12,
  Number.NaN,
  true,
  [],
  ['?'],
  Array.from({ length: 3_000 }, () => 'x'),
  {},
  { unknown: 1 },
  new Date(0),
];

/** The value with something wrong at each of its places. */
function wrongAt(schema: JsonSchema): unknown[] {
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices !== undefined) return [...WRONG, ...choices.flatMap(wrongAt)];
  if (jsonType(schema) === 'array' && schema.items !== undefined)
    return [...WRONG, ...wrongAt(schema.items).map((one) => [one])];
  if (schema.properties === undefined) return [...WRONG];
  return [
    ...WRONG,
    ...Object.entries(schema.properties).flatMap(([name, one]) =>
      wrongAt(one).map((value) => ({ [name]: value, unknown: 1 })),
    ),
  ];
}

const TAKING = operations().flatMap(({ path, procedure }) => {
  const input = procedure['~orpc'].inputSchema;
  return input instanceof z.ZodType ? [{ name: path.join('.'), input }] : [];
});

describe('what an operation refuses', () => {
  it.each(TAKING)('$name says so in plain words', ({ input }) => {
    const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
    const refused = wrongAt(schema).flatMap((value) => said(input, value) ?? []);
    const all = refused.flatMap(({ message, issues }) => [message, ...issues.map((one) => one.message)]);
    expect([...new Set(all)].filter((message) => LIBRARY.test(message))).toEqual([]);
    const messages = new Set(refused.map(({ message }) => message));
    expect([...messages].filter((message) => !/^["A-Z“].*[.!?]$/su.test(message))).toEqual([]);
  });
});

const file = z.strictObject({ exportedOn: z.iso.date(), kind: z.enum(['members', 'roster']) });

it.each([
  [{ name: z.string().min(3) }, { name: '' }, '“Name” must have at least 3 characters.'],
  [{ name: z.string().min(1) }, { name: '' }, '“Name” is empty.'],
  [{ name: z.string() }, {}, '“Name” is missing.'],
  [{ newPassword: z.string() }, { newPassword: 4 }, '“New password” must be text.'],
  [{ limit: z.number().max(1000) }, { limit: 1001 }, '“Limit” must be at most 1000.'],
  [{ clientId: z.uuid() }, { clientId: '?' }, '“Client ID” is not an ID.'],
  [
    { files: z.array(file) },
    { files: [{ exportedOn: '', kind: 'members' }] },
    '“Exported on” of entry 1 of “files” is not a date, for example 2026-11-24.',
  ],
  [
    { files: z.array(file) },
    { files: [{ exportedOn: '2026-11-24', kind: 'x' }] },
    '“Kind” of entry 1 of “files” must be members or roster.',
  ],
  [{ files: z.array(file).min(2).max(3) }, { files: [] }, '“Files” must have at least 2 entries.'],
  [{ on: z.boolean() }, { on: null }, '“On” has no value.'],
  [{ reason: z.string().min(3, 'Briefly say why.') }, { reason: '' }, 'Briefly say why.'],
  [{ day: z.string().regex(/^\d$/, 'is not a day') }, { day: '' }, '“Day” is not a day.'],
  [{ a: z.string(), b: z.string(), c: z.string() }, {}, '“A” is missing. There are 2 more.'],
  [{}, { x: 1 }, 'The input has a field that is not known: “x”.'],
  [{}, [], 'Send a JSON object. Its fields are listed at /api/reference.'],
])('%o refuses %o with a sentence', (shape, value, sentence) => {
  expect(said(z.strictObject(shape), value)?.message).toBe(sentence);
});
