import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { claimsContract } from './contract.ts';
import { confirmClaims, refuseClaims } from './decide.ts';
import { listClaims } from './list.ts';

const on = implement(claimsContract).$context<RequestContext>().use(secured);

export const claimsHandlers = on.router({
  list: on.list.handler(({ context }) => listClaims(context)),
  confirm: on.confirm.handler(({ input, context }) => confirmClaims(context, input.claims)),
  refuse: on.refuse.handler(({ input, context }) => refuseClaims(context, input.claims, input.reason)),
});
