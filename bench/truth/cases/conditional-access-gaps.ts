import { CONNECTOR_SERVER, EMERGENCY_GROUP, type Person } from '../client.ts';
import { OFFICE, policy } from '../microsoft.ts';
import { noPass } from '../model.ts';
import { ca, MEMBERS_GROUP, people, withGroup } from './conditional-access.ts';

const ADMIN_ROLE = '62e90394-69f5-4237-9190-012177145e10';

/** A case whose only MFA policy leaves someone or something out. */
const gap =
  (name: string) =>
  (found: object, why: string, more: Record<string, string> = {}) =>
    ca(name)([found], [noPass('M365-09', why)], more);

export const conditionalAccessGaps = [
  gap('outside-trusted-only')(
    policy({ conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } } }),
    'nobody is asked in the office',
  ),
  gap('one-location-only')(
    policy({ conditions: { locations: { includeLocations: [OFFICE], excludeLocations: [] } } }),
    'nobody is asked outside the office',
  ),
  gap('legacy-clients-only')(
    policy({ conditions: { clientAppTypes: ['exchangeActiveSync', 'other'] } }),
    'legacy clients do not reach Claude',
  ),
  gap('browsers-only')(
    policy({ conditions: { clientAppTypes: ['browser'] } }),
    'the desktop application is not asked',
  ),
  gap('emergency-access-only')(
    policy({ users: { includeUsers: [], includeGroups: [EMERGENCY_GROUP], excludeGroups: [] } }),
    'only emergency access is asked',
  ),
  gap('one-person-only')(
    policy({ users: { includeUsers: [(people[0] as Person).id], excludeGroups: [] } }),
    'one person is asked',
  ),
  gap('nobody')(policy({ users: { includeUsers: ['None'], excludeGroups: [] } }), 'nobody is asked'),
  gap('admins-only')(
    policy({ users: { includeUsers: [], includeRoles: [ADMIN_ROLE] } }),
    'only administrators are asked',
  ),
  gap('guests-only')(policy({ users: { includeUsers: ['GuestsOrExternalUsers'] } }), 'only guests are asked'),
  gap('half-of-staff-left-out')(
    policy({ users: { excludeGroups: [EMERGENCY_GROUP, MEMBERS_GROUP] } }),
    'half of staff is left out',
    { 'groups.json': withGroup },
  ),
  gap('an-unknown-group-left-out')(
    policy({ users: { excludeGroups: [EMERGENCY_GROUP, '5ea5e100-0000-4000-8000-00000000dead'] } }),
    'who is in the group that is left out is not known',
  ),
  gap('one-person-left-out')(
    policy({ users: { excludeUsers: [(people[5] as Person).id] } }),
    'one person is left out',
  ),
  gap('connector-left-out')(
    policy({ applications: { includeApplications: ['All'], excludeApplications: [CONNECTOR_SERVER] } }),
    'the connector is left out',
  ),
  gap('sign-in-only')(
    policy({ applications: { includeApplications: [CONNECTOR_SERVER] } }),
    'only one application is reached',
  ),
  gap('application-filter')(
    policy({
      applications: {
        includeApplications: [],
        applicationFilter: { mode: 'include', rule: 'CustomSecurityAttribute.Eng.Project -eq "Claude"' },
      },
    }),
    'which applications carry the attribute is not known',
  ),
  gap('all-but-application-filter')(
    policy({
      applications: {
        includeApplications: ['All'],
        applicationFilter: { mode: 'exclude', rule: 'CustomSecurityAttribute.Eng.Project -eq "Claude"' },
      },
    }),
    'which applications are filtered out is not known',
  ),
  gap('user-action-only')(
    policy({
      applications: { includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'] },
    }),
    'registering a method is no sign-in to Claude',
  ),
  gap('authentication-context-only')(
    policy({
      applications: { includeApplications: [], includeAuthenticationContextClassReferences: ['c1'] },
    }),
    'an authentication context is no application',
  ),
  gap('windows-only')(
    policy({ conditions: { platforms: { includePlatforms: ['windows'], excludePlatforms: [] } } }),
    'other platforms are not asked',
  ),
  gap('all-but-phones')(
    policy({
      conditions: { platforms: { includePlatforms: ['all'], excludePlatforms: ['android', 'iOS'] } },
    }),
    'phones are not asked',
  ),
  gap('risky-sign-ins-only')(
    policy({ conditions: { signInRiskLevels: ['high'] } }),
    'sign-ins without risk are not asked',
  ),
  gap('risky-users-only')(
    policy({ conditions: { userRiskLevels: ['high'] } }),
    'users without risk are not asked',
  ),
  gap('insider-risk-only')(
    policy({ conditions: { insiderRiskLevels: 'elevated' } }),
    'people without insider risk are not asked',
  ),
  gap('device-code-flow-only')(
    policy({ conditions: { authenticationFlows: { transferMethods: 'deviceCodeFlow' } } }),
    'only one way of signing in is asked',
  ),
  gap('workloads-only')(
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
  gap('compliant-devices-filtered-out')(
    policy({
      conditions: { devices: { deviceFilter: { mode: 'exclude', rule: 'device.isCompliant -eq True' } } },
    }),
    'people on compliant devices are not asked',
  ),
  gap('old-device-state')(
    policy({ conditions: { devices: { includeDevices: ['All'], excludeDevices: ['Compliant'] } } }),
    'people on compliant devices are not asked',
  ),
  gap('mfa-or-compliant-device')(
    policy({ grant: { builtInControls: ['mfa', 'compliantDevice'], operator: 'OR' } }),
    'a compliant device is enough',
  ),
  gap('report-only')(policy({ state: 'enabledForReportingButNotEnforced' }), 'report-only holds nobody'),
  gap('switched-off')(policy({ state: 'disabled' }), 'a policy that is off holds nobody'),
  gap('unknown-state')(policy({ state: 'paused' }), 'a state that nobody knows is not on'),
  gap('a-condition-from-the-future')(
    policy({ conditions: { agentIdRiskLevels: ['high'] } }),
    'a condition that is not understood may leave people out',
  ),
  gap('terms-of-use-only')(
    policy({ grant: { termsOfUse: ['5ea5e100-0000-4000-8000-00000000700f'] } }),
    'terms of use are no MFA',
  ),
  gap('password-change-only')(
    policy({ grant: { builtInControls: ['passwordChange'] } }),
    'a change of password is no MFA',
  ),
  gap('own-strength-with-password')(
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
];
