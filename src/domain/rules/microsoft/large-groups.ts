import { DEFAULT_FRESH_DAYS } from '../../decide/fresh-days.ts';
import type { LibraryGroup, SitePermissionsRow } from '../../model/kinds.ts';
import type { CheckContext, Current } from '../../model/rule.ts';

/** Share of the tenant's people from which on a group lets nearly everyone in. */
const NEARLY_ALL = 0.8;
/** People below which a share says nothing: in an office of four every group is nearly everyone. */
const LEAST_PEOPLE = 5;

/** How many people there are, by which groups are judged. */
export interface People {
  readonly users: Current<'entra_users'>;
  /** Accounts that are not disabled and no guests; null: the accounts were not read. */
  readonly count: number | null;
}

export function peopleOf(context: CheckContext): People {
  const users = context.read('entra_users', DEFAULT_FRESH_DAYS);
  if (!users.ok) return { users, count: null };
  // Whoever is not known to be disabled or a guest counts: the more people, the fewer groups are nearly all of them.
  const count = users.rows.filter(
    ({ enabled, userType }) => enabled !== false && userType !== 'Guest',
  ).length;
  return { users, count };
}

/** A group whose people were counted. */
export type CountedGroup = LibraryGroup & { readonly people: number };

/** Groups that let as many people into libraries of a site as are nearly everyone, the largest first. */
export function largeGroups(
  { groups = [] }: Pick<SitePermissionsRow, 'groups'>,
  everybody: number | null,
): readonly CountedGroup[] {
  if (everybody === null || everybody < LEAST_PEOPLE) return [];
  return groups
    .filter((group): group is CountedGroup => (group.people ?? 0) >= everybody * NEARLY_ALL)
    .sort((a, b) => b.people - a.people);
}
// Guide: G3.2-04
