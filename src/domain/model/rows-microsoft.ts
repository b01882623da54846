import type { At, Unknown } from './at.ts';

export interface SkuRow extends At {
  readonly skuId: string | Unknown;
  /** Graph's name, or the product's title if the list has only that. */
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
  /** All other addresses: proxyAddresses, otherMails, aliases. */
  readonly aliases: readonly string[];
  readonly name: string | Unknown;
  readonly employeeId: string | Unknown;
  readonly enabled: boolean | Unknown;
  readonly userType: 'Member' | 'Guest' | Unknown;
  readonly skuIds: readonly string[];
  /** Licenses of the account, each with the ids of its disabled service plans; left out: not reported. */
  readonly licenses?: readonly { readonly skuId: string; readonly off: readonly string[] }[];
  /** No session or refresh token issued before this instant (UTC) is valid; left out: not reported. */
  readonly sessionsValidFrom?: string | Unknown;
}

export interface EntraGroupRow extends At {
  readonly id: string | Unknown;
  readonly name: string;
  /** Object ids or addresses, if the file has members; null: it does not. */
  readonly members: readonly string[] | Unknown;
  /** Object ids of nested groups at any depth, if `members` contains their people; left out: not distinguished. */
  readonly nested?: readonly string[];
  /** Those of `members` that are groups; left out: none is known to be one. */
  readonly groups?: readonly string[];
  /** Whether it is a Microsoft 365 group, which has a site; left out: not reported. */
  readonly unified?: boolean;
  /** Visibility of its content, in Graph's terms in lower case; null: empty in Graph; left out: not reported. */
  readonly visibility?: string | Unknown;
  readonly mail?: string | Unknown;
}

/** A current role assignment in Entra; an eligible role is listed while it is activated. */
export interface EntraRoleRow extends At {
  /** Template id of the role, which policies refer to. */
  readonly role: string;
  /** Object id of the holder. */
  readonly principal: string;
  readonly principalType: 'user' | 'group' | 'other' | Unknown;
  /** `/` for the whole tenant, otherwise the administrative unit or application to which it is limited. */
  readonly scope: string | Unknown;
}

/** A Conditional Access policy; `policy` is the Graph object including unknown members. */
/** A policy that could not be read: it exists, but its requirements are unknown. */
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
  /** null: the policy has no grant controls. */
  readonly grant: {
    readonly operator: 'AND' | 'OR';
    readonly controls: readonly string[];
    readonly authenticationStrength: string | Unknown;
  } | null;
  readonly session: {
    readonly cloudAppSecurity: string | Unknown;
    readonly signInFrequency: string | Unknown;
    /** All other controls that are on, by Graph's name, with the value after a colon; left out: none. */
    readonly others?: readonly string[];
  };
  /**
   * All conditions without a field above. One without a field below either is not interpreted, and a policy that has
   * it never counts as covering everyone.
   */
  readonly otherConditions: readonly string[];
  /** The device filter; left out: none, or "devices" in `otherConditions` is something else. */
  readonly deviceFilter?: { readonly mode: 'include' | 'exclude'; readonly rule: string };
  /** Authentication flows that it is limited to, by Graph's name; left out: none, or not in a known form. */
  readonly flows?: readonly string[];
  /** Insider risk levels that it is limited to, by Graph's name; left out: none. */
  readonly insiderRisk?: readonly string[];
  /** Kinds of guests that the policy includes or excludes; left out: none. */
  readonly includeGuests?: GuestScope;
  readonly excludeGuests?: GuestScope;
  /**
   * What the authentication strength accepts, by its id or methods. unknown: a custom strength whose methods the file
   * does not list; left out: the file has only its name.
   */
  readonly strengthAccepts?: 'mfa' | 'single_factor' | 'unknown';
  /** From Graph's beta, which lists policies and conditions that v1.0 leaves out; left out: from v1.0, or unknown. */
  readonly beta?: true;
}

export interface GuestScope {
  /** Values of `guestOrExternalUserTypes`, in lower case. */
  readonly types: readonly string[];
  /** false: guests of selected tenants only. */
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
  /** For an agent without an appId: its object id. */
  readonly appId: string;
  readonly name: string;
  readonly enabled: boolean | Unknown;
  readonly assignmentRequired: boolean | Unknown;
  readonly ownerTenant: string | Unknown;
  readonly publisher: string | Unknown;
  /** When it was added to the tenant; left out: not reported. */
  readonly createdAt?: string | Unknown;
  /** Template of Microsoft's gallery that it was created from; null: none; left out: not reported. */
  readonly template?: string | null;
  /** An agent identity (Entra Agent ID) rather than an application; left out: no, or not reported. */
  readonly agent?: true;
  /** The application with which Bylaw read the list; meaningful only for live readings. */
  readonly reader?: true;
  /** Application permissions that it has; left out: not read. */
  readonly roles?: readonly ApplicationRole[];
}

/** A permission that an application uses without a signed-in person. */
export interface ApplicationRole {
  /** Id of the grant. */
  readonly assignmentId: string | Unknown;
  /** Object id and name of the resource. */
  readonly resourceId: string;
  readonly resource: string | Unknown;
  readonly id: string;
  /** In Microsoft's spelling, such as Mail.Read. */
  readonly name: string | Unknown;
}

/** An agent or app in the catalog of Microsoft Agent 365 (a "package" in Microsoft's terms). */
export interface AgentPackageRow extends At {
  readonly id: string;
  /** Entra application that it declares as its own. */
  readonly appId: string | Unknown;
  readonly name: string;
  readonly about: string | Unknown;
  readonly publisher: string | Unknown;
  /** Publisher, in Microsoft's terms: microsoft, external, shared, custom. */
  readonly type: string | Unknown;
  /** true: blocked for everyone in the tenant. */
  readonly blocked: boolean | Unknown;
  /** Who may use it, and for whom it is installed, in Microsoft's terms: all, some, none. */
  readonly availableTo: string | Unknown;
  readonly deployedTo: string | Unknown;
}

export interface PermissionGrantRow extends At {
  readonly id: string | Unknown;
  /** Object id (not appId) of the service principal with the grant. */
  readonly clientId: string;
  readonly resourceId: string | Unknown;
  readonly consentType: 'AllPrincipals' | 'Principal' | Unknown;
  readonly principalId: string | Unknown;
  readonly scopes: readonly string[];
}

export interface AppAssignmentRow extends At {
  /** Object id of the service principal to which the person or group is assigned. */
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
  /** true only if an applied policy records mfa, or authenticationRequirement says so. */
  readonly mfa: boolean | Unknown;
  readonly riskLevel: string | Unknown;
  /** false: a program signed in on behalf of the person; left out or null: not reported. */
  readonly interactive?: boolean | Unknown;
  /** Details of the device, each left out if not reported. */
  readonly from?: {
    /** Device id of Entra. */
    readonly device?: string;
    readonly deviceName?: string;
    /** In Microsoft's terms: "Windows 10", "MacOs". */
    readonly os?: string;
    readonly browser?: string;
    /** In Microsoft's terms: "Browser", "Mobile Apps and Desktop clients". */
    readonly app?: string;
  };
  /** Result of Conditional Access policies, by name, in Microsoft's terms; left out: not reported. */
  readonly policies?: readonly { readonly name: string; readonly result: string }[];
}

/** A directory change from Entra's audit log. */
export interface DirectoryAuditRow extends At {
  readonly id: string | Unknown;
  readonly at: string;
  /** In Microsoft's terms, such as "Consent to application". */
  readonly activity: string;
  readonly category: string | Unknown;
  readonly succeeded: boolean | Unknown;
  /** Who did it: a person's user principal name, or an application's name. */
  readonly actor: string | Unknown;
  readonly actorKind: 'person' | 'application' | Unknown;
  readonly ip: string | Unknown;
  readonly targets: readonly {
    readonly id: string | Unknown;
    readonly type: string | Unknown;
    readonly name: string | Unknown;
    /** Names of the changed properties, with old and new values if the log has them. */
    readonly changed: readonly {
      readonly name: string;
      readonly from?: string | Unknown;
      readonly to: string | Unknown;
    }[];
  }[];
}

export interface EntraDomainRow extends At {
  readonly name: string;
  readonly verified: boolean | Unknown;
  readonly isDefault: boolean | Unknown;
  /** Managed, or Federated with another identity provider. */
  readonly authentication: string | Unknown;
}

/** Licenses of Entra ID P1 and P2, and the number of people who used features that require them. */
export interface PremiumUseRow extends At {
  readonly p1Owned: number | Unknown;
  readonly p2Owned: number | Unknown;
  readonly p1Used: readonly FeatureUse[];
  readonly p2Used: readonly FeatureUse[];
}

export interface FeatureUse {
  /** In Microsoft's terms, such as riskBasedConditionalAccess. */
  readonly feature: string;
  readonly people: number;
}

export interface SecurityDefaultsRow extends At {
  readonly enabled: boolean | Unknown;
}
