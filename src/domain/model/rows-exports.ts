import type { At, Unknown } from './at.ts';

export type ClaudeRole = 'primary_owner' | 'owner' | 'admin' | 'user' | 'custom';

/** A person in the Claude organization (members export, or the Admin API's user list). */
export interface MemberRow extends At {
  /** Empty where the file gives none that can be read: the account is there, and cannot be compared by it. */
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
  /** The list that the row is of holds no open invitations, whoever was invited; left out: it may hold them. */
  readonly invitations?: 'not_told';
  /** Days on which an invitation was sent and ends; left out: the list does not say, or the row is none. */
  readonly invitedOn?: string;
  readonly expiresOn?: string;
}

/** A person on the staff roster (HR, payroll or Entra export). */
export interface RosterRow extends At {
  readonly name: string | Unknown;
  /** Every address that the row gives, primary first, as written. */
  readonly emails: readonly string[];
  readonly formerNames: readonly string[];
  /** Names that the person goes by beside the first one, for example a preferred first name. Absent: none were kept. */
  readonly otherNames?: readonly string[];
  readonly employeeId: string | Unknown;
  readonly status: 'active' | 'on_leave' | 'left' | 'future' | Unknown;
  readonly startsOn: string | Unknown;
  /** Last day of work. A person counts as staff through this day. */
  readonly endsOn: string | Unknown;
  readonly engagement: 'employee' | 'contractor' | 'volunteer' | 'shared' | 'service' | Unknown;
  readonly department: string | Unknown;
  /**
   * Why the row does not say whether the person still works here; null: it says so. Absent in rows that were stored
   * before this was kept.
   */
  readonly unsure?: RosterGap | null;
}

/** What keeps a roster row from saying whether the person still works here. */
export interface RosterGap {
  /**
   * no_column: the roster has neither a column for the last day of work nor one for the status · empty: the status
   * is empty and no last day is given · unread_status, unread_last_day: the cell holds a text that Bylaw cannot read ·
   * unknown_column: a day is in a column that Bylaw does not know and that may be the last day of work ·
   * remark: a column of notes, or another one that is not the status, speaks of leaving · ahead: the status says that the person is gone and the last day is still to come · contradiction: another row of the same person says the opposite (found when the roster is read as a whole) ·
   * left_before: an earlier roster shows the person as having left, and nothing dates this one (found when both are there)
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
  /** The cell as written, shortened, or for left_before the earlier file with its day; null where there is none. */
  readonly text: string | null;
  /** For no_column: headings that nothing was taken from, one of which may be the column that is missing. */
  readonly unused?: readonly string[];
}

/** A Claude account on the client's mail domain (Domain memberships report). */
export interface DomainMembershipRow extends At {
  /** Empty where the report gives none that can be read. */
  readonly email: string;
  readonly name: string | Unknown;
  readonly plan: 'free' | 'pro' | 'max' | 'team' | 'enterprise' | Unknown;
  /** true: in the client's own organization; false: a personal or foreign one; null: the file does not say. */
  readonly inWorkspace: boolean | Unknown;
  readonly organization: string | Unknown;
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

/** The type of the one row of an organization whose settings could not be read, beside others whose could. */
export const UNREADABLE_SETTINGS = 'unreadable';

/** The type of a setting without a name: it may be any of those that are not listed. `value` is its place in the list. */
export const UNNAMED_SETTING = 'unnamed';

/** One effective organization setting (Enterprise). A missing row means "not controllable", not "off". */
export interface SettingRow extends At {
  /** Id of the organization, where the answer is of several linked ones; left out: the file is of one. */
  readonly organization?: string;
  /** Id of the one organization that the whole file is of, as far as the answer gives it. */
  readonly ofAll?: string;
  /** Its name, as far as the source tells. */
  readonly organizationName?: string;
  readonly name: string;
  /** `UNREADABLE_SETTINGS`: none of this organization's settings could be read, and `value` says why. */
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
  /** Ids of the organizations that list it, where the answer is of several linked ones; left out: the file is of one. */
  readonly organizations?: readonly string[];
}

export interface AnalyticsUserRow extends At {
  readonly email: string | Unknown;
  /** The vendor's id of the person, by which the lines of connectors name people. */
  readonly userId?: string | Unknown;
  readonly on: string | Unknown;
  /** In chat and in Cowork together. */
  readonly messages: number | Unknown;
  readonly chatMessages?: number | Unknown;
  readonly coworkMessages?: number | Unknown;
  readonly connectorsUsed: number | Unknown;
  readonly filesUploaded: number | Unknown;
  /** What the person used of each model in each product; left out: the file does not say. Empty: of none. */
  readonly models?: readonly ModelUse[];
}

/** Requests and tokens of one model, as the vendor's usage report has them. */
export interface ModelUse {
  /** As the vendor writes it; null: use that it attributes to no model. */
  readonly model: string | Unknown;
  readonly product: string | Unknown;
  readonly requests: number | Unknown;
  readonly tokens: number | Unknown;
}

export interface AnalyticsConnectorRow extends At {
  readonly connector: string;
  /** By what the vendor keys the line: the name, or an id where `connector` is what it displays. Two may show one name. */
  readonly connectorId?: string;
  readonly user: string | Unknown;
  /** The day that the line is of, where the file tells. */
  readonly on?: string | Unknown;
  /** null: the split is not enabled for the organization; never zero by default. */
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
  /** What kind of system the connector reaches, as the line spells it; left out: it does not say. */
  readonly system?: string;
  /** What the line says in no column that is recognized. */
  readonly unread?: UnreadCell;
}

/** What of a line is in no recognized column or is left out; `columns` are the headings of those that may hold it. */
export interface UnreadCell {
  readonly field: 'connector' | 'action' | 'state';
  readonly columns: readonly string[];
}

export interface AcknowledgementRow extends At {
  readonly email: string | Unknown;
  readonly name: string | Unknown;
  readonly version: string | Unknown;
  /** What was acknowledged, as the list names it with or without a version; undefined in rows read before it was kept. */
  readonly document?: string | Unknown;
  readonly on: string | Unknown;
  /** false: the file states that the person has not acknowledged, or has withdrawn it. */
  readonly acknowledged: boolean | Unknown;
  /** Who submitted it in the rows of several people; then `acknowledged` is null. Left out where it is the person's own. */
  readonly submittedBy?: string;
}

/** A TXT answer for one name, from a saved file or a live look-up. */
export interface DnsRow extends At {
  readonly domain: string;
  readonly outcome: 'answer' | 'no_record' | 'nxdomain' | 'servfail' | 'timeout' | 'refused';
  /** TXT strings, quoted parts joined. */
  readonly txt: readonly string[];
  readonly resolver: string | Unknown;
  /** The value that Claude shows for the domain, where the look-up knew it; null or left out: whatever value is there counts. */
  readonly expected?: string | Unknown;
}
