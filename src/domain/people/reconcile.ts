import type { Charter } from '../model/charter.ts';
import { daysBetween } from '../model/day.ts';
import { KINDS, type MemberRow, type RosterRow } from '../model/kinds.ts';
import type { Mailboxes } from '../model/mailboxes.ts';
import type { Current, Page } from '../model/rule.ts';
import { ask } from '../text/message.ts';
import { dayWords } from '../text/words.ts';
import { isMailboxOfNobody, isOnePerson } from './functional.ts';
import { Directory, matchPeople } from './match.ts';
import { address, domainOf, looksLikeService, looksShared, nameKey, namesOffice } from './names.ts';
import { isOwnerMailbox } from './owner-mailbox.ts';
import { type Moved, mayHaveMoved, movedWords, staffOn, unsureWords } from './staff.ts';
import type { Match, PersonFinding, Reconciliation } from './types.ts';

export interface ReconcileInput {
  readonly members: Current<'members'>;
  readonly roster: Current<'roster'>;
  readonly users: Current<'entra_users'>;
  readonly domains: readonly string[];
  readonly charter: Page<Charter>;
  readonly today: string;
  readonly mailboxes: Mailboxes;
}

/** Limit on cited candidates per account. */
const MAX_CITED = 20;

/** An empty roster cannot show who left. */
const NOBODY = {
  code: 'partial' as const,
  why: 'The staff roster lists no one.',
  howToGet: ask('source', 'roster', KINDS.roster.howToGet),
};

const NO_SEAT =
  /^(?:no (?:seat|licen[cs]e)|none|unassigned|not assigned|kein|nicht zugewiesen|aucun|non attribu|sans |ningun|sin (?:asignar|licencia|plaza)|geen|niet toegewezen|nenhum|sem |não atribu|nessun)/i;

/** Whether an account uses a seat: not suspended, and not marked as having none. A pending invitation uses one. */
export function holdsSeat(member: MemberRow): boolean {
  if (member.status === 'suspended') return false;
  return !NO_SEAT.test(member.seat?.trim() ?? '');
}

/** What a seat user has: a pending invitation is not a seat yet, but can become one without anyone else's action. */
export function seatWords({ status }: MemberRow): string {
  return status === 'invited' ? 'has an open invitation' : 'holds a seat';
}

/** Compares the people in the Claude organization with the staff roster. Never merges people by name alone. */
export function reconcile(input: ReconcileInput): Reconciliation {
  const { members, roster, users, charter, today } = input;
  const decisions = charter.ok ? charter.value : null;
  const directory = new Directory(users.ok ? users.rows : [], decisions);
  const blocked = !members.ok ? members : !roster.ok ? roster : roster.rows.length === 0 ? NOBODY : null;
  const seats = members.ok ? members.rows.filter(holdsSeat) : [];
  const staff = roster.ok ? roster.rows : [];
  const isStaff = staffOn(staff, today);
  const cite = (member: MemberRow, says: string) => (members.ok ? [members.cite(member, says)] : []);
  const citeStaff = (row: RosterRow, says: string) => (roster.ok ? [roster.cite(row, says)] : []);
  const found = (member: MemberRow, words: string, further: PersonFinding['evidence'] = []) => ({
    key: address(member.email),
    name: member.name ?? member.email,
    email: address(member.email),
    words: member.status === 'invited' ? `${words}; the invitation is open` : words,
    evidence: [...cite(member, member.roleText ? `role ${member.roleText}` : seatWords(member)), ...further],
    member,
  });

  const kind = classify(seats, staff, input, directory);
  const matching = blocked
    ? { matched: [], resembling: [], alone: [] }
    : matchPeople(seats, staff, directory, input.domains);
  const special = new Set([...kind.shared, ...kind.service].map(({ member }) => member));
  const outside = new Set(kind.guests.map(({ member }) => member));
  const unexplained = matching.alone.filter((member) => !special.has(member) && !outside.has(member));
  const moved = mayHaveMoved(staff, today, decisions);
  const currentOf = (row: RosterRow, to: Moved | undefined) =>
    to === undefined ? isStaff(row) : to.joined || null;
  const states = matching.matched.map((match) => ({
    match,
    current: currentOf(match.staff, moved.get(match.staff)),
  }));
  const unsureOf = (row: RosterRow) => {
    const next = moved.get(row)?.next;
    return next === undefined ? unsureWords(row) : movedWords(row, next);
  };
  const unsure = states.filter(({ current }) => current === null).map(({ match }) => match);
  const taken = new Set(matching.matched.map((match) => match.staff));
  // Accounts with the same name share one list of candidates, which may be long.
  const lists = new Set(matching.resembling.map(({ candidates }) => candidates));
  const maybe = new Set([...lists].flat());

  return {
    ready: blocked
      ? { ok: false, code: blocked.code, why: blocked.why, howToGet: blocked.howToGet }
      : { ok: true },
    matched: matching.matched,
    leavers: states
      .filter(({ current }) => current === false)
      .map(({ match }) => ({
        ...found(match.member, leaverWords(match), citeStaff(match.staff, lastDayWords(match.staff))),
        staff: match.staff,
        days: match.staff.endsOn ? daysBetween(match.staff.endsOn, today) : null,
      })),
    notOnRoster: unexplained.map((member) => found(member, 'Not on the roster')),
    toConfirm: [
      ...matching.resembling
        .filter(({ member }) => !special.has(member))
        .map((resemblance) => ({
          ...found(
            resemblance.member,
            resemblance.words,
            resemblance.candidates.slice(0, MAX_CITED).flatMap((row) => citeStaff(row, row.name ?? '')),
          ),
          resemblance,
        })),
      ...unsure.map((match) => ({
        ...found(
          match.member,
          unsureOf(match.staff),
          citeStaff(match.staff, 'does not say whether the person works here'),
        ),
        resemblance: {
          member: match.member,
          words: unsureOf(match.staff),
          // Only a possible move can be settled in the charter; anything else has to be corrected in the roster.
          ...(moved.has(match.staff)
            ? { candidates: [moved.get(match.staff)?.next ?? match.staff] }
            : { candidates: [match.staff], unsure: true as const }),
        },
      })),
    ],
    withoutSeat: blocked
      ? []
      : staff
          .filter(
            (row) =>
              !taken.has(row) &&
              !maybe.has(row) &&
              isStaff(row) === true &&
              row.engagement !== 'shared' &&
              row.engagement !== 'service',
          )
          .map((row) => ({
            key: row.emails[0] ? address(row.emails[0]) : (row.name ?? '').toLowerCase(),
            name: row.name ?? row.emails[0] ?? '',
            email: row.emails[0] ? address(row.emails[0]) : null,
            words:
              row.startsOn && row.startsOn > today
                ? `On the roster, starts ${dayWords(row.startsOn)}`
                : 'On the roster, holds no seat',
            evidence: citeStaff(row, 'on the roster'),
            staff: row,
          })),
    guests: kind.guests.map(({ member, words }) => found(member, words)),
    shared: kind.shared.map(({ member, words, certain }) => ({ ...found(member, words), certain })),
    service: kind.service.map(({ member, words, certain }) => ({ ...found(member, words), certain })),
    owners: seats
      .filter((m) => m.role === 'primary_owner' || m.role === 'owner')
      .map((m) => found(m, m.role === 'primary_owner' ? 'Primary Owner' : 'Owner')),
    restsOn: [members, roster, users].flatMap((source) => (source.ok ? source.evidence : [])),
    addressesOf: withRoster(matching.matched, seats, staff, directory),
    entraUser: (who) => directory.userOf(who),
    isPerson: (row) => isOnePerson(row, input.mailboxes),
  };
}

/**
 * A member's addresses plus those that the roster has for the same person, such as the one before a change of name or
 * domain. Addresses in the rows of two people, or belonging to another account, are left out.
 */
function withRoster(
  matched: readonly Match[],
  seats: readonly MemberRow[],
  staff: readonly RosterRow[],
  directory: Directory,
): Reconciliation['addressesOf'] {
  const records = new Map(matched.map((match) => [match.member, match.staff]));
  const people = new Map<string, Set<string>>();
  for (const row of staff)
    for (const text of new Set(row.emails.map(address))) {
      const who = nameKey(row.name) || row.employeeId || `row ${row.row}`;
      people.set(text, (people.get(text) ?? new Set<string>()).add(who));
    }
  const accounts = new Set(seats.map((member) => address(member.email)));
  const known = new Map<MemberRow, ReadonlySet<string>>();
  return (member) => {
    const own = directory.addressesOf(member);
    const record = records.get(member);
    if (record === undefined || record.emails.length === 0) return own;
    const theirs = (text: string) => people.get(text)?.size === 1 && !accounts.has(text);
    const all = known.get(member) ?? new Set([...own, ...record.emails.map(address).filter(theirs)]);
    known.set(member, all);
    return all;
  };
}

interface Kinds {
  guests: { member: MemberRow; words: string }[];
  shared: { member: MemberRow; words: string; certain: boolean }[];
  service: { member: MemberRow; words: string; certain: boolean }[];
}

/** Guests, shared mailboxes and service accounts. Not `certain`: they only look like it, so a person decides. */
function classify(
  seats: readonly MemberRow[],
  staff: readonly RosterRow[],
  input: ReconcileInput,
  directory: Directory,
): Kinds {
  const people = input.charter.ok ? input.charter.value.people : undefined;
  const stated = {
    shared: new Set(
      [
        ...(people?.shared ?? []),
        ...staff.filter((row) => row.engagement === 'shared').flatMap((row) => row.emails),
      ].map(address),
    ),
    service: new Set(
      [
        ...(people?.service ?? []),
        ...staff.filter((row) => row.engagement === 'service').flatMap((row) => row.emails),
      ].map(address),
    ),
    guests: new Set((people?.guests ?? []).map(address)),
  };
  const onRoster = new Set(staff.flatMap((row) => row.emails.map(address)));
  const isPerson = (row: RosterRow) => isOnePerson(row, input.mailboxes);
  const ofPeople = new Set(staff.filter(isPerson).flatMap((row) => row.emails.map(address)));
  const byCharter = new Set([...(people?.shared ?? []), ...(people?.service ?? [])].map(address));
  const emergency = new Set(
    (input.charter.ok ? (input.charter.value.entra?.emergencyAccess?.users ?? []) : []).map(address),
  );
  const owner = address((input.charter.ok ? input.charter.value.accountOwner : undefined) ?? '');
  const kinds: Kinds = { guests: [], shared: [], service: [] };
  for (const member of seats) {
    const own = address(member.email);
    const named = nameKey(member.name) !== '';
    const all = directory.addressesOf(member);
    // Entra may have the listed address as another address of the same mailbox; other addresses of a person are that
    // person's.
    const ofNobody =
      all.isDisjointFrom(ofPeople) && (looksShared(own) || !named || namesOffice(member.name ?? ''));
    const states = (list: ReadonlySet<string>) => list.has(own) || (ofNobody && !all.isDisjointFrom(list));
    const isStated = stated.shared.has(own) || stated.service.has(own);
    if (isStated && !byCharter.has(own) && ofPeople.has(own))
      kinds.shared.push({
        member,
        words: 'The roster lists the address for a shared or service account and for a person',
        certain: false,
      });
    else if (states(stated.shared))
      kinds.shared.push({ member, words: 'Stated as a shared mailbox', certain: true });
    else if (states(stated.service))
      kinds.service.push({ member, words: 'Stated as a service account', certain: true });
    else if (emergency.has(own) && !ofPeople.has(own))
      kinds.shared.push({ member, words: 'The charter names it for emergency access', certain: true });
    else if (all.has(owner) && all.isDisjointFrom(ofPeople) && isOwnerMailbox(own))
      kinds.shared.push({ member, words: 'The charter names it as the account owner', certain: true });
    else if (!onRoster.has(own) && looksLikeService(own))
      kinds.service.push({ member, words: 'The address looks like a service account', certain: false });
    else if (!onRoster.has(own) && looksShared(own))
      kinds.shared.push({
        member,
        words: named
          ? 'The address belongs to a role or team'
          : 'The address belongs to a role or team, and no person is named',
        certain: false,
      });
    else if (
      !ofPeople.has(own) &&
      (onRoster.has(own) ||
        namesOffice(member.name ?? '') ||
        isMailboxOfNobody(own, member.name, input.mailboxes))
    )
      kinds.shared.push({
        member,
        words: 'The account is named after an office, a role or a device, and no person is named',
        certain: false,
      });
    const foreign = own !== '' && !input.domains.includes(domainOf(own));
    const inEntra = directory.userOf(member);
    // In Entra, a UPN with #EXT# belongs to another organization's account, even if its type was changed to Member.
    const elsewhere = inEntra?.upn?.toLowerCase().includes('#ext#') === true;
    if (stated.guests.has(own)) kinds.guests.push({ member, words: 'Stated as a guest' });
    else if (foreign)
      kinds.guests.push({ member, words: `The address is at ${domainOf(own)}, not one of our domains` });
    else if (inEntra?.userType === 'Guest')
      kinds.guests.push({ member, words: 'Marked as a guest in Entra' });
    else if (elsewhere)
      kinds.guests.push({ member, words: 'From another organization by the sign-in name in Entra' });
  }
  return kinds;
}

function lastDayWords(row: RosterRow): string {
  return row.endsOn ? `last day ${dayWords(row.endsOn)}` : 'has left, no last day given';
}

function leaverWords({ staff, words }: Match): string {
  const still = staff.status === 'active' ? ', though its status still says active' : '';
  return `Has left according to the roster (${lastDayWords(staff)}${still}); matched by: ${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}
// Guide: G2.1-02 G2.2-08 G2.2-12 G5.5-05 G6.6-03 G7.1-02
