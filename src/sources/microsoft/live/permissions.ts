import { ownValue } from '#domain/model/own-value.ts';

/** Optional, global cloud only: the catalog of agents in Microsoft Agent 365. */
export const AGENT_CATALOG = 'CopilotPackages.Read.All';

/** Reads who can open SharePoint sites, but would also allow reading every file in them. */
export const SHARING = 'Sites.Read.All';

/**
 * Optional addition: counts members of groups that can open sites, but would also allow reading the members of every
 * group.
 */
export const GROUP_SIZES = 'GroupMember.Read.All';

/** Lets the tenant's Purview policies evaluate a submitted prompt, and nothing else. */
const PROMPTS = 'Content.Process.User';
/** Finds the account of an address, and reads only names and addresses. */
const ACCOUNTS = 'User.ReadBasic.All';

/**
 * Application permissions that a reading application needs, and others that include them (permissions reference of
 * Microsoft Graph, 2026-08-07). `source.yaml` says what each reads, and what is missing without it.
 */
const INCLUDED_READING: Readonly<Record<string, readonly string[]>> = {
  'LicenseAssignment.Read.All': [
    'Organization.Read.All',
    'Organization.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'User.Read.All': ['User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  'Directory.Read.All': ['Directory.ReadWrite.All'],
  'Application.Read.All': ['Application.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  'Policy.Read.All': [],
  'AuditLog.Read.All': [],
  'DeviceManagementManagedDevices.Read.All': ['DeviceManagementManagedDevices.ReadWrite.All'],
  'IdentityRiskyUser.Read.All': ['IdentityRiskyUser.ReadWrite.All'],
  'IdentityRiskEvent.Read.All': ['IdentityRiskEvent.ReadWrite.All'],
  'UserAuthenticationMethod.Read.All': ['UserAuthenticationMethod.ReadWrite.All'],
  'Domain.Read.All': ['Domain.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  'Reports.Read.All': [],
  'SecurityAlert.Read.All': ['SecurityAlert.ReadWrite.All'],
  'ThreatHunting.Read.All': [],
  'DeviceManagementConfiguration.Read.All': ['DeviceManagementConfiguration.ReadWrite.All'],
  [AGENT_CATALOG]: ['CopilotPackages.ReadWrite.All'],
};

const INCLUDED_IN: Readonly<Record<string, readonly string[]>> = {
  ...INCLUDED_READING,
  [PROMPTS]: ['Content.Process.All'],
  [ACCOUNTS]: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  [SHARING]: ['Sites.ReadWrite.All', 'Sites.Manage.All', 'Sites.FullControl.All'],
  [GROUP_SIZES]: [
    'GroupMember.ReadWrite.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
};

/** Purposes of applications. */
export const USES = [
  'reading',
  'writing',
  'leaving',
  'applications',
  'alerts',
  'weekly',
  'sharing',
  'prompts',
] as const;

/** Permissions needed for each purpose. */
export const PERMISSIONS: Readonly<Record<(typeof USES)[number], readonly string[]>> = {
  reading: Object.keys(INCLUDED_READING),
  writing: ['Policy.Read.All', 'Policy.ReadWrite.ConditionalAccess', 'Application.Read.All'],
  leaving: ['User.Read.All', 'User.EnableDisableAccount.All', 'User.RevokeSessions.All'],
  applications: ['Application.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All'],
  alerts: ['SecurityAlert.ReadWrite.All'],
  // This gives no access to a site by itself: the site must grant it, which only a request can show.
  weekly: ['Sites.Selected'],
  sharing: [SHARING, GROUP_SIZES],
  prompts: [PROMPTS, ACCOUNTS],
};

/** Whether an application with these roles has a permission, directly or as part of another. */
export function hasPermission(roles: readonly string[], permission: string): boolean {
  return [permission, ...(ownValue(INCLUDED_IN, permission) ?? [])].some((one) => roles.includes(one));
}
