import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { homeContract } from './contract.ts';
import { showHome } from './show.ts';

const on = implement(homeContract).$context<RequestContext>().use(secured);

export const homeHandlers = on.router({
  get: on.get.handler(({ context }) => showHome(context)),
});
