import { DEFAULT_FRESH_DAYS } from '../../decide/fresh-days.ts';
import type { EntraUserRow, LibraryGroup, SitePermissionsRow } from '../../model/kinds.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import { Directory } from './directory.ts';

/** Share of the tenant's people from which a group counts as nearly everyone. */
const LARGE_GROUP_SHARE = 0.8;
/** Number of people below which a share is meaningless: in an office of four, every group is nearly everyone. */
const MIN_PEOPLE = 5;

/** The people of the tenant, to whose number groups are compared. */
export interface People {
  readonly users: Current<'entra_users'>;
  /** Accounts that are neither disabled nor guests; null: the accounts were not read. */
  readonly count: number | null;
  /** Disabled accounts and guests, which Graph includes in a group's count. */
  readonly others: number;
  /** Members of groups, as far as the list of groups shows them. */
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

// An account not known to be disabled or a guest counts as a person. A higher total makes fewer groups nearly everyone.
const isPerson = ({ enabled, userType }: EntraUserRow): boolean => enabled !== false && userType !== 'Guest';

/** A group with a known number of accounts; `least` and `upTo` bound how many of those are people of the tenant. */
export type CountedGroup = LibraryGroup & {
  readonly people: number;
  readonly least: number;
  readonly upTo: number;
};

/** Groups in a site's permissions that certainly are nearly everyone, largest first, and those that may be. */
export function largeGroups(
  { groups = [] }: Pick<SitePermissionsRow, 'groups'>,
  people: People,
): { readonly certain: readonly CountedGroup[]; readonly possible: readonly CountedGroup[] } {
  const { count } = people;
  if (count === null || count < MIN_PEOPLE) return { certain: [], possible: [] };
  const enough = count * LARGE_GROUP_SHARE;
  const counted = groups.flatMap((group) => countedGroup(group, count, people));
  return {
    certain: counted.filter(({ least }) => least >= enough).sort((a, b) => b.least - a.least),
    possible: counted.filter(({ least, upTo }) => least < enough && upTo >= enough),
  };
}

/**
 * Graph gives the number of accounts in a group, but not how many of them are disabled or guests; any of those in the
 * tenant may be. Members named in the list of groups narrow this down.
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
  // The group has more accounts than the users file; nothing is known about the missing ones.
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
