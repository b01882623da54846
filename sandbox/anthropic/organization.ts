import { ORGANIZATION, type Sample, WRITTEN } from './samples.ts';

/** Contents of the simulated organization, except the feed. Tests may modify all of it. */
export interface Organization {
  organizations: Sample[];
  users: Sample[];
  invites: Sample[];
  groups: Sample[];
  /** By group id. */
  groupMembers: Record<string, Sample[]>;
  /** Custom roles of the first organization; the others have none. */
  roles: Sample[];
  /** By role id. */
  permissions: Record<string, Sample[]>;
  settings: Sample[];
  /** Settings of the other organizations, by UUID; null: the vendor does not offer them. */
  settingsOf: Record<string, Sample[] | null>;
  apiKeys: Sample[];
  chats: { chat: Sample; messages: Sample[] }[];
  projects: Sample[];
  sessions: Record<'local' | 'remote', { session: Sample; messages: Sample[] }[]>;
  /** By day. */
  analyticsUsers: Record<string, Sample[]>;
  analyticsConnectors: Record<string, Sample[]>;
  /** Rows of the usage report by model and product; null: the report is not offered. */
  analyticsModels: Record<string, Sample[]> | null;
  summaries: Record<string, Sample>;
  recording: boolean;
}

const user = (id: string, email: string, name: string, role: string): Sample => ({
  type: 'user',
  id,
  email,
  name,
  role,
  added_at: '2026-06-12T09:14:03Z',
});

const project = (id: string, name: string, isPrivate: boolean, deleted: string | null): Sample => ({
  id,
  name,
  created_at: '2026-08-01T10:00:00Z',
  updated_at: '2026-10-01T10:00:00Z',
  deleted_at: deleted,
  is_private: isPrivate,
  organization_id: 'org_01Wv6QeBcDfGhJkLmNpQrSt8',
  organization_uuid: ORGANIZATION,
  user: { id: 'user_03nina', email_address: 'nina@alder.example.org' },
});

/** The Alder Society as if it had the Enterprise plan. */
export function alder(): Organization {
  return {
    organizations: [{ uuid: ORGANIZATION, id: 'org_01Wv6QeBcDfGhJkLmNpQrSt8', name: 'Alder Society' }],
    users: [
      user('user_01mara', 'mara@alder.example.org', 'Mara Ellingsworth', 'primary_owner'),
      user('user_02tom', 'tom@alder.example.org', 'Tom Whitfield', 'admin'),
      user('user_03nina', 'nina@alder.example.org', 'Nina Osei', 'managed'),
    ],
    invites: [
      {
        type: 'invite',
        id: 'invite_01',
        email: 'new@alder.example.org',
        role: 'managed',
        invited_at: '2026-11-20T16:20:11Z',
        expires_at: '2026-12-11T16:20:11Z',
        accepted_at: null,
        status: 'pending',
        rbac_group_ids: [],
      },
    ],
    groups: [
      {
        id: 'rbac_group_01',
        name: 'Membership',
        description: WRITTEN,
        source_type: 'direct',
        roles: ['rbac_role_01'],
        created_at: '2026-06-12T09:14:03Z',
        updated_at: '2026-06-12T09:14:03Z',
      },
    ],
    groupMembers: {
      rbac_group_01: [
        {
          user_id: 'user_03nina',
          email: 'nina@alder.example.org',
          created_at: '2026-06-12T09:14:03Z',
          updated_at: null,
        },
      ],
    },
    roles: [{ id: 'rbac_role_01', name: 'Staff', description: WRITTEN, created_at: null, updated_at: null }],
    permissions: {
      rbac_role_01: [{ resource_type: 'connector', resource_id: 'mcpsrv_01ms', action: 'use' }],
    },
    settingsOf: {},
    settings: [
      { name: 'sso_enabled', type: 'boolean', value: true },
      { name: 'sso_claude_ai_enforced', type: 'boolean', value: true },
      { name: 'connector_tools_default_always_allow', type: 'boolean', value: false },
      {
        name: 'data_retention_periods',
        type: 'data_retention',
        value: { chat: { type: 'fixed', timescale: 'day', duration: 90 } },
      },
      { name: 'allowed_invite_domains', type: 'string_list', value: ['alder.example.org'] },
    ],
    apiKeys: [
      {
        type: 'compliance_api_key',
        id: 'apikey_01a',
        name: 'Bylaw',
        scopes: ['read:org_audit'],
        is_active: true,
        created_at: '2026-11-20T09:30:00Z',
        created_by_id: 'user_01mara',
        expires_at: null,
      },
    ],
    chats: [
      chatWith('claude_chat_01', '2026-11-23T10:00:00Z', 'Microsoft 365', 'outlook_email_search', false),
    ],
    projects: [
      project('claude_proj_01', 'Annual meeting', true, null),
      project('claude_proj_02', 'Member survey', false, null),
      project('claude_proj_03', 'Old drafts', true, '2026-09-01T10:00:00Z'),
    ],
    sessions: {
      local: [
        {
          session: {
            type: 'compliance_local_session',
            id: 'clls_01',
            organization_uuid: ORGANIZATION,
            workspace_id: null,
            user: { id: 'user_02tom', email_address: 'tom@alder.example.org' },
            product_surface: 'cowork',
            created_at: '2026-11-23T11:00:00Z',
          },
          messages: messagesWith('clsm_01', '2026-11-23T11:00:05Z', 'Salesforce', 'update_record', true),
        },
      ],
      remote: [],
    },
    analyticsUsers: {},
    analyticsConnectors: {},
    analyticsModels: {},
    summaries: {},
    recording: true,
  };
}

export function chatWith(id: string, at: string, connector: string, tool: string, failed: boolean) {
  return {
    chat: {
      id,
      name: WRITTEN,
      created_at: at,
      updated_at: at,
      deleted_at: null,
      href: `https://claude.ai/chat/${id}`,
      model: 'claude-opus-4-6',
      organization_uuid: ORGANIZATION,
      project_id: null,
      user: { id: 'user_01mara', email_address: 'mara@alder.example.org' },
    },
    messages: messagesWith(`${id}_msg`, at, connector, tool, failed),
  };
}

/** A question, a tool call with its input, the tool's result, and the answer. */
export function messagesWith(
  id: string,
  at: string,
  connector: string,
  tool: string,
  failed: boolean,
): Sample[] {
  const about = { integration_name: connector, mcp_server_url: 'https://mcp.example.org/x?token=hidden' };
  return [
    {
      id: `${id}_1`,
      role: 'user',
      created_at: at,
      content: [{ type: 'text', text: WRITTEN, truncated: false }],
    },
    {
      id: `${id}_2`,
      role: 'assistant',
      created_at: at,
      content: [
        { type: 'tool_use', id: `toolu_${id}`, name: tool, input: JSON.stringify({ q: WRITTEN }), ...about },
        {
          type: 'tool_result',
          tool_use_id: `toolu_${id}`,
          name: tool,
          content: [{ type: 'text', text: WRITTEN }],
          is_error: failed,
          ...about,
        },
        { type: 'text', text: WRITTEN, truncated: false },
      ],
    },
  ];
}

/** A day of usage. The split into reads and writes is null where the vendor has not enabled it. */
export function analyticsDay(split: boolean): { users: Sample[]; connectors: Sample[] } {
  return {
    users: [
      {
        user: { id: 'user_01mara', email_address: 'mara@alder.example.org', type: 'user' },
        last_activity_date: '2026-11-22',
        web_search_count: 1,
        chat_metrics: {
          message_count: 42,
          distinct_conversation_count: 6,
          distinct_connectors_used_count: 2,
          distinct_files_uploaded_count: 1,
        },
        cowork_metrics: { message_count: 3 },
      },
    ],
    connectors: [
      {
        connector_name: 'microsoft 365',
        connector_display_name: null,
        distinct_user_count: 1,
        read_call_count: split ? 212 : null,
        write_call_count: split ? 3 : null,
        unclassified_call_count: split ? 40 : null,
        chat_metrics: { distinct_conversation_connector_used_count: 88 },
        user_id: 'user_01mara',
      },
    ],
  };
}
