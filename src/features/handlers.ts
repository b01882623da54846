import { os } from '@orpc/server';
import { accessHandlers } from './access/handlers.ts';
import { accountHandlers } from './account/handlers.ts';
import { attestationsHandlers } from './attestations/handlers.ts';
import { auditHandlers } from './audit/handlers.ts';
import { clientsHandlers } from './clients/handlers.ts';
import type { RequestContext } from './context.ts';
import { exceptionsHandlers } from './exceptions/handlers.ts';
import { peopleHandlers } from './people/handlers.ts';
import { signInHandlers, startHandlers } from './sign-in/handlers.ts';

/** What answers each operation of the contract, under the same names. */
export const handlers = os.$context<RequestContext>().router({
  access: accessHandlers,
  account: accountHandlers,
  attestations: attestationsHandlers,
  audit: auditHandlers,
  clients: clientsHandlers,
  exceptions: exceptionsHandlers,
  people: peopleHandlers,
  signIn: signInHandlers,
  start: startHandlers,
});
