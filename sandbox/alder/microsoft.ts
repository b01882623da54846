import { DOMAIN, FORMER, LEAVERS, SEATED, UNSEATED } from './people.ts';

/** Responses of Graph Explorer for the Alder Society's Entra tenant, saved by hand. */

export const id = (n: number) => `a1de0000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const context = (what: string) => `https://graph.microsoft.com/v1.0/$metadata#${what}`;
export const json = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`;

export const CONNECTOR_SERVER = '07c030f6-5743-41b7-ba00-0a6e85f37c17';
export const CONNECTOR_CLIENT = '08ad6f98-a4f8-4635-bb8d-f1a3044760f0';
export const SSO_APP = 'a1de5500-1111-4222-8333-0123456789ab';
const EMERGENCY_GROUP = id(9001);

export function subscribedSkus(): string {
  return json({
    '@odata.context': context('subscribedSkus'),
    value: [
      {
        skuId: 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46',
        skuPartNumber: 'SPB',
        capabilityStatus: 'Enabled',
        appliesTo: 'User',
        consumedUnits: 63,
        prepaidUnits: { enabled: 65, suspended: 0, warning: 0 },
        servicePlans: [
          ['AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d'],
          ['ADALLOM_S_DISCOVERY', '932ad362-64a8-4783-9106-97849a1a30b9'],
          ['INTUNE_A', 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5'],
          ['INTUNE_SMBIZ', '8e9ff0ff-aa7a-4b20-83c1-2f636b600ac2'],
          ['BPOS_S_DlpAddOn', '9bec7e34-c9fa-40b7-a9d1-bd6d1165c7ed'],
          ['MDE_SMB', 'bfc1bbd9-981b-4f71-9b82-17c35fd0e2a4'],
        ].map(([servicePlanName, servicePlanId]) => ({
          servicePlanId,
          servicePlanName,
          provisioningStatus: 'Success',
          appliesTo: 'User',
        })),
      },
    ],
  });
}

export function users(): string {
  const people = [...SEATED, ...UNSEATED, ...LEAVERS, ...FORMER].map((staff, index) => ({
    id: id(index + 1),
    displayName: staff.name,
    userPrincipalName: staff.mail,
    mail: staff.mail,
    proxyAddresses: [`SMTP:${staff.mail}`],
    otherMails: [],
    // One leaver's account is still enabled.
    accountEnabled: staff.ends === '' || staff.name === 'Wren Castellane',
    userType: 'Member',
    employeeId: staff.number,
    assignedLicenses:
      staff.ends === '' ? [{ disabledPlans: [], skuId: 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46' }] : [],
  }));
  const emergency = ['breakglass1', 'breakglass2'].map((name, index) => ({
    id: id(8001 + index),
    displayName: `Emergency access ${index + 1}`,
    userPrincipalName: `${name}@${DOMAIN}`,
    mail: null,
    proxyAddresses: [],
    otherMails: [],
    accountEnabled: true,
    userType: 'Member',
    employeeId: null,
    assignedLicenses: [],
  }));
  return json({
    '@odata.context': context(
      'users(id,displayName,userPrincipalName,mail,proxyAddresses,otherMails,accountEnabled,userType,employeeId,assignedLicenses)',
    ),
    value: [...people, ...emergency],
  });
}

export function groups(): string {
  return json({
    '@odata.context': context('groups(id,displayName,members())'),
    value: [
      {
        id: EMERGENCY_GROUP,
        displayName: 'Emergency access accounts',
        members: [
          {
            '@odata.type': '#microsoft.graph.user',
            id: id(8001),
            userPrincipalName: `breakglass1@${DOMAIN}`,
          },
          {
            '@odata.type': '#microsoft.graph.user',
            id: id(8002),
            userPrincipalName: `breakglass2@${DOMAIN}`,
          },
        ],
      },
    ],
  });
}

interface Policy {
  readonly n: number;
  readonly name: string;
  readonly state: string;
  readonly applications: readonly string[];
  readonly grant: object | null;
  readonly conditions?: object;
  readonly created: string;
}

export function policy({ n, name, state, applications, grant, conditions, created }: Policy): object {
  return {
    id: id(7000 + n),
    displayName: name,
    createdDateTime: created,
    modifiedDateTime: null,
    state,
    sessionControls: null,
    conditions: {
      signInRiskLevels: [],
      userRiskLevels: [],
      servicePrincipalRiskLevels: [],
      clientAppTypes: ['all'],
      platforms: null,
      locations: null,
      devices: null,
      clientApplications: null,
      applications: {
        includeApplications: applications,
        excludeApplications: [],
        includeUserActions: [],
        includeAuthenticationContextClassReferences: [],
        applicationFilter: null,
      },
      users: {
        includeUsers: ['All'],
        excludeUsers: [],
        includeGroups: [],
        excludeGroups: [EMERGENCY_GROUP],
        includeRoles: [],
        excludeRoles: [],
        includeGuestsOrExternalUsers: null,
        excludeGuestsOrExternalUsers: null,
      },
      ...conditions,
    },
    grantControls: grant,
  };
}

/** The MFA policy is report-only until December 2; a country policy would block the connector's own IP range. */
export function conditionalAccess(): string {
  const grant = (...builtInControls: string[]) => ({
    operator: 'OR',
    builtInControls,
    customAuthenticationFactors: [],
    termsOfUse: [],
    authenticationStrength: null,
  });
  return json({
    '@odata.context': context('identity/conditionalAccess/policies'),
    value: [
      policy({
        n: 1,
        name: 'Require MFA for Claude AI',
        state: 'enabledForReportingButNotEnforced',
        applications: [SSO_APP, CONNECTOR_SERVER, CONNECTOR_CLIENT],
        grant: grant('mfa'),
        created: '2026-11-18T15:00:00Z',
      }),
      policy({
        n: 2,
        name: 'Require Compliant Device for Claude AI',
        state: 'enabled',
        applications: [SSO_APP, CONNECTOR_SERVER, CONNECTOR_CLIENT],
        grant: grant('compliantDevice', 'mfa'),
        created: '2026-09-20T15:00:00Z',
      }),
      policy({
        n: 3,
        name: 'Block sign-in from other countries',
        state: 'enabled',
        applications: ['All'],
        grant: grant('block'),
        conditions: { locations: { includeLocations: ['All'], excludeLocations: [id(6001)] } },
        created: '2025-02-01T15:00:00Z',
      }),
    ],
  });
}

export function namedLocations(): string {
  return json({
    '@odata.context': context('identity/conditionalAccess/namedLocations'),
    value: [
      {
        '@odata.type': '#microsoft.graph.countryNamedLocation',
        id: id(6001),
        displayName: 'United States and Canada',
        countriesAndRegions: ['US', 'CA'],
        includeUnknownCountriesAndRegions: false,
      },
      {
        '@odata.type': '#microsoft.graph.ipNamedLocation',
        id: id(6002),
        displayName: 'Office',
        isTrusted: true,
        ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '203.0.113.0/28' }],
      },
    ],
  });
}

export const GRAPH_EXPLORER = 'de8bc8b5-d9f9-48b1-a8ad-b748da725064';

export function servicePrincipals(): string {
  const app = (n: number, appId: string, displayName: string, appRoleAssignmentRequired: boolean) => ({
    id: id(5000 + n),
    appId,
    displayName,
    accountEnabled: true,
    appRoleAssignmentRequired,
    appOwnerOrganizationId: appId === SSO_APP ? id(1) : '00000000-0000-4000-8000-0000000000aa',
    verifiedPublisher: { displayName: appId === SSO_APP ? null : 'Anthropic, PBC' },
  });
  return json({
    '@odata.context': context('servicePrincipals'),
    value: [
      app(1, CONNECTOR_CLIENT, 'M365 MCP Client for Claude', true),
      app(2, CONNECTOR_SERVER, 'M365 MCP Server for Claude', true),
      app(3, SSO_APP, 'Claude', false),
      app(4, '00000003-0000-0000-c000-000000000000', 'Microsoft Graph', false),
      app(5, GRAPH_EXPLORER, 'Graph Explorer', false),
    ],
  });
}

/** Saving the list from Graph Explorer itself requires this consent. */
export const GRAPH_EXPLORER_CONSENT = {
  id: 'grant-3',
  clientId: id(5005),
  consentType: 'Principal',
  principalId: id(3),
  resourceId: id(5004),
  scope: 'Directory.Read.All User.Read openid profile offline_access',
};

/** The consent includes Mail.Send and MailboxSettings.ReadWrite, which nothing in the charter needs. */
export function permissionGrants(): string {
  return json({
    '@odata.context': context('oauth2PermissionGrants'),
    value: [
      {
        id: 'grant-1',
        clientId: id(5002),
        consentType: 'AllPrincipals',
        principalId: null,
        resourceId: id(5004),
        scope:
          'User.Read openid offline_access email profile Mail.Read Mail.ReadBasic Files.Read Files.Read.All Sites.Read.All Files.ReadWrite.All Mail.Send MailboxSettings.ReadWrite',
      },
      {
        id: 'grant-2',
        clientId: id(5001),
        consentType: 'AllPrincipals',
        principalId: null,
        resourceId: id(5002),
        scope: 'access_as_user',
      },
      GRAPH_EXPLORER_CONSENT,
    ],
  });
}

export function signIns(): string {
  const at = ['2026-11-19T14:02:11Z', '2026-11-20T15:31:40Z', '2026-11-21T03:12:05Z', '2026-11-23T13:45:00Z'];
  return json({
    '@odata.context': context('auditLogs/signIns'),
    value: at.map((createdDateTime, index) => ({
      id: `signin-${index + 1}`,
      createdDateTime,
      userPrincipalName: SEATED[index + 3]?.mail,
      appId: SSO_APP,
      appDisplayName: 'Claude',
      ipAddress: '203.0.113.7',
      clientAppUsed: 'Browser',
      conditionalAccessStatus: 'success',
      authenticationRequirement: index === 3 ? 'singleFactorAuthentication' : 'multiFactorAuthentication',
      deviceDetail: { isCompliant: index !== 2, isManaged: index !== 2, operatingSystem: 'Windows' },
      riskLevelDuringSignIn: 'none',
      status: { errorCode: 0 },
      appliedConditionalAccessPolicies: [],
    })),
  });
}

export function securityDefaults(): string {
  return json({
    '@odata.context': context('policies/identitySecurityDefaultsEnforcementPolicy/$entity'),
    id: '00000000-0000-0000-0000-000000000005',
    displayName: 'Security Defaults',
    isEnabled: false,
  });
}
