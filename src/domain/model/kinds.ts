/**
 * The kinds of reading that Bylaw understands, and the typed rows of each.
 *
 * A kind is what a file (or later an API) tells about, whatever the file is called. `snapshot` kinds say how
 * things stand at one time: the newest reading replaces older ones. `log` kinds list events: readings add up.
 */

/** Where a row stands: the file as given, and the line, sheet row or 1-based item of a JSON list. */
export interface At {
  readonly file: string;
  readonly row: number;
}

/** `null` in any field below means that the source does not tell; it never means "no". */
export type Unknown = null;

export type ClaudeRole = 'primary_owner' | 'owner' | 'admin' | 'user' | 'custom';

/** A person in the Claude organisation (members export, or the Admin API's user list). */
export interface MemberRow extends At {
  readonly email: string;
  readonly name: string | Unknown;
  readonly role: ClaudeRole | Unknown;
  /** The role as the file spells it. */
  readonly roleText: string | Unknown;
  readonly seat: string | Unknown;
  readonly status: 'active' | 'invited' | 'suspended' | Unknown;
  readonly addedOn: string | Unknown;
  readonly lastActiveOn: string | Unknown;
  /** How the person joined, as the file spells it (`invite`, `link`, `sso`). */
  readonly joinedBy: string | Unknown;
}

/** A person on the staff roster (HR, payroll or Entra export). */
export interface RosterRow extends At {
  readonly name: string | Unknown;
  /** Every address that the row gives, primary first, as written. */
  readonly emails: readonly string[];
  readonly formerNames: readonly string[];
  readonly employeeId: string | Unknown;
  readonly status: 'active' | 'on_leave' | 'left' | 'future' | Unknown;
  readonly startsOn: string | Unknown;
  /** Last day of work. A person counts as staff through this day. */
  readonly endsOn: string | Unknown;
  readonly engagement: 'employee' | 'contractor' | 'volunteer' | 'shared' | 'service' | Unknown;
  readonly department: string | Unknown;
}

/** A Claude account on the client's mail domain (Domain memberships report). */
export interface DomainMembershipRow extends At {
  readonly email: string;
  readonly name: string | Unknown;
  readonly plan: 'free' | 'pro' | 'max' | 'team' | 'enterprise' | Unknown;
  /** true: in the client's own organisation; false: a personal or foreign one; null: the file does not say. */
  readonly inWorkspace: boolean | Unknown;
  readonly organisation: string | Unknown;
  readonly createdOn: string | Unknown;
  readonly lastActiveOn: string | Unknown;
}

/** One line of a spend or usage export. Amounts are US dollars. */
export interface UsageRow extends At {
  readonly email: string | Unknown;
  readonly name: string | Unknown;
  readonly product: string | Unknown;
  readonly model: string | Unknown;
  readonly messages: number | Unknown;
  readonly requests: number | Unknown;
  readonly promptTokens: number | Unknown;
  readonly completionTokens: number | Unknown;
  readonly netUsd: number | Unknown;
  readonly grossUsd: number | Unknown;
  /** Day, or first day of the period, that the line covers. */
  readonly from: string | Unknown;
  readonly to: string | Unknown;
}

/** One event, from the audit-log export or the Compliance activity feed; `type` uses the feed's names. */
export interface ActivityRow extends At {
  readonly id: string | Unknown;
  /** RFC 3339 instant. */
  readonly at: string;
  readonly type: string;
  readonly actorType: string | Unknown;
  readonly actorEmail: string | Unknown;
  readonly actorName: string | Unknown;
  readonly ip: string | Unknown;
  /** Type-specific fields, flattened one level; never message content. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** One effective organisation setting (Enterprise). A missing row means "not controllable", not "off". */
export interface SettingRow extends At {
  readonly name: string;
  readonly type: string;
  readonly value: unknown;
}

/** An API key listed in the settings answer. */
export interface ApiKeyRow extends At {
  readonly id: string;
  readonly name: string | Unknown;
  readonly scopes: readonly string[];
  readonly active: boolean | Unknown;
  readonly createdOn: string | Unknown;
  readonly expiresOn: string | Unknown;
}

export interface AnalyticsUserRow extends At {
  readonly email: string | Unknown;
  readonly on: string | Unknown;
  readonly messages: number | Unknown;
  readonly connectorsUsed: number | Unknown;
  readonly filesUploaded: number | Unknown;
}

export interface AnalyticsConnectorRow extends At {
  readonly connector: string;
  readonly user: string | Unknown;
  /** null: the split is not enabled for the organisation; never zero by default. */
  readonly reads: number | Unknown;
  readonly writes: number | Unknown;
  readonly unclassified: number | Unknown;
}

export type Permission = 'allow' | 'ask' | 'blocked';

/** One cell of the connectors table as an admin transcribed or exported it. */
export interface ConnectorRow extends At {
  readonly connector: string;
  /** Tool or action as written; null: the line states only that the connector is enabled. */
  readonly action: string | Unknown;
  readonly state: Permission | Unknown;
  readonly stateText: string | Unknown;
  readonly enabled: boolean | Unknown;
}

export interface AcknowledgementRow extends At {
  readonly email: string | Unknown;
  readonly name: string | Unknown;
  readonly version: string | Unknown;
  readonly on: string | Unknown;
  /** false: the file states that the person has not acknowledged. */
  readonly acknowledged: boolean | Unknown;
}

/** A TXT answer for one name, from a saved file or a live look-up. */
export interface DnsRow extends At {
  readonly domain: string;
  readonly outcome: 'answer' | 'no_record' | 'nxdomain' | 'servfail' | 'timeout' | 'refused';
  /** TXT strings, quoted parts joined. */
  readonly txt: readonly string[];
  readonly resolver: string | Unknown;
}

export interface SkuRow extends At {
  readonly skuId: string | Unknown;
  readonly partNumber: string;
  readonly capabilityStatus: string | Unknown;
  readonly enabledUnits: number | Unknown;
  readonly consumedUnits: number | Unknown;
  readonly servicePlans: readonly {
    readonly id: string | Unknown;
    readonly name: string;
    readonly provisioningStatus: string | Unknown;
  }[];
}

export interface EntraUserRow extends At {
  readonly id: string | Unknown;
  readonly upn: string | Unknown;
  readonly mail: string | Unknown;
  /** Every other address: proxyAddresses, otherMails, aliases. */
  readonly aliases: readonly string[];
  readonly name: string | Unknown;
  readonly employeeId: string | Unknown;
  readonly enabled: boolean | Unknown;
  readonly userType: 'Member' | 'Guest' | Unknown;
  readonly skuIds: readonly string[];
}

export interface EntraGroupRow extends At {
  readonly id: string | Unknown;
  readonly name: string;
  /** Object ids or addresses, where the file carries members; null when it does not. */
  readonly members: readonly string[] | Unknown;
}

/** A Conditional Access policy; `policy` is the Graph object with unknown members kept. */
export interface CaPolicyRow extends At {
  readonly id: string | Unknown;
  readonly name: string;
  readonly state: 'enabled' | 'disabled' | 'enabledForReportingButNotEnforced' | Unknown;
  readonly createdAt: string | Unknown;
  readonly modifiedAt: string | Unknown;
  readonly includeApplications: readonly string[];
  readonly excludeApplications: readonly string[];
  readonly includeUsers: readonly string[];
  readonly excludeUsers: readonly string[];
  readonly includeGroups: readonly string[];
  readonly excludeGroups: readonly string[];
  readonly includeRoles: readonly string[];
  readonly excludeRoles: readonly string[];
  readonly clientAppTypes: readonly string[];
  readonly includePlatforms: readonly string[];
  readonly excludePlatforms: readonly string[];
  readonly includeLocations: readonly string[];
  readonly excludeLocations: readonly string[];
  readonly signInRiskLevels: readonly string[];
  readonly userRiskLevels: readonly string[];
  /** null: the policy has no grant control. */
  readonly grant: {
    readonly operator: 'AND' | 'OR';
    readonly controls: readonly string[];
    readonly authenticationStrength: string | Unknown;
  } | null;
  readonly session: {
    readonly cloudAppSecurity: string | Unknown;
    readonly signInFrequency: string | Unknown;
  };
  /** Conditions that Bylaw does not interpret; a policy with one never counts as covering everybody. */
  readonly otherConditions: readonly string[];
}

export interface NamedLocationRow extends At {
  readonly id: string | Unknown;
  readonly name: string;
  readonly trusted: boolean | Unknown;
  readonly ranges: readonly string[];
}

export interface ServicePrincipalRow extends At {
  readonly id: string | Unknown;
  readonly appId: string;
  readonly name: string;
  readonly enabled: boolean | Unknown;
  readonly assignmentRequired: boolean | Unknown;
  readonly ownerTenant: string | Unknown;
  readonly publisher: string | Unknown;
}

export interface PermissionGrantRow extends At {
  readonly id: string | Unknown;
  /** Object id (not appId) of the service principal that holds the grant. */
  readonly clientId: string;
  readonly resourceId: string | Unknown;
  readonly consentType: 'AllPrincipals' | 'Principal' | Unknown;
  readonly principalId: string | Unknown;
  readonly scopes: readonly string[];
}

export interface AppAssignmentRow extends At {
  /** Object id of the service principal that the person or group is assigned to. */
  readonly resourceId: string;
  readonly principalId: string | Unknown;
  readonly principalName: string | Unknown;
  readonly principalType: string | Unknown;
}

export interface SignInRow extends At {
  readonly at: string;
  readonly upn: string | Unknown;
  readonly appId: string | Unknown;
  readonly appName: string | Unknown;
  readonly resourceId: string | Unknown;
  readonly ip: string | Unknown;
  readonly caStatus: 'success' | 'failure' | 'notApplied' | Unknown;
  /** 0: the sign-in succeeded. */
  readonly errorCode: number | Unknown;
  readonly compliantDevice: boolean | Unknown;
  readonly managedDevice: boolean | Unknown;
  /** true only where an applied policy records mfa, or authenticationRequirement says so. */
  readonly mfa: boolean | Unknown;
  readonly riskLevel: string | Unknown;
}

export interface SecurityDefaultsRow extends At {
  readonly enabled: boolean | Unknown;
}

/** The row type of each kind. Adding a kind starts here; the compiler then names what is missing. */
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
  connectors: ConnectorRow;
  acknowledgements: AcknowledgementRow;
  dns: DnsRow;
  subscribed_skus: SkuRow;
  entra_users: EntraUserRow;
  entra_groups: EntraGroupRow;
  ca_policies: CaPolicyRow;
  named_locations: NamedLocationRow;
  service_principals: ServicePrincipalRow;
  permission_grants: PermissionGrantRow;
  app_assignments: AppAssignmentRow;
  sign_ins: SignInRow;
  security_defaults: SecurityDefaultsRow;
}

export type Kind = keyof Rows;

/** Documents that people write for Bylaw; they are not readings of a system. */
export type DocumentKind = 'profile' | 'charter' | 'journal' | 'attestations';

export interface KindInfo {
  /** What a person calls it, as the start of a sentence: "The members file". */
  readonly label: string;
  readonly shape: 'snapshot' | 'log';
  /** Where a person gets it, in one sentence. */
  readonly howToGet: string;
  /** Claude plans that offer the source; absent where every plan (or none in particular) does. */
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
    howToGet: 'HR, payroll or Entra: everyone with name, mail address, status and last day, as CSV or XLSX.',
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
    howToGet: 'Claude Enterprise: saved answers of GET /v1/compliance/activities.',
  },
  settings: {
    label: 'settings file',
    shape: 'snapshot',
    onlyOn: ['enterprise'],
    howToGet: 'Claude Enterprise: saved answer of GET /v1/compliance/organizations/{id}/settings.',
  },
  api_keys: {
    label: 'list of API keys',
    shape: 'snapshot',
    onlyOn: ['enterprise'],
    howToGet: 'Claude Enterprise: part of the settings answer.',
  },
  analytics_users: {
    label: 'usage analytics per person',
    shape: 'log',
    onlyOn: ['enterprise'],
    howToGet: 'Claude Enterprise: saved answers of the Analytics API, users.',
  },
  analytics_connectors: {
    label: 'usage analytics per connector',
    shape: 'log',
    onlyOn: ['enterprise'],
    howToGet: 'Claude Enterprise: saved answers of the Analytics API, connectors.',
  },
  connectors: {
    label: 'connectors table',
    shape: 'snapshot',
    howToGet:
      'An Owner writes down Organization settings > Connectors: one line per connector and action with its state.',
  },
  acknowledgements: {
    label: 'list of policy acknowledgements',
    shape: 'log',
    howToGet: 'The list from your form or HR system: who acknowledged which policy version, when.',
  },
  dns: {
    label: 'DNS answer',
    shape: 'snapshot',
    howToGet:
      'bylaw dns check, or the saved output of "dig TXT yourdomain" or "nslookup -type=txt yourdomain".',
  },
  subscribed_skus: {
    label: 'licences file',
    shape: 'snapshot',
    howToGet: 'Graph Explorer: GET /v1.0/subscribedSkus, save the answer.',
  },
  entra_users: {
    label: 'list of Entra users',
    shape: 'snapshot',
    howToGet:
      'Graph Explorer: GET /v1.0/users?$select=id,displayName,userPrincipalName,mail,proxyAddresses,otherMails,accountEnabled,userType,employeeId,assignedLicenses, save every page.',
  },
  entra_groups: {
    label: 'list of Entra groups',
    shape: 'snapshot',
    howToGet: 'Graph Explorer: GET /v1.0/groups?$expand=members, save every page.',
  },
  ca_policies: {
    label: 'list of Conditional Access policies',
    shape: 'snapshot',
    howToGet: 'Graph Explorer: GET /v1.0/identity/conditionalAccess/policies, save the answer.',
  },
  named_locations: {
    label: 'list of named locations',
    shape: 'snapshot',
    howToGet: 'Graph Explorer: GET /v1.0/identity/conditionalAccess/namedLocations, save the answer.',
  },
  service_principals: {
    label: 'list of enterprise applications',
    shape: 'snapshot',
    howToGet: 'Graph Explorer: GET /v1.0/servicePrincipals, save every page.',
  },
  permission_grants: {
    label: 'list of permission grants',
    shape: 'snapshot',
    howToGet: 'Graph Explorer: GET /v1.0/oauth2PermissionGrants, save every page.',
  },
  app_assignments: {
    label: 'list of application assignments',
    shape: 'snapshot',
    howToGet: 'Graph Explorer: GET /v1.0/servicePrincipals/{id}/appRoleAssignedTo, save the answer.',
  },
  sign_ins: {
    label: 'list of Entra sign-ins',
    shape: 'log',
    howToGet: 'Graph Explorer: GET /v1.0/auditLogs/signIns, save every page.',
  },
  security_defaults: {
    label: 'security defaults file',
    shape: 'snapshot',
    howToGet:
      'Graph Explorer: GET /v1.0/policies/identitySecurityDefaultsEnforcementPolicy, save the answer.',
  },
};

export const ALL_KINDS = Object.keys(KINDS) as Kind[];
