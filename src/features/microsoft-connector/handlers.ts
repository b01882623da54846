import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { microsoftConnectorContract } from './contract.ts';
import { showMicrosoftConnector } from './show.ts';

const on = implement(microsoftConnectorContract).$context<RequestContext>().use(secured);

export const microsoftConnectorHandlers = on.router({
  show: on.show.handler(({ input, context }) => showMicrosoftConnector(context, input)),
});
