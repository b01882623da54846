import type { HandlersOf } from '../handlers-of.ts';
import type { telemetryContract } from './contract.ts';
import { showTelemetry } from './show.ts';
import { createIngestToken, listIngestTokens, revokeIngestToken } from './tokens.ts';

export const telemetryHandlers: HandlersOf<typeof telemetryContract> = {
  show: showTelemetry,
  tokens: listIngestTokens,
  createToken: createIngestToken,
  revokeToken: (context, input) => revokeIngestToken(context, input.token),
};
