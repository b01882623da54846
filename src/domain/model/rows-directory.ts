import type { At, Unknown } from './at.ts';

/** One permission of a custom role (Enterprise); a role without any is one row whose permission is empty. */
export interface ClaudeRoleRow extends At {
  /** Id of the organization that has the role. */
  readonly organization: string | Unknown;
  readonly id: string;
  readonly name: string | Unknown;
  /** null: the source does not tell what the role may do; a list is then never whole. */
  readonly permission: ClaudePermission | 'none' | Unknown;
}

export interface ClaudePermission {
  /** `organization`, `connector`, `connector_tool`, `all_connectors` and others, as the vendor names them. */
  readonly resource: string;
  readonly resourceId: string | Unknown;
  /** `use`, `always_allow` and others, as the vendor names them. */
  readonly action: string;
}

/** One member of a group (Enterprise); a group without any, or whose members are not known, is one row. */
export interface ClaudeGroupRow extends At {
  readonly id: string;
  readonly name: string | Unknown;
  /** `direct` or `scim`, as the vendor names it. */
  readonly origin: string | Unknown;
  /** Ids of the roles that the group gives; null: the source does not tell. */
  readonly roles: readonly string[] | Unknown;
  /** null: the source does not tell who is in it. */
  readonly member: { readonly id: string | Unknown; readonly email: string | Unknown } | 'none' | Unknown;
}

/** A day of the whole organization as the vendor counts it (Enterprise). What it does not count is null, never zero. */
export interface AnalyticsSummaryRow extends At {
  readonly on: string;
  readonly assignedSeats: number | Unknown;
  readonly pendingInvites: number | Unknown;
  readonly activeOnDay: number | Unknown;
  readonly activeInWeek: number | Unknown;
  readonly activeInMonth: number | Unknown;
}
