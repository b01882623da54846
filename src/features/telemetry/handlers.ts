import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { telemetryContract } from './contract.ts';
import { showTelemetry } from './show.ts';
import { createIngestToken, listIngestTokens, revokeIngestToken } from './tokens.ts';

const on = implement(telemetryContract).$context<RequestContext>().use(secured);

export const telemetryHandlers = on.router({
  show: on.show.handler(({ context }) => showTelemetry(context)),
  tokens: on.tokens.handler(({ context }) => listIngestTokens(context)),
  createToken: on.createToken.handler(({ context, input }) => createIngestToken(context, input)),
  revokeToken: on.revokeToken.handler(({ context, input }) => revokeIngestToken(context, input.token)),
});
