import type { AnalyticsSummaryRow, ClaudeGroupRow, ClaudeRoleRow } from './rows-directory.ts';
import type {
  AcknowledgementRow,
  ActivityRow,
  AnalyticsConnectorRow,
  AnalyticsUserRow,
  ApiKeyRow,
  ConnectorRow,
  DnsRow,
  DomainMembershipRow,
  MemberRow,
  RosterRow,
  SettingRow,
  UsageRow,
} from './rows-exports.ts';
import type {
  AgentPackageRow,
  AppAssignmentRow,
  CaPolicyRow,
  DirectoryAuditRow,
  EntraDomainRow,
  EntraGroupRow,
  EntraRoleRow,
  EntraUserRow,
  NamedLocationRow,
  PermissionGrantRow,
  PremiumUseRow,
  SecurityDefaultsRow,
  ServicePrincipalRow,
  SignInRow,
  SkuRow,
  UnreadPolicyRow,
} from './rows-microsoft.ts';
import type { AiTrafficRow } from './rows-network.ts';
import type {
  AuthMethodsRow,
  CloudAppEventRow,
  CompliancePolicyRow,
  ManagedDeviceRow,
  RiskDetectionRow,
  RiskyUserRow,
  SecurityAlertRow,
} from './rows-protection.ts';
import type { SharedSiteRow, SitePermissionsRow, SiteUsageRow } from './rows-sharepoint.ts';
import type { TelemetryRow } from './rows-telemetry.ts';

/**
 * The kinds of reading that Bylaw understands, and the row type of each.
 * A kind is what a file (or an API) is about, whatever the file is called. `snapshot` kinds describe a state at one
 * time: the newest reading replaces older ones. `log` kinds list events: readings add up.
 */

export type * from './rows-directory.ts';
export type * from './rows-exports.ts';
export { UNNAMED_SETTING, UNREADABLE_SETTINGS } from './rows-exports.ts';
export type * from './rows-microsoft.ts';
export type * from './rows-network.ts';
export type * from './rows-protection.ts';
export type * from './rows-sharepoint.ts';
export type * from './rows-telemetry.ts';

/** Row type of each kind. To add a kind, start here; the compiler then names what is missing. */
export interface Rows {
  members: MemberRow;
  roster: RosterRow;
  domain_memberships: DomainMembershipRow;
  usage: UsageRow;
  audit_log: ActivityRow;
  activities: ActivityRow;
  settings: SettingRow;
  api_keys: ApiKeyRow;
  analytics_users: AnalyticsUserRow;
  analytics_connectors: AnalyticsConnectorRow;
  analytics_summaries: AnalyticsSummaryRow;
  telemetry: TelemetryRow;
  claude_roles: ClaudeRoleRow;
  claude_groups: ClaudeGroupRow;
  connectors: ConnectorRow;
  acknowledgements: AcknowledgementRow;
  dns: DnsRow;
  ai_traffic: AiTrafficRow;
  subscribed_skus: SkuRow;
  entra_users: EntraUserRow;
  entra_groups: EntraGroupRow;
  entra_roles: EntraRoleRow;
  ca_policies: CaPolicyRow | UnreadPolicyRow;
  named_locations: NamedLocationRow;
  service_principals: ServicePrincipalRow;
  permission_grants: PermissionGrantRow;
  app_assignments: AppAssignmentRow;
  sign_ins: SignInRow;
  security_defaults: SecurityDefaultsRow;
  directory_audits: DirectoryAuditRow;
  managed_devices: ManagedDeviceRow;
  risky_users: RiskyUserRow;
  risk_detections: RiskDetectionRow;
  auth_methods: AuthMethodsRow;
  entra_domains: EntraDomainRow;
  premium_use: PremiumUseRow;
  security_alerts: SecurityAlertRow;
  cloud_app_events: CloudAppEventRow;
  compliance_policies: CompliancePolicyRow;
  agent_packages: AgentPackageRow;
  shared_sites: SharedSiteRow;
  site_usage: SiteUsageRow;
  site_permissions: SitePermissionsRow;
}

export type Kind = keyof Rows;

/** Documents that people write for Bylaw; they are not readings of a system. */
export type DocumentKind = 'profile' | 'charter' | 'journal' | 'attestations';

export interface KindInfo {
  /** What people call it, as the start of a sentence: "The members file". */
  readonly label: string;
  readonly shape: 'snapshot' | 'log';
  /** Where to get it, in one sentence; steps and requests are in catalogue/imports. */
  readonly howToGet: string;
  /** Claude plans with this source; left out: every plan, or it does not depend on the plan. */
  readonly onlyOn?: readonly ('team' | 'enterprise')[];
}

export const KINDS: Readonly<Record<Kind, KindInfo>> = {
  members: {
    label: 'members file',
    shape: 'snapshot',
    howToGet: 'Claude: Organization settings > Members > Export CSV (Admin or Owner).',
  },
  roster: {
    label: 'staff roster',
    shape: 'snapshot',
    howToGet: 'HR, payroll or Entra: everyone with name, email address, status and last day, as CSV or XLSX.',
  },
  domain_memberships: {
    label: 'Domain memberships report',
    shape: 'snapshot',
    howToGet:
      'Claude: Organization settings > Organization and access > Domains > Domain memberships (CSV or JSON).',
  },
  usage: {
    label: 'spend or usage file',
    shape: 'log',
    howToGet: 'Claude: Analytics > Export spend report (up to 90 days).',
  },
  audit_log: {
    label: 'audit log',
    shape: 'log',
    onlyOn: ['enterprise'],
    howToGet:
      'Claude Enterprise: Organization settings > Data and privacy > Export audit logs (last 180 days).',
  },
  activities: {
    label: 'activity feed',
    shape: 'log',
    onlyOn: ['enterprise'],
    howToGet:
      'Claude Enterprise: connect it under Connections > Sources, or import saved Compliance API answers about activities.',
  },
  settings: {
    label: 'settings file',
    shape: 'snapshot',
    onlyOn: ['enterprise'],
    howToGet:
      'Claude Enterprise: connect it under Connections > Sources, or import the saved Compliance API answer about settings.',
  },
  api_keys: {
    label: 'list of API keys',
    shape: 'snapshot',
    onlyOn: ['enterprise'],
    howToGet: 'Claude Enterprise: part of the settings file.',
  },
  analytics_users: {
    label: 'usage analytics per person',
    shape: 'log',
    onlyOn: ['enterprise'],
    howToGet: 'On Claude Enterprise, save the answers of the Analytics API for users.',
  },
  analytics_connectors: {
    label: 'usage analytics per connector',
    shape: 'log',
    onlyOn: ['enterprise'],
    howToGet: 'On Claude Enterprise, save the answers of the Analytics API for connectors.',
  },
  analytics_summaries: {
    label: 'usage analytics of the organization',
    shape: 'log',
    onlyOn: ['enterprise'],
    howToGet: 'On Claude Enterprise, save the answers of the Analytics API for summaries.',
  },
  telemetry: {
    label: 'telemetry file',
    shape: 'log',
    howToGet:
      'The files that your collector writes as OTLP JSON (one request, or one per line), with the log records of Cowork and Claude Code.',
  },
  claude_roles: {
    label: 'list of custom roles',
    shape: 'snapshot',
    onlyOn: ['enterprise'],
    howToGet:
      'Connect Claude Enterprise under Connections > Sources with a key that may read the organization’s data.',
  },
  claude_groups: {
    label: 'list of groups in Claude',
    shape: 'snapshot',
    onlyOn: ['enterprise'],
    howToGet:
      'Connect Claude Enterprise under Connections > Sources with a key that may read the organization’s and its users’ data.',
  },
  connectors: {
    label: 'connectors table',
    shape: 'snapshot',
    howToGet:
      'An Owner writes down Organization settings > Connectors: one line per connector and action with its state.',
  },
  acknowledgements: {
    label: 'list of policy acknowledgments',
    shape: 'log',
    howToGet: 'The list from your form or HR system: who acknowledged which policy version, when.',
  },
  dns: {
    label: 'DNS answer',
    shape: 'snapshot',
    howToGet:
      'Look up the TXT records of your domain and save the answer as a text file; Imports has the steps for Windows and Mac.',
  },
  ai_traffic: {
    label: 'network log of AI tools',
    shape: 'log',
    howToGet:
      'Export the log of the firewall, web gateway or DNS server, or the discovered apps of Defender for Cloud Apps; Imports names the formats.',
  },
  subscribed_skus: {
    label: 'licenses file',
    shape: 'snapshot',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for licenses that Imports shows, and save the answer.',
  },
  entra_users: {
    label: 'list of Entra users',
    shape: 'snapshot',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for users that Imports shows, and save every page.',
  },
  entra_groups: {
    label: 'list of Entra groups',
    shape: 'snapshot',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for groups with their members that Imports shows, and save every page.',
  },
  entra_roles: {
    label: 'list of role assignments',
    shape: 'snapshot',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for role assignments that Imports shows, and save every page.',
  },
  ca_policies: {
    label: 'list of Conditional Access policies',
    shape: 'snapshot',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for Conditional Access policies that Imports shows, and save the answer.',
  },
  named_locations: {
    label: 'list of named locations',
    shape: 'snapshot',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for named locations that Imports shows, and save the answer.',
  },
  service_principals: {
    label: 'list of enterprise applications',
    shape: 'snapshot',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for enterprise applications that Imports shows, and save every page.',
  },
  permission_grants: {
    label: 'list of permission grants',
    shape: 'snapshot',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for permission grants that Imports shows, and save every page.',
  },
  app_assignments: {
    label: 'list of application assignments',
    shape: 'snapshot',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for the assignments of an application that Imports shows, and save the answer.',
  },
  sign_ins: {
    label: 'list of Entra sign-ins',
    shape: 'log',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for sign-ins that Imports shows, and save every page.',
  },
  security_defaults: {
    label: 'security defaults file',
    shape: 'snapshot',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for security defaults that Imports shows, and save the answer.',
  },
  directory_audits: {
    label: 'list of changes in Entra',
    shape: 'log',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for changes in Entra that Imports shows, and save every page.',
  },
  managed_devices: {
    label: 'list of managed devices',
    shape: 'snapshot',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for managed devices that Imports shows, and save every page.',
  },
  risky_users: {
    label: 'list of risky users',
    shape: 'snapshot',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for risky users that Imports shows, and save every page.',
  },
  risk_detections: {
    label: 'list of risk detections',
    shape: 'log',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for risk detections that Imports shows, and save every page.',
  },
  auth_methods: {
    label: 'list of sign-in methods',
    shape: 'snapshot',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for registered sign-in methods that Imports shows, and save every page.',
  },
  entra_domains: {
    label: 'list of domains in Entra',
    shape: 'snapshot',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for domains that Imports shows, and save the answer.',
  },
  premium_use: {
    label: 'use of Entra ID P1 and P2',
    shape: 'snapshot',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for the use of Entra ID P1 and P2 that Imports shows, and save the answer.',
  },
  security_alerts: {
    label: 'list of Defender alerts',
    shape: 'log',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for Defender alerts that Imports shows, and save every page.',
  },
  cloud_app_events: {
    label: 'list of cloud app events',
    shape: 'log',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the hunting query for cloud app events that Imports shows, and save the answer.',
  },
  compliance_policies: {
    label: 'list of compliance policies',
    shape: 'snapshot',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for compliance policies that Imports shows, and save every page.',
  },
  agent_packages: {
    label: 'catalog of agents',
    shape: 'snapshot',
    howToGet:
      'With a license of Microsoft Agent 365, give the application the permission CopilotPackages.Read.All and test it under Connections > Sources; or in Microsoft Graph Explorer, run the request for the catalog of agents that Imports shows, and save every page.',
  },
  shared_sites: {
    label: 'sharing report of SharePoint',
    shape: 'snapshot',
    howToGet:
      'SharePoint admin center: Reports > Data access governance > Site permissions across your organization, as CSV; or a list of sites with their links and permissions that a script writes.',
  },
  site_usage: {
    label: 'report of SharePoint site usage',
    shape: 'snapshot',
    howToGet:
      'Connect Microsoft 365 under Connections > Sources; or in Microsoft Graph Explorer, run the request for SharePoint site usage that Imports shows, and save every page.',
  },
  site_permissions: {
    label: 'list of permissions of SharePoint libraries',
    shape: 'snapshot',
    howToGet:
      'Connect an application that reads how SharePoint is shared under Connections > Sources. Its permission, Sites.Read.All, reaches every file of every site, so it is optional; the sharing report of the SharePoint admin center shows more, and needs none.',
  },
};

export const ALL_KINDS = Object.keys(KINDS) as Kind[];

export function isKind(name: string): name is Kind {
  return Object.hasOwn(KINDS, name);
}
