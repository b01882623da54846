import { CONNECTOR_SERVER, clientsOf, EMERGENCY_GROUP, staff } from '../client.ts';
import { charter, entraGroups, peopleFiles } from '../documents.ts';
import { applications, locations, policies, policy } from '../microsoft.ts';
import { file, is, never, noPass, noPasses, type Statement, says, silent } from '../model.ts';

const client = clientsOf('conditional access');
export const people = staff(20);
const base = {
  ...peopleFiles(people),
  'groups.json': entraGroups(),
  'locations.json': locations(),
  'apps.json': applications(),
};
const half = people.slice(10);
export const MEMBERS_GROUP = '5ea5e100-0000-4000-8000-000000009002';
const SYNC_ROLE = 'd29b2b05-8046-44ba-8758-1e26182fcf32';
const MFA_STRENGTH = '00000000-0000-0000-0000-000000000002';

export const ca =
  (name: string) =>
  (list: readonly object[], statements: readonly Statement[], more: Record<string, string> = {}) =>
    client(name)({ ...base, 'ca.json': policies(list), ...more }, statements);

const mfaHolds = (why: string): Statement[] => [is('M365-09', 'pass', why)];
const compliant = { builtInControls: ['compliantDevice'] };
export const withGroup = entraGroups([
  {
    id: MEMBERS_GROUP,
    displayName: 'Half of staff',
    members: half.map(({ id, email }) => ({
      '@odata.type': '#microsoft.graph.user',
      id,
      userPrincipalName: email,
    })),
  },
]);
const unnamed = charter(people, { entra: { emergencyAccess: { groups: ['Emergency access'] } } });
const odd = {
  id: '5ea5e100-0000-4000-8000-000000799999',
  displayName: 'Odd one',
  state: 'enabled',
  conditions: { users: 'everyone', applications: 7 },
  grantControls: [],
};
const one = policy();
const crowd = Array.from({ length: 57 }, (_, n) =>
  policy({
    name: `Policy ${n + 1} of another application`,
    applications: { includeApplications: [`5ea5e100-aaaa-4000-8000-${String(n).padStart(12, '0')}`] },
  }),
);

export const conditionalAccessCases = [
  ca('mfa-for-everyone')(
    [policy()],
    [
      ...mfaHolds('one policy asks everyone for MFA at all three applications'),
      is('M365-13', 'pass', 'emergency access is left out'),
      is('M365-10', 'fail', 'no policy asks for a compliant device'),
    ],
  ),
  ca('mfa-on-all-applications')(
    [policy({ applications: { includeApplications: ['All'] } })],
    mfaHolds('a policy on all applications reaches Claude'),
  ),
  ca('mfa-by-strength')(
    [
      policy({
        grant: {
          authenticationStrength: {
            id: MFA_STRENGTH,
            displayName: 'Multifactor authentication',
            allowedCombinations: ['password,microsoftAuthenticatorPush', 'fido2'],
          },
        },
      }),
    ],
    mfaHolds('the built-in strength is MFA'),
  ),
  ca('sync-role-left-out')(
    [policy({ users: { excludeRoles: [SYNC_ROLE] } })],
    mfaHolds('the role of directory synchronization is no person'),
  ),
  ca('inside-and-outside-trusted')(
    [
      policy({
        name: 'MFA inside',
        conditions: { locations: { includeLocations: ['AllTrusted'], excludeLocations: [] } },
      }),
      policy({
        name: 'MFA outside',
        conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } },
      }),
    ],
    mfaHolds('inside and outside together are everywhere'),
  ),
  ca('two-policies-for-two-halves')(
    [
      policy({ name: 'MFA for half', users: { includeUsers: [], includeGroups: [MEMBERS_GROUP] } }),
      policy({ name: 'MFA for the rest', users: { excludeGroups: [EMERGENCY_GROUP, MEMBERS_GROUP] } }),
    ],
    mfaHolds('the halves together are everyone'),
    { 'groups.json': withGroup },
  ),
  ca('blocks-everyone')(
    [policy({ name: 'Block Claude', grant: { builtInControls: ['block'] } })],
    [
      silent('M365-09', /“Block Claude” (?:holds|asks)/i, 'who is blocked is not asked for MFA'),
      says('M365-09', /block/i, 'that a policy blocks everyone is said'),
    ],
  ),
  ca('blocks-everyone-and-asks')(
    [policy({ name: 'Block Claude', grant: { builtInControls: ['block'] } }), policy()],
    [says('M365-09', /block/i, 'that a policy blocks everyone is said')],
  ),
  ca('compliant-device')(
    [policy(), policy({ name: 'Compliant device', grant: compliant })],
    [is('M365-10', 'pass', 'everyone needs a compliant device'), ...mfaHolds('MFA is asked as well')],
  ),
  ca('block-where-not-compliant')(
    [
      policy(),
      policy({
        name: 'Block other devices',
        conditions: { devices: { deviceFilter: { mode: 'exclude', rule: 'device.isCompliant -eq True' } } },
        grant: { builtInControls: ['block'] },
      }),
    ],
    [
      is('M365-10', ['pass', 'cannot_read'], 'whoever is not compliant is blocked'),
      never('M365-10', ['fail'], 'the device filter does hold devices'),
      says('M365-10', 'Block other devices', 'the policy that decides is named'),
    ],
  ),
  ca('compliant-or-mfa')(
    [
      policy(),
      policy({ name: 'Either', grant: { builtInControls: ['compliantDevice', 'mfa'], operator: 'OR' } }),
    ],
    [noPass('M365-10', 'MFA is enough instead of a compliant device')],
  ),
  ca('emergency-access-not-left-out')(
    [policy({ users: { excludeGroups: [] } })],
    [is('M365-13', 'fail', 'emergency access is not left out')],
  ),
  ca('legacy-block-without-exclusion')(
    [
      policy(),
      policy({
        name: 'Block legacy',
        applications: { includeApplications: ['All'] },
        conditions: { clientAppTypes: ['exchangeActiveSync', 'other'] },
        users: { excludeGroups: [] },
        grant: { builtInControls: ['block'] },
      }),
    ],
    [silent('M365-13', 'Block legacy', 'a policy on legacy clients does not reach Claude')],
  ),
  ca('unnamed-application-without-exclusion')(
    [
      policy({
        users: { excludeGroups: [] },
        applications: {
          includeApplications: [
            CONNECTOR_SERVER.replace('07c0', 'aaaa'),
            '5ea5e100-2222-4333-8444-0123456789ab',
          ],
        },
      }),
    ],
    [noPass('M365-13', 'the policy may well be on the sign-in application, which the charter does not name')],
    { 'charter.yaml': unnamed },
  ),
  ca('unnamed-application-in-report-only')(
    [
      policy({
        state: 'enabledForReportingButNotEnforced',
        applications: { includeApplications: ['5ea5e100-2222-4333-8444-0123456789ab'] },
      }),
    ],
    [
      noPass('M365-21', 'a policy in report-only may well be on the sign-in application'),
      noPass('M365-09', 'report-only holds nobody'),
    ],
    { 'charter.yaml': unnamed },
  ),
  ca('unnamed-application-connectors-open')(
    [policy()],
    [
      is('M365-04', 'fail', 'the two connector applications need no name, and are open to everyone'),
      says('M365-04', /M365 MCP/, 'the connector applications are named'),
    ],
    { 'charter.yaml': unnamed, 'apps.json': applications({ assignment: false }) },
  ),
  ca('one-odd-policy-among-many')(
    [policy(), ...crowd, odd],
    [
      file(
        'ca.json',
        'taken',
        'the policies that can be read are taken and the odd one is named',
        /Odd one|59|799999/,
      ),
      ...mfaHolds('a policy more cannot loosen the one that asks for MFA'),
      noPass('M365-13', 'whether the odd policy leaves out emergency access is not known'),
      says('M365-13', 'Odd one', 'the policy that cannot be read is named'),
    ],
  ),
  ca('only-an-odd-policy')([odd], [...noPasses('nothing could be read', 'M365-09 M365-13 M365-21')]),
  ca('one-page-of-two')(
    [policy()],
    [noPass('M365-13', 'the list goes on at an address that was not saved')],
    {
      'ca.json': JSON.stringify({
        ...JSON.parse(policies([policy()])),
        '@odata.nextLink':
          'https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies?$skiptoken=x',
      }),
    },
  ),
  ca('same-page-twice')([one], mfaHolds('the same page twice is one list'), {
    'ca (1).json': policies([one]),
  }),
  ca('location-without-the-connector')(
    [
      policy(),
      policy({
        name: 'Office only',
        conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } },
        grant: { builtInControls: ['block'] },
      }),
    ],
    [
      is('M365-14', 'fail', 'the range of the connector is not left out of a location policy'),
      says('M365-14', 'Office only', 'the location policy is named'),
    ],
  ),
];
