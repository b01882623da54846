import { CONNECTOR_CLIENT, CONNECTOR_SERVER, EMERGENCY_GROUP, SIGN_IN_APP } from './client.ts';
import { graph } from './text.ts';

export const GRAPH_PRINCIPAL = '5ea5e100-0000-4000-8000-000000005004';
export const CLIENT_PRINCIPAL = '5ea5e100-0000-4000-8000-000000005001';
export const SERVER_PRINCIPAL = '5ea5e100-0000-4000-8000-000000005002';
export const APPLICATIONS = [SIGN_IN_APP, CONNECTOR_SERVER, CONNECTOR_CLIENT];
export const OFFICE = '5ea5e100-0000-4000-8000-000000006002';

interface PolicyParts {
  readonly name?: string;
  readonly state?: string;
  readonly conditions?: object;
  readonly users?: object;
  readonly applications?: object;
  readonly grant?: object | null;
  readonly session?: object | null;
}

let made = 0;

/** A policy as Graph returns it; by default it requires MFA for Claude of everyone except emergency access. */
export function policy({
  name = 'Require MFA for Claude',
  state = 'enabled',
  conditions = {},
  users = {},
  applications = {},
  grant = { builtInControls: ['mfa'] },
  session = null,
}: PolicyParts = {}): object {
  made += 1;
  return {
    id: `5ea5e100-0000-4000-8000-${String(700_000 + made).padStart(12, '0')}`,
    templateId: null,
    displayName: name,
    createdDateTime: '2026-09-18T15:00:00Z',
    modifiedDateTime: null,
    state,
    partialEnablementStrategy: null,
    sessionControls: session,
    conditions: {
      signInRiskLevels: [],
      userRiskLevels: [],
      servicePrincipalRiskLevels: [],
      insiderRiskLevels: null,
      clientAppTypes: ['all'],
      platforms: null,
      locations: null,
      times: null,
      deviceStates: null,
      devices: null,
      clientApplications: null,
      authenticationFlows: null,
      applications: {
        includeApplications: APPLICATIONS,
        excludeApplications: [],
        includeUserActions: [],
        includeAuthenticationContextClassReferences: [],
        applicationFilter: null,
        ...applications,
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
        ...users,
      },
      ...conditions,
    },
    grantControls:
      grant === null
        ? null
        : {
            operator: 'OR',
            builtInControls: [],
            customAuthenticationFactors: [],
            termsOfUse: [],
            authenticationStrength: null,
            ...grant,
          },
  };
}

export function policies(list: readonly object[]): string {
  return graph('identity/conditionalAccess/policies', list);
}

export function locations(): string {
  return graph('identity/conditionalAccess/namedLocations', [
    {
      '@odata.type': '#microsoft.graph.ipNamedLocation',
      id: OFFICE,
      displayName: 'Office',
      isTrusted: true,
      ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '203.0.113.0/28' }],
    },
  ]);
}

/** A service principal of the vendor, as Graph returns it. */
export function application(id: string, appId: string, displayName: string, more: object = {}): object {
  return {
    id,
    appId,
    displayName,
    accountEnabled: true,
    appRoleAssignmentRequired: true,
    appOwnerOrganizationId: '00000000-0000-4000-8000-0000000000aa',
    verifiedPublisher: { displayName: 'Anthropic, PBC' },
    ...more,
  };
}

const EXCHANGE = '00000002-0000-0ff1-ce00-000000000000';
const SHAREPOINT = '00000003-0000-0ff1-ce00-000000000000';

export function applications({
  assignment = true,
  signIn = true,
  more = [],
}: {
  assignment?: boolean;
  signIn?: boolean;
  more?: readonly object[];
} = {}): string {
  const one = (id: string, appId: string, displayName: string, appRoleAssignmentRequired: boolean) =>
    application(id, appId, displayName, { appRoleAssignmentRequired });
  return graph('servicePrincipals', [
    one(CLIENT_PRINCIPAL, CONNECTOR_CLIENT, 'M365 MCP Client for Claude', assignment),
    one(SERVER_PRINCIPAL, CONNECTOR_SERVER, 'M365 MCP Server for Claude', assignment),
    ...(signIn ? [one('5ea5e100-0000-4000-8000-000000005003', SIGN_IN_APP, 'Claude', true)] : []),
    one(GRAPH_PRINCIPAL, '00000003-0000-0000-c000-000000000000', 'Microsoft Graph', false),
    // Without any other application, the list would look filtered by name.
    one('0ff1ce00-0000-4000-8000-000000000002', EXCHANGE, 'Office 365 Exchange Online', false),
    one('0ff1ce00-0000-4000-8000-000000000003', SHAREPOINT, 'Office 365 SharePoint Online', false),
    ...more,
  ]);
}

/**
 * An administrator's own consent to another application, which every tenant has; without any, the list looks filtered.
 */
export const OTHER_GRANT = {
  id: 'grant-admin',
  clientId: '0ff1ce00-0000-4000-8000-000000000003',
  consentType: 'Principal',
  principalId: 'ad0be000-0000-4000-8000-000000000001',
  resourceId: GRAPH_PRINCIPAL,
  scope: 'User.Read',
};

export function grants(scope: string, more: readonly object[] = []): string {
  return graph('oauth2PermissionGrants', [
    {
      id: 'grant-1',
      clientId: SERVER_PRINCIPAL,
      consentType: 'AllPrincipals',
      principalId: null,
      resourceId: GRAPH_PRINCIPAL,
      scope,
    },
    {
      id: 'grant-2',
      clientId: CLIENT_PRINCIPAL,
      consentType: 'AllPrincipals',
      principalId: null,
      resourceId: SERVER_PRINCIPAL,
      scope: 'access_as_user',
    },
    OTHER_GRANT,
    ...more,
  ]);
}

export function sku(
  part: string,
  id: string,
  plans: readonly (readonly [string, string])[],
  more: object = {},
): object {
  return {
    skuId: id,
    skuPartNumber: part,
    capabilityStatus: 'Enabled',
    appliesTo: 'User',
    consumedUnits: 20,
    prepaidUnits: { enabled: 25, suspended: 0, warning: 0 },
    servicePlans: plans.map(([servicePlanName, servicePlanId]) => ({
      servicePlanId,
      servicePlanName,
      provisioningStatus: 'Success',
      appliesTo: 'User',
    })),
    ...more,
  };
}
