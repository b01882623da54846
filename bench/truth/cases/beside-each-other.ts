import { type Person, staff } from '../client.ts';
import { journal, rosterCsv } from '../documents.ts';
import { apiKey, event, feed, ORGANIZATION, SETTINGS, settings } from '../enterprise.ts';
import { file, is, noPasses, reported, type Statement } from '../model.ts';
import { association, at, outsideCase } from '../outside.ts';
import { connectorTable } from '../tables.ts';
import { csv, plus, yaml } from '../text.ts';

/** Pairs of documents that are fine individually and contradict each other. */

const DOMAIN = 'larkmoor.example.org';
const { profile, charter, files } = association('Larkmoor Council', DOMAIN, 11);
const people = staff(11, DOMAIN);
const by = at(people, 1).name;

const team = (
  name: string,
  more: Record<string, string>,
  statements: readonly Statement[],
  saved: Record<string, string> = {},
) => outsideCase(name)(files(more), statements, { profile: profile(), saved });

/** Attestations that something is not so. */
const seenOtherwise = (seen: string, controls: string) => ({
  'attestations.yaml': yaml({
    attestations: controls.split(' ').map((id) => ({ control: `CLA-${id}`, holds: false, seen, by })),
  }),
});
const policy = (owner: Person) => ({
  version: 'v3',
  published: '2026-09-12',
  approvedBy: owner.name,
  contact: `help@${DOMAIN}`,
  employmentAgreementClause: '2026-10-01',
});
const DECIDED = {
  ams: {
    name: 'Nimble AMS',
    methods: ['custom_mcp'],
    privateNetwork: true,
    egressAllowlisted: '2026-10-01',
  },
  policy: policy(at(people, 0)),
};
const WRITTEN = {
  'charter.yaml': charter(DECIDED),
  'journal.yaml': journal(people, { defaultConnectorsRemoved: { on: '2026-10-01', by } }),
};
const BY_DOCUMENTS = 'CON-05 CON-24 VIS-15 POL-09';

const OUTLOOK = 'Microsoft 365 (Outlook)';
/** Permissions of the charter's connector, and the same with an action open that the charter blocks. */
const ROWS = [
  'Search email|Always allow',
  'Read email|Always allow',
  'Send email|Blocked',
  'Create rules|Blocked',
  'Delete|Blocked',
  'All other actions|Blocked',
].map((line) => [OUTLOOK, ...line.split('|')]);
const CLOSED = connectorTable(ROWS);
const OPEN = connectorTable(
  ROWS.map((row) => (row[1] === 'Send email' ? [OUTLOOK, 'Send email', 'Always allow'] : row)),
);

/** A client on Enterprise with two months of feed, to which events are added, and a connectors table of November 17. */
const LOGGED = Array.from({ length: 66 }, (_, n) => plus('2026-09-20', n)).map((day, n) =>
  event(`s${n}`, day, n % 2 ? 'sso_login_succeeded' : 'claude_chat_created', {}, at(people, n % 11).email),
);
const happened = (day: string, type: string, more: object = {}) => event(`x${type}`, day, type, more);
const logged = (
  name: string,
  events: readonly object[],
  statements: readonly Statement[],
  more: Record<string, string> = {},
) =>
  outsideCase(name)(
    {
      ...files({
        'charter.yaml': charter({ claudeOrganization: ORGANIZATION }),
        'connectors.csv': CLOSED,
        ...more,
      }),
      'feed.json': feed([...LOGGED, ...events]),
    },
    statements,
    { profile: profile({ claudePlan: 'enterprise', m365: 'e5' }), saved: { 'connectors.csv': '2026-11-17' } },
  );
const opened = happened('2026-11-20', 'mcp_tool_policy_updated', {
  mcp_server_id: 'mcp_1',
  mcp_server_name: OUTLOOK,
  tool_name: 'Send email',
  max_permission: 'allow',
});
const settingsOf = (organization: string) =>
  JSON.stringify({
    ...JSON.parse(settings({ ...SETTINGS, allowed_invite_domains: [DOMAIN] })),
    organization_id: organization,
  });
const ANOTHER = '11111111-2222-4333-8444-555555555555';

export const besideEachOther = [
  ...(
    [
      ['gitlab_configuration_created', {}],
      ['ghe_configuration_created', { hostname: 'code.example.net' }],
      ['claude_project_sync_source_created', { provider: 'confluence' }],
      ['mcp_server_managed_auth_updated', { mcp_server_id: 'mcp_9', mcp_server_name: 'Zapier' }],
    ] as const
  ).map(([type, more]) =>
    logged(
      `${type}-beside-a-table`,
      [happened('2026-11-20', type, more)],
      noPasses('the table does not list what the events show to be there', 'CON-04 CON-06 CON-09 CON-10'),
    ),
  ),
  logged(
    'a-table-and-no-event-of-a-connector',
    [],
    [...['CON-04', 'CON-09', 'CON-10', 'CON-14'].map((id) => is(id, 'pass', 'nothing has changed'))],
  ),
  logged(
    'a-changed-permission-that-names-no-tool',
    [
      happened('2026-11-10', 'mcp_tool_policy_updated', {
        mcp_server_name: OUTLOOK,
        max_permission: 'allow',
      }),
    ],
    noPasses('which permission was changed is not known', 'CON-14'),
  ),
  logged(
    'a-connector-for-a-day-removed-by-its-id',
    [
      happened('2026-11-03', 'mcp_server_created', { mcp_server_id: 'mcp_9', mcp_server_name: 'Zapier' }),
      happened('2026-11-04', 'mcp_server_deleted', { mcp_server_id: 'mcp_9' }),
    ],
    reported('CON-14', 'fail', 'nobody approved it', 'Zapier'),
  ),
  logged(
    'opened-in-a-feed-of-one-organization-of-two',
    [opened],
    noPasses('the events of ours show it open', 'CON-09 CON-10 CON-14'),
    { 'settings-1.json': settingsOf(ORGANIZATION), 'settings-2.json': settingsOf(ANOTHER) },
  ),
  team(
    'open-only-in-a-table-in-between',
    { 'october.csv': CLOSED, 'early.csv': OPEN, 'now.csv': `${CLOSED}\n` },
    reported('CON-14', 'fail', 'it was widened for a while', 'Send email'),
    { 'october.csv': '2026-10-20', 'early.csv': '2026-11-05', 'now.csv': '2026-11-17' },
  ),
  team(
    'open-again-in-the-same-bytes',
    { 'october.csv': OPEN, 'early.csv': CLOSED, 'now.csv': OPEN },
    [
      ...noPasses('the newest table shows it open again', 'CON-09 CON-10'),
      file('now.csv', 'taken', 'why it is in doubt is said', /saved after early\.csv/),
    ],
    { 'october.csv': '2026-10-20', 'early.csv': '2026-11-05', 'now.csv': '2026-11-17' },
  ),
  team(
    'a-connector-since-leadership-was-told',
    {
      'journal.yaml': journal(people, { explainedToLeadership: { on: '2026-10-30', by } }),
      'october.csv': CLOSED,
      'now.csv': connectorTable([...ROWS, ['Asana', 'All actions', 'Blocked']]),
    },
    reported('CON-31', 'cannot_read', 'it was not there when they were told', 'Asana'),
    { 'october.csv': '2026-11-02', 'now.csv': '2026-11-17' },
  ),
  team(
    'written-down-and-seen-otherwise-since',
    { ...WRITTEN, ...seenOtherwise('2026-11-05', BY_DOCUMENTS) },
    noPasses('whoever looked since then saw that it is not so', BY_DOCUMENTS),
  ),
  team(
    'seen-otherwise-and-mended-since',
    { ...WRITTEN, ...seenOtherwise('2026-09-20', 'CON-05 CON-24 POL-09') },
    'CON-05 CON-24 POL-09'.split(' ').map((id) => is(id, 'pass', 'it was done after that')),
  ),
  logged(
    'invited-before-the-policy-to-nobody-knows-what',
    [
      happened('2026-09-01', 'org_user_invite_re_sent', {
        invited_email: at(people, 6).email,
        invited_role: 'viewer',
      }),
    ],
    noPasses('whoever was invited may be staff, and the policy came later', 'POL-01'),
  ),
  logged(
    'an-extension-and-an-export-without-a-name',
    [
      happened('2026-11-20', 'desktop_extension_allowlisted'),
      happened('2026-11-19', 'org_insights_exported'),
      happened('2026-11-23', 'platform_api_key_updated', { api_key_id: 'apikey_07', updates: [] }),
    ],
    noPasses('what it was is not known', 'CON-15 VIS-16 VIS-17'),
    {
      'settings.json': settings({ ...SETTINGS, allowed_invite_domains: [DOMAIN] }, [
        apiKey('apikey_07', 'Old', { is_active: false }),
      ]),
    },
  ),
  outsideCase('a-log-of-half-a-year-of-another-client')(
    {
      ...files(),
      'audit_log.csv': csv([
        ['created_at', 'event', 'actor_info', 'ip_address'],
        ...Array.from({ length: 180 }, (_, n) => plus('2026-05-28', n)).map((day, n) => [
          `${day}T14:03:11Z`,
          n % 2 ? 'user_signed_in_sso' : 'conversation_created',
          `{'metadata': {'email_address': '${at(people, n % 11).email.replace(DOMAIN, 'elsewhere.example.com')}'}}`,
          '192.0.2.10',
        ]),
      ]),
    },
    noPasses('it is not ours', 'VIS-05 VIS-16'),
    { profile: profile({ claudePlan: 'enterprise', m365: 'e5' }) },
  ),
  team(
    'decided-with-names-that-say-nothing',
    {
      'staff.csv': rosterCsv(people, { [at(people, 8).email]: '2026-10-02' }),
      'charter.yaml': charter({
        policy: { ...policy(at(people, 0)), contact: `${at(people, 8).name}, +1 202 555 0133` },
        network: { blockClaude: true, allowlistForManagedDevices: 'TBD' },
      }),
      'journal.yaml': journal(people, {
        networkBlockProbe: { on: '2026-11-10', by, guestNetwork: 'blocked', managedDevice: 'allowed' },
      }),
    },
    [is('POL-04', 'fail', 'nobody answers there'), ...noPasses('no list is described', 'SHA-10')],
  ),
  team(
    'two-rosters-beside-a-number-in-the-profile',
    {
      'staff.csv': rosterCsv(people),
      'staff (2).csv': rosterCsv([...people, ...staff(15, DOMAIN).slice(11)]),
    },
    noPasses('which roster counts is not known, and one lists more people', 'SHA-11'),
  ),
  team(
    'an-action-that-nobody-classified-in-the-table',
    { 'connectors.csv': connectorTable([...ROWS, [OUTLOOK, 'Impersonate', 'Blocked']]) },
    reported('CON-02', 'cannot_read', 'what it does is not stated', 'Impersonate'),
  ),
];
