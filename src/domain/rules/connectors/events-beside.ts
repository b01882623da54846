import type { ActivityRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import { ownValue } from '../../model/own-value.ts';
import type { CheckContext, Events } from '../../model/rule.ts';
import { type Ask, ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { detailText, serverAdded, serverName } from './events.ts';
import { type ConnectorMatch, matchConnector } from './match.ts';

type Read = Extract<Events, { ok: true }>;

/**
 * Events of an integration that is not a server: the connector, or the detail field that names it, and whether it
 * exists after the event.
 */
interface Integration {
  readonly is?: string;
  readonly field?: string;
  readonly there: boolean;
}
const both = (one: Omit<Integration, 'there'>, begins: string, ends: string): [string, Integration][] => [
  ...begins.split(' ').map((type): [string, Integration] => [type, { ...one, there: true }]),
  ...ends.split(' ').map((type): [string, Integration] => [type, { ...one, there: false }]),
];
const INTEGRATIONS: Readonly<Record<string, Integration>> = Object.fromEntries([
  ...both(
    { is: 'Google Drive' },
    'claude_gdrive_integration_created claude_gdrive_integration_updated',
    'claude_gdrive_integration_deleted',
  ),
  ...both(
    { is: 'GitHub' },
    'claude_github_integration_created claude_github_integration_updated ghe_configuration_created ghe_configuration_updated ghe_user_connected github_app_installation_linked',
    'claude_github_integration_deleted ghe_configuration_deleted github_app_installation_unlinked',
  ),
  ...both(
    { is: 'GitLab' },
    'gitlab_configuration_created gitlab_configuration_updated',
    'gitlab_configuration_deleted',
  ),
  ...both({ is: 'Slack' }, 'slack_workspace_claimed', 'slack_workspace_claim_revoked'),
  ...['chat', 'project'].flatMap((of) => [
    ...both(
      { field: 'provider' },
      `claude_${of}_sync_source_created claude_${of}_sync_source_updated`,
      `claude_${of}_sync_source_deleted`,
    ),
  ]),
]);
/** Names in the catalogue for providers of synced sources that events write differently. */
const PROVIDERS: Readonly<Record<string, string>> = { gdrive: 'Google Drive', ghe: 'GitHub' };
/** Events that only an existing server can have. */
const AT_WORK = new Set([
  'integration_user_connected',
  'mcp_server_managed_auth_updated',
  'mcp_server_managed_auth_token_exchanged',
]);
const OF_SERVERS = new Set([
  'mcp_server_created',
  'mcp_server_updated',
  'mcp_server_deleted',
  'mcp_tool_policy_updated',
]);

interface Gap {
  readonly code: string;
  readonly why: string;
  readonly howToGet: Ask;
}

/**
 * What later events leave unknown about the table: a change that does not name its connector or action, or a connector
 * in use that the table lacks. null: nothing.
 */
export function besideTable(
  context: CheckContext,
  tableDay: string,
  connectors: readonly Pick<ConnectorMatch, 'key' | 'entries'>[],
): Gap | null {
  if (context.profile.claudePlan !== 'enterprise') return null;
  const events = context.events();
  if (!events.ok) return null;
  const zone = context.profile.timezone;
  const rows = events.rows.filter(
    (row) =>
      (OF_SERVERS.has(row.type) || AT_WORK.has(row.type) || Object.hasOwn(INTEGRATIONS, row.type)) &&
      dayOf(row.at, zone) >= tableDay,
  );
  const unclear = rows.filter((row) => isUnclear(row, events));
  const last = unclear.at(-1);
  if (last !== undefined)
    return {
      code: 'unclear_events',
      why: `${count(unclear.length, 'event')} since the connectors table of ${dayWords(tableDay)} ${verb(unclear.length, 'changes', 'change')} a connector or a permission and ${verb(unclear.length, 'does', 'do')} not say which; the last is of ${dayWords(dayOf(last.at, zone))}.`,
      howToGet: ask(
        'source',
        'connectors',
        'Write the connectors table again, as Organization settings > Connectors shows it now.',
        'again',
      ),
    };
  const isListed = (place: ConnectorMatch) =>
    connectors.some(
      (one) => one.key === place.key || place.entries.some((entry) => one.entries.includes(entry)),
    );
  const unlisted = new Map<string, string>();
  for (const row of rows) {
    const name = atWork(row, events);
    if (name === null) continue;
    const place = matchConnector(name, context.catalogue);
    if (serverAdded(row) === false || ownValue(INTEGRATIONS, row.type)?.there === false)
      unlisted.delete(place.key);
    else if (!isListed(place)) unlisted.set(place.key, place.name);
  }
  if (unlisted.size === 0) return null;
  const list = [...unlisted.values()];
  return {
    code: 'in_events',
    why: `${names(list, 4)} ${verb(list.length, 'is', 'are')} in events since ${dayWords(tableDay)} and not in the connectors table, so it does not list every connector.`,
    howToGet: ask(
      'source',
      'connectors',
      `Add ${names(list, 4)} to the connectors table, each action with its state, or one line with “no” under enabled if a connector is not enabled.`,
      ['in_events', ...list],
    ),
  };
}

/** Whether a server event does not identify its object: no name, no id that another event names, or no tool. */
export function isUnclear(row: ActivityRow, events: Read): boolean {
  if (!OF_SERVERS.has(row.type)) return false;
  if (serverName(row, events) === null) return true;
  return row.type === 'mcp_tool_policy_updated' && detailText(row, 'tool_name') === null;
}

/** The connector that an event shows to exist. */
function atWork(row: ActivityRow, events: Read): string | null {
  const integration = ownValue(INTEGRATIONS, row.type);
  if (integration === undefined) return serverName(row, events);
  const named = integration.field === undefined ? null : detailText(row, integration.field);
  return integration.is ?? (named === null ? null : (ownValue(PROVIDERS, named.toLowerCase()) ?? named));
}
// Guide: G2.2-17 G5.5-02
