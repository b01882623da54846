import type { At, Unknown } from './at.ts';

/** A permission of a custom role (Enterprise); a role without permissions is one row with an empty permission. */
export interface ClaudeRoleRow extends At {
  /** Id of the organization to which the role belongs. */
  readonly organization: string | Unknown;
  readonly id: string;
  readonly name: string | Unknown;
  /** null: the source does not report the role's permissions; such a list is never complete. */
  readonly permission: ClaudePermission | 'none' | Unknown;
}

export interface ClaudePermission {
  /** `organization`, `connector`, `connector_tool`, `all_connectors` and others, in the vendor's terms. */
  readonly resource: string;
  readonly resourceId: string | Unknown;
  /** `use`, `always_allow` and others, in the vendor's terms. */
  readonly action: string;
}

/** A member of a group (Enterprise); a group without members, or with unknown members, is one row. */
export interface ClaudeGroupRow extends At {
  readonly id: string;
  readonly name: string | Unknown;
  /** `direct` or `scim`, in the vendor's terms. */
  readonly origin: string | Unknown;
  /** Ids of the roles that the group grants; null: the source does not report them. */
  readonly roles: readonly string[] | Unknown;
  /** null: the source does not report members. */
  readonly member: { readonly id: string | Unknown; readonly email: string | Unknown } | 'none' | Unknown;
}

/**
 * Figures of the whole organization for one day, as counted by the vendor (Enterprise). What it does not count is
 * null, never zero.
 */
export interface AnalyticsSummaryRow extends At {
  readonly on: string;
  readonly assignedSeats: number | Unknown;
  readonly pendingInvites: number | Unknown;
  readonly activeOnDay: number | Unknown;
  readonly activeInWeek: number | Unknown;
  readonly activeInMonth: number | Unknown;
}
