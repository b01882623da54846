import { EMERGENCY_GROUP, type Person, profile, SIGN_IN_APP, staff } from '../client.ts';
import {
  charter as decided,
  entraGroups,
  graphUser,
  journal as happened,
  membersCsv,
  rosterCsv,
} from '../documents.ts';
import { apiKey, connectorUse, ORGANIZATION, SETTINGS, settings } from '../enterprise.ts';
import {
  applications,
  CLIENT_PRINCIPAL,
  grants,
  policies,
  policy,
  SERVER_PRINCIPAL,
  sku,
} from '../microsoft.ts';
import { is, noPass } from '../model.ts';
import { outsideCase } from '../outside.ts';
import { csv, graph, plus } from '../text.ts';

/** A client with everything in order, and variants in which a single value is missing or unknown. */

export const DOMAIN = 'lindenfell.example.org';
export const people = staff(8, DOMAIN) as [Person, Person, ...Person[]];
const [owner, deputy] = people;
export const PROFILE = profile({
  name: 'Lindenfell Fellowship',
  domains: [DOMAIN],
  claudePlan: 'enterprise',
  m365: 'e5',
  staffCount: 8,
});
const days = (from: string, count: number) =>
  Array.from({ length: count }, (_, n) => plus(from, n)).filter(
    (day) => ![0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay()),
  );
const who = (n: number) => people[n % people.length] as Person;

const charter = decided(people, {
  seatsFor: 'everyone',
  inviteDomains: [DOMAIN],
  claudeOrganization: ORGANIZATION,
  approvedApiKeys: ['SIEM'],
});
const journal = (more: object = {}) => happened(people, more);
const MEMBERS_GROUP = '5ea5e100-0000-4000-8000-000000009010';
const users = graph('users', [
  ...people.map((one) => graphUser(one)),
  ...['1', '2'].map((n) =>
    graphUser({
      id: `5ea5e100-0000-4000-8000-00000000800${n}`,
      name: `Emergency ${n}`,
      email: `emergency${n}@${DOMAIN}`,
    }),
  ),
]);
const groups = entraGroups([
  {
    id: MEMBERS_GROUP,
    displayName: 'Claude members',
    members: people.map(({ id, email }) => ({
      '@odata.type': '#microsoft.graph.user',
      id,
      userPrincipalName: email,
    })),
  },
]);
const signIn = (n: number, day: string, more: object = {}) => ({
  id: `signin-${n}`,
  createdDateTime: `${day}T15:02:11Z`,
  userPrincipalName: who(n).email,
  appId: SIGN_IN_APP,
  appDisplayName: 'Claude',
  ipAddress: '203.0.113.7',
  conditionalAccessStatus: 'success',
  authenticationRequirement: 'multiFactorAuthentication',
  deviceDetail: { isCompliant: true, isManaged: true },
  status: { errorCode: 0 },
  appliedConditionalAccessPolicies: [],
  ...more,
});
const signIns = (more: readonly object[] = []) =>
  graph('auditLogs/signIns', [...days('2026-10-22', 33).map((day, n) => signIn(n, day)), ...more]);
const devices = (more: object = {}) =>
  graph(
    'deviceManagement/managedDevices',
    people.map((one, n) => ({
      id: `1f0c0000-0000-4000-8000-00000000300${n}`,
      deviceName: `LAPTOP-0${n}`,
      userPrincipalName: one.email,
      operatingSystem: 'Windows',
      complianceState: 'compliant',
      lastSyncDateTime: '2026-11-22T08:00:00Z',
      ...(n === 5 ? more : {}),
    })),
  );
const alerts = (classification: string) =>
  graph('security/alerts_v2', [
    {
      id: 'da-1',
      title: 'Mass download from Claude by a single user',
      severity: 'medium',
      status: 'resolved',
      classification,
      serviceSource: 'microsoftDefenderForCloudApps',
      category: 'Exfiltration',
      createdDateTime: '2026-11-19T10:00:00Z',
      lastUpdateDateTime: '2026-11-20T10:05:00Z',
      evidence: [],
    },
  ]);
const consent = (user: object | null) =>
  graph('auditLogs/directoryAudits', [
    {
      id: 'Directory_1',
      category: 'ApplicationManagement',
      activityDisplayName: 'Consent to application',
      activityDateTime: '2026-11-16T15:02:11Z',
      result: 'success',
      initiatedBy: { app: null, user },
      targetResources: [
        { id: SERVER_PRINCIPAL, displayName: 'M365 MCP Server for Claude', type: 'ServicePrincipal' },
      ],
    },
  ]);
const assigned = (id: string, more: object = {}) =>
  JSON.stringify({
    ...JSON.parse(
      graph(`servicePrincipals('${id}')/appRoleAssignedTo`, [
        {
          id: `assignment-${id.slice(-2)}`,
          appRoleId: '00000000-0000-0000-0000-000000000000',
          principalDisplayName: 'Claude members',
          principalId: MEMBERS_GROUP,
          principalType: 'Group',
          resourceId: id,
        },
      ]),
    ),
    ...more,
  });
const use = (day: string, writes: number) =>
  JSON.stringify({
    date: day,
    data: [
      connectorUse('microsoft_365', 12, writes, 0, { connector_display_name: 'Microsoft 365 (Outlook)' }),
    ],
    has_more: false,
    next_page: null,
  });
const EFFECTIVE = settings({ ...SETTINGS, allowed_invite_domains: [DOMAIN] }, [apiKey('apikey_01', 'SIEM')]);
const LOG = days('2026-10-15', 40).flatMap((day, n) => [
  [`${day}T15:04:05Z`, 'user_signed_in_sso', `{'metadata': {'email_address': '${who(n).email}'}}`],
  [`${day}T15:14:05Z`, 'conversation_created', `{'metadata': {'email_address': '${who(n + 3).email}'}}`],
]);
const auditLog = (more: readonly (readonly string[])[] = []) =>
  csv([['created_at', 'event', 'actor_info'], ...LOG, ...more]);
const dig = (name: string) =>
  `; <<>> DiG 9.18.28 <<>> TXT ${DOMAIN}\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4\n;; QUESTION SECTION:\n;${DOMAIN}.\tIN\tTXT\n\n;; ANSWER SECTION:\n${name}.\t3600\tIN\tTXT\t"anthropic-domain-verification-abc123=Zx81"\n\n;; WHEN: Mon Nov 23 08:40:11 EST 2026\n`;
const E5 = sku('SPE_E5', '06ebc4ee-1bb5-47dd-8120-11324bc54e06', [
  ['AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d'],
  ['AAD_PREMIUM_P2', 'eec0eb4f-6444-4f95-aba0-50c24d67f998'],
  ['INTUNE_A', 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5'],
  ['ADALLOM_S_STANDALONE', '2e2ddb96-6af9-4b1d-a3f0-d6ecfd22edb2'],
]);

/** All files of a client with everything in order; `changed-forms.ts` has the same in other forms. */
export const FILES: Readonly<Record<string, string>> = {
  'members.csv': membersCsv(people),
  'staff.csv': rosterCsv(people),
  'charter.yaml': charter,
  'journal.yaml': journal(),
  'users.json': users,
  'groups.json': groups,
  'apps.json': applications(),
  'grants.json': grants('User.Read openid offline_access email profile Mail.Read Mail.ReadBasic'),
  'ca.json': policies([policy()]),
  'signins.json': signIns(),
  'devices.json': devices(),
  'alerts.json': alerts('informationalExpectedActivity'),
  'audits.json': consent({ userPrincipalName: deputy.email }),
  'assigned-1.json': assigned(SERVER_PRINCIPAL),
  'assigned-2.json': assigned(CLIENT_PRINCIPAL),
  'skus.json': graph('subscribedSkus', [E5]),
  'settings.json': EFFECTIVE,
  'audit_log.csv': auditLog(),
  'dig.txt': dig(DOMAIN),
  ...Object.fromEntries(
    Array.from({ length: 32 }, (_, n) => plus('2026-10-23', n)).map((day) => [
      `use-${day}.json`,
      use(day, 0),
    ]),
  ),
};
const client = (name: string) => (changed: Readonly<Record<string, string>>, controls: readonly string[]) =>
  outsideCase(name)(
    { ...FILES, ...changed },
    controls.map((control) => noPass(control, 'what it rests on is gone or says what nobody knows')),
    { profile: PROFILE },
  );
const twoRoles = csv([
  ['Name', 'Email', 'Role', 'Seat Tier', 'Status', 'Role'],
  ...people.map(({ name, email, role }, n) => [
    name,
    email,
    role,
    'Standard',
    'Active',
    n === 6 ? 'Owner' : role,
  ]),
]);

/** The charter has the emergency group's object id, so that only its members are in doubt. */
const { 'groups.json': _, ...ofGroups } = FILES;
const withoutGroups = { ...ofGroups, 'charter.yaml': charter.replace('Emergency access', EMERGENCY_GROUP) };

export const changedData = [
  outsideCase('all-data-there')(
    FILES,
    [
      ...'ACC-02 ACC-04 ACC-07 ACC-10 ACC-14 ACC-20 VIS-09 VIS-11 VIS-16 VIS-17'.split(' '),
      ...'M365-01 M365-07 M365-09 M365-13 M365-16 M365-19 SHA-05'.split(' '),
    ].map((control) => is(control, 'pass', 'everything that it rests on is there')),
    { profile: PROFILE },
  ),
  client('data-that-nobody-knows')(
    {
      'members.csv': twoRoles,
      'groups.json': groups.replace('"members"', '"membersNew"'),
      'ca.json': policies([
        policy(),
        JSON.parse(JSON.stringify(policy({ name: 'For somebody' })).replace('"users"', '"usersNew"')),
      ]),
      'signins.json': signIns([
        signIn(900, '2026-11-19', { appId: null, authenticationRequirement: 'singleFactorAuthentication' }),
      ]),
      'devices.json': devices({ lastSyncDateTime: null }),
      'alerts.json': alerts('unknownFutureValue'),
      'settings.json': JSON.stringify({ ...JSON.parse(EFFECTIVE), has_more: true }),
      'audit_log.csv': auditLog([
        ['2026-11-19T15:20:00Z', '', `{'metadata': {'email_address': '${owner.email}'}}`],
      ]),
      'use-2026-11-19.json': use('2026-11-19', -7),
    },
    'ACC-02 ACC-04 ACC-14 VIS-09 VIS-11 VIS-16 VIS-17 M365-09 M365-13 M365-16 M365-19'.split(' '),
  ),
  outsideCase('emergency-group-without-a-list-of-groups')(
    withoutGroups,
    ['M365-09', 'M365-13'].map((control) => noPass(control, 'nobody knows who is in the group left out')),
    { profile: PROFILE },
  ),
  client('emergency-group-not-in-the-list-of-groups')(
    {
      ...withoutGroups,
      'groups.json': JSON.stringify({ ...JSON.parse(groups), value: JSON.parse(groups).value.slice(1) }),
    },
    ['M365-09', 'M365-13'],
  ),
  client('data-that-is-gone')(
    {
      'members.csv': membersCsv(people).replace('User,Standard,Active', 'User,Standard,Paused'),
      'staff.csv': csv([
        ['Full name', 'Work email', 'Status', 'Last day', 'Status'],
        ...people.map(({ name, email }, n) => [name, email, 'Active', '', n === 4 ? 'Left' : 'Active']),
      ]),
      'audits.json': consent(null),
      'assigned-1.json': assigned(SERVER_PRINCIPAL, {
        '@odata.nextLink': 'https://graph.microsoft.com/v1.0/next',
      }),
      'skus.json': graph('subscribedSkus', [{ ...E5, capabilityStatus: undefined, prepaidUnits: undefined }]),
      'dig.txt': dig('elsewhere.example.net'),
    },
    'ACC-07 ACC-10 ACC-20 M365-01 M365-07 SHA-05'.split(' '),
  ),
  client('the-key-of-whom-a-row-is-of-twice')(
    {
      'members.csv': csv([
        ['Name', 'Email', 'Role', 'Status', 'Email'],
        ...people.map(({ name, email, role }, n) => [name, email, role, 'Active', who(n + 1).email]),
      ]),
    },
    ['ACC-02', 'ACC-07', 'ACC-20'],
  ),
];
