import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { catalogueContract } from './contract.ts';
import { listEntries } from './entries.ts';
import { showEntry } from './show.ts';

const on = implement(catalogueContract).$context<RequestContext>().use(secured);

export const catalogueHandlers = on.router({
  list: on.list.handler(async ({ input, context }) => listEntries(context.services.catalogue, input)),
  get: on.get.handler(async ({ input, context }) =>
    showEntry(context.services.catalogue, input.kind, input.id),
  ),
});
