import type { StoredActivity } from '#domain/activity/activity.ts';
import { incidentCode } from '#domain/incidents/words.ts';
import type { IncidentRow } from '#store/incidents/incidents.ts';

/** Maximum number of calls that the text lists. */
const MAX_LINES = 40;

/**
 * The text of a report to Anthropic: times, ids and tools, but nothing that people wrote. The person's identity and the
 * conversation's content are given to Anthropic only if it asks.
 */
export function anthropicText(row: IncidentRow, calls: readonly StoredActivity[]): string {
  const organizations = [...new Set(calls.flatMap(({ organization }) => organization ?? []))];
  const sessions = [...new Set(calls.flatMap(({ session }) => session ?? []))];
  const tools = calls.filter(({ tool }) => tool !== null);
  const lines = tools
    .slice(0, MAX_LINES)
    .map(
      (one) =>
        `- ${one.at} ${one.tool ?? ''}${one.connectorName === null ? '' : ` of ${one.connectorName}`}${one.outcome === null ? '' : `, ${one.outcome}`} (event ${one.id})`,
    );
  return [
    `Report of a security incident: ${row.plan.title}`,
    '',
    `Our reference: ${incidentCode(row.number, row.drill)}`,
    `Organization: ${organizations.length === 0 ? 'not reported by the source' : organizations.join(', ')}`,
    `Happened: ${row.happened_at === null ? 'not known' : row.happened_at.toISOString()}`,
    `Noticed: ${row.noticed_at.toISOString()}`,
    `Sessions: ${sessions.length === 0 ? 'not reported by the source' : sessions.slice(0, 10).join(', ')}`,
    `Connector: ${row.connector ?? 'none'}`,
    '',
    tools.length === 0
      ? 'Tool calls: none in our log.'
      : `Tool calls in our log${tools.length > MAX_LINES ? ` (the first ${MAX_LINES} of ${tools.length})` : ''}:`,
    ...lines,
    '',
    'We believe data left through Claude. We can provide the content of the conversation on request, through a channel that you name.',
  ].join('\n');
}
// Guide: G7.2-08
