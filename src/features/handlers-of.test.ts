import { call } from '@orpc/server';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { RequestContext } from './context.ts';
import { answered, type HandlersOf } from './handlers-of.ts';
import { operationsOf } from './operation.ts';

const { post } = operationsOf({ feature: 'Things', scope: 'self', cli: null, audit: null });
const add = (permission: 'public' | 'signed_in') =>
  post('/things', { title: 'Add a thing', permission })
    .input(z.object({ count: z.number() }))
    .output(z.object({ doubled: z.number() }));
const contract = { open: add('public'), closed: add('signed_in') };
const double = (_context: unknown, input: { count: number }) => ({ doubled: input.count * 2 });

/** Nobody is signed in, and of the services only the clock is asked. */
const context = {
  actor: null,
  request: {},
  services: { clock: () => new Date('2026-11-24T10:00:00Z') },
} as RequestContext;

it('answers each operation by its name, and asks who it is before it looks at the input', async () => {
  const { open, closed } = answered(contract, { open: double, closed: double });
  expect(await call(open, { count: 4 }, { context })).toEqual({ doubled: 8 });
  const wrong = { count: 'four' as unknown as number };
  await expect(call(open, wrong, { context })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(call(closed, wrong, { context })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

it('neither compiles nor starts where an answer is missing, and does not compile where one is for no operation', () => {
  // @ts-expect-error `closed` is missing.
  const missing: HandlersOf<typeof contract> = { open: double };
  const names = 'nothing answers POST /things: write it in handlers.ts beside its contract.ts';
  expect(() => answered(contract, missing)).toThrow(names);
  expect(() => answered({ things: contract }, {} as HandlersOf<{ things: typeof contract }>)).toThrow(names);
  // @ts-expect-error no operation is called `other`.
  const beyond: HandlersOf<typeof contract> = { open: double, closed: double, other: double };
  expect(Object.keys({ ...missing, ...beyond })).toContain('other');
});
