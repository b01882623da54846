import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { shellContract } from './contract.ts';
import { showFrame } from './frame.ts';
import { search } from './search.ts';

const on = implement(shellContract).$context<RequestContext>().use(secured);

export const shellHandlers = on.router({
  frame: on.frame.handler(({ context }) => showFrame(context)),
  search: on.search.handler(({ input, context }) => search(context, input)),
});
