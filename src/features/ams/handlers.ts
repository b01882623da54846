import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { amsContract } from './contract.ts';
import { showAms } from './show.ts';

const on = implement(amsContract).$context<RequestContext>().use(secured);

export const amsHandlers = on.router({
  show: on.show.handler(({ context }) => showAms(context)),
});
