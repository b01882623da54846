import type { Charter } from '../model/charter.ts';
import type { EntraUserRow, MemberRow, RosterRow } from '../model/kinds.ts';
import { address, domainOf, nameKey, withoutTag } from './names.ts';
import { type Index, index, type Likeness, likeliestMatches, namesOf, resemblance } from './resembling.ts';
import type { Match, MatchReason, Resemblance } from './types.ts';

/** The addresses and charter decisions that matching uses. */
export class Directory {
  readonly #users: readonly EntraUserRow[];
  readonly #addresses = new WeakMap<MemberRow | RosterRow, ReadonlySet<string>>();
  readonly #userByAddress = new Map<string, EntraUserRow>();
  readonly #userByEmployee = new Map<string, EntraUserRow | null>();
  readonly #same: readonly ReadonlySet<string>[];
  readonly #different: readonly (readonly [string, string])[];

  constructor(users: readonly EntraUserRow[], charter: Charter | null) {
    this.#users = users;
    for (const user of this.#users) {
      for (const text of userAddresses(user))
        if (!this.#userByAddress.has(text)) this.#userByAddress.set(text, user);
      // A number shared by two users identifies neither.
      if (user.employeeId)
        this.#userByEmployee.set(user.employeeId, this.#userByEmployee.has(user.employeeId) ? null : user);
    }
    this.#same = (charter?.people?.same ?? []).map((group) => new Set(group.map(decisionKey)));
    this.#different = (charter?.people?.different ?? []).map(
      (pair) => [decisionKey(pair[0] ?? ''), decisionKey(pair[1] ?? '')] as const,
    );
  }

  userOf(who: MemberRow | RosterRow): EntraUserRow | null {
    const own = 'emails' in who ? who.emails : [who.email];
    for (const text of own) {
      const user = this.#userByAddress.get(address(text)) ?? this.#userByAddress.get(withoutTag(text));
      if (user) return user;
    }
    return 'employeeId' in who && who.employeeId ? (this.#userByEmployee.get(who.employeeId) ?? null) : null;
  }

  /** Own addresses plus those from Entra and the charter for the same person; lower case. */
  addressesOf(who: MemberRow | RosterRow): ReadonlySet<string> {
    const known = this.#addresses.get(who);
    if (known) return known;
    const all = this.#collect(who);
    this.#addresses.set(who, all);
    return all;
  }

  #collect(who: MemberRow | RosterRow): ReadonlySet<string> {
    const own = ('emails' in who ? who.emails : [who.email]).map(address).filter((text) => text !== '');
    const user = this.userOf(who);
    const all = new Set([...own, ...own.map(withoutTag), ...(user ? userAddresses(user) : [])]);
    for (const group of this.#same)
      if ([...group].some((key) => all.has(key)))
        for (const key of group) if (key.includes('@')) all.add(key);
    return all;
  }

  /** The staff record that a charter decision links to the member, if any. */
  decidedSame(member: MemberRow, roster: readonly RosterRow[]): RosterRow | undefined {
    if (this.#same.length === 0) return undefined;
    const own = address(member.email);
    const name = member.name ? decisionKey(member.name) : null;
    // A decision with an address is about that account, not about a later namesake.
    const groups = this.#same.filter(
      (group) => group.has(own) || (name !== null && group.has(name) && ![...group].some(isAddress)),
    );
    if (groups.length === 0) return undefined;
    const named = roster.filter((staff) => {
      const theirs = decisionKeys(staff.name, staff.emails);
      return groups.some((group) => theirs.some((key) => group.has(key)));
    });
    // Two people of one name: the decision does not say which, unless it has an address of every row, which makes them
    // one person.
    const people = new Set(named.map((staff) => staff.employeeId ?? staff.emails[0] ?? `row ${staff.row}`));
    const given = groups.some((group) =>
      named.every(({ emails }) => emails.some((text) => group.has(address(text)))),
    );
    return people.size === 1 || given ? latest(named) : undefined;
  }

  /** Whether any decision separates the member from someone. */
  keepsApart(member: MemberRow): boolean {
    if (this.#different.length === 0) return false;
    const mine = decisionKeys(member.name, [member.email]);
    return this.#different.some((pair) => pair.some((key) => mine.includes(key)));
  }

  decidedDifferent(member: MemberRow, staff: RosterRow): boolean {
    if (this.#different.length === 0) return false;
    const mine = decisionKeys(member.name, [member.email]);
    const theirs = decisionKeys(staff.name, staff.emails);
    return this.#different.some(
      ([a, b]) => (mine.includes(a) && theirs.includes(b)) || (mine.includes(b) && theirs.includes(a)),
    );
  }
}

export interface Matching {
  readonly matched: readonly Match[];
  readonly resembling: readonly Resemblance[];
  readonly alone: readonly MemberRow[];
}

/**
 * Finds the staff record of each Claude account. Addresses, employee numbers and decisions match. A former name, or the
 * only name in a roster without addresses, matches if it is unique on both sides, and the match says so. Any other
 * similarity of names only raises a question.
 */
export function matchPeople(
  members: readonly MemberRow[],
  roster: readonly RosterRow[],
  directory: Directory,
  domains: readonly string[],
): Matching {
  const byAddress = index(roster, (staff) => staff.emails.map(address));
  const byPlain = index(roster, (staff) => staff.emails.map(withoutTag));
  const byAlias = index(roster, (staff) => [...directory.addressesOf(staff)]);
  const byNumber = index(roster, (staff) => (staff.employeeId ? [staff.employeeId] : []));
  const matched: Match[] = [];
  const left: MemberRow[] = [];
  const ambiguous: Resemblance[] = [];
  for (const member of members) {
    const found = sure(member, roster, directory, { byAddress, byPlain, byAlias, byNumber });
    if (found === null) left.push(member);
    else if ('candidates' in found) ambiguous.push(found);
    else matched.push(found);
  }
  const taken = new Set(matched.map((match) => match.staff));
  const free = roster.filter((staff) => !taken.has(staff));
  const byName = byNames(left, free, roster, directory, domains);
  const all = [...matched, ...byName.matched];
  const byKey = Map.groupBy(all, ({ member }) => nameKey(member.name));
  const second = byName.alone.flatMap((member) => twinOf(member, byKey, directory) ?? []);
  const seconds = new Set(second.map(({ member }) => member));
  return {
    matched: all,
    resembling: [...ambiguous, ...byName.resembling, ...second],
    alone: byName.alone.filter((member) => !seconds.has(member)),
  };
}

/** An account with the name of someone already matched may be that person's second account. */
function twinOf(
  member: MemberRow,
  byKey: ReadonlyMap<string, readonly Match[]>,
  directory: Directory,
): Resemblance | null {
  const key = nameKey(member.name);
  const named = key === '' ? [] : (byKey.get(key) ?? []);
  const twins = named.filter((match) => !directory.decidedDifferent(member, match.staff));
  const [first] = twins;
  if (first === undefined) return null;
  return {
    member,
    candidates: [...new Set(twins.map(({ staff }) => staff))],
    words: `May be one person with ${first.member.email}, an account of the same name`,
  };
}

function sure(
  member: MemberRow,
  roster: readonly RosterRow[],
  directory: Directory,
  by: { byAddress: Index; byPlain: Index; byAlias: Index; byNumber: Index },
): Match | Resemblance | null {
  const decided = directory.decidedSame(member, roster);
  if (decided)
    return {
      member,
      staff: decided,
      because: 'decided',
      words: 'Taken for one person by a decision in the charter',
    };
  const own = address(member.email);
  const user = directory.userOf(member);
  const steps: readonly (readonly [MatchReason, readonly RosterRow[], (staff: RosterRow) => string])[] = [
    ['same_address', by.byAddress.get(own) ?? [], () => 'Same address'],
    [
      'plus_address',
      by.byPlain.get(withoutTag(own)) ?? [],
      (staff) => `Same address apart from the tag: ${staff.emails[0] ?? ''}`,
    ],
    [
      'alias',
      by.byAlias.get(own) ??
        by.byAlias.get(withoutTag(own)) ??
        aliasHits(directory.addressesOf(member), by.byAlias),
      (staff) =>
        `${own} and ${staff.emails[0] ?? staff.name ?? ''} are addresses of one person in the Entra file`,
    ],
    [
      'employee_id',
      user?.employeeId ? (by.byNumber.get(user.employeeId) ?? []) : [],
      () => 'Same employee number in the Entra file',
    ],
  ];
  for (const [because, hits, words] of steps) {
    const open = hits.filter((staff) => !directory.decidedDifferent(member, staff));
    if (open.length === 0) continue;
    const people = new Set(
      open.map((staff) => nameKey(staff.name) || staff.employeeId || `row ${staff.row}`),
    );
    if (people.size > 1)
      return { member, candidates: open, words: `${open.length} staff records share this address` };
    const staff = preferred(open);
    if (staff) return { member, staff, because, words: words(staff) };
  }
  return null;
}

function aliasHits(addresses: ReadonlySet<string>, byAlias: Index): readonly RosterRow[] {
  for (const text of addresses) {
    const hits = byAlias.get(text);
    if (hits) return hits;
  }
  return [];
}

/**
 * For one person listed twice, for example after being rehired: the record that has not ended, regardless of row order.
 */
function preferred(rows: readonly RosterRow[]): RosterRow | undefined {
  return [...rows].sort((a, b) => rank(b).localeCompare(rank(a)))[0];
}

function rank(row: RosterRow): string {
  const ends = row.status === 'left' ? `1 ${row.endsOn ?? ''}` : `2 ${row.endsOn ?? '9999'}`;
  return [ends, row.employeeId ?? '', ...row.emails.toSorted()].join(' ');
}

function byNames(
  members: readonly MemberRow[],
  free: readonly RosterRow[],
  roster: readonly RosterRow[],
  directory: Directory,
  domains: readonly string[],
): Matching {
  const matched: Match[] = [];
  const resembling: Resemblance[] = [];
  const alone: MemberRow[] = [];
  const memberNames = tally(members.map((member) => nameKey(member.name)));
  const rosterNames = tally(roster.map((staff) => nameKey(staff.name)));
  const formerNames = tally(roster.flatMap((staff) => namesOf(staff).map((name) => nameKey(name))));
  const likely = likeliestMatches(free);
  // Cached by name, because thousands may share one; members whom a decision separates from someone are not cached.
  const known = new Map<string, Likeness>();
  const likenessOf = (member: MemberRow): Likeness => {
    const name = member.name ?? '';
    if (directory.keepsApart(member))
      return resemblance(
        name,
        likely(name).filter((staff) => !directory.decidedDifferent(member, staff)),
      );
    const made = known.get(name) ?? resemblance(name, likely(name));
    known.set(name, made);
    return made;
  };
  for (const member of members) {
    const key = nameKey(member.name);
    const { former, named, candidates, words } = likenessOf(member);
    const ours = domains.includes(domainOf(member.email));
    const unique = key !== '' && memberNames.get(key) === 1;
    if (
      unique &&
      ours &&
      former.length === 1 &&
      former[0] &&
      formerNames.get(key) === 1 &&
      !rosterNames.has(key)
    ) {
      const was = former[0].formerNames.some((name) => nameKey(name) === key);
      matched.push({
        member,
        staff: former[0],
        because: was ? 'former_name' : 'other_name',
        words: `The roster lists “${member.name ?? ''}” as ${was ? 'a former' : 'another'} name of ${former[0].name ?? ''}`,
      });
      continue;
    }
    const only = named[0];
    if (
      unique &&
      ours &&
      named.length === 1 &&
      only &&
      only.emails.length === 0 &&
      rosterNames.get(key) === 1
    ) {
      matched.push({
        member,
        staff: only,
        because: 'only_name',
        words: 'Same name, and only one on each side; the roster gives no address',
      });
      continue;
    }
    if (candidates.length > 0) resembling.push({ member, candidates, words });
    else alone.push(member);
  }
  return { matched, resembling, alone };
}

/** An address with the others that Entra and the charter have for the same person; lower case. */
export function addressesOf(
  email: string,
  users: readonly EntraUserRow[],
  charter: Charter | null,
): ReadonlySet<string> {
  const own = address(email);
  const ofUser = users.map(userAddresses).find((all) => all.includes(own)) ?? [];
  const all = new Set([own, ...ofUser]);
  for (const group of charter?.people?.same ?? []) {
    const keys = group.map(decisionKey);
    if (keys.some((key) => all.has(key))) for (const key of keys) if (isAddress(key)) all.add(key);
  }
  return all;
}

function userAddresses(user: EntraUserRow): string[] {
  return [user.upn, user.mail, ...user.aliases].flatMap((text) => (text ? [address(text)] : []));
}

function tally(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) if (key !== '') counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function decisionKey(text: string): string {
  return text.includes('@') ? address(text) : nameKey(text) || text.trim().toLowerCase();
}

function isAddress(key: string): boolean {
  return key.includes('@');
}

/** What the charter decides about two roster rows: same person or different people; null: nothing. */
export function decisionOn(
  charter: Charter | null,
  one: RosterRow,
  other: RosterRow,
): 'same' | 'different' | null {
  const ours = decisionKeys(one.name, one.emails);
  const theirs = decisionKeys(other.name, other.emails);
  // Rows with the same name are identified by their addresses only.
  const joins = (group: readonly string[]): boolean => {
    const keys = new Set(group.map(decisionKey).filter(isAddress));
    return ours.some((key) => keys.has(key)) && theirs.some((key) => keys.has(key));
  };
  if (charter?.people?.different?.some(joins)) return 'different';
  return charter?.people?.same?.some(joins) ? 'same' : null;
}

function decisionKeys(name: string | null, emails: readonly string[]): string[] {
  return [...emails.map(address), ...(name ? [decisionKey(name)] : [])];
}

/** Of several rows of one person, the current employment: without a last day, else with the latest one. */
function latest(rows: readonly RosterRow[]): RosterRow | undefined {
  return rows.find(({ endsOn, status }) => endsOn === null && status !== 'left') ?? byLastDay(rows).at(-1);
}

function byLastDay(rows: readonly RosterRow[]): RosterRow[] {
  return [...rows].sort((a, b) => ((a.endsOn ?? '') < (b.endsOn ?? '') ? -1 : 1));
}
