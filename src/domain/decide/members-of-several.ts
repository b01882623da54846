import type { Kind, MemberRow } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import { address, domainOf, nameKey } from '../people/names.ts';
import { holdsSeat } from '../people/reconcile.ts';
import { placeOf } from '../rules/accounts/addresses.ts';
import { type Ask, ask } from '../text/message.ts';
import { names } from '../text/words.ts';

/** Share of the shorter list that two organizations may have in common, such as an agency's staff. */
const MAX_SHARED = 0.5;

/**
 * Whether lists of members of one day belong to several Claude organizations rather than being two states of one: they
 * have different Primary Owners or only addresses at different domains, and few people in common, or neither Primary
 * Owner is on the other list, however many people are on both. null: nothing shows that.
 */
export function membersOfSeveral(
  readings: readonly Reading[],
): { readonly why: string; readonly howToGet: Ask } | null {
  if (readings.length < 2 || readings.some(({ kind }) => kind !== 'members')) return null;
  const lists = (readings as readonly Reading<'members'>[]).map(({ file, rows }) => ({
    file,
    owner: primaryOwner(rows),
    people: new Set(rows.flatMap(({ email }) => (address(email) === '' ? [] : [address(email)]))),
    domains: new Set(rows.flatMap(({ email }) => (address(email) === '' ? [] : [domainOf(email)]))),
  }));
  const apart = lists.every((one, at) =>
    lists.every((other, also) => {
      if (also <= at) return true;
      // Where one organization was handed over, its earlier owner is still on the list.
      if (ownsElsewhere(one, other) && ownsElsewhere(other, one)) return true;
      const shared = one.people.intersection(other.people).size;
      if (shared >= Math.min(one.people.size, other.people.size) * MAX_SHARED) return false;
      return one.owner !== null && other.owner !== null
        ? one.owner !== other.owner
        : one.domains.isDisjointFrom(other.domains);
    }),
  );
  if (!apart) return null;
  const each = lists.map(({ file, owner }) => (owner === null ? file : `${file} (Primary Owner ${owner})`));
  return {
    why: `They seem to list the members of ${lists.length} Claude organizations: ${names(each, 5)}. None of them is judged as another.`,
    howToGet: ask(
      'source',
      'members',
      'Keep the members file of the Claude organization that this client is about, and govern each further organization as a client of its own.',
      'one_organization',
    ),
  };
}

/** Whether a list names a Primary Owner who is not on the other list. */
function ownsElsewhere(
  { owner }: { readonly owner: string | null },
  { people }: { readonly people: ReadonlySet<string> },
): boolean {
  return owner !== null && !people.has(owner);
}

/**
 * Removes lists of other Claude organizations. If one list has the account owner of the charter as its Primary Owner,
 * another list of that day with a different Primary Owner, few people in common and otherwise foreign addresses is not
 * ours. One that contains our people is asked about, since they hold seats there.
 */
export function ofAccountOwner<K extends Kind>(
  readings: readonly Reading<K>[],
  accountOwner: string | undefined,
  domains: readonly string[],
): readonly Reading<K>[] {
  if (accountOwner === undefined || readings.length < 2) return readings;
  const owner = address(accountOwner);
  const rowsOf = (one: Reading) => (one as Reading<'members'>).rows;
  const ownerOf = (one: Reading) => primaryOwner(rowsOf(one));
  const ours = readings.filter((one) => one.kind === 'members' && ownerOf(one) === owner);
  const isElsewhere = (one: Reading, own: Reading) => {
    const shared = new Set(rowsOf(own).map(({ email }) => address(email)));
    return rowsOf(one).every(
      ({ email }) => shared.has(address(email)) || placeOf(email, domains).kind === 'foreign',
    );
  };
  return readings.filter(
    (one) =>
      !ours.some(
        (own) =>
          own !== one &&
          own.observedOn === one.observedOn &&
          ownerOf(one) !== null &&
          membersOfSeveral([own, one]) !== null &&
          isElsewhere(one, own),
      ),
  );
}

/**
 * What lists of several organizations show of people who may have left: their seats alone. A seat of a leaver is one in
 * either organization, while owners, admins and everyone else are judged within one.
 */
export function seatsOfLeavers(
  readings: readonly Reading<'members'>[],
  gone: ReadonlySet<string>,
  domains: readonly string[],
): readonly Reading<'members'>[] {
  return readings.flatMap((reading) => {
    const rows = reading.rows.filter(
      (row) =>
        holdsSeat(row) && gone.has(address(row.email)) && placeOf(row.email, domains).kind !== 'foreign',
    );
    return rows.length === 0 ? [] : [{ ...reading, rows }];
  });
}

export function ownersDiffer(rows: readonly MemberRow[], others: readonly MemberRow[]): boolean {
  const [one, other] = [ownerIn(rows), ownerIn(others)];
  return one !== null && other !== null && !isSame(one, other);
}

/** After a change of the domain, a person has another address and the same name. */
function isSame(one: MemberRow, other: MemberRow): boolean {
  const name = nameKey(one.name);
  return address(one.email) === address(other.email) || (name !== '' && name === nameKey(other.name));
}

/** People of an earlier list that are missing in a newer one of the same organization, at most. */
const MAX_MISSING_PEOPLE = 3;

/**
 * The Primary Owners of two lists that are of two organizations although many people are on both: neither owner is on the
 * other list, or many of the earlier list are missing in the newer one as well. Where one organization was handed over, both
 * owners are on both lists, or the earlier one has left. null: nothing shows that.
 */
export function otherOwners(
  now: readonly MemberRow[],
  then: readonly MemberRow[],
  missing: number,
  gone: ReadonlySet<string>,
): { readonly newer: string; readonly earlier: string } | null {
  const [owner, before] = [ownerIn(now), ownerIn(then)];
  if (owner === null || before === null || isSame(owner, before) || gone.has(address(before.email)))
    return null;
  const isOn = (one: MemberRow, rows: readonly MemberRow[]) => rows.some((row) => isSame(one, row));
  const areApart = !isOn(before, now) && !isOn(owner, then);
  const lacksMany = missing >= MAX_MISSING_PEOPLE && missing * 4 >= then.length;
  return areApart || lacksMany ? { newer: address(owner.email), earlier: address(before.email) } : null;
}

function primaryOwner(rows: readonly MemberRow[]): string | null {
  const owner = ownerIn(rows);
  return owner === null ? null : address(owner.email);
}

/** The Primary Owner of a list; null: it names none, or several. */
function ownerIn(rows: readonly MemberRow[]): MemberRow | null {
  const found = rows.filter(({ role }) => role === 'primary_owner');
  const [owner] = found;
  return owner !== undefined &&
    address(owner.email) !== '' &&
    found.every(({ email }) => address(email) === address(owner.email))
    ? owner
    : null;
}
