import { addDays } from '../model/day.ts';
import type { Current } from '../model/rule.ts';
import { ask } from '../text/message.ts';
import { count, dayWords, names, verb } from '../text/words.ts';
import { address, withoutTag } from './names.ts';
import { staffOn } from './staff.ts';

/** Share of Claude users that a members file may lack, because some may have lost their seat since. */
const MAX_ABSENT = 0.1;
/** Usage is compared only if it lies within this many days before the members file. */
const NEAR_DAYS = 31;

/**
 * From this number of members on, a list without an Owner is suspicious; a shorter one may have been made to show one
 * person.
 */
const MIN_WITHOUT_OWNER = 5;

/** Other sources that show who is in the organization. */
export interface MemberReadings {
  readonly usage: Current<'usage'>;
  readonly memberships: Current<'domain_memberships'>;
  readonly roster: Current<'roster'>;
  /** Further addresses known to Entra: after a change of domain, usage still has the earlier ones. */
  readonly users?: Current<'entra_users'>;
  /** Day on which staff were first invited, from the journal. */
  readonly firstInvitation: string | null;
  readonly today: string;
}

/**
 * The members file, unless there is evidence that it is incomplete, because a filtered list or one page of several
 * would pass every control that looks for what must not be there. Evidence: people who appear in another source but not
 * in the file, a file without an Owner, or one with only Owners and Admins although staff were invited.
 */
export function shownWhole(members: Current<'members'>, beside: MemberReadings): Current<'members'> {
  if (!members.ok) return members;
  const why = filteredByRole(members, beside) ?? absentPeople(members, beside);
  if (why === null) return members;
  return {
    ok: false,
    code: 'partial',
    why: `The members file may not list everyone: ${why}`,
    howToGet: ask(
      'source',
      'members',
      'Export the members again, all of them, without a filter or a search: Claude, Organization settings > Members > Export CSV. Compare the number of lines with the number that the page shows.',
      'all_of_them',
    ),
    part: members,
  };
}

type Members = Extract<Current<'members'>, { ok: true }>;

function filteredByRole({ rows, observedOn }: Members, beside: MemberReadings): string | null {
  if (rows.length === 0 || rows.some(({ role }) => role === null)) return null;
  const runs = ({ role }: Members['rows'][number]) =>
    role === 'primary_owner' || role === 'owner' || role === 'admin';
  if (
    rows.length >= MIN_WITHOUT_OWNER &&
    rows.every((row) => row.role !== 'primary_owner' && row.role !== 'owner')
  )
    return 'no Owner is in it, and every organization has a Primary Owner.';
  const invited = beside.firstInvitation;
  if (!rows.every(runs) || invited === null || invited > observedOn) return null;
  return `only Owners and Admins are in it (${rows.length}), although staff were first invited on ${dayWords(invited)} according to the journal.`;
}

/** People seen in other sources who are not listed, except those who have left according to the roster. */
function absentPeople(members: Members, beside: MemberReadings): string | null {
  const first = addDays(members.observedOn, -NEAR_DAYS);
  const { roster } = beside;
  const isStaff = roster.ok ? staffOn(roster.rows, beside.today) : null;
  const person = new Map(
    (roster.ok ? roster.rows : []).flatMap((row) => row.emails.map((one) => [address(one), row] as const)),
  );
  const aliases = aliasesOf(beside.users);
  const listed = new Set(members.rows.flatMap(({ email }) => [address(email), withoutTag(address(email))]));
  for (const { words, people } of seenElsewhere(beside, first, members.observedOn)) {
    const staying = [...new Set(people.map(address))].filter((one) => {
      const row = person.get(one);
      return one !== '' && (row === undefined || isStaff?.(row) !== false);
    });
    const absent = staying.filter((one) => {
      const own = person.get(one)?.emails.map(address) ?? [one];
      const addresses = own.flatMap((each) => [each, ...(aliases.get(each) ?? [])]);
      return !addresses.some((other) => listed.has(other) || listed.has(withoutTag(other)));
    });
    if (absent.length > 0 && absent.length / staying.length > MAX_ABSENT)
      return `${count(absent.length, 'person', 'people')} of ${staying.length} ${words} ${verb(absent.length, 'is', 'are')} not in it (${names(absent.sort(), 4)}).`;
  }
  return null;
}

/** All addresses of each Entra account, by each of them. */
function aliasesOf(users: MemberReadings['users']): ReadonlyMap<string, readonly string[]> {
  if (!users?.ok) return new Map();
  return new Map(
    users.rows.flatMap(({ upn, mail, aliases }) => {
      const all = [upn, mail, ...aliases].flatMap((one) => (one === null ? [] : [address(one)]));
      return all.map((one) => [one, all] as const);
    }),
  );
}

/** The people in each source that shows who was in the organization between two days. */
function seenElsewhere(
  { usage, memberships }: MemberReadings,
  first: string,
  last: string,
): readonly { readonly words: string; readonly people: readonly string[] }[] {
  return [
    {
      words: 'in the usage file',
      people: usage.ok
        ? usage.rows.flatMap(({ email, to }) =>
            email !== null && (to === null || to >= first) ? [email] : [],
          )
        : [],
    },
    {
      words: 'whom the Domain memberships report counts as in the organization',
      people:
        memberships.ok && memberships.observedOn >= first && memberships.observedOn <= last
          ? memberships.rows.flatMap(({ email, inWorkspace }) => (inWorkspace === true ? [email] : []))
          : [],
    },
  ];
}
