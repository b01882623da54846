import { DOMAIN, profile } from './client.ts';

export const ORGANIZATION = 'abcdef01-2345-4789-8bcd-ef0123456789';
export const ENTERPRISE = { profile: profile({ claudePlan: 'enterprise', m365: 'e5' }) };

/** One event of the activity feed; like the vendor's, with its fields next to its type. */
export function event(
  id: string,
  day: string,
  type: string,
  more: object = {},
  email = `adele.abbott@${DOMAIN}`,
): object {
  return {
    id: `activity_01${id}`,
    created_at: day.includes('T') ? day : `${day}T15:04:05Z`,
    organization_id: 'org_01Teasel',
    organization_uuid: ORGANIZATION,
    actor: {
      type: 'user_actor',
      email_address: email,
      user_id: `user_01${email.split('@')[0]?.replaceAll(/[^a-z]/g, '')}`,
      ip_address: '192.0.2.34',
      user_agent: 'Mozilla/5.0',
    },
    type,
    ...more,
  };
}

/** A page of the feed. It starts long ago, so that the period is not too short. */
export function feed(events: readonly object[]): string {
  const ids = events.map((one) => (one as { id: string }).id);
  return JSON.stringify(
    { data: events, has_more: false, first_id: ids[0] ?? null, last_id: ids.at(-1) ?? null },
    null,
    1,
  );
}

export function settings(
  rows: Readonly<Record<string, boolean | number | string | readonly string[] | object>>,
  keys: readonly object[] = [],
): string {
  const kind = (value: unknown, name: string) => {
    if (name === 'sso_provisioning_mode') return 'provisioning_mode';
    if (name === 'data_retention_periods') return 'data_retention';
    if (Array.isArray(value)) return 'string_list';
    return typeof value === 'number' ? 'integer' : typeof value;
  };
  return JSON.stringify(
    {
      type: 'effective_organization_settings',
      organization_id: ORGANIZATION,
      settings: Object.entries(rows).map(([name, value]) => ({ name, type: kind(value, name), value })),
      api_keys: keys,
    },
    null,
    1,
  );
}

/** A row of connector analytics with one day's calls. */
export function connectorUse(
  name: string,
  reads: number | null,
  writes: number | null,
  unclassified: number | null,
  more: object = {},
): object {
  const sessions = { distinct_session_connector_used_count: 0 };
  return {
    connector_name: name,
    connector_display_name: null,
    distinct_user_count: 4,
    read_call_count: reads,
    write_call_count: writes,
    unclassified_call_count: unclassified,
    individual_auth_distinct_user_count: 4,
    managed_auth_distinct_user_count: 0,
    chat_metrics: { distinct_conversation_connector_used_count: 8 },
    claude_code_metrics: sessions,
    cowork_metrics: sessions,
    office_metrics: { excel: sessions, outlook: sessions, powerpoint: sessions, word: sessions },
    ...more,
  };
}

interface Call {
  readonly at: string;
  readonly email: string;
  readonly tool: string;
  readonly event?: string;
  readonly more?: Readonly<Record<string, string>>;
}

/** Cowork telemetry as stored by a collector (OTLP over HTTP, as JSON). */
export function otlp(calls: readonly Call[]): string {
  const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  return JSON.stringify({
    resourceLogs: [
      {
        resource: {
          attributes: [attribute('service.name', 'cowork'), attribute('service.version', '1.22300.0')],
        },
        scopeLogs: [
          {
            scope: { name: 'com.anthropic.claude_code' },
            logRecords: calls.map(({ at, email, tool, event: name = 'tool_result', more = {} }, n) => ({
              timeUnixNano: `${Date.parse(at)}000000`,
              body: { stringValue: name },
              attributes: Object.entries({
                'event.name': name,
                'event.timestamp': at,
                'event.sequence': String(n),
                'session.id': `session-${email}`,
                'organization.id': ORGANIZATION,
                'user.email': email,
                'user.account_id': `user_01${email.split('@')[0]?.replaceAll(/[^a-z]/g, '')}`,
                'prompt.id': `6f1c0000-0000-4000-8000-${String(n).padStart(12, '0')}`,
                tool_name: `mcp__microsoft_365__${tool}`,
                ...(name === 'tool_result'
                  ? {
                      success: 'true',
                      duration_ms: '412',
                      decision_type: 'accept',
                      decision_source: 'user_temporary',
                    }
                  : { decision: 'reject', source: 'user_reject' }),
                tool_parameters: JSON.stringify({ mcp_server_name: 'Microsoft 365', mcp_tool_name: tool }),
                ...more,
              }).map(([key, value]) => attribute(key, value)),
            })),
          },
        ],
      },
    ],
  });
}

/** Organization settings with everything in order; each case adds its domains. */
export const SETTINGS = {
  directory_sync_enabled: true,
  sso_enabled: true,
  sso_claude_ai_enforced: true,
  sso_provisioning_mode: 'scim_advanced',
  allowed_invite_domains: [] as readonly string[],
  connector_tools_default_always_allow: false,
  desktop_extension_allowlist_enabled: true,
};

/** A key of the Compliance API, as the settings list it. */
export function apiKey(id: string, name: string, more: object = {}): object {
  return {
    type: 'compliance_api_key',
    id,
    name,
    scopes: ['read:compliance_activities'],
    is_active: true,
    created_at: '2026-09-14T09:30:00Z',
    created_by_id: undefined,
    expires_at: null,
    ...more,
  };
}
