import { implement } from '@orpc/server';
import type { RequestContext } from '../../context.ts';
import { secured } from '../../secured.ts';
import { tokensContract } from './contract.ts';
import { createToken, listAllTokens, listOwnTokens, revokeToken } from './tokens.ts';

const on = implement(tokensContract).$context<RequestContext>().use(secured);

export const tokensHandlers = on.router({
  list: on.list.handler(({ context }) => listOwnTokens(context)),
  create: on.create.handler(({ context, input }) => createToken(context, input)),
  revoke: on.revoke.handler(({ context, input }) => revokeToken(context, input.token, context.actor.userId)),
  all: on.all.handler(({ context }) => listAllTokens(context)),
  revokeAny: on.revokeAny.handler(({ context, input }) => revokeToken(context, input.token, null)),
});
