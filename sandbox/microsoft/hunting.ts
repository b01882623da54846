import { type GraphAsked, type GraphReply, graphError } from './graph.ts';
import type { Tenant } from './tenant.ts';

/**
 * Advanced hunting (security: runHuntingQuery). Supports only the time filter of a query on CloudAppEvents; without
 * Defender for Cloud Apps, that table does not exist.
 */
export function hunted(tenant: Tenant, { body }: GraphAsked, deployed: boolean): GraphReply {
  const { Query: query = '' } = (body ?? {}) as { Query?: string };
  if (!query.trimStart().startsWith('CloudAppEvents') || !deployed)
    return graphError(
      400,
      'BadRequest',
      "Failed to resolve table or column expression named 'CloudAppEvents'.",
    );
  const [, from = '', to = '9'] =
    /between \(datetime\(([^)]+)\) \.\. datetime\(([^)]+)\)\)/.exec(query) ?? [];
  const columns = (/\| project ([^|]+)/.exec(query)?.[1] ?? '').split(',').map((name) => name.trim());
  const results = tenant.cloudAppEvents
    .filter((row) => String(row.Timestamp) >= from && String(row.Timestamp) <= to)
    .sort((a, b) => (String(a.Timestamp) < String(b.Timestamp) ? -1 : 1))
    .map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? ''])));
  return {
    status: 200,
    body: {
      '@odata.context':
        'https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.security.huntingQueryResults',
      schema: columns.map((name) => ({ name, type: name === 'Timestamp' ? 'DateTime' : 'String' })),
      results,
    },
  };
}
