import { CONNECTOR_SERVER, EMERGENCY_GROUP, profile, SIGN_IN_APP, staff } from '../client.ts';
import {
  charter,
  entraGroups,
  entraUsers,
  journal,
  membersCsv,
  peopleFiles,
  rosterCsv,
} from '../documents.ts';
import {
  APPLICATIONS,
  application,
  GRAPH_PRINCIPAL,
  locations,
  OFFICE,
  policies,
  policy,
  SERVER_PRINCIPAL,
  sku,
} from '../microsoft.ts';
import { is, noPass, reported, says } from '../model.ts';
import { at, outsideCase } from '../outside.ts';
import { graph } from '../text.ts';

/** A tenant with a provider's standard policies, none of which does for Claude what it seems to. */
function usualPolicies() {
  const people = staff(16);
  const left = at(people, 11);
  const without = at(people, 15);
  const everyone = ['All'];
  return outsideCase('the-usual-policies-of-a-provider')(
    {
      ...peopleFiles(people),
      'members.csv': membersCsv(people.slice(0, 15)),
      'staff.csv': rosterCsv(people, { [left.email]: '2026-11-06' }),
      'users.json': entraUsers(people),
      'groups.json': entraGroups(),
      'charter.yaml': charter(people, {
        entra: {
          ssoAppId: SIGN_IN_APP,
          consentBy: at(people, 1).email,
          connectorScopes: ['User.Read', 'Mail.Read'],
          emergencyAccess: { groups: ['Emergency access'] },
          enableOn: { 'P6 Terms of use': '2026-10-01' },
        },
      }),
      'journal.yaml': journal(people),
      'skus.json': graph('subscribedSkus', [
        sku('SPE_E5', '06ebc4ee-1bb5-47dd-8120-11324bc54e06', [
          ['AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d'],
          ['AAD_PREMIUM_P2', 'eec0eb4f-6444-4f95-aba0-50c24d67f998'],
          ['INTUNE_A', 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5'],
          ['ADALLOM_S_STANDALONE', '2e2ddb96-6af9-4b1d-a3f0-d6ecfd22edb2'],
        ]),
      ]),
      'locations.json': locations(),
      'ca.json': policies([
        policy({
          name: 'P1 MFA everywhere',
          applications: { includeApplications: ['All'], excludeApplications: [SIGN_IN_APP] },
        }),
        policy({
          name: 'P2 Device or MFA',
          grant: { operator: 'OR', builtInControls: ['compliantDevice', 'mfa'] },
          users: {
            includeUsers: [],
            includeGroups: ['5ea5e100-0000-4000-8000-00000000beef'],
            excludeGroups: [EMERGENCY_GROUP],
          },
        }),
        policy({
          name: 'P3 Session',
          grant: null,
          applications: { includeApplications: [SIGN_IN_APP] },
          session: { cloudAppSecurity: { isEnabled: false, cloudAppSecurityType: 'monitorOnly' } },
        }),
        policy({
          name: 'P4 High risk',
          conditions: { signInRiskLevels: ['high'] },
          applications: { includeApplications: APPLICATIONS },
          grant: { builtInControls: ['block'] },
        }),
        policy({
          name: 'P5 Office only',
          users: { includeUsers: everyone, excludeGroups: [] },
          applications: { includeApplications: ['All'] },
          conditions: { locations: { includeLocations: ['All'], excludeLocations: [OFFICE] } },
          grant: { builtInControls: ['block'] },
        }),
        policy({ name: 'P6 Terms of use', state: 'enabledForReportingButNotEnforced' }),
      ]),
      'defaults.json': JSON.stringify({
        '@odata.context':
          'https://graph.microsoft.com/v1.0/$metadata#policies/identitySecurityDefaultsEnforcementPolicy/$entity',
        id: '00000000-0000-0000-0000-000000000005',
        displayName: 'Security Defaults',
        isEnabled: true,
      }),
      'apps.json': graph('servicePrincipals', [
        application(SERVER_PRINCIPAL, CONNECTOR_SERVER, 'M365 MCP Server for Claude', {
          appRoleAssignmentRequired: false,
        }),
        application('5ea5e100-0000-4000-8000-000000005003', SIGN_IN_APP, 'Claude', {
          appOwnerOrganizationId: '00000000-0000-4000-8000-0000000000cc',
          verifiedPublisher: null,
        }),
        application(
          '5ea5e100-0000-4000-8000-000000005088',
          '5ea5e100-7777-4333-8444-0123456789ab',
          'CIaude by Anthropic',
          {
            appRoleAssignmentRequired: false,
            appOwnerOrganizationId: '00000000-0000-4000-8000-0000000000bb',
            verifiedPublisher: null,
          },
        ),
        application(GRAPH_PRINCIPAL, '00000003-0000-0000-c000-000000000000', 'Microsoft Graph', {
          appRoleAssignmentRequired: false,
          appOwnerOrganizationId: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
          verifiedPublisher: null,
        }),
      ]),
      'grants.json': graph('oauth2PermissionGrants', [
        {
          id: 'g-1',
          clientId: SERVER_PRINCIPAL,
          consentType: 'Principal',
          principalId: without.id,
          resourceId: GRAPH_PRINCIPAL,
          scope: 'User.Read Mail.Read Mail.Send',
        },
      ]),
      'signins.json': graph(
        'auditLogs/signIns',
        people.slice(0, 8).map((one, n) => ({
          id: `s-${n}`,
          createdDateTime: '2026-11-20T15:04:05Z',
          userPrincipalName: one.email,
          userId: one.id,
          appId: n < 4 ? SIGN_IN_APP : '00000002-0000-0ff1-ce00-000000000000',
          appDisplayName: n < 4 ? 'Claude' : 'Office 365 Exchange Online',
          ipAddress: '203.0.113.5',
          status: { errorCode: n < 4 ? 53003 : 0 },
          authenticationRequirement: 'multiFactorAuthentication',
          conditionalAccessStatus: n < 4 ? 'failure' : 'success',
          deviceDetail: { isCompliant: true, isManaged: true },
          location: { city: 'Washington', countryOrRegion: 'US' },
        })),
      ),
    },
    [
      is('M365-01', 'pass', 'E5 brings Conditional Access'),
      noPass('M365-03', 'one of two applications is missing'),
      ...reported('M365-04', 'fail', 'the server needs no assignment', 'M365 MCP Server for Claude'),
      ...reported('M365-05', 'fail', 'a capital I is no l', 'CIaude by Anthropic'),
      ...reported('M365-06', 'fail', 'Mail.Send was not approved', 'Mail.Send'),
      noPass('M365-09', 'MFA leaves the sign-in application out'),
      noPass('M365-10', 'a device is one way of two, for a group that nobody knows'),
      noPass('M365-11', 'the session control is off'),
      noPass('M365-12', 'medium risk is left open'),
      ...reported('M365-13', 'fail', 'one policy holds emergency access', 'P5 Office only'),
      is('M365-14', 'fail', 'everything but the office is blocked, the range of Anthropic too'),
      says('M365-14', 'P5 Office only', 'it is named'),
      is('M365-15', 'fail', 'security defaults are on beside Conditional Access'),
      noPass('M365-16', 'nobody signed in to Claude'),
      is('M365-17', 'fail', 'the account of the leaver is enabled'),
      noPass('M365-18', 'nothing was done for the leaver'),
      noPass('M365-20', 'nobody tested the rule'),
      ...reported('M365-21', 'fail', 'the day of the policy passed in October', 'P6 Terms of use'),
      is('M365-22', 'pass', 'the quarterly review of October went through the permissions'),
      is('SHA-05', 'fail', 'someone without a seat is linked'),
      says('SHA-05', new RegExp(`${without.name}|${without.email}`), 'who is named'),
      noPass('VIS-11', 'nobody looked at alerts'),
      noPass('VIS-12', 'nobody looked at policies'),
      noPass('CON-26', 'nothing was done for the leaver'),
    ],
    { profile: profile({ m365: 'e5', staffCount: 15 }) },
  );
}

export const outsideProvider = [usualPolicies()];
