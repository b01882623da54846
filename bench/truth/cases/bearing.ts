import { CONNECTOR_CLIENT, CONNECTOR_SERVER, type Person } from '../client.ts';
import {
  entraGroups,
  entraUsers,
  graphUser,
  journal,
  membersCsv,
  offboarded,
  rosterCsv,
} from '../documents.ts';
import { apiKey, connectorUse, event, feed, ORGANIZATION, SETTINGS, settings } from '../enterprise.ts';
import { applications, locations, policies, policy, SERVER_PRINCIPAL } from '../microsoft.ts';
import { is, noPass, noPasses, type Statement, says } from '../model.ts';
import { association, at, outsideCase } from '../outside.ts';
import { connectorTable } from '../tables.ts';
import { graph, plus, yaml } from '../text.ts';

/** Valid evidence that does not apply: from before the event, from another time, or withdrawn since. */

const { people, profile, charter, files } = association('Fenwick Forum', 'fenwick.example.org', 11);
const ENTERPRISE = profile({ claudePlan: 'enterprise', m365: 'e5' });
const own = (more: object = {}) => charter({ claudeOrganization: ORGANIZATION, ...more });
const [owner] = people;

/** Someone signed in on each of these days. */
const RECENT_SIGN_INS = Array.from({ length: 35 }, (_, n) =>
  event(`s${n}`, plus('2026-10-20', n), 'sso_login_succeeded', {}, at(people, n % 11).email),
);
const happened = (id: string, day: string, type: string, more: object = {}) =>
  event(id, day, type, more, owner?.email);
const setTo = (id: string, day: string, name: string, current_value: unknown) =>
  happened(id, day, 'claude_organization_settings_updated', { updates: [{ type: name, current_value }] });
const enterprise = (
  name: string,
  events: readonly object[],
  more: Record<string, string>,
  statements: readonly Statement[],
  saved: Record<string, string> = {},
) =>
  outsideCase(name)(
    {
      ...files({ 'charter.yaml': own({ approvedApiKeys: ['SIEM'] }), ...more }),
      'feed.json': feed([...RECENT_SIGN_INS, ...events]),
    },
    statements,
    { profile: ENTERPRISE, saved },
  );
const team = (
  name: string,
  more: Record<string, string>,
  statements: readonly Statement[],
  saved: Record<string, string> = {},
) => outsideCase(name)(files(more), statements, { profile: profile({ m365: 'e5' }), saved });

type Said = readonly [controls: string, seen: string, holds?: boolean, more?: object];
const stated = (...all: readonly Said[]) => ({
  'attestations.yaml': yaml({
    attestations: all.flatMap(([controls, seen, holds = true, more = {}]) =>
      controls.split(' ').map((id) => ({ control: `CLA-${id}`, holds, seen, by: owner?.name, ...more })),
    ),
  }),
});
const SETTINGS_FILE = {
  'settings.json': settings({ ...SETTINGS, allowed_invite_domains: ['fenwick.example.org'] }, [
    apiKey('apikey_01', 'SIEM'),
  ]),
};
const OF_THE_DAY = { 'settings.json': '2026-11-20', 'members.csv': '2026-11-20' };
const role = (n: number, current_role: string) =>
  happened(`role${n}`, '2026-11-20T22:00:00Z', 'claude_user_role_updated', {
    user_email: at(people, n).email,
    previous_role: 'user',
    current_role,
  });
const eighth = at(people, 8);
const goneSince = (who: { readonly email: string }, more: object = {}) => ({
  'journal.yaml': journal(people, { offboardings: [{ email: who.email, lastDay: '2026-11-12', ...more }] }),
  'users.json': entra(people),
});
const entra = (some: readonly Person[]) =>
  graph(
    'users',
    some.map((one) => graphUser(one)),
  );
const dig = (value: string) =>
  `; <<>> DiG 9.18.28 <<>> TXT fenwick.example.org\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4\n;; QUESTION SECTION:\n;fenwick.example.org.\tIN\tTXT\n\n;; ANSWER SECTION:\nfenwick.example.org.\t3600\tIN\tTXT\t"${value}"\n\n;; WHEN: Mon Nov 23 08:40:11 EST 2026\n`;
const LOOKED = 'ACC-11 ACC-14 ACC-15 ACC-19 CON-15 CON-17 VIS-17';
const iso = (day: string) => `${day}T15:02:11Z`;
const signedIn = (appId: string, day: string) => ({
  id: `signin-${day}`,
  createdDateTime: iso(day),
  userPrincipalName: eighth.email,
  appId,
  appDisplayName: 'M365 MCP Server for Claude',
  ipAddress: '203.0.113.7',
  clientAppUsed: 'Browser',
  conditionalAccessStatus: 'success',
  authenticationRequirement: 'multiFactorAuthentication',
  deviceDetail: { isCompliant: true, isManaged: true, operatingSystem: 'Windows' },
  status: { errorCode: 0 },
  appliedConditionalAccessPolicies: [],
});
const consented = (day: string) => ({
  id: `Directory_${day}`,
  category: 'ApplicationManagement',
  activityDisplayName: 'Consent to application',
  activityDateTime: iso(day),
  result: 'success',
  initiatedBy: { app: null, user: { userPrincipalName: at(people, 1).email } },
  targetResources: [
    { id: SERVER_PRINCIPAL, displayName: 'M365 MCP Server for Claude', type: 'ServicePrincipal' },
  ],
});
const SHAREPOINT = {
  name: 'Microsoft 365 (SharePoint / OneDrive)',
  sensitivity: 'high',
  actions: { 'Search files': 'ask', '*': 'blocked' },
  actionsClassified: '2026-09-10',
  sourceReviewed: '2026-09-08',
};
const TENANT = {
  'users.json': entra(people),
  'groups.json': entraGroups(),
  'locations.json': locations(),
  'apps.json': applications(),
  'ca.json': policies([policy()]),
};
const later = { inForceSince: '2026-11-18', auditRetentionDays: 365, cowork: { enabled: false } };

export const bearingCases = [
  enterprise(
    'switched-after-somebody-looked',
    [
      setTo('a', '2026-11-14', 'allowed_invite_domains', ['fenwick.example.org', 'gmail.com']),
      happened('b', '2026-11-15', 'org_sso_toggled', { enabled: false }),
      happened('c', '2026-11-15', 'org_directory_sync_deleted'),
      happened('d', '2026-11-16', 'org_discoverability_enabled'),
      setTo('e', '2026-11-16', 'desktop_extension_allowlist_enabled', false),
      happened('f', '2026-11-17', 'admin_api_key_created', { admin_api_key_id: 'key_2' }),
    ],
    stated([LOOKED, '2026-11-10']),
    [
      ...noPasses('undone since', 'ACC-11 ACC-14 ACC-15 ACC-19 CON-15 VIS-17'),
      says('ACC-14', /Nov 15, 2026/, 'when'),
      is('CON-17', 'pass', 'nobody touched it'),
    ],
  ),
  enterprise(
    'looked-after-it-was-switched',
    [setTo('a', '2026-11-05', 'sso_claude_ai_enforced', true)],
    stated([LOOKED, '2026-11-10']),
    [...LOOKED.split(' ').map((id) => is(id, 'pass', 'seen since'))],
  ),
  enterprise(
    'changed-on-the-day-of-the-files',
    [
      setTo('a', '2026-11-20T21:00:00Z', 'sso_claude_ai_enforced', false),
      setTo('b', '2026-11-20T21:00:00Z', 'desktop_extension_allowlist_enabled', false),
      setTo('c', '2026-11-20T21:00:00Z', 'connector_tools_default_always_allow', true),
      happened('d', '2026-11-20T21:00:00Z', 'admin_api_key_created', { admin_api_key_id: 'key_2' }),
      role(6, 'owner'),
    ],
    SETTINGS_FILE,
    noPasses('the files were made before', 'ACC-02 ACC-03 ACC-04 ACC-05 ACC-14 CON-15 CON-17 VIS-17'),
    OF_THE_DAY,
  ),
  enterprise(
    'files-made-after-the-changes-of-the-day',
    [setTo('a', '2026-11-20T13:00:00Z', 'sso_claude_ai_enforced', true), role(1, 'owner')],
    SETTINGS_FILE,
    ['ACC-02', 'ACC-04', 'ACC-14', 'CON-15', 'CON-17', 'VIS-17'].map((id) =>
      is(id, 'pass', 'the files have it'),
    ),
    OF_THE_DAY,
  ),
  enterprise(
    'required-and-switched-off',
    [],
    {
      'settings.json': settings({
        ...SETTINGS,
        sso_enabled: false,
        allowed_invite_domains: ['fenwick.example.org'],
      }),
    },
    [noPass('ACC-14', 'it is off')],
  ),
  enterprise(
    'a-no-that-has-lost-its-proof',
    [],
    stated(
      ['CON-18 CON-20 CON-28', '2026-11-20', false, { file: 'gone.png' }],
      ['CON-18 CON-20', '2026-11-02'],
    ),
    noPasses('the newer one says no', 'CON-18 CON-20'),
  ),
  team(
    'compared-with-an-earlier-charter',
    { 'charter.yaml': charter(later), ...stated(['CON-19 VIS-15 VIS-09 CON-30', '2026-11-12']) },
    noPasses('this charter was not there', 'CON-19 VIS-15 VIS-09 CON-30'),
  ),
  team(
    'compared-with-this-charter',
    { 'charter.yaml': charter(later), ...stated(['CON-19 VIS-15', '2026-11-19']) },
    [is('CON-19', 'pass', 'seen since'), is('VIS-15', 'pass', 'seen since')],
  ),
  team(
    'left-after-the-roster-was-made',
    goneSince(eighth),
    noPasses('by the journal this person has left', 'ACC-07 M365-17 CON-26 OPS-05'),
    { 'staff.csv': '2026-11-05' },
  ),
  team(
    'the-owner-left-after-the-roster-was-made',
    goneSince(at(people, 0)),
    noPasses('by the journal the owner has left', 'ACC-01 ACC-03 ACC-07 OPS-02'),
    { 'staff.csv': '2026-11-05' },
  ),
  team('came-back-by-a-later-roster', goneSince(eighth), [
    is('ACC-07', 'pass', 'the roster of the 23rd lists this person'),
    is('ACC-01', 'pass', 'in order'),
  ]),
  team(
    'left-for-the-second-time',
    {
      'members of October.csv': membersCsv(people),
      'members.csv': membersCsv(people.filter((one) => one !== eighth)),
      'staff.csv': rosterCsv(people, { [eighth.email]: '2026-11-10' }),
      'users.json': entraUsers(people, [eighth.email]),
      'journal.yaml': journal(people, { offboardings: [offboarded(eighth.email, '2025-03-14')] }),
    },
    noPasses('what was done in 2025 was for another leaving', 'OPS-05 OPS-10 M365-18'),
    { 'members of October.csv': '2026-10-20' },
  ),
  team(
    'not-in-a-file-of-before-the-last-day',
    {
      'staff.csv': rosterCsv(people, { [eighth.email]: '2026-11-12' }),
      'charter.yaml': charter({ provisioning: 'jit' }),
      'members.csv': membersCsv(people.filter((one) => one !== eighth)),
      'users.json': entra(people.filter((one) => one !== eighth)),
    },
    [noPass('M365-17', 'the account has another address')],
    { 'users.json': '2026-11-05' },
  ),
  enterprise(
    'a-record-without-a-domain',
    [
      happened('a', '2026-10-21', 'org_domain_verified', { domain: 'fenwick.example.org' }),
      happened('b', '2026-11-12', 'org_domain_removed', { domain: 'fenwick.example.org' }),
    ],
    {
      'dig.txt': dig('anthropic-domain-verification-abc123=Zx81'),
      'staff.csv': rosterCsv(people, { [eighth.email]: '2026-10-02' }),
      'charter.yaml': own({
        domainCapture: { capture: false, on: '2026-10-01', by: 'TBD', approvedBy: owner?.name },
      }),
      ...stated(['ACC-15', '2026-11-20']),
    },
    [
      is('ACC-10', 'fail', 'Claude has removed it'),
      is('ACC-15', 'fail', 'one who left holds a seat'),
      noPass('ACC-17', 'one of two is nobody'),
    ],
    { 'feed.json': '2026-11-22' },
  ),
  team(
    'a-membership-system-that-is-on',
    {
      'charter.yaml': charter({ ams: { name: 'iMIS', methods: ['manual_upload'] } }),
      'connectors.csv': connectorTable([
        ['iMIS', 'Get member', 'Ask'],
        ['iMIS', 'All other actions', 'Blocked'],
      ]),
    },
    noPasses('Claude reaches it by a connector', 'CON-22 CON-23 CON-24'),
  ),
  team(
    'looked-at-what-was-not-there-yet',
    {
      ...TENANT,
      'charter.yaml': charter({ connectors: [SHAREPOINT] }),
      'audits.json': graph('auditLogs/directoryAudits', [consented('2026-11-05')]),
      'journal.yaml': journal(people, {
        explainedToLeadership: { on: '2026-10-01', by: owner?.name },
        approvedChanges: [
          {
            on: '2026-11-02',
            connector: 'Zapier',
            action: '*',
            to: 'added',
            approvedBy: at(people, 1).name,
            reason: 'Needed for the forms',
          },
        ],
        sharePointAudit: { on: '2026-11-10', by: owner?.name },
        connectorConsent: { on: '2026-11-12', by: at(people, 1).email },
      }),
    },
    [
      noPass('CON-31', 'leadership was told before it was added'),
      noPass('M365-08', 'by Entra it was open before the audit'),
    ],
  ),
  team(
    'signed-in-to-the-connector-alone',
    {
      ...TENANT,
      'signins.json': graph(
        'auditLogs/signIns',
        Array.from({ length: 31 }, (_, n) => signedIn(CONNECTOR_SERVER, plus('2026-10-24', n))),
      ),
    },
    noPasses('nobody signed in to Claude', 'M365-16 VIS-10'),
  ),
  team(
    'the-connector-named-as-the-sign-in',
    {
      ...TENANT,
      'apps.json': applications({ signIn: false }),
      'charter.yaml': charter({ entra: { ssoAppId: CONNECTOR_CLIENT, consentBy: at(people, 1).email } }),
    },
    noPasses('nobody signs in by it', 'M365-02 M365-04'),
  ),
  enterprise(
    'used-after-it-was-seen-off',
    [],
    {
      'connectors.csv': [
        'Connector,Enabled,Action,Permission',
        'Microsoft 365 (Outlook),No,Search email,Always allow',
        'Microsoft 365 (Outlook),No,Read email,Always allow',
        'Microsoft 365 (Outlook),No,All other actions,Blocked',
        '',
      ].join('\n'),
      'use.json': JSON.stringify({
        data: [
          connectorUse('microsoft_365', 12, 3, 0, { connector_display_name: 'Microsoft 365 (Outlook)' }),
        ],
        date: '2026-11-22',
        has_more: false,
        next_page: null,
      }),
    },
    noPasses('it is on again', 'CON-06 CON-09 CON-10 CON-11'),
    { 'connectors.csv': '2026-11-10' },
  ),
  enterprise('nothing-since-the-statement', [], { ...stated(['SHA-01 VIS-18 ACC-18', '2026-11-20']) }, [
    is('SHA-01', 'pass', 'somebody looked'),
    is('VIS-18', 'pass', 'somebody read the decision'),
    is('ACC-18', 'pass', 'there are seats enough'),
  ]),
  enterprise(
    'overtaken-since-the-statement',
    [
      happened('d', '2026-11-21', 'org_domain_removed', { domain: 'fenwick.example.org' }),
      happened('h', '2026-11-21', 'inference_hooks_request_failed_open', { reason: 'timeout' }),
      happened('q', '2026-11-21', 'subscription_quantity_updated', {
        new_quantity: 3,
        previous_quantity: 20,
      }),
      happened('e', '2026-11-21', 'org_data_export_started', { export_type: 'all' }),
    ],
    {
      ...stated(['SHA-01 VIS-18 ACC-18', '2026-11-20']),
      'journal.yaml': journal(people, {
        approvedExports: [{ on: '2026-11-21', by: owner?.name, reason: 'Archive' }],
      }),
    },
    [
      noPass('SHA-01', 'the domain was removed since'),
      is('VIS-18', 'fail', 'a prompt went through unchecked since'),
      noPass('ACC-18', 'three seats are bought since'),
      noPass('VIS-16', 'only who exported approved it'),
    ],
  ),
  team(
    'one-letter-off',
    {
      'applications.json': applications({
        more: [
          {
            id: '7d0c0000-0000-4000-8000-000000000001',
            appId: 'a1b2c3d4-0000-4000-8000-000000000001',
            displayName: 'Cloude AI',
          },
        ],
      }),
      'acknowledgments.csv': [
        'Name,Email,Document,Signed on',
        ...people.map(({ name, email }) => `${name},${email},Claude policy 2.0,2026-11-02`),
      ].join('\n'),
      'charter.yaml': charter({
        policy: { version: '2.0', published: '2026-11-01', approvedBy: 'Board', clauses: [], targetShare: 1 },
      }),
    },
    [
      noPass('M365-05', 'the name is one letter off'),
      says('M365-05', 'Cloude AI', 'the application is named'),
      is('POL-03', 'pass', 'everybody signed version 2.0'),
    ],
  ),
];
