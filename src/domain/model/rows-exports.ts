import type { At, Unknown } from './at.ts';

export type ClaudeRole = 'primary_owner' | 'owner' | 'admin' | 'user' | 'custom';

/** A person in the Claude organization (members export, or the user list of the Admin API). */
export interface MemberRow extends At {
  /** Empty if the file has no readable address: the account exists, but cannot be matched by it. */
  readonly email: string;
  readonly name: string | Unknown;
  readonly role: ClaudeRole | Unknown;
  /** The role as spelled in the file. */
  readonly roleText: string | Unknown;
  readonly seat: string | Unknown;
  readonly status: 'active' | 'invited' | 'suspended' | Unknown;
  readonly addedOn: string | Unknown;
  readonly lastActiveOn: string | Unknown;
  /** How the person joined, as spelled in the file (`invite`, `link`, `sso`). */
  readonly joinedBy: string | Unknown;
  /** The list excludes open invitations; left out: it may contain them. */
  readonly invitations?: 'not_told';
  /** When an invitation was sent and when it expires; left out: not reported, or not an invitation. */
  readonly invitedOn?: string;
  readonly expiresOn?: string;
}

/** A person on the staff roster (HR, payroll or Entra export). */
export interface RosterRow extends At {
  readonly name: string | Unknown;
  /** All addresses in the row, primary first, as written. */
  readonly emails: readonly string[];
  readonly formerNames: readonly string[];
  /** Other names of the person, for example a preferred first name. Left out: none were kept. */
  readonly otherNames?: readonly string[];
  readonly employeeId: string | Unknown;
  readonly status: 'active' | 'on_leave' | 'left' | 'future' | Unknown;
  readonly startsOn: string | Unknown;
  /** Last day of work. The person counts as staff through this day. */
  readonly endsOn: string | Unknown;
  readonly engagement: 'employee' | 'contractor' | 'volunteer' | 'shared' | 'service' | Unknown;
  readonly department: string | Unknown;
  /**
   * Why the row does not show whether the person still works here; null: it does. Left out in rows stored before this
   * existed.
   */
  readonly unsure?: RosterGap | null;
}

/** Why a roster row does not show whether the person still works here. */
export interface RosterGap {
  /**
   * no_column: the roster has neither a column for the last day of work nor one for the status · empty: the status is
   * empty and there is no last day · unread_status, unread_last_day: the cell has a text that Bylaw cannot interpret ·
   * unknown_column: an unknown column has a date that may be the last day of work · remark: a column of notes, or
   * another one that is not the status, mentions leaving · ahead: the status says that the person is gone, but the last
   * day is in the future · contradiction: another row of the same person says the opposite (found when the roster is
   * read as a whole) · left_before: an earlier roster shows the person as having left, and nothing dates this one
   * (found when both exist)
   */
  readonly code:
    | 'no_column'
    | 'empty'
    | 'unread_status'
    | 'unread_last_day'
    | 'unknown_column'
    | 'remark'
    | 'ahead'
    | 'contradiction'
    | 'left_before';
  /** Heading of the column; null for no_column, contradiction and left_before. */
  readonly column: string | null;
  /** The cell as written, shortened; for left_before the earlier file with its day; null: there is none. */
  readonly text: string | null;
  /** For no_column: unused headings, one of which may be the missing column. */
  readonly unused?: readonly string[];
}

/** A Claude account on the client's email domain (Domain memberships report). */
export interface DomainMembershipRow extends At {
  /** Empty if the report has no readable address. */
  readonly email: string;
  readonly name: string | Unknown;
  readonly plan: 'free' | 'pro' | 'max' | 'team' | 'enterprise' | Unknown;
  /** true: in the client's organization; false: a personal or foreign account; null: the file does not say. */
  readonly inWorkspace: boolean | Unknown;
  readonly organization: string | Unknown;
  readonly createdOn: string | Unknown;
  readonly lastActiveOn: string | Unknown;
}

/** A line of a spend or usage export. Amounts are in US dollars. */
export interface UsageRow extends At {
  readonly email: string | Unknown;
  /** The vendor's id of the account, which stays the same when the address changes. */
  readonly accountId?: string | Unknown;
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

/** An event from the audit-log export or the Compliance activity feed; `type` uses the feed's names. */
export interface ActivityRow extends At {
  readonly id: string | Unknown;
  /** RFC 3339 instant. */
  readonly at: string;
  readonly type: string;
  readonly actorType: string | Unknown;
  readonly actorEmail: string | Unknown;
  readonly actorName: string | Unknown;
  readonly ip: string | Unknown;
  /** Type-specific fields, flattened by one level; never message content. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Type of the only row of an organization whose settings could not be read, beside others that could. */
export const UNREADABLE_SETTINGS = 'unreadable';

/** Type of a setting without a name, which may be any that is not listed. `value` is its position in the list. */
export const UNNAMED_SETTING = 'unnamed';

/** An effective organization setting (Enterprise). A missing row means "not controllable", not "off". */
export interface SettingRow extends At {
  /** Id of the organization, if the answer covers several linked ones; left out: the file is about one. */
  readonly organization?: string;
  /** Id of the only organization of the file, if the answer contains it. */
  readonly ofAll?: string;
  /** Its name, if the source has it. */
  readonly organizationName?: string;
  readonly name: string;
  /** `UNREADABLE_SETTINGS`: none of this organization's settings could be read; `value` says why. */
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
  /**
   * Ids of the organizations with this key, if the answer covers several linked ones; left out: the file is about one.
   */
  readonly organizations?: readonly string[];
  /** Id of the workspace of the key; left out: the answer gives none. */
  readonly workspace?: string;
}

export interface AnalyticsUserRow extends At {
  readonly email: string | Unknown;
  /** The vendor's id of the person, which connector lines use. */
  readonly userId?: string | Unknown;
  readonly on: string | Unknown;
  /** Chat and Cowork together. */
  readonly messages: number | Unknown;
  readonly chatMessages?: number | Unknown;
  readonly coworkMessages?: number | Unknown;
  readonly connectorsUsed: number | Unknown;
  readonly filesUploaded: number | Unknown;
  /** The person's use of each model in each product; left out: not reported. Empty: none. */
  readonly models?: readonly ModelUse[];
}

/** Requests and tokens of one model, from the vendor's usage report. */
export interface ModelUse {
  /** As written by the vendor; null: use without a model. */
  readonly model: string | Unknown;
  readonly product: string | Unknown;
  readonly requests: number | Unknown;
  readonly tokens: number | Unknown;
}

export interface AnalyticsConnectorRow extends At {
  readonly connector: string;
  /** The vendor's key of the line: the name, or an id if `connector` is the display name, which need not be unique. */
  readonly connectorId?: string;
  readonly user: string | Unknown;
  /** Day of the line, if the file has it. */
  readonly on?: string | Unknown;
  /** null: the organization has not enabled the split; never zero by default. */
  readonly reads: number | Unknown;
  readonly writes: number | Unknown;
  readonly unclassified: number | Unknown;
}

export type Permission = 'allow' | 'ask' | 'blocked';

/** A cell of the connectors table as transcribed or exported by an admin. */
export interface ConnectorRow extends At {
  readonly connector: string;
  /** Tool or action as written; null: the line only says that the connector is enabled. */
  readonly action: string | Unknown;
  readonly state: Permission | Unknown;
  readonly stateText: string | Unknown;
  readonly enabled: boolean | Unknown;
  /** Type of system that the connector reaches, as spelled in the line; left out: not stated. */
  readonly system?: string;
  /** The line calls the connector a custom one. */
  readonly custom?: true;
  /** Content of the line outside recognized columns. */
  readonly unread?: UnreadCell;
}

/** Content outside recognized columns, or omitted; `columns` are the headings that may contain it. */
export interface UnreadCell {
  readonly field: 'connector' | 'action' | 'state';
  readonly columns: readonly string[];
}

export interface AcknowledgementRow extends At {
  readonly email: string | Unknown;
  readonly name: string | Unknown;
  readonly version: string | Unknown;
  /**
   * What was acknowledged, as named in the list, with or without a version; undefined in rows read before this
   * existed.
   */
  readonly document?: string | Unknown;
  readonly on: string | Unknown;
  /** false: the file says that the person has not acknowledged, or withdrew. */
  readonly acknowledged: boolean | Unknown;
  /** Who submitted it in rows about several people; `acknowledged` is then null. Left out: the person's own. */
  readonly submittedBy?: string;
}

/** A TXT answer for one name, from a saved file or a live lookup. */
export interface DnsRow extends At {
  readonly domain: string;
  readonly outcome: 'answer' | 'no_record' | 'nxdomain' | 'servfail' | 'timeout' | 'refused';
  /** TXT strings with their quoted parts joined. */
  readonly txt: readonly string[];
  readonly resolver: string | Unknown;
  /** The value that Claude shows for the domain, if known to the lookup; null or left out: any value is accepted. */
  readonly expected?: string | Unknown;
}
