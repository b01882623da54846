import { profile } from '../client.ts';
import {
  counts,
  file,
  is,
  lists,
  noPass,
  noPasses,
  nowhere,
  reported,
  says,
  silent,
  unlisted,
} from '../model.ts';
import { outsideCase } from '../outside.ts';
import { cells, csv, yaml } from '../text.ts';

const OLD = 'ruralclinics.example.org';
const NEW = 'ruralcarealliance.example.org';
const MID = 'midplainshealth.example.org';
const TEAM_ORG = 'cccc1111-2222-4333-8444-555566667777';
const ENTERPRISE_ORG = 'dddd1111-2222-4333-8444-555566667777';

/** name now|former family name|address now|address before|status|last day|role */
const PEOPLE = `Abigail Thornton||abigail.thornton@${NEW}|athornton@${OLD}|Active||primary_owner
Bashir Karimi||bashir.karimi@${NEW}|bkarimi@${OLD}|Active||owner
Clara Voss|Hendricks|clara.voss@${NEW}|chendricks@${OLD}|Active||user
Dmitri Sokolov||dmitri.sokolov@${NEW}|dsokolov@${OLD}|Active||user
Elena Marsh|Ibáñez|elena.marsh@${NEW}|eibanez@${OLD}|Active||user
Frank Oduya||frank.oduya@${NEW}|foduya@${OLD}|Separated|2026-10-23|user
Greta Halvorsen||greta.halvorsen@${NEW}|greta@${MID}|Active||user
Hamid Reza||hamid.reza@${NEW}|hamid@${MID}|Active||
Ingrid Paulsen|Moe|ingrid.paulsen@${NEW}|ingrid.moe@${MID}|Active||user
John Smith||john.smith@${NEW}|jsmith@${OLD}|Active||user
John Smith||john.smith2@${NEW}|john.smith@${MID}|Separated|2026-11-06|
Karen Lund||karen.lund@${NEW}|klund@${OLD}|Active||membership_admin`
  .split('\n')
  .map((line, n) => {
    const [name = '', former = '', email = '', before = '', status = '', left = '', role = ''] =
      line.split('|');
    return { n, name, former, email, before, status, left, role };
  });

const roster = csv([
  cells`Employee Name|Former last name|Email (primary)|Previous email|Employment status|Separation date|Legacy organization`,
  ...PEOPLE.map((one) => [
    one.name,
    one.former,
    one.email,
    one.before,
    one.status,
    one.left,
    one.before.endsWith(MID) ? 'MidPlains' : 'ARC',
  ]),
]);

/** The Team plan's members, exported before the move. */
const teamMembers = csv([
  cells`Name|Email|Role|Seat tier|Status`,
  ...PEOPLE.filter((one) => one.before.endsWith(OLD)).map((one) => [
    one.former ? `${one.name.split(' ')[0]} ${one.former}` : one.name,
    one.before,
    one.role === 'primary_owner' ? 'Primary Owner' : one.role === 'owner' ? 'Owner' : 'Member',
    'Standard',
    'Active',
  ]),
  cells`Temp Intern|intern@${OLD}|Member|Standard|Active`,
]);

const users = JSON.stringify({
  data: [
    ...PEOPLE.filter((one) => one.role !== '').map((one) => ({
      type: 'user',
      id: `user_01e${one.n}`,
      email: ['Elena Marsh', 'Dmitri Sokolov'].includes(one.name) ? one.before : one.email,
      name: one.name === 'Elena Marsh' ? 'Elena Ibáñez' : one.name,
      role: one.role,
      added_at: '2026-11-09T15:00:00Z',
    })),
    {
      type: 'user',
      id: 'user_01e90',
      email: `john.smith@${MID}`,
      name: 'John Smith',
      role: 'user',
      added_at: '2026-11-10T15:00:00Z',
    },
    {
      type: 'user',
      id: 'user_01e91',
      email: `scheduling@${NEW}`,
      name: 'Scheduling',
      role: 'user',
      added_at: '2026-11-10T15:00:00Z',
    },
  ],
  has_more: false,
  first_id: 'user_01e0',
  last_id: 'user_01e91',
});

const row = (at: string, name: string, email: string, event: string, info = '{}', entity = '{}') => [
  at,
  `{'name': '${name}', 'uuid': 'u-1', 'metadata': {'email_address': '${email}'}}`,
  event,
  info,
  entity,
  '192.0.2.9',
  '',
  'Mozilla/5.0',
  '',
];
const audit = csv([
  cells`created_at|actor_info|event|event_info|entity_info|ip_address|device_id|user_agent|client_platform`,
  row(
    '2026-11-20T15:00:00.123Z',
    "Reece O'Sullivan",
    `bashir.karimi@${NEW}`,
    'org_domain_verified',
    `{'domain': '${NEW}'}`,
  ),
  row(
    '2026-11-18T15:00:00.123Z',
    'Abigail Thornton',
    `abigail.thornton@${NEW}`,
    'org_data_export_started',
    "{'export_type': 'conversations'}",
  ),
  row('2026-11-16T10:00:00.000Z', 'John Smith', `john.smith@${MID}`, 'user_signed_in_google'),
  row(
    '2026-11-10T15:00:00.000Z',
    'Abigail Thornton',
    `abigail.thornton@${NEW}`,
    'org_user_invite_sent',
    `{'invited_email': 'john.smith@${MID}', 'invited_role': 'user'}`,
  ),
  row(
    '2026-11-09T12:00:00.000Z',
    'Abigail Thornton',
    `abigail.thornton@${NEW}`,
    'org_sso_connection_activated',
  ),
]);

const settings = (id: string, enforced: boolean, domains: string[]) =>
  JSON.stringify({
    type: 'effective_organization_settings',
    organization_id: id,
    settings: [
      { name: 'sso_enabled', type: 'boolean', value: true },
      { name: 'sso_claude_ai_enforced', type: 'boolean', value: enforced },
      { name: 'sso_provisioning_mode', type: 'provisioning_mode', value: 'scim_permissive' },
      { name: 'directory_sync_enabled', type: 'boolean', value: true },
      { name: 'allowed_invite_domains', type: 'string_list', value: domains },
      { name: 'connector_tools_default_always_allow', type: 'boolean', value: false },
      { name: 'desktop_extension_allowlist_enabled', type: 'boolean', value: true },
      {
        name: 'data_retention_periods',
        type: 'data_retention',
        value: { chat: { type: 'fixed', timescale: 'month', duration: 6 }, project: { type: 'indefinite' } },
      },
    ],
    api_keys: [],
  });

const spend = csv([
  cells`Email|Product|Model|total_requests|total_net_spend_usd|Period start|Period end`,
  cells`chendricks@${OLD}|Claude|claude-opus-4-6|900|41.00|2026-09-01|2026-09-30`,
]);

const acknowledged = csv([
  cells`Name|Email|Document|Version|Acknowledged`,
  ...PEOPLE.filter((one) => !['Hamid Reza', 'Karen Lund'].includes(one.name)).map((one) => [
    one.name,
    one.before,
    'Claude acceptable use policy',
    one.before.endsWith(MID) ? '1' : '2',
    one.before.endsWith(MID) ? '2026-06-02' : '2026-11-06',
  ]),
]);

function migrating() {
  return outsideCase('from-team-to-enterprise-after-a-merger')(
    {
      'HR/people after merger.csv': roster,
      'old Team/members export 2026-09-15.csv': teamMembers,
      'old Team/spend 2026-09.csv': spend,
      'Enterprise/users.json': users,
      'Enterprise/audit log.csv': audit,
      'Enterprise/settings.json': settings(ENTERPRISE_ORG, true, [NEW, MID]),
      'Enterprise/settings (pilot).json': settings(TEAM_ORG, false, [OLD]),
      'policy/acks.csv': acknowledged,
      'dns.txt': `;; QUESTION SECTION:\n;${OLD}.\tIN\tTXT\n\n;; ANSWER SECTION:\n${OLD}.\t300\tIN\tTXT\t"anthropic-domain-verification-q1=aa"\n\n;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 2\n;; QUESTION SECTION:\n;${NEW}.\tIN\tTXT\n\n;; ANSWER SECTION:\n${NEW}.\t300\tIN\tTXT\t"anthropic-domain-verification-q2=bb"\n`,
      'charter.yaml': yaml({
        version: 2,
        inForceSince: '2026-11-05',
        approvedBy: ['Abigail Thornton', 'Karen Lund'],
        claudeOrganization: ENTERPRISE_ORG,
        accountOwner: `abigail.thornton@${NEW}`,
        recoveryPlan: 'Bashir is second owner',
        owners: [`athornton@${OLD}`, `bkarimi@${OLD}`],
        admins: [`klund@${OLD}`],
        inviteDomains: [NEW, MID],
        seatsFor: 'everyone',
        provisioning: 'scim',
        ssoRequired: true,
        governanceOwner: { name: 'Bashir Karimi', email: `bkarimi@${OLD}` },
        governanceDeputy: { name: 'Clara Hendricks', email: `chendricks@${OLD}` },
        connectors: [],
        desktopExtensions: [],
        localMcpAllowed: false,
        claudeInChromeAllowed: false,
        approvedApiKeys: [],
        chatRetentionDays: 180,
        auditRetentionDays: 180,
        exceptions: [],
        domainCapture: { capture: true, on: '2026-11-05', by: 'Bashir Karimi', approvedBy: 'Bashir Karimi' },
        policy: {
          version: '2',
          published: '2026-11-04',
          approvedBy: 'Board',
          contact: `it@${NEW}`,
          clauses: ['purpose'],
          noticeCovers: ['usage', 'connectors', 'sign-ins'],
        },
      }),
      'journal.yaml': yaml({
        lockdown: { on: '2026-05-11', by: 'Bashir Karimi', note: 'on the Team organization' },
        firstInvitation: '2026-11-09',
        offboardings: [
          {
            email: `foduya@${OLD}`,
            lastDay: '2026-10-23',
            entraDisabled: '2026-10-23',
            mfaRevoked: '2026-10-23',
            claudeRemoved: '2026-10-23',
            connectorsRevoked: '2026-10-23',
            projectsHandedOver: '2026-10-23',
          },
        ],
        approvedExports: [
          {
            on: '2026-09-18',
            by: 'Karen Lund',
            email: `athornton@${OLD}`,
            of: 'organization_data',
            reason: 'Before the move',
          },
        ],
        incidents: [],
        reviews: [
          {
            kind: 'quarterly',
            on: '2026-10-01',
            by: 'Bashir Karimi',
            areas: [
              'connectors',
              'user_access',
              'personal_accounts',
              'usage',
              'permission_changes',
              'm365_permissions',
            ],
          },
        ],
      }),
    },
    [
      counts('staff', 10, 'twelve less two who left'),
      counts(
        'members',
        12,
        'ten of today and before, one Smith more and a mailbox; the Team list is of before',
      ),
      ...reported('ACC-07', 'fail', 'two leavers hold seats', /oduya/i, /john\.smith@midplains/i),
      lists('leavers', [`frank.oduya@${NEW}`, `john.smith@${MID}`], 'by their addresses now and before'),
      silent('ACC-07', /john\.smith@ruralcare/i, 'the John Smith who stays'),
      silent('ACC-07', /marsh|ibáñez|sokolov|voss/i, 'new names and old addresses of staff'),
      unlisted('notOnRoster', `eibanez@${OLD}`, 'Elena Marsh under her former name'),
      unlisted('notOnRoster', `dsokolov@${OLD}`, 'his address before'),
      ...reported('ACC-20', 'fail', 'one of the merged staff has no seat', /hamid/i),
      silent('ACC-20', /voss|marsh|sokolov/i, 'they hold one'),
      ...reported('ACC-08', ['fail', 'cannot_read'], 'a mailbox', /scheduling@/),
      is('ACC-02', 'pass', 'a Primary Owner and an owner'),
      is('ACC-04', 'pass', 'approved under their addresses of before'),
      is('ACC-18', 'pass', '12 of 12'),
      noPass('ACC-10', 'MidPlains was not looked up'),
      silent('ACC-10', /ruralclinics[^.]*no verification/i, 'verified'),
      noPass('ACC-14', 'the pilot does not enforce it'),
      noPass('ACC-15', 'two leavers hold seats'),
      noPass('ACC-17', 'the same person decided and approved'),
      noPass('CON-03', 'the lockdown was on another organization, which is not this one'),
      noPass('VIS-16', 'an export in November that nobody approved'),
      ...reported('VIS-16', ['fail', 'cannot_read'], 'an export nobody expected', /thornton/i),
      noPass('VIS-05', 'the log begins in November'),
      says('VIS-14', /projects without limit/, 'projects are kept without end'),
      ...reported('VIS-10', ['fail', 'cannot_read', 'not_applicable'], 'a sign-in past single sign-on'),
      noPasses('figures of the old plan', 'VIS-01 VIS-03 VIS-08'),
      ...reported(
        'POL-03',
        'fail',
        'merged staff signed version 1; some nothing',
        /halvorsen/i,
        /paulsen/i,
        /lund/i,
      ),
      silent('POL-03', /voss|sokolov|karimi/i, 'signed version 2 under their address of before'),
      ...reported(
        'OPS-05',
        'fail',
        'the seat is still held though the journal says removed; the second Smith has no entry',
        /oduya/i,
      ),
      is('OPS-02', 'pass', 'both work here; she has another name'),
      noPass('OPS-07', 'no day is set'),
      noPass('CON-33', 'unknown'),
      noPass('POL-02', 'clauses'),
      noPass('SHA-02', 'no report'),
      file('old Team/members export 2026-09-15.csv', ['replaced', 'ignored'], 'of before'),
      file('Enterprise/users.json', 'taken', 'the members now'),
      file('Enterprise/audit log.csv', 'taken', 'Python literals'),
      nowhere(/intern@ruralclinics/, 'the intern is in no list of today'),
      file('HR/people after merger.csv', 'taken', 'the roster'),
    ].flat(),
    {
      profile: profile({
        name: 'Rural Care Alliance',
        domains: [NEW, OLD, MID],
        claudePlan: 'enterprise',
        claudeSeats: 12,
        m365: 'business_premium',
        staffCount: 10,
        timezone: 'America/Denver',
      }),
      saved: {
        'old Team/members export 2026-09-15.csv': '2026-09-15',
        'old Team/spend 2026-09.csv': '2026-10-02',
      },
    },
  );
}

export const outsideMidMigration = [migrating()];
