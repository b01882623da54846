import { clientsOf, type Person, staff } from '../client.ts';
import { charter, journal, peopleFiles } from '../documents.ts';
import { ENTERPRISE, event, feed } from '../enterprise.ts';
import { anywhere, file, is, never, noPass, reported, type Statement, says, silent } from '../model.ts';
import { cells, csv, yaml } from '../text.ts';

const client = clientsOf('activity');
const people = staff(20);
const base: Record<string, string> = peopleFiles(people);
const member = people[6] as Person;
const RECENT = event('Recent', '2026-11-23', 'claude_chat_viewed', { claude_chat_id: 'claude_chat_01A' });
const EARLY = event('Early', '2026-05-02', 'claude_chat_viewed', { claude_chat_id: 'claude_chat_01B' });

const fromFeed =
  (name: string) =>
  (events: readonly object[], statements: readonly Statement[], more: Record<string, string> = {}) =>
    client(name)({ ...base, 'feed.json': feed([RECENT, ...events, EARLY]), ...more }, statements, ENTERPRISE);

const exportOf = (id: string, day: string) =>
  event(id, day, 'org_data_export_started', { export_type: 'conversations' });

/** A field with two spellings says whether an inline check is on; the event itself says only "updated". */
const hooks = [
  { enabled: false },
  { is_enabled: false },
  { enabled: 'false' },
  { config: { enabled: false } },
].map((fields, n) =>
  fromFeed(`hooks-switched-off-${n + 1}`)(
    [event('Hook', '2026-11-20', 'inference_hooks_config_updated', fields)],
    [
      noPass('VIS-18', 'the configuration says that the check is off'),
      silent('VIS-18', /(?:is|was) set up/i, 'a check that is off is not set up'),
    ],
  ),
);

/** Someone attested that connectors are assigned to groups; a role or connector added later may be for everyone. */
const scoped = (type: string, more: object, states: readonly Statement[]) =>
  fromFeed(`connectors-by-group-then-${type}`)([event('Later', '2026-11-20', type, more)], states, {
    'attestations.yaml': yaml({
      attestations: [{ control: 'CLA-CON-27', holds: true, seen: '2026-11-10', by: staff(20)[0]?.name }],
    }),
  });

export const feedCases = [
  ...hooks,
  scoped('rbac_role_assigned', { role_id: 'r1', principal_type: 'group', principal_id: 'g1' }, [
    noPass('CON-27', 'a role was given to a group after it was seen'),
  ]),
  scoped('mcp_server_created', { mcp_server_id: 's1', mcp_server_name: 'QuickBooks' }, [
    noPass('CON-27', 'a connector came after it was seen'),
  ]),
  scoped('rbac_role_unassigned', { role_id: 'r1', principal_type: 'group', principal_id: 'g1' }, [
    is('CON-27', 'pass', 'it was seen, and nothing was given to more people since'),
  ]),
  fromFeed('hooks-removed')(
    [
      event('HookB', '2026-11-20', 'inference_hooks_config_deleted'),
      event('HookA', '2026-11-10', 'inference_hooks_config_updated', { enabled: true }),
    ],
    [noPass('VIS-18', 'the configuration was deleted')],
  ),
  fromFeed('hooks-failed-open')(
    [
      event('HookB', '2026-11-20', 'inference_hooks_request_failed_open'),
      event('HookA', '2026-11-10', 'inference_hooks_config_updated', { enabled: true }),
    ],
    [noPass('VIS-18', 'a prompt passed unchecked')],
  ),
  fromFeed('hooks-breaker-tripped')(
    [
      event('HookB', '2026-11-20', 'inference_hooks_circuit_breaker_tripped'),
      event('HookA', '2026-11-10', 'inference_hooks_config_updated', { enabled: true }),
    ],
    [noPass('VIS-18', 'the breaker stopped the checks')],
  ),
  fromFeed('one-export')(
    [exportOf('Export', '2026-11-18')],
    [...reported('VIS-16', 'fail', 'an export that nobody approved', /\b1 export/)],
  ),
  fromFeed('export-on-two-pages')(
    [exportOf('Export', '2026-11-18')],
    [
      says('VIS-16', /\b1 export/, 'the same event on two pages is one export'),
      silent('VIS-16', /\b2 exports/, 'the same event on two pages is one export'),
    ],
    {
      'feed page 2.json': feed([
        exportOf('Export', '2026-11-18'),
        event('Older', '2026-11-01', 'claude_chat_viewed'),
      ]),
    },
  ),
  fromFeed('export-approved')(
    [exportOf('Export', '2026-11-18')],
    [never('VIS-16', ['fail'], 'the export was approved')],
    {
      'journal.yaml': journal(people, {
        approvedExports: [{ on: '2026-11-18', by: people[0]?.name, reason: 'Audit' }],
      }),
    },
  ),
  fromFeed('one-odd-event')(
    [exportOf('Export', '2026-11-18'), { id: 'activity_01Odd', created_at: { at: 'yesterday' }, type: 7 }],
    [
      is('VIS-16', 'fail', 'the events that can be read are read'),
      file('feed.json', 'taken', 'the event that cannot be read is named', /Odd|row|created_at/i),
    ],
  ),
  fromFeed('unknown-type')(
    [event('New', '2026-11-18', 'org_quantum_mode_enabled', { level: 3 })],
    [file('feed.json', 'taken', 'an event of a new type is taken along')],
  ),
  fromFeed('compliance-api-off')(
    [
      event('Off', '2026-11-20', 'org_compliance_api_settings_updated', {
        compliance_api_enabled: false,
        compliance_api_logging_enabled: false,
      }),
    ],
    [is('VIS-04', 'fail', 'the Compliance API was switched off')],
  ),
  fromFeed('domain-guard-off')(
    [event('Guard', '2026-11-20', 'org_connector_domain_guard_updated', { enforced: false })],
    [is('CON-20', 'fail', 'the rule was switched off')],
  ),
  fromFeed('domain-guard-on')(
    [event('Guard', '2026-11-20', 'org_connector_domain_guard_updated', { enforced: true })],
    [is('CON-20', 'pass', 'the rule was switched on')],
  ),
  fromFeed('domain-guard-unstated')(
    [event('Guard', '2026-11-20', 'org_connector_domain_guard_updated')],
    [noPass('CON-20', 'the event does not say on or off')],
  ),
  fromFeed('telemetry-endpoint-removed')(
    [
      event('Otlp', '2026-11-20', 'org_cowork_otlp_settings_updated', {
        new_otlp_endpoint: null,
        previous_otlp_endpoint: 'https://collect.teasel.example.org',
      }),
    ],
    [noPass('VIS-06', 'the endpoint was removed')],
    { 'charter.yaml': charter(people, { telemetry: { endpoint: 'https://collect.teasel.example.org' } }) },
  ),
  fromFeed('domain-removed-after-verified')(
    [
      event('Gone', '2026-11-20', 'org_domain_removed', { domain: 'teasel.example.org' }),
      event('Verified', '2026-09-10', 'org_domain_verified', { domain: 'teasel.example.org' }),
    ],
    [noPass('ACC-10', 'the domain was removed after it was verified')],
  ),
  fromFeed('invite-link-made-again')(
    [
      event('LinkB', '2026-11-20', 'org_invite_link_regenerated'),
      event('LinkA', '2026-11-10', 'org_invite_link_disabled'),
    ],
    [noPass('ACC-12', 'a link was made after it was switched off')],
  ),
  fromFeed('cowork-always-allow')(
    [event('Always', '2026-11-20', 'org_cowork_mcp_always_allow_enabled')],
    [noPass('CON-18', 'always allow was switched on')],
  ),
  fromFeed('action-opened')(
    [
      event('Policy', '2026-11-20', 'mcp_tool_policy_updated', {
        mcp_server_id: 'mcpsrv_01O',
        mcp_server_name: 'Microsoft 365 Outlook',
        tool_name: 'outlook_send_mail',
        max_permission: 'allow',
      }),
    ],
    [...reported('CON-14', 'fail', 'an action that sends was opened and nobody approved it', /send/i)],
  ),
  fromFeed('connector-added')(
    [
      event('Server', '2026-11-20', 'mcp_server_created', {
        mcp_server_id: 'mcpsrv_01D',
        mcp_server_name: 'Dropbox',
      }),
    ],
    [
      anywhere(/Dropbox/, 'a connector was added that nobody approved'),
      noPass('CON-04', 'a connector was added that nobody approved'),
    ],
  ),
  fromFeed('admins-invited-for-the-set-up')(
    [
      event('InvB', '2026-09-15', 'org_user_invite_sent', {
        invited_email: people[5]?.email,
        invited_role: 'user',
      }),
      event('InvA', '2026-09-02', 'org_user_invite_sent', {
        invited_email: people[2]?.email,
        invited_role: 'membership_admin',
      }),
      event('InvO', '2026-09-01', 'org_user_invite_sent', {
        invited_email: people[1]?.email,
        invited_role: 'owner',
      }),
    ],
    [
      never('OPS-13', ['fail'], 'who sets Claude up has to be in it first'),
      never('CON-03', ['fail'], 'who sets Claude up has to be in it first'),
      silent('OPS-13', (people[1] as Person).email, 'an Owner is not invited too early'),
    ],
  ),
  fromFeed('member-invited-before-lockdown')(
    [
      event('InvA', '2026-09-05', 'org_user_invite_sent', {
        invited_email: people[5]?.email,
        invited_role: 'user',
      }),
    ],
    [
      noPass('CON-03', 'a member was invited before the catalog was locked down'),
      noPass('OPS-13', 'a member was invited before the steps were done'),
    ],
  ),
  fromFeed('work-at-night')(
    [1, 2, 3, 4].map((n) =>
      event(
        `Night${n}`,
        `2026-11-1${n + 6}T07:1${n}:00Z`,
        'claude_chat_created',
        { claude_chat_id: `claude_chat_0${n}` },
        member.email,
      ),
    ),
    [
      anywhere(
        new RegExp(
          `(?:outside|normal hours|night)[^]{0,400}${member.email}|${member.email}[^]{0,400}(?:outside|normal hours|night)`,
          'i',
        ),
        'someone worked four nights at two o’clock',
      ),
    ],
  ),
  fromFeed('key-by-an-unknown-person')(
    [
      event(
        'Key',
        '2026-11-20',
        'admin_api_key_created',
        { admin_api_key_id: 'apikey_01X', scopes: ['read:members'] },
        'stranger@other.example',
      ),
    ],
    [anywhere('stranger@other.example', 'a stranger made a key')],
  ),
  client('audit-log')(
    {
      ...base,
      'audit.csv': csv([
        cells`created_at|actor_info|event|event_info|entity_info|ip_address|device_id|user_agent|client_platform`,
        cells`2026-11-23T15:04:05.123456Z|{'name': 'Adele Abbott', 'uuid': 'abc-1', 'metadata': {'email_address': 'adele.abbott@teasel.example.org'}}|conversation_created|{}|{}|192.0.2.3||Mozilla/5.0|`,
        cells`2026-11-18T15:04:05.123456Z|{'name': 'Reece O'Sullivan', 'uuid': 'abc-2', 'metadata': {'email_address': 'reece@teasel.example.org'}}|org_data_export_started|{}|{}|192.0.2.3||Mozilla/5.0|`,
        cells`2026-06-01T15:04:05.123456Z|{'name': 'Adele Abbott', 'uuid': 'abc-1', 'metadata': {'email_address': 'adele.abbott@teasel.example.org'}}|conversation_created|{}|{}|192.0.2.3||Mozilla/5.0|`,
      ]),
    },
    [...reported('VIS-16', 'fail', 'an export that nobody approved', /reece|O'Sullivan/i)],
    ENTERPRISE,
  ),
];
