import { oc } from '@orpc/contract';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { operations } from '../../src/app/operations.ts';
import { checkNulls } from './nulls.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

/** What the check says of an operation with this answer. */
function said(output: z.ZodType): string[] {
  const one = operations().find(({ path }) => path.join('.') === 'clients.get');
  if (one === undefined) throw new Error('clients.get is gone');
  return checkNulls(ROOT, [{ ...one, procedure: oc.output(output) }]).map(
    (line) => line.split(' may be')[0] ?? '',
  );
}

it('finds in this project no field that may be null and does not say what that means', () =>
  expect(checkNulls(ROOT)).toEqual([]));

it('names a field that may be null without a word about it, wherever it is', () => {
  const day = z.string().nullable();
  expect(said(z.object({ day }))).toEqual(['clients.get.day']);
  expect(said(z.object({ days: z.array(day.describe('A day')) }))).toEqual(['clients.get.days[]']);
  expect(said(z.object({ of: z.record(z.string(), z.object({ day: day.optional() })) }))).toEqual([
    'clients.get.of{}.day',
  ]);
  expect(said(z.union([z.object({ day: z.string() }), z.object({ day })]))).toEqual(['clients.get.day']);
});

it('takes what a field, or the object or list that has it and is never null, says of null', () => {
  const day = z.string().nullable();
  for (const good of [
    z.object({ day: day.describe('null: not stated') }),
    z.object({ day: day.optional().describe('The day; null: not stated') }),
    z.object({ day: z.string().describe('null: not stated').nullable() }),
    z.object({ first: day, last: day }).describe('null: there is none'),
    z.object({ days: z.array(z.object({ day })).describe('A day is null: not stated') }),
  ])
    expect(said(good)).toEqual([]);
  // What null means for the whole says nothing of its parts.
  expect(said(z.object({ span: z.object({ day }).nullable().describe('null: none') }))).toEqual([
    'clients.get.span.day',
  ]);
});
