import { PROCESS_CONTENT } from './purview.ts';
import { SHARING_PATH } from './shared-sites.ts';

/**
 * Permissions for a path: any one entry of `needs` is enough. An entry of several separated by spaces needs all of
 * them. An empty list accepts any token.
 */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly needs: readonly string[];
  /** Service plan that the tenant needs to have this data. */
  readonly plan?: string;
  readonly throttle: Throttle;
}

/** Throttling category, per application and tenant. Conditional Access sends no `Retry-After`. */
export type Throttle =
  | 'conditional_access'
  | 'sign_ins'
  | 'identity_protection'
  | 'sharepoint'
  | 'reports'
  | 'directory';

/** Microsoft's documented limits (learn.microsoft.com/graph/throttling-limits). */
export const LIMITS: Readonly<Record<Throttle, { readonly units: number; readonly seconds: number }>> = {
  conditional_access: { units: 1, seconds: 1 },
  sign_ins: { units: 5, seconds: 10 },
  identity_protection: { units: 1, seconds: 1 },
  directory: { units: 3500, seconds: 10 },
  sharepoint: { units: 1250, seconds: 60 },
  reports: { units: 100, seconds: 600 },
};

export const P1 = '41781fb2-bc02-4b7c-bd55-b576c07bb09d';
export const P2 = 'eec0eb4f-6444-4f95-aba0-50c24d67f998';
export const CLOUD_APPS = '2e2ddb96-6af9-4b1d-a3f0-d6ecfd22edb2';
export const INTUNE = 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5';

const CA_WRITE = ['Policy.Read.All Policy.ReadWrite.ConditionalAccess Application.Read.All'];
const APPS = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'];
const GROUPS = ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'];
const GRANTS = ['Directory.Read.All', 'DelegatedPermissionGrant.ReadWrite.All'];

const directory = (method: string, path: RegExp, needs: readonly string[]): Route => ({
  method,
  path,
  needs,
  throttle: 'directory',
});

/** Least privileged permissions and the ones that include them (permissions reference of Microsoft Graph). */
export const ROUTES: readonly Route[] = [
  directory('GET', /^\/organization$/, ['Organization.Read.All', 'User.Read.All', 'Directory.Read.All']),
  directory('GET', /^\/subscribedSkus$/, [
    'LicenseAssignment.Read.All',
    'Organization.Read.All',
    'Directory.Read.All',
  ]),
  directory('GET', /^\/users\/delta(\(\))?$/, ['User.Read.All', 'Directory.Read.All']),
  directory('GET', /^\/users$/, ['User.ReadBasic.All', 'User.Read.All', 'Directory.Read.All']),
  directory('POST', PROCESS_CONTENT, ['Content.Process.User', 'Content.Process.All']),
  directory('GET', /^\/users\/(?!delta)[^/]+$/, ['User.Read.All', 'Directory.Read.All']),
  directory('PATCH', /^\/users\/[^/]+$/, [
    'User.EnableDisableAccount.All User.Read.All',
    'User.ReadWrite.All',
  ]),
  directory('POST', /^\/users\/[^/]+\/revokeSignInSessions$/, ['User.RevokeSessions.All']),
  directory('GET', /^\/groups(\/[^/]+\/(members|transitiveMembers(\/microsoft\.graph\.user)?))?$/, GROUPS),
  directory('GET', /^\/roleManagement\/directory\/roleAssignments$/, [
    'RoleManagement.Read.Directory',
    'RoleManagement.Read.All',
    'Directory.Read.All',
  ]),
  directory('GET', /^\/servicePrincipals$/, APPS),
  directory('GET', /^\/servicePrincipals\/[^/]+$/, APPS),
  ...['POST', 'PATCH'].map((method) =>
    directory(method, /^\/servicePrincipals(\/[^/]+)?$/, ['Application.ReadWrite.All']),
  ),
  ...['PATCH', 'DELETE'].map((method) =>
    directory(method, /^\/oauth2PermissionGrants\/[^/]+$/, ['DelegatedPermissionGrant.ReadWrite.All']),
  ),
  // Any token is accepted.
  directory('GET', /^\/applicationTemplates$/, []),
  directory('GET', /^\/servicePrincipals\/[^/]+\/appRole(AssignedTo|Assignments)$/, APPS),
  directory('GET', /^\/oauth2PermissionGrants(\/delta(\(\))?)?$/, GRANTS),
  directory('GET', /^\/domains$/, ['Domain.Read.All', 'Directory.Read.All']),
  {
    method: 'GET',
    path: /^\/identity\/conditionalAccess\/(policies|namedLocations)(\/[^/]+)?$/,
    needs: ['Policy.Read.All'],
    throttle: 'conditional_access',
  },
  {
    method: 'POST',
    path: /^\/identity\/conditionalAccess\/evaluate$/,
    needs: ['Policy.Read.ConditionalAccess', 'Policy.Read.All'],
    throttle: 'conditional_access',
  },
  {
    method: 'GET',
    path: /^\/policies\/identitySecurityDefaultsEnforcementPolicy$/,
    needs: ['Policy.Read.All'],
    throttle: 'conditional_access',
  },
  ...['POST', 'PATCH', 'DELETE'].map(
    (method): Route => ({
      method,
      path: /^\/identity\/conditionalAccess\/(policies|namedLocations)(\/[^/]+)?$/,
      needs: CA_WRITE,
      throttle: 'conditional_access',
      plan: P1,
    }),
  ),
  {
    method: 'GET',
    path: /^\/auditLogs\/signIns$/,
    needs: ['AuditLog.Read.All'],
    throttle: 'sign_ins',
    plan: P1,
  },
  {
    method: 'GET',
    path: /^\/auditLogs\/directoryAudits$/,
    needs: ['AuditLog.Read.All'],
    throttle: 'sign_ins',
  },
  {
    method: 'GET',
    path: /^\/identityProtection\/riskyUsers$/,
    needs: ['IdentityRiskyUser.Read.All'],
    throttle: 'identity_protection',
    plan: P2,
  },
  {
    ...directory('GET', /^\/deviceManagement\/managedDevices$/, ['DeviceManagementManagedDevices.Read.All']),
    plan: INTUNE,
  },
  directory('GET', /^\/security\/alerts_v2(\/[^/]+)?$/, [
    'SecurityAlert.Read.All',
    'SecurityAlert.ReadWrite.All',
  ]),
  directory('PATCH', /^\/security\/alerts_v2\/[^/]+$/, ['SecurityAlert.ReadWrite.All']),
  directory('POST', /^\/security\/runHuntingQuery$/, ['ThreatHunting.Read.All']),
  {
    ...directory('GET', /^\/deviceManagement\/deviceCompliancePolicies$/, [
      'DeviceManagementConfiguration.Read.All',
    ]),
    plan: INTUNE,
  },
  {
    method: 'GET',
    path: /^\/identityProtection\/riskDetections$/,
    needs: ['IdentityRiskEvent.Read.All'],
    throttle: 'identity_protection',
    plan: P1,
  },
  directory('GET', /^\/users\/[^/]+\/authentication\/methods$/, ['UserAuthenticationMethod.Read.All']),
  directory('GET', /^\/reports\/authenticationMethods\/userRegistrationDetails$/, ['AuditLog.Read.All']),
  {
    method: 'GET',
    path: SHARING_PATH,
    needs: ['Sites.Read.All', 'Sites.ReadWrite.All', 'Sites.FullControl.All'],
    throttle: 'sharepoint',
  },
  ...['GET', 'PUT'].map(
    (method): Route => ({
      method,
      // Sites.Selected is valid only if the site granted the application a role, which the token does not show.
      path: /^\/sites\/(.+)$/,
      needs: ['Sites.Selected', 'Sites.ReadWrite.All'],
      throttle: 'sharepoint',
    }),
  ),
  directory('GET', /^\/copilot\/admin\/catalog\/packages$/, [
    'CopilotPackages.Read.All',
    'CopilotPackages.ReadWrite.All',
  ]),
  {
    method: 'GET',
    path: /^\/reports\/getSharePointSiteUsageDetail\(period='D(7|30|90|180)'\)$/,
    needs: ['Reports.Read.All'],
    throttle: 'reports',
  },
  { ...directory('GET', /^\/reports\/azureADPremiumLicenseInsight$/, ['Reports.Read.All']), plan: P1 },
];

/** Resource units that a request uses of SharePoint's limit ("Avoid getting throttled", read 2026-11-30). */
function siteUnitsOf(path: string): number {
  if (path.endsWith('/permissions')) return 5;
  return /(\/content|\/drives|getAllSites)$/.test(path) ? 2 : 1;
}

/** Resource units that a request uses of its limit; 1 where the limit counts requests. */
export function unitsOf(path: string, throttle: Throttle): number {
  if (throttle === 'sharepoint') return siteUnitsOf(path);
  if (throttle !== 'directory') return 1;
  if (path.startsWith('/users') || path.startsWith('/oauth2PermissionGrants')) return 2;
  return path.startsWith('/subscribedSkus') || /\/(transitiveM|m)embers(\/[\w.]+)?$/.test(path) ? 3 : 1;
}

/** Optional permissions of the reading application, for tenants with Microsoft Agent 365. */
export const OPTIONAL = ['CopilotPackages.Read.All'] as const;

/** Permissions of the application that reads. */
export const READING = [
  'Application.Read.All',
  'AuditLog.Read.All',
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementManagedDevices.Read.All',
  'Directory.Read.All',
  'Domain.Read.All',
  'IdentityRiskEvent.Read.All',
  'IdentityRiskyUser.Read.All',
  'LicenseAssignment.Read.All',
  'Policy.Read.All',
  'Reports.Read.All',
  'SecurityAlert.Read.All',
  'ThreatHunting.Read.All',
  'User.Read.All',
  'UserAuthenticationMethod.Read.All',
] as const;

/** Permissions of the application that changes Conditional Access. */
export const WRITING = [
  'Application.Read.All',
  'Policy.Read.All',
  'Policy.ReadWrite.ConditionalAccess',
] as const;

/** Permissions of the application that changes Claude's applications. */
export const CHANGING_APPS = ['Application.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All'] as const;

/** Permissions of the application that disables accounts. */
export const CLOSING = ['User.EnableDisableAccount.All', 'User.Read.All', 'User.RevokeSessions.All'] as const;

/** Permissions of the application that writes the weekly file to a site. */
export const WRITING_FILES = ['Sites.Selected'] as const;

/** Permissions of the application that reads who can open sites. */
export const READING_SITES = ['Sites.Read.All'] as const;

/** Optional permission of that application, to count the members of groups. */
export const SIZING_GROUPS = 'GroupMember.Read.All';

/** Permissions of the application that submits prompts to Purview. */
export const ASKING_PURVIEW = ['Content.Process.User', 'User.ReadBasic.All'] as const;

/** Permissions of the application that closes alerts. */
export const CLOSING_ALERTS = ['SecurityAlert.ReadWrite.All'] as const;
