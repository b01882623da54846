import { type AnyProcedure, call } from '@orpc/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type TestConsole, type TestPerson, testConsole } from '#server/testing/console.ts';
import type { HandlerContext, RequestContext } from './context.ts';
import { bindHandlers } from './handlers-of.ts';
import { type OperationMeta, operationsOf } from './operation.ts';
import { authenticate, SESSION_COOKIE } from './sign-in/index.ts';

const { post } = operationsOf({ feature: 'Boats', cli: null });
const paint = (says: Pick<OperationMeta, 'scope' | 'permission' | 'proof'>) =>
  post(says.scope === 'client' ? '/clients/{client}/boats' : '/boats', {
    title: 'Paint a boat',
    audit: 'boats.paint',
    ...says,
    proof: says.proof ?? 'none',
  }).output(z.object({ painted: z.boolean() }));
const workspace = { scope: 'workspace', permission: 'workspace.settings' } as const;
const boats = {
  workspaceInPerson: paint({ ...workspace, proof: 'in_person' }),
  workspaceFresh: paint({ ...workspace, proof: 'fresh' }),
  workspaceNone: paint({ ...workspace, proof: 'none' }),
  ownNone: paint({ scope: 'self', permission: 'signed_in', proof: 'none' }),
};

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

/** Calls an operation as someone whose session ends after the door let them in, and before anything is stored. */
async function endedMeanwhile(name: keyof typeof boats) {
  const person = await bylaw.person('owner', null);
  const [, secret = ''] = person.cookie.split('=');
  const { services } = bylaw;
  const actor = await authenticate(services, {
    authorization: undefined,
    cookies: { [SESSION_COOKIE]: secret },
  });
  const context = { services, actor, request: { id: 'request-1' } } as RequestContext;
  const router = bindHandlers({ boats }, { boats: async () => paintedBy(person) });
  const procedures = (router as { readonly boats: unknown }).boats as Readonly<Record<string, AnyProcedure>>;
  return call(procedures[name] as AnyProcedure, undefined, { context });
}

function paintedBy(person: TestPerson) {
  const handler = async (context: HandlerContext) => {
    const ended = await person.call('POST', '/me/sign-out', {});
    expect(ended.status).toBeLessThan(300);
    return context.change(async (_tx, recorder) => {
      await recorder.record({ subject: { kind: 'boat', id: '1', name: 'Boat' } });
      return { painted: true };
    });
  };
  return { workspaceInPerson: handler, workspaceFresh: handler, workspaceNone: handler, ownNone: handler };
}

it.each(['workspaceInPerson', 'workspaceFresh', 'ownNone'] as const)(
  'refuses to change how someone gets in, once the session that asked has ended: %s',
  async (name) => {
    await expect(endedMeanwhile(name)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  },
);

it('stores what asks for no proof and was let in before the session ended', async () => {
  expect(await endedMeanwhile('workspaceNone')).toEqual({ painted: true });
});
// Guide: G0-00
