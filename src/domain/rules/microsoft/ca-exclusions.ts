import type { CaPolicyRow, GuestScope } from '../../model/kinds.ts';
import type { Tri } from './ca-grant.ts';
import type { Directory, EntraPerson } from './directory.ts';

/** What a policy excludes. */
export interface Exclusion {
  readonly kind: 'user' | 'group' | 'role' | 'guests';
  /** In lower case; `guests` for guests. */
  readonly id: string;
  /** Which guests; absent for other kinds. */
  readonly guests?: GuestScope;
}

/**
 * Roles of the accounts with which Entra Connect and cloud sync write to the directory: Directory Synchronization
 * Accounts and On Premises Directory Sync Account. No person holds them, and Microsoft recommends excluding them so
 * that policies do not stop synchronization (Microsoft Entra built-in roles, learn.microsoft.com, 2026-08).
 */
const SYNC_ROLES = new Set(['d29b2b05-8046-44ba-8758-1e26182fcf32', 'a92aed5d-d78a-4d16-b381-09adb37eb3b0']);

export function isSyncRole(roleId: string): boolean {
  return SYNC_ROLES.has(roleId.toLowerCase());
}

/** The shorthand `GuestsOrExternalUsers`: guests of every kind and tenant. */
export const EVERY_GUEST: GuestScope = {
  types: [
    'internalguest',
    'b2bcollaborationguest',
    'b2bcollaborationmember',
    'b2bdirectconnectuser',
    'otherexternaluser',
    'serviceprovider',
  ],
  allTenants: true,
};

/** Intended exclusions according to the charter; ids in lower case. */
export interface Approved {
  /** false: the charter does not name emergency access, so an exclusion for it looks the same as a gap. */
  readonly emergencyStated: boolean;
  readonly emergency: ReadonlySet<string>;
  /** Names in the charter that no file resolves to an id. */
  readonly unresolved: readonly string[];
  readonly inForce: ReadonlySet<string>;
  /** Approvals that have expired, with the day on which they ended. */
  readonly ended: ReadonlyMap<string, string>;
}

/** The fields of a policy that define its exclusions. */
type LeavesOut = Pick<CaPolicyRow, 'excludeUsers' | 'excludeGroups' | 'excludeRoles' | 'excludeGuests'>;

export function exclusionsOf(policy: LeavesOut): readonly Exclusion[] {
  return [
    ...policy.excludeUsers.map((id) =>
      isShorthand(id) ? guestsOf(EVERY_GUEST) : { kind: 'user' as const, id: id.toLowerCase() },
    ),
    ...policy.excludeGroups.map((id) => ({ kind: 'group' as const, id: id.toLowerCase() })),
    ...policy.excludeRoles.map((id) => ({ kind: 'role' as const, id: id.toLowerCase() })),
    ...(policy.excludeGuests ? [guestsOf(policy.excludeGuests)] : []),
  ];
}

const isShorthand = (id: string) => id.toLowerCase() === 'guestsorexternalusers';
const guestsOf = (scope: GuestScope): Exclusion => ({ kind: 'guests', id: 'guests', guests: scope });

/** Whether the charter names it as emergency access or approves it. */
export function statedByCharter({ id }: Exclusion, approved: Approved): boolean {
  return approved.emergency.has(id) || approved.inForce.has(id);
}

/** Whether the exclusion is intended: stated by the charter, or a synchronization role. */
export function meant(exclusion: Exclusion, approved: Approved): boolean {
  return statedByCharter(exclusion, approved) || (exclusion.kind === 'role' && isSyncRole(exclusion.id));
}

/**
 * Why the members of an excluded group are not known, as the end of a sentence; null: they are listed. Anyone added to
 * the group is excluded too, so the group's name in the charter does not tell who is.
 */
export function membersUnknown({ kind, id }: Exclusion, directory: Directory): string | null {
  if (kind !== 'group') return null;
  if (!directory.hasGroups) return 'no current list of Entra groups shows who is in it';
  const view = directory.group(id);
  if (view === null) return 'the list of Entra groups does not have it';
  return view.complete ? null : 'the list of Entra groups does not list who is in it';
}

/** The guests whom a policy includes; null: none. */
export function guestsIn(policy: Pick<CaPolicyRow, 'includeUsers' | 'includeGuests'>): GuestScope | null {
  return policy.includeUsers.some(isShorthand) ? EVERY_GUEST : (policy.includeGuests ?? null);
}

/** Kinds whose accounts Entra stores as guests, and kinds whose accounts may be members of another organization. */
const GUEST_TYPES = ['internalguest', 'b2bcollaborationguest'];
const EXTERNAL_MEMBERS = ['b2bcollaborationmember', 'otherexternaluser', 'serviceprovider'];

export function guestIn({ types, allTenants }: GuestScope, seat: EntraPerson): Tri {
  if (seat.guest === null) return 'unknown';
  if (seat.guest) return allTenants && GUEST_TYPES.every((type) => types.includes(type)) ? 'yes' : 'unknown';
  // The sign-in name of an external member contains #EXT#.
  const external = [...seat.keys].some((key) => key.includes('#ext#'));
  return external && types.some((type) => EXTERNAL_MEMBERS.includes(type)) ? 'unknown' : 'no';
}
