import { DEFAULT_FRESH_DAYS } from '../../decide/fresh-days.ts';
import type { EntraUserRow, LibraryGroup, SitePermissionsRow } from '../../model/kinds.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import { Directory } from './directory.ts';

/** Share of the tenant's people from which on a group lets nearly everyone in. */
const NEARLY_ALL = 0.8;
/** People below which a share says nothing: in an office of four every group is nearly everyone. */
const LEAST_PEOPLE = 5;

/** How many people there are, by which groups are judged. */
export interface People {
  readonly users: Current<'entra_users'>;
  /** Accounts that are not disabled and no guests; null: the accounts were not read. */
  readonly count: number | null;
  /** Accounts that are disabled or guests, which Graph counts in a group as it does the others. */
  readonly others: number;
  /** Who is in groups, as far as the list of groups says. */
  readonly directory: Directory;
}

export function peopleOf(context: CheckContext): People {
  const users = context.read('entra_users', DEFAULT_FRESH_DAYS);
  const groups = context.read('entra_groups', DEFAULT_FRESH_DAYS);
  const rows = users.ok ? users.rows : null;
  const count = rows?.filter(isPerson).length ?? null;
  return {
    users,
    count,
    others: rows === null || count === null ? 0 : rows.length - count,
    directory: new Directory(groups.ok ? groups.rows : null, rows),
  };
}

// Whoever is not known to be disabled or a guest counts: the more people, the fewer groups are nearly all of them.
const isPerson = ({ enabled, userType }: EntraUserRow): boolean => enabled !== false && userType !== 'Guest';

/** A group whose accounts were counted, with how many of them are people of the tenant, at least and at most. */
export type CountedGroup = LibraryGroup & {
  readonly people: number;
  readonly least: number;
  readonly upTo: number;
};

/** Groups in permissions of a site that are nearly everyone for certain, the largest first, and those that may be. */
export function largeGroups(
  { groups = [] }: Pick<SitePermissionsRow, 'groups'>,
  people: People,
): { readonly certain: readonly CountedGroup[]; readonly possible: readonly CountedGroup[] } {
  const { count } = people;
  if (count === null || count < LEAST_PEOPLE) return { certain: [], possible: [] };
  const enough = count * NEARLY_ALL;
  const counted = groups.flatMap((group) => countedGroup(group, count, people));
  return {
    certain: counted.filter(({ least }) => least >= enough).sort((a, b) => b.least - a.least),
    possible: counted.filter(({ least, upTo }) => least < enough && upTo >= enough),
  };
}

/**
 * Graph tells how many accounts are in a group, and not how many of them are disabled or guests: any of those of the tenant
 * may be in it. Whom the list of groups names in it narrows that down.
 */
function countedGroup(
  group: LibraryGroup,
  count: number,
  { others, directory }: People,
): readonly CountedGroup[] {
  const { id, people } = group;
  if (people === null) return [];
  const listed = [...(directory.group(id)?.members ?? [])].filter((member) => typeof member !== 'string');
  const listedPeople = listed.filter(isPerson).length;
  // More accounts than the list has: of those that it lacks nothing is known.
  const sure = people > count + others ? 0 : people - others;
  return [
    {
      ...group,
      people,
      least: Math.max(sure, listedPeople, 0),
      upTo: Math.min(count, Math.max(people - (listed.length - listedPeople), listedPeople)),
    },
  ];
}
// Guide: G3.2-04
