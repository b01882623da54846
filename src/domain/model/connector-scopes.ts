import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';

const text = z.string().trim().min(1);

/**
 * A scope that the Microsoft 365 connector asks for. `basic`: every sign-in carries it · `read`: what its reading tools
 * use, as long as the charter opens one of `for` · `write`: named by the actions themselves, in catalogue/connectors.
 */
const connectorScopeSchema = z.strictObject({
  scope: text,
  kind: z.enum(['basic', 'read', 'write']),
  /** What it lets Claude do, to go on after "lets Claude". */
  lets: text,
  /** Connectors, or single actions as connector/action, that use it. */
  for: z.array(z.string().regex(/^[a-z0-9_]+(\/[a-z0-9_]+)?$/)).default([]),
});
export type ConnectorScope = z.infer<typeof connectorScopeSchema>;

export const connectorScopesSchema = z.strictObject({
  asOf: day,
  scopes: z.array(connectorScopeSchema).min(1),
  sources: z.array(sourceSchema).min(1),
});
export type ConnectorScopes = z.infer<typeof connectorScopesSchema>;
