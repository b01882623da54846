import { comparePermissions, PERMISSIONS } from '../connectors/order.ts';
import type { Permission } from '../model/rows-exports.ts';

/** States that an incident can ask for; nobody tightens to the widest one. */
export const STRICTER = ['ask', 'blocked'] as const satisfies readonly Permission[];
export type Stricter = (typeof STRICTER)[number];

/** A stricter state of an action that was proposed from an incident, followed until it is in force and seen. */
export interface FollowedPermission {
  /** Row of the matrix of connectors. */
  readonly row: string;
  readonly label: string;
  /** What the charter in force came to then. */
  readonly from: Permission;
  readonly to: Stricter;
  readonly reason: string;
  /** Draft of the charter that has it; null: the charter in force had it already. */
  readonly draft: string | null;
  /** Drafts of earlier proposals of the action, the first one first. */
  readonly earlier: readonly string[];
  readonly by: string;
  readonly at: string;
}

/** An action as the charter in force and the newest reading have it. */
export interface ActionNow {
  /** null: no charter that names connectors is in force. */
  readonly charter: Permission | null;
  /** null: no reading states it. `later`: the reading is of after the proposal. */
  readonly observed: {
    readonly state: Permission | 'off';
    readonly later: boolean;
    /** The log has a call of it that ran after the reading. */
    readonly called: boolean;
  } | null;
}

/**
 * seen: in force, and a later reading shows it · wider: a later reading shows that Claude lets more through ·
 * called: a later reading shows it as blocked, and it ran after that reading · not_in_force: the charter in force does
 * not have it · not_seen: in force, and no later reading states it.
 */
export const FOLLOWED_STATES = ['seen', 'wider', 'called', 'not_in_force', 'not_seen'] as const;
export type FollowedState = (typeof FOLLOWED_STATES)[number];

export function followedState({ to }: Pick<FollowedPermission, 'to'>, now: ActionNow): FollowedState {
  const seen = now.observed?.later === true ? now.observed.state : null;
  if (seen !== null && wider(seen, to)) return 'wider';
  // Of an action that asks, a call is no fault: someone may have approved it.
  if ((seen === 'blocked' || seen === 'off') && now.observed?.called === true) return 'called';
  if (now.charter === null || comparePermissions(now.charter, to) > 0) return 'not_in_force';
  return seen === null ? 'not_seen' : 'seen';
}

/** States that tighten an action: never wider than the charter, and less than the charter or a reading lets through. */
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
