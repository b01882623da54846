import { type AnyProcedure, call } from '@orpc/server';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { RequestContext } from './context.ts';
import { bindHandlers, type HandlersOf, type LoadersOf } from './handlers-of.ts';
import { operationsOf } from './operation.ts';

const { post } = operationsOf({ feature: 'Things', scope: 'self', cli: null });
const add = (permission: 'public' | 'signed_in') =>
  post('/things', { title: 'Add a thing', permission, audit: null })
    .input(z.object({ count: z.number() }))
    .output(z.object({ doubled: z.number() }));
const things = { open: add('public'), closed: add('signed_in') };
const double = (_context: unknown, input: { count: number }) => ({ doubled: input.count * 2 });

/** Types leave open whether a procedure is loaded. */
const thingsOf = (router: { readonly things: unknown }) =>
  router.things as Readonly<Record<keyof typeof things, AnyProcedure>>;

/** Nobody is signed in, and of the services only the clock is asked. */
const context = {
  actor: null,
  request: {},
  services: { clock: () => new Date('2026-11-24T10:00:00Z') },
} as RequestContext;

it('answers each operation by its name, and asks who it is before it looks at the input', async () => {
  let loads = 0;
  const load = async () => {
    loads += 1;
    return { open: double, closed: double };
  };
  const { open, closed } = thingsOf(bindHandlers({ things }, { things: load }));
  // What answers a feature is loaded with the first question to it.
  expect(loads).toBe(0);
  expect(await call(open, { count: 4 }, { context })).toEqual({ doubled: 8 });
  const wrong = { count: 'four' as unknown as number };
  await expect(call(open, wrong, { context })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(call(closed, wrong, { context })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

it('does not compile where an answer is missing or is for no operation, and says what nothing answers', async () => {
  // @ts-expect-error `closed` is missing.
  const missing: HandlersOf<typeof things> = { open: double };
  const names = 'nothing answers POST /things: write it in handlers.ts beside its contract.ts';
  expect(() => bindHandlers({ things }, {} as LoadersOf<{ things: typeof things }>)).toThrow(names);
  const loaders = { things: async () => missing as HandlersOf<typeof things> };
  const { closed } = thingsOf(
    bindHandlers({ things: { open: add('public'), closed: add('public') } }, loaders),
  );
  await expect(call(closed, { count: 4 }, { context })).rejects.toThrow(names);
  // @ts-expect-error no operation is called `other`.
  const beyond: HandlersOf<typeof things> = { open: double, closed: double, other: double };
  expect(Object.keys({ ...missing, ...beyond })).toContain('other');
});
