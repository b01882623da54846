import { os } from '@orpc/server';
import { clientsHandlers } from './clients/handlers.ts';
import type { RequestContext } from './context.ts';

/** What answers each operation of the contract, under the same names. */
export const handlers = os.$context<RequestContext>().router({
  clients: clientsHandlers,
});
