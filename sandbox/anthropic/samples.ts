import type { ActivityTypes } from '../../src/domain/model/activity-types.ts';

export type Sample = Record<string, unknown>;

export const ORGANIZATION = 'abcdef01-2345-6789-abcd-ef0123456789';
const ORGANIZATION_ID = 'org_01Wv6QeBcDfGhJkLmNpQrSt8';

/** Every documented kind of actor, and one unknown kind. */
export const ACTORS: readonly Sample[] = [
  {
    type: 'user_actor',
    email_address: 'Mara@alder.example.org',
    user_id: 'user_01mara',
    ip_address: '192.0.2.34',
    user_agent: 'Mozilla/5.0',
  },
  { type: 'api_actor', api_key_id: 'apikey_01a', ip_address: '192.0.2.35', user_agent: 'curl/8' },
  { type: 'admin_api_key_actor', admin_api_key_id: 'apikey_01b', ip_address: null, user_agent: null },
  {
    type: 'unauthenticated_user_actor',
    unauthenticated_email_address: 'someone@alder.example.org',
    ip_address: '198.51.100.7',
    user_agent: 'Mozilla/5.0',
  },
  { type: 'anthropic_actor', email_address: null },
  {
    type: 'scim_directory_sync_actor',
    workos_event_id: 'event_1',
    directory_id: 'directory_1',
    idp_connection_type: 'AzureSCIMV2',
  },
  { type: 'system_actor', service: 'billing' },
  { type: 'service_account_actor', service_account_id: 'svc_1', ip_address: null, user_agent: null },
  {
    type: 'federated_identity_actor',
    issuer: 'https://idp.example.org',
    subject: 'workload-1',
    audience: ['https://api.anthropic.com'],
    ip_address: null,
    user_agent: null,
  },
  {
    type: 'federated_actor',
    provider: { type: 'azure', subscription_id: 'sub-1' },
    subject: 'principal-1',
    ip_address: null,
    user_agent: null,
  },
  {
    type: 'attested_device_actor',
    external_client_id: 'device-1',
    kid_hash: 'hash-1',
    ip_address: null,
    user_agent: null,
  },
  { type: 'quantum_actor', entanglement_id: 'q-1' },
];

/** Text that must never appear in a log. It is the value of every field that can hold text by people or by Claude. */
export const WRITTEN = 'Dear Jane, your membership lapsed';

/** One activity of each documented type, and one of an undocumented type. */
export function sampleOfEachType(files: readonly ActivityTypes[], from: Date, stepMs = 1000): Sample[] {
  const types = files.flatMap((file) => Object.entries(file.types));
  return [...types, ['claude_from_the_future', { fields: ['answer'] }] as const].map(([type, info], at) => {
    const sample: Sample = {
      id: `activity_${String(at).padStart(6, '0')}`,
      created_at: new Date(from.getTime() + at * stepMs).toISOString(),
      organization_id: at % 17 === 0 ? null : ORGANIZATION_ID,
      organization_uuid: at % 17 === 0 ? null : ORGANIZATION,
      actor: ACTORS[at % ACTORS.length],
      type,
    };
    const withheld = 'withheld' in info ? (info.withheld ?? []) : [];
    for (const field of info.fields ?? [])
      sample[field] = withheld.includes(field) ? WRITTEN : sampleValue(field, type);
    return sample;
  });
}

/** A plausible value for a field. */
function sampleValue(field: string, type: string): unknown {
  if (field === 'updates') return [{ type: 'memory', current_value: true, previous_value: false }];
  if (field === 'outcome') return 'success';
  if (field === 'mcp_server_name') return 'Microsoft 365';
  if (field === 'tool_name') return 'outlook_email_search';
  if (field === 'max_permission') return 'allow';
  if (field === 'integration_type' || field === 'provider') return 'gdrive';
  if (field.startsWith('compliance_api_')) return true;
  if (field === 'audience') return [{ type: 'organization' }];
  if (/email$/.test(field)) return 'nina@alder.example.org';
  if (/_ids$|scopes$|mappings$|^keys_|members$/.test(field)) return ['one', 'two'];
  if (/count$|_usd$|_ms$|seats$|quantity$|^port$|^hour$|amount$/.test(field)) return 3;
  if (/^is_|enabled$|enforced$|truncated$|updated$|_unknown$|^deleted_|^can_/.test(field)) return true;
  return `${field} of ${type}`.slice(0, 60);
}

/** A feed of any length, generated on demand: activities of an ordinary organization, by default one per second. */
export function ordinaryFeed(length: number, from: Date, everyMs = 1000) {
  const begin = from.getTime();
  const people = Array.from({ length: 200 }, (_, n) => ({
    type: 'user_actor',
    email_address: `person${n}@alder.example.org`,
    user_id: `user_${n}`,
    ip_address: `192.0.2.${n % 250}`,
    user_agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
  }));
  const kinds = ['claude_chat_created', 'claude_chat_viewed', 'claude_file_uploaded', 'sso_login_succeeded'];
  return {
    length,
    timeAt: (at: number) => begin + at * everyMs,
    at: (at: number): Sample => {
      const number = String(at).padStart(9, '0');
      return {
        id: `activity_01${number}`,
        created_at: new Date(begin + at * everyMs).toISOString(),
        organization_id: ORGANIZATION_ID,
        organization_uuid: ORGANIZATION,
        actor: people[(at * 7919) % people.length],
        type: kinds[at % kinds.length],
        claude_chat_id: `claude_chat_${number}`,
        claude_project_id: null,
      };
    },
    indexOf: (id: string) => {
      const at = Number(/^activity_01(\d{9})$/.exec(id)?.[1] ?? -1);
      return at >= 0 && at < length ? at : -1;
    },
  };
}
