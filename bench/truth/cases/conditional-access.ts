import {
  CONNECTOR_SERVER,
  charter,
  EMERGENCY_GROUP,
  entraGroups,
  makeCase,
  type Person,
  peopleFiles,
  staff,
} from '../client.ts';
import { applications, locations, OFFICE, policies, policy } from '../microsoft.ts';
import { file, is, never, noPass, type Statement, says, silent, type TruthCase } from '../model.ts';

const AREA = 'conditional access';
const people = staff(20);
const base = {
  ...peopleFiles(people),
  'groups.json': entraGroups(),
  'locations.json': locations(),
  'apps.json': applications(),
};
const half = people.slice(10);
const MEMBERS_GROUP = '5ea5e100-0000-4000-8000-000000009002';
const SYNC_ROLE = 'd29b2b05-8046-44ba-8758-1e26182fcf32';
const ADMIN_ROLE = '62e90394-69f5-4237-9190-012177145e10';
const MFA_STRENGTH = '00000000-0000-0000-0000-000000000002';

function ca(
  name: string,
  list: readonly object[],
  statements: readonly Statement[],
  more: Record<string, string> = {},
): TruthCase {
  return makeCase(AREA, name, { ...base, 'ca.json': policies(list), ...more }, statements);
}

/** A condition by which the one MFA policy leaves somebody or something out. */
function gap(name: string, found: object, why: string, more: Record<string, string> = {}): TruthCase {
  return ca(name, [found], [noPass('CLA-M365-09', why)], more);
}

const mfaHolds = (why: string): Statement[] => [is('CLA-M365-09', 'pass', why)];
const compliant = { builtInControls: ['compliantDevice'] };
const withGroup = entraGroups([
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
  conditions: { users: 'everybody', applications: 7 },
  grantControls: [],
};
const one = policy();
const crowd = Array.from({ length: 57 }, (_, n) =>
  policy({
    name: `Policy ${n + 1} of another application`,
    applications: { includeApplications: [`5ea5e100-aaaa-4000-8000-${String(n).padStart(12, '0')}`] },
  }),
);

export const conditionalAccessCases: readonly TruthCase[] = [
  ca(
    'mfa-for-everybody',
    [policy()],
    [
      ...mfaHolds('one policy asks everybody for MFA at all three applications'),
      is('CLA-M365-13', 'pass', 'emergency access is left out'),
      is('CLA-M365-10', 'fail', 'no policy asks for a compliant device'),
    ],
  ),
  ca(
    'mfa-on-all-applications',
    [policy({ applications: { includeApplications: ['All'] } })],
    mfaHolds('a policy on all applications reaches Claude'),
  ),
  ca(
    'mfa-by-strength',
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
  ca(
    'sync-role-left-out',
    [policy({ users: { excludeRoles: [SYNC_ROLE] } })],
    mfaHolds('the role of directory synchronization is no person'),
  ),
  ca(
    'inside-and-outside-trusted',
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
  ca(
    'two-policies-for-two-halves',
    [
      policy({ name: 'MFA for half', users: { includeUsers: [], includeGroups: [MEMBERS_GROUP] } }),
      policy({ name: 'MFA for the rest', users: { excludeGroups: [EMERGENCY_GROUP, MEMBERS_GROUP] } }),
    ],
    mfaHolds('the halves together are everybody'),
    { 'groups.json': withGroup },
  ),
  gap(
    'outside-trusted-only',
    policy({ conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } } }),
    'nobody is asked in the office',
  ),
  gap(
    'one-location-only',
    policy({ conditions: { locations: { includeLocations: [OFFICE], excludeLocations: [] } } }),
    'nobody is asked outside the office',
  ),
  gap(
    'legacy-clients-only',
    policy({ conditions: { clientAppTypes: ['exchangeActiveSync', 'other'] } }),
    'legacy clients do not reach Claude',
  ),
  gap(
    'browsers-only',
    policy({ conditions: { clientAppTypes: ['browser'] } }),
    'the desktop application is not asked',
  ),
  gap(
    'emergency-access-only',
    policy({ users: { includeUsers: [], includeGroups: [EMERGENCY_GROUP], excludeGroups: [] } }),
    'only emergency access is asked',
  ),
  gap(
    'one-person-only',
    policy({ users: { includeUsers: [(people[0] as Person).id], excludeGroups: [] } }),
    'one person is asked',
  ),
  gap('nobody', policy({ users: { includeUsers: ['None'], excludeGroups: [] } }), 'nobody is asked'),
  gap(
    'admins-only',
    policy({ users: { includeUsers: [], includeRoles: [ADMIN_ROLE] } }),
    'only administrators are asked',
  ),
  gap('guests-only', policy({ users: { includeUsers: ['GuestsOrExternalUsers'] } }), 'only guests are asked'),
  gap(
    'half-of-staff-left-out',
    policy({ users: { excludeGroups: [EMERGENCY_GROUP, MEMBERS_GROUP] } }),
    'half of staff is left out',
    { 'groups.json': withGroup },
  ),
  gap(
    'an-unknown-group-left-out',
    policy({ users: { excludeGroups: [EMERGENCY_GROUP, '5ea5e100-0000-4000-8000-00000000dead'] } }),
    'who is in the group that is left out is not known',
  ),
  gap(
    'one-person-left-out',
    policy({ users: { excludeUsers: [(people[5] as Person).id] } }),
    'one person is left out',
  ),
  gap(
    'connector-left-out',
    policy({ applications: { includeApplications: ['All'], excludeApplications: [CONNECTOR_SERVER] } }),
    'the connector is left out',
  ),
  gap(
    'sign-in-only',
    policy({ applications: { includeApplications: [CONNECTOR_SERVER] } }),
    'only one application is reached',
  ),
  gap(
    'application-filter',
    policy({
      applications: {
        includeApplications: [],
        applicationFilter: { mode: 'include', rule: 'CustomSecurityAttribute.Eng.Project -eq "Claude"' },
      },
    }),
    'which applications carry the attribute is not known',
  ),
  gap(
    'all-but-application-filter',
    policy({
      applications: {
        includeApplications: ['All'],
        applicationFilter: { mode: 'exclude', rule: 'CustomSecurityAttribute.Eng.Project -eq "Claude"' },
      },
    }),
    'which applications are filtered out is not known',
  ),
  gap(
    'user-action-only',
    policy({
      applications: { includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'] },
    }),
    'registering a method is no sign-in to Claude',
  ),
  gap(
    'authentication-context-only',
    policy({
      applications: { includeApplications: [], includeAuthenticationContextClassReferences: ['c1'] },
    }),
    'an authentication context is no application',
  ),
  gap(
    'windows-only',
    policy({ conditions: { platforms: { includePlatforms: ['windows'], excludePlatforms: [] } } }),
    'other platforms are not asked',
  ),
  gap(
    'all-but-phones',
    policy({
      conditions: { platforms: { includePlatforms: ['all'], excludePlatforms: ['android', 'iOS'] } },
    }),
    'phones are not asked',
  ),
  gap(
    'risky-sign-ins-only',
    policy({ conditions: { signInRiskLevels: ['high'] } }),
    'sign-ins without risk are not asked',
  ),
  gap(
    'risky-users-only',
    policy({ conditions: { userRiskLevels: ['high'] } }),
    'users without risk are not asked',
  ),
  gap(
    'insider-risk-only',
    policy({ conditions: { insiderRiskLevels: 'elevated' } }),
    'people without insider risk are not asked',
  ),
  gap(
    'device-code-flow-only',
    policy({ conditions: { authenticationFlows: { transferMethods: 'deviceCodeFlow' } } }),
    'only one way of signing in is asked',
  ),
  gap(
    'workloads-only',
    policy({
      conditions: {
        clientApplications: {
          includeServicePrincipals: ['ServicePrincipalsInMyTenant'],
          excludeServicePrincipals: [],
        },
      },
      users: { includeUsers: ['None'], excludeGroups: [] },
    }),
    'workloads are no people',
  ),
  gap(
    'compliant-devices-filtered-out',
    policy({
      conditions: { devices: { deviceFilter: { mode: 'exclude', rule: 'device.isCompliant -eq True' } } },
    }),
    'people on compliant devices are not asked',
  ),
  gap(
    'old-device-state',
    policy({ conditions: { devices: { includeDevices: ['All'], excludeDevices: ['Compliant'] } } }),
    'people on compliant devices are not asked',
  ),
  gap(
    'mfa-or-compliant-device',
    policy({ grant: { builtInControls: ['mfa', 'compliantDevice'], operator: 'OR' } }),
    'a compliant device is enough',
  ),
  gap('report-only', policy({ state: 'enabledForReportingButNotEnforced' }), 'report-only holds nobody'),
  gap('switched-off', policy({ state: 'disabled' }), 'a policy that is off holds nobody'),
  gap('unknown-state', policy({ state: 'paused' }), 'a state that nobody knows is not on'),
  gap(
    'a-condition-from-the-future',
    policy({ conditions: { agentIdRiskLevels: ['high'] } }),
    'a condition that is not understood may leave people out',
  ),
  gap(
    'terms-of-use-only',
    policy({ grant: { termsOfUse: ['5ea5e100-0000-4000-8000-00000000700f'] } }),
    'terms of use are no MFA',
  ),
  gap(
    'password-change-only',
    policy({ grant: { builtInControls: ['passwordChange'] } }),
    'a change of password is no MFA',
  ),
  gap(
    'own-strength-with-password',
    policy({
      grant: {
        authenticationStrength: {
          id: '5ea5e100-0000-4000-8000-0000000057e0',
          displayName: 'MFA (really)',
          allowedCombinations: ['password'],
        },
      },
    }),
    'a strength that allows a password alone is no MFA',
  ),
  ca(
    'blocks-everybody',
    [policy({ name: 'Block Claude', grant: { builtInControls: ['block'] } })],
    [
      silent('CLA-M365-09', /"Block Claude" (?:holds|asks)/i, 'who is blocked is not asked for MFA'),
      says('CLA-M365-09', /block/i, 'that a policy blocks everybody is said'),
    ],
  ),
  ca(
    'blocks-everybody-and-asks',
    [policy({ name: 'Block Claude', grant: { builtInControls: ['block'] } }), policy()],
    [says('CLA-M365-09', /block/i, 'that a policy blocks everybody is said')],
  ),
  ca(
    'compliant-device',
    [policy(), policy({ name: 'Compliant device', grant: compliant })],
    [is('CLA-M365-10', 'pass', 'everybody needs a compliant device'), ...mfaHolds('MFA is asked as well')],
  ),
  ca(
    'block-where-not-compliant',
    [
      policy(),
      policy({
        name: 'Block other devices',
        conditions: { devices: { deviceFilter: { mode: 'exclude', rule: 'device.isCompliant -eq True' } } },
        grant: { builtInControls: ['block'] },
      }),
    ],
    [
      is('CLA-M365-10', ['pass', 'cannot_read'], 'whoever is not compliant is blocked'),
      never('CLA-M365-10', ['fail'], 'the device filter does hold devices'),
      says('CLA-M365-10', 'Block other devices', 'the policy that decides is named'),
    ],
  ),
  ca(
    'compliant-or-mfa',
    [
      policy(),
      policy({ name: 'Either', grant: { builtInControls: ['compliantDevice', 'mfa'], operator: 'OR' } }),
    ],
    [noPass('CLA-M365-10', 'MFA is enough instead of a compliant device')],
  ),
  ca(
    'emergency-access-not-left-out',
    [policy({ users: { excludeGroups: [] } })],
    [is('CLA-M365-13', 'fail', 'emergency access is not left out')],
  ),
  ca(
    'legacy-block-without-exclusion',
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
    [silent('CLA-M365-13', 'Block legacy', 'a policy on legacy clients does not reach Claude')],
  ),
  ca(
    'unnamed-application-without-exclusion',
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
    [
      noPass(
        'CLA-M365-13',
        'the policy may well be on the sign-in application, which the charter does not name',
      ),
    ],
    { 'charter.yaml': unnamed },
  ),
  ca(
    'unnamed-application-in-report-only',
    [
      policy({
        state: 'enabledForReportingButNotEnforced',
        applications: { includeApplications: ['5ea5e100-2222-4333-8444-0123456789ab'] },
      }),
    ],
    [
      noPass('CLA-M365-21', 'a policy in report-only may well be on the sign-in application'),
      noPass('CLA-M365-09', 'report-only holds nobody'),
    ],
    { 'charter.yaml': unnamed },
  ),
  ca(
    'unnamed-application-connectors-open',
    [policy()],
    [
      is('CLA-M365-04', 'fail', 'the two connector applications need no name, and are open to everybody'),
      says('CLA-M365-04', /M365 MCP/, 'the connector applications are named'),
    ],
    { 'charter.yaml': unnamed, 'apps.json': applications({ assignment: false }) },
  ),
  ca(
    'one-odd-policy-among-many',
    [policy(), ...crowd, odd],
    [
      file(
        'ca.json',
        'taken',
        'the policies that can be read are taken and the odd one is named',
        /Odd one|59|799999/,
      ),
      ...mfaHolds('a policy more cannot loosen the one that asks for MFA'),
      noPass('CLA-M365-13', 'whether the odd policy leaves out emergency access is not known'),
      says('CLA-M365-13', 'Odd one', 'the policy that cannot be read is named'),
    ],
  ),
  ca(
    'only-an-odd-policy',
    [odd],
    [
      noPass('CLA-M365-09', 'nothing could be read'),
      noPass('CLA-M365-13', 'nothing could be read'),
      noPass('CLA-M365-21', 'nothing could be read'),
    ],
  ),
  ca(
    'one-page-of-two',
    [policy()],
    [noPass('CLA-M365-13', 'the list goes on at an address that was not saved')],
    {
      'ca.json': JSON.stringify({
        ...JSON.parse(policies([policy()])),
        '@odata.nextLink':
          'https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies?$skiptoken=x',
      }),
    },
  ),
  ca('same-page-twice', [one], mfaHolds('the same page twice is one list'), {
    'ca (1).json': policies([one]),
  }),
  ca(
    'location-without-the-connector',
    [
      policy(),
      policy({
        name: 'Office only',
        conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } },
        grant: { builtInControls: ['block'] },
      }),
    ],
    [
      is('CLA-M365-14', 'fail', 'the range of the connector is not left out of a location policy'),
      says('CLA-M365-14', 'Office only', 'the location policy is named'),
    ],
  ),
];
