import type { At, Unknown } from './at.ts';

export interface SkuRow extends At {
  readonly skuId: string | Unknown;
  /** As Graph names it; the title of the product where the list gives only that. */
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
  /** Licenses that the account has, each with the ids of its service plans that are switched off; left out: the source does not say. */
  readonly licenses?: readonly { readonly skuId: string; readonly off: readonly string[] }[];
  /** Instant before which no session and no refresh token is valid, in UTC; left out: the source does not say. */
  readonly sessionsValidFrom?: string | Unknown;
}

export interface EntraGroupRow extends At {
  readonly id: string | Unknown;
  readonly name: string;
  /** Object ids or addresses, where the file carries members; null when it does not. */
  readonly members: readonly string[] | Unknown;
  /** Object ids of the groups in it at any depth, where `members` holds their people; left out: not told apart. */
  readonly nested?: readonly string[];
  /** Those of `members` that are groups themselves; left out: none is said to be one. */
  readonly groups?: readonly string[];
  /** Whether it is a Microsoft 365 group, which has a site; left out: the file does not say. */
  readonly unified?: boolean;
  /** Who can see what is in it, in Graph's words in lower case; null: Graph leaves it empty; left out: the file does not say. */
  readonly visibility?: string | Unknown;
  readonly mail?: string | Unknown;
}

/** That somebody holds a role of Entra, now: a role that a person may activate for a while is listed while it is active. */
export interface EntraRoleRow extends At {
  /** Template id of the role, which policies name. */
  readonly role: string;
  /** Object id of who holds it. */
  readonly principal: string;
  readonly principalType: 'user' | 'group' | 'other' | Unknown;
  /** `/` for the whole tenant, else the administrative unit or application in which it holds alone. */
  readonly scope: string | Unknown;
}

/** A Conditional Access policy; `policy` is the Graph object with unknown members kept. */
/** A policy of the answer that could not be read: it is there, and what it asks of whom is not known. */
export interface UnreadPolicyRow extends At {
  readonly id: string | Unknown;
  readonly name: string;
  readonly state: CaPolicyRow['state'];
  /** Why, as a sentence. */
  readonly unread: string;
}

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
    /** Every control that is on beside these two, as Graph names it, with its value behind a colon; left out: none. */
    readonly others?: readonly string[];
  };
  /**
   * Every condition without a place of its own above. One that has none below either is not interpreted, and a policy
   * with it never counts as covering everyone.
   */
  readonly otherConditions: readonly string[];
  /** The filter for devices; absent: none, or "devices" in `otherConditions` says something else. */
  readonly deviceFilter?: { readonly mode: 'include' | 'exclude'; readonly rule: string };
  /** Ways of signing in that it is for alone, as Graph names them; absent: none is named, or not in a form that is known. */
  readonly flows?: readonly string[];
  /** Levels of insider risk that it is for alone, as Graph names them; absent: none is named. */
  readonly insiderRisk?: readonly string[];
  /** Kinds of guests that the policy takes in or leaves out; absent: none. */
  readonly includeGuests?: GuestScope;
  readonly excludeGuests?: GuestScope;
  /**
   * What the authentication strength accepts, by its id or its methods. unknown: it is the client's own, and the file
   * does not list its methods; absent: the file gives no more than its name.
   */
  readonly strengthAccepts?: 'mfa' | 'single_factor' | 'unknown';
  /** The beta of Graph answered, which lists policies and conditions that v1.0 leaves out; left out: v1.0, or it does not say. */
  readonly beta?: true;
}

export interface GuestScope {
  /** Values of `guestOrExternalUserTypes`, lower case. */
  readonly types: readonly string[];
  /** false: guests of chosen tenants only. */
  readonly allTenants: boolean;
}

export interface NamedLocationRow extends At {
  readonly id: string | Unknown;
  readonly name: string;
  readonly trusted: boolean | Unknown;
  readonly ranges: readonly string[];
}

export interface ServicePrincipalRow extends At {
  readonly id: string | Unknown;
  /** The object's own id where it is an agent that has none. */
  readonly appId: string;
  readonly name: string;
  readonly enabled: boolean | Unknown;
  readonly assignmentRequired: boolean | Unknown;
  readonly ownerTenant: string | Unknown;
  readonly publisher: string | Unknown;
  /** When it came into the tenant; left out: the source does not say. */
  readonly createdAt?: string | Unknown;
  /** Template of Microsoft's gallery from which it was made; null: of none; left out: the source does not say. */
  readonly template?: string | null;
  /** It is no application but the identity of an agent (Entra Agent ID); left out: it is none, or the source does not say. */
  readonly agent?: true;
  /** It is the application with which Bylaw read the list; counts only in what was read live. */
  readonly reader?: true;
  /** Application permissions that it holds; left out: they were not read. */
  readonly roles?: readonly ApplicationRole[];
}

/** A permission by which an application acts without a person who is signed in. */
export interface ApplicationRole {
  /** Id of the grant of it. */
  readonly assignmentId: string | Unknown;
  /** Object id of the system that it is for, and its name. */
  readonly resourceId: string;
  readonly resource: string | Unknown;
  readonly id: string;
  /** As Microsoft writes it, like Mail.Read. */
  readonly name: string | Unknown;
}

/** An agent or app in the catalog of Microsoft Agent 365, which Microsoft calls a package. */
export interface AgentPackageRow extends At {
  readonly id: string;
  /** Application of Entra that it states as its own. */
  readonly appId: string | Unknown;
  readonly name: string;
  readonly about: string | Unknown;
  readonly publisher: string | Unknown;
  /** Who made it, in Microsoft's words: microsoft, external, shared, custom. */
  readonly type: string | Unknown;
  /** true: nobody in the tenant can use it. */
  readonly blocked: boolean | Unknown;
  /** Who may use it, and for whom it is installed, in Microsoft's words: all, some, none. */
  readonly availableTo: string | Unknown;
  readonly deployedTo: string | Unknown;
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
  /** false: a program signed in for the person, who took no part; left out or null: the source does not say. */
  readonly interactive?: boolean | Unknown;
  /** Of what it came from, each left out where the source does not say. */
  readonly from?: {
    /** Device id of Entra. */
    readonly device?: string;
    readonly deviceName?: string;
    /** As Microsoft writes it: "Windows 10", "MacOs". */
    readonly os?: string;
    readonly browser?: string;
    /** In Microsoft's words: "Browser", "Mobile Apps and Desktop clients". */
    readonly app?: string;
  };
  /** What Conditional Access policies made of it, by name and Microsoft's word; left out: the source does not say. */
  readonly policies?: readonly { readonly name: string; readonly result: string }[];
}

/** A change of the directory, as Entra's audit log has it. */
export interface DirectoryAuditRow extends At {
  readonly id: string | Unknown;
  readonly at: string;
  /** In Microsoft's words, such as "Consent to application". */
  readonly activity: string;
  readonly category: string | Unknown;
  readonly succeeded: boolean | Unknown;
  /** Who did it: a person's sign-in name, or an application's name. */
  readonly actor: string | Unknown;
  readonly actorKind: 'person' | 'application' | Unknown;
  readonly ip: string | Unknown;
  readonly targets: readonly {
    readonly id: string | Unknown;
    readonly type: string | Unknown;
    readonly name: string | Unknown;
    /** Names of what was changed of it, and what it was changed from and to where the log gives that. */
    readonly changed: readonly {
      readonly name: string;
      readonly from?: string | Unknown;
      readonly to: string | Unknown;
    }[];
  }[];
}

/** A device that Intune manages. */
export interface ManagedDeviceRow extends At {
  readonly id: string;
  /** Device id of Entra; left out: the source does not say. */
  readonly entraId?: string;
  readonly name: string | Unknown;
  /** Sign-in name of the person, lower case; null: it has none. */
  readonly upn: string | Unknown;
  readonly os: string | Unknown;
  /** In Microsoft's words: compliant, noncompliant, inGracePeriod, … */
  readonly compliance: string | Unknown;
  readonly lastSync: string | Unknown;
  readonly owner: string | Unknown;
}

export interface RiskyUserRow extends At {
  readonly id: string | Unknown;
  readonly upn: string | Unknown;
  readonly name: string | Unknown;
  readonly level: string | Unknown;
  readonly state: string | Unknown;
  readonly detail: string | Unknown;
  readonly updatedAt: string | Unknown;
}

export interface RiskDetectionRow extends At {
  readonly id: string | Unknown;
  readonly at: string;
  readonly upn: string | Unknown;
  /** In Microsoft's words, such as unfamiliarFeatures. */
  readonly type: string;
  readonly level: string | Unknown;
  readonly state: string | Unknown;
  /** What became of it, such as userPassedMFADrivenByRiskBasedPolicy. */
  readonly detail: string | Unknown;
  readonly ip: string | Unknown;
}

/** What an account can prove itself with, beside its password. */
export interface AuthMethodsRow extends At {
  readonly id: string | Unknown;
  readonly upn: string | Unknown;
  readonly methods: readonly string[];
}

export interface EntraDomainRow extends At {
  readonly name: string;
  readonly verified: boolean | Unknown;
  readonly isDefault: boolean | Unknown;
  /** Managed, or Federated with another identity provider. */
  readonly authentication: string | Unknown;
}

/** Licenses of Entra ID P1 and P2, and how many people used what takes them. */
export interface PremiumUseRow extends At {
  readonly p1Owned: number | Unknown;
  readonly p2Owned: number | Unknown;
  readonly p1Used: readonly FeatureUse[];
  readonly p2Used: readonly FeatureUse[];
}

export interface FeatureUse {
  /** In Microsoft's words, such as riskBasedConditionalAccess. */
  readonly feature: string;
  readonly people: number;
}

/** A file that an alert names, without its path or anything of what is in it. */
export interface AlertFile {
  readonly name: string | Unknown;
  /** In lower case. */
  readonly sha256: string | Unknown;
}

/** A device that an alert names. */
export interface AlertDevice {
  readonly name: string | Unknown;
  /** Id of the device in Entra; null also where Entra does not know it. */
  readonly entraId: string | Unknown;
  /** Whether Defender for Endpoint manages it, by the alert. */
  readonly onboarded: boolean | Unknown;
}

/** An alert of Defender as it stood when it was last read; the same one comes again after each change. */
export interface SecurityAlertRow extends At {
  readonly id: string;
  readonly at: string;
  readonly updatedAt: string | Unknown;
  readonly title: string;
  readonly severity: string | Unknown;
  /** new, inProgress or resolved. */
  readonly status: string | Unknown;
  readonly classification: string | Unknown;
  /** Product that raised it, such as microsoftDefenderForCloudApps. */
  readonly source: string | Unknown;
  readonly category: string | Unknown;
  readonly link: string | Unknown;
  /** Who it is assigned to in Defender; left out: the file does not say. */
  readonly assignedTo?: string | Unknown;
  readonly people: readonly string[];
  /** Applications that its evidence names. */
  readonly apps: readonly string[];
  /** Hosts of the addresses that its evidence names; left out, as what follows: the file was made before it was kept. */
  readonly hosts?: readonly string[];
  /** Those of the hosts that Defender says it kept from being reached. */
  readonly stoppedHosts?: readonly string[];
  readonly files?: readonly AlertFile[];
  readonly devices?: readonly AlertDevice[];
  /** Names of the data loss prevention policies that matched; never what they matched. */
  readonly policies?: readonly string[];
  /** Whether Defender says that it stopped what was tried, or that it saw it and did not; null: it says neither. */
  readonly stopped?: boolean | Unknown;
}

/** What happened in an application that Defender for Cloud Apps watches, without what it was about. */
export interface CloudAppEventRow extends At {
  readonly id: string | Unknown;
  readonly at: string;
  /** What was done, in Microsoft's words, such as FileUploaded. */
  readonly action: string;
  readonly activity: string | Unknown;
  readonly app: string | Unknown;
  /** Object id in Entra. */
  readonly personId: string | Unknown;
  readonly person: string | Unknown;
  readonly ip: string | Unknown;
  readonly device: string | Unknown;
  readonly os: string | Unknown;
  /** What recorded it, such as "Defender for Cloud Apps session control". */
  readonly source: string | Unknown;
  /** Application that acted for the person. */
  readonly oauthApp: string | Unknown;
}

/** A compliance policy of Intune. */
export interface CompliancePolicyRow extends At {
  readonly id: string;
  readonly name: string;
  /** Platform as Graph's type names it, such as windows10; null: the file does not say. */
  readonly platform: string | Unknown;
  readonly changedAt: string | Unknown;
}

/** A SharePoint site and how widely it is shared; what the report does not count is null. */
export interface SharedSiteRow extends At {
  readonly url: string;
  /** Microsoft's id of the site, in lower case; left out: the report has no such column. */
  readonly id?: string | Unknown;
  readonly name: string | Unknown;
  readonly owner: string | Unknown;
  /** Links that anyone can open, without signing in. */
  readonly anyone: number | Unknown;
  /** Permissions for everyone, guests among them. */
  readonly everyone: number | Unknown;
  /** Permissions for everyone but guests. */
  readonly organization: number | Unknown;
  /** Links that people of the organization can open. */
  readonly links: number | Unknown;
  readonly people: number | Unknown;
  readonly guests: number | Unknown;
}

/** A SharePoint site in Microsoft's report of site usage, by what it says of links alone. */
export interface SiteUsageRow extends At {
  /** null: concealed, as usage reports do where names are. */
  readonly id: string | Unknown;
  /** Address, or the name by which Microsoft conceals it; null: it leaves that out, as it has for most tenants since 2023. */
  readonly url: string | Unknown;
  readonly owner: string | Unknown;
  readonly ownerName: string | Unknown;
  /** What the site was made from, such as Group. */
  readonly template: string | Unknown;
  readonly deleted: boolean;
  /** How often something of it was shared by a link that anyone can open. */
  readonly anyone: number;
  /** The same for links that people of the organization can open. */
  readonly links: number | Unknown;
  /** Day up to which Microsoft counted. */
  readonly countedTo: string | Unknown;
}

/**
 * Why permissions of a site, or of a part of it, were not read: they were refused, the site is not there, it is locked,
 * it is beyond what one pass reads, or Microsoft gave no usable answer.
 */
export type SiteUnread = 'denied' | 'gone' | 'locked' | 'limit' | 'failed';

/** A group of Entra that a permission names. */
export interface LibraryGroup {
  readonly id: string;
  readonly name: string | Unknown;
  /** Accounts in it and in the groups in it, guests and disabled ones among them; null: they were not counted. */
  readonly people: number | Unknown;
}

/**
 * A SharePoint site by what permissions at the top of its document libraries say; each number is of the libraries that
 * were read, and null where none was.
 */
export interface SitePermissionsRow extends At {
  /** Id of the site collection, in lower case. */
  readonly id: string | Unknown;
  readonly url: string;
  readonly name: string | Unknown;
  /** Document libraries that were read. */
  readonly libraries: number;
  /** Links to a whole library that anyone can open. */
  readonly anyone: number | Unknown;
  /** Permissions for everyone, guests among them. */
  readonly everyone: number | Unknown;
  /** Permissions for everyone but guests. */
  readonly organization: number | Unknown;
  /** Groups of Entra that were let in, each once; left out: they were not kept. */
  readonly groups?: readonly LibraryGroup[];
  /** null: every library was read. */
  readonly unread: SiteUnread | null;
}

export interface SecurityDefaultsRow extends At {
  readonly enabled: boolean | Unknown;
}
