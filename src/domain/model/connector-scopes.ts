import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';

const text = z.string().trim().min(1);

/**
 * A scope that the Microsoft 365 connector requests. `basic`: part of every sign-in · `read`: used by its reading
 * tools, as long as the charter allows one of `for` · `write`: named by the actions in catalogue/connectors.
 */
const connectorScopeSchema = z.strictObject({
  scope: text,
  kind: z.enum(['basic', 'read', 'write']),
  /** What it lets Claude do, to follow "lets Claude". */
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
