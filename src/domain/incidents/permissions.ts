import { comparePermissions, PERMISSIONS } from '../connectors/order.ts';
import type { Permission } from '../model/rows-exports.ts';

/** Permissions that an incident can ask for; the widest one is never stricter. */
export const STRICTER = ['ask', 'blocked'] as const satisfies readonly Permission[];
export type Stricter = (typeof STRICTER)[number];

/** A stricter permission proposed from an incident, tracked until it is in force and observed. */
export interface FollowedPermission {
  /** Row of the matrix of connectors. */
  readonly row: string;
  readonly label: string;
  /** Permission in the charter in force at the time. */
  readonly from: Permission;
  readonly to: Stricter;
  readonly reason: string;
  /** Draft of the charter with the change; null: the charter in force already had it. */
  readonly draft: string | null;
  /** Drafts of earlier proposals for the action, oldest first. */
  readonly earlier: readonly string[];
  readonly by: string;
  readonly at: string;
}

/** An action according to the charter in force and the newest reading. */
export interface ActionNow {
  /** null: no charter in force names connectors. */
  readonly charter: Permission | null;
  /** null: no reading states it. `later`: the reading is from after the proposal. */
  readonly observed: {
    readonly state: Permission | 'off';
    readonly later: boolean;
    /** The log has a call of it that ran after the reading. */
    readonly called: boolean;
  } | null;
}

/**
 * seen: in force, and shown by a later reading · wider: a later reading shows that Claude lets more through · called: a
 * later reading shows it as blocked, but it ran after that reading · not_in_force: not in the charter in force ·
 * not_seen: in force, but no later reading states it.
 */
export const FOLLOWED_STATES = ['seen', 'wider', 'called', 'not_in_force', 'not_seen'] as const;
export type FollowedState = (typeof FOLLOWED_STATES)[number];

export function followedState({ to }: Pick<FollowedPermission, 'to'>, now: ActionNow): FollowedState {
  const seen = now.observed?.later === true ? now.observed.state : null;
  if (seen !== null && wider(seen, to)) return 'wider';
  // If the action asks first, a call is fine: someone may have approved it.
  if ((seen === 'blocked' || seen === 'off') && now.observed?.called === true) return 'called';
  if (now.charter === null || comparePermissions(now.charter, to) > 0) return 'not_in_force';
  return seen === null ? 'not_seen' : 'seen';
}

/**
 * Permissions that tighten an action: never wider than the charter, and stricter than the charter or the newest
 * reading.
 */
export function stricterStates(
  charter: Permission,
  observed: Permission | 'off' | null,
): readonly Stricter[] {
  return STRICTER.filter(
    (to) =>
      comparePermissions(to, charter) <= 0 &&
      (comparePermissions(to, charter) < 0 || (observed !== null && wider(observed, to))),
  );
}

function wider(observed: Permission | 'off', to: Permission): boolean {
  return observed !== 'off' && PERMISSIONS.indexOf(observed) > PERMISSIONS.indexOf(to);
}
// Guide: G7.2-20
