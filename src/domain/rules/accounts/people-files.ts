import type { MemberRow, RosterRow } from '../../model/kinds.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { address, nameKey } from '../../people/names.ts';
import { holdsSeat } from '../../people/reconcile.ts';
import { shortOfStaff } from '../../people/short-roster.ts';
import {
  MOVED_REMEDY,
  mayHaveMoved,
  movedWords,
  staffOn,
  unsureRemedy,
  unsureWords,
} from '../../people/staff.ts';
import type { PersonFinding, Reconciliation } from '../../people/types.ts';
import { type Ask, ask, askAll } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { absent, type Because, because } from '../outcome.ts';
import { shownByOldRoster } from './old-roster.ts';

/** Age limit of the files of `context.people()`, in days. */
export const PEOPLE_DAYS = 30;

export type PeopleRead =
  | {
      readonly ok: true;
      readonly people: Reconciliation;
      /** Accounts that use a seat, each address once. */
      readonly seats: number;
      readonly staff: number;
      readonly membersOn: string;
      /** What the list of members lacks, as a sentence with a leading space; empty: nothing. */
      readonly lacks: string;
    }
  | { readonly ok: false; readonly outcome: Outcome };

/** Both people files, checked so that an empty or unrelated file neither accuses nor clears everyone. */
export function readPeople(context: CheckContext): PeopleRead {
  const people = context.people();
  const members = context.read('members', PEOPLE_DAYS);
  const roster = context.read('roster', PEOPLE_DAYS);
  const no = (said: Because, asks: Ask): PeopleRead => ({
    ok: false,
    outcome: said.cannotRead(asks, people.restsOn),
  });
  if (!people.ready.ok) {
    const { code, params, text } = absent(people.ready);
    const { says, items } = shownByOldRoster(context, PEOPLE_DAYS);
    return {
      ok: false,
      outcome: because(code, `${text}${says}`, params).cannotRead(
        people.ready.howToGet,
        [...people.restsOn, ...items.flatMap(({ evidence }) => evidence)],
        items,
      ),
    };
  }
  if (!members.ok) return no(absent(members), members.howToGet);
  if (!roster.ok) return no(absent(roster), roster.howToGet);
  const seats = new Set(members.rows.filter(holdsSeat).map((row) => address(row.email) || `row ${row.row}`))
    .size;
  const staff = new Set(
    roster.rows.map((row) => nameKey(row.name) + (row.emails[0] ?? '') || `row ${row.row}`),
  ).size;
  if (seats === 0)
    return no(
      because('accounts.people_files.no_seats', 'The members file lists no one who holds a seat.'),
      ask(
        'source',
        'members',
        'Export the members again: Claude, Organization settings > Members > Export CSV.',
      ),
    );
  if (staff === 0)
    return no(
      because('accounts.people_files.roster_empty', 'The roster lists no one. It may be the wrong file.'),
      ask('source', 'roster', 'Import the current staff roster.', 'current'),
    );
  if (people.matched.length === 0 && people.toConfirm.length === 0 && seats >= 3)
    return no(
      because(
        'accounts.people_files.nobody_matched',
        `None of ${count(seats, 'seat holder')} is on the roster of ${staff}. The two files may belong to different organizations.`,
      ),
      ask(
        'source',
        'members',
        'Check that the members file and the roster are from the same organization.',
        'same_organization',
      ),
    );
  const lacks = members.rows.some(({ invitations }) => invitations === 'not_told')
    ? ' Open invitations could not be read.'
    : '';
  return { ok: true, people, seats, staff, membersOn: members.observedOn, lacks };
}

const EVERYBODY = () => true;
/**
 * Cannot-read outcome for a rule about everyone on the roster if only a part was given, or it lists far fewer people
 * than the profile counts and may be that of one department. null: it may be complete.
 */
export function rosterInPart(context: CheckContext): Outcome | null {
  const stated = context.profile.staffCount;
  const roster = context.read('roster', PEOPLE_DAYS);
  if (!roster.ok) return null;
  if (roster.inPart === true)
    return because(
      'accounts.people_files.part_of_roster',
      'The roster that was given is only part of the list.',
    ).cannotRead(
      ask('source', 'roster', 'Import the roster of all departments.', 'all_departments'),
      roster.evidence,
    );
  const known = shortOfStaff(roster.rows, context.profile, context.today);
  if (stated === undefined || known === null) return null;
  return because(
    'accounts.people_files.roster_in_part',
    `The roster lists ${count(known, 'person', 'people')} who ${verb(known, 'works', 'work')} here and the profile counts ${stated}, so the roster may not list everyone.`,
  ).cannotRead(
    ask(
      'source',
      'roster',
      'Import the roster of all departments, or correct the number of staff in the profile.',
      'all_departments',
    ),
    roster.evidence,
  );
}

/**
 * The outcome for seat holders who are not on a roster that may be incomplete: they may be on the missing part. A row
 * that says "has left" counts nevertheless (`whoHasLeft`), since it is a record of that person. null: the roster may be
 * complete, or no one is open.
 */
export function openInPart(context: CheckContext, open: readonly Item[]): Outcome | null {
  const part = open.length === 0 ? null : rosterInPart(context);
  if (part === null) return null;
  const reason = `${part.reason} Whether ${names(open.map(({ label }) => label))} ${verb(open.length, 'works', 'work')} here cannot be determined by it.`;
  return { ...part, reason, items: open };
}

/**
 * Cannot-read outcome for a rule about who works here if the roster does not give this for someone; null if it does for
 * everyone. `concerns` filters the rows that the rule needs.
 */
export function staffUnknown(
  context: CheckContext,
  concerns: (row: RosterRow) => boolean = EVERYBODY,
): Outcome | null {
  const roster = context.read('roster', PEOPLE_DAYS);
  if (!roster.ok) return null;
  const part = concerns === EVERYBODY ? rosterInPart(context) : null;
  if (part !== null) return part;
  const isStaff = staffOn(roster.rows, context.today);
  const moved = mayHaveMoved(roster.rows, context.today, context.charter.ok ? context.charter.value : null);
  const unsure = roster.rows.filter(
    (row) => (isStaff(row) === null || moved.get(row)?.joined === false) && concerns(row),
  );
  const [first] = unsure;
  if (first === undefined) return null;
  const wordsOf = (row: RosterRow) => {
    const to = moved.get(row);
    return to === undefined ? unsureWords(row) : movedWords(row, to.next);
  };
  const label = (row: RosterRow) => row.name ?? row.emails[0] ?? `the person in row ${row.row}`;
  return because(
    'accounts.people_files.leaving_unclear',
    `It is not known whether ${count(unsure.length, 'person', 'people')} on the roster still ${verb(unsure.length, 'works', 'work')} here: ${names(unsure.map(label))}. ${wordsOf(first)}.`,
  ).cannotRead(
    askAll([
      ...unsureRemedy(unsure.filter((row) => !moved.has(row))),
      ...(unsure.some((row) => moved.has(row)) ? [MOVED_REMEDY] : []),
    ]),
    roster.evidence,
    unsure.map((row) => ({
      key: row.emails[0] ? address(row.emails[0]) : (row.name ?? `row ${row.row}`).toLowerCase(),
      label: label(row),
      detail: wordsOf(row),
      evidence: [roster.cite(row, 'does not say whether the person works here')],
    })),
  );
}

/**
 * Roster rows matched to a seat that a person still has to confirm, for example because its holder may have left or
 * moved; rules that clear seats ask about these.
 */
export function openSeats({ matched, toConfirm }: Reconciliation): ReadonlySet<RosterRow> {
  const open = new Set(toConfirm.map(({ resemblance }) => resemblance.member));
  return new Set(matched.flatMap(({ member, staff }) => (open.has(member) ? [staff] : [])));
}

/**
 * Cannot-read outcome for a rule that would clear all leavers if an account resembles one of them by name and only a
 * person can decide; null if none does.
 */
export function maybeLeavers(context: CheckContext): Outcome | null {
  const roster = context.read('roster', PEOPLE_DAYS);
  const isStaff = staffOn(roster.ok ? roster.rows : [], context.today);
  // People with the same name share one candidates array, which may be long, so cache the result.
  const known = new Map<readonly RosterRow[], boolean>();
  const listsLeaver = (candidates: readonly RosterRow[]): boolean => {
    const lists = known.get(candidates) ?? candidates.some((row) => isStaff(row) === false);
    known.set(candidates, lists);
    return lists;
  };
  const unsure = context.people().toConfirm.filter(({ resemblance }) => listsLeaver(resemblance.candidates));
  if (unsure.length === 0) return null;
  return because(
    'accounts.people_files.may_have_left',
    `${names(unsure.map(({ name }) => name))} ${verb(unsure.length, 'resembles', 'resemble')} a person who has left, and only a person can decide whether it is the same one.`,
  ).cannotRead(
    ask(
      'charter',
      'people',
      'Decide under “people” in the charter whether the accounts belong to the people who left: same or different.',
      'leavers',
    ),
    unsure.flatMap(({ evidence }) => evidence),
    once(unsure.map(personItem)),
  );
}

/** Addresses that the charter names as guest, shared or service account, which are decided and not asked about. */
export function decidedAddresses(context: CheckContext): ReadonlySet<string> {
  const people = context.charter.ok ? context.charter.value.people : undefined;
  return new Set([...(people?.guests ?? []), ...(people?.shared ?? []), ...(people?.service ?? [])]);
}

/** Whether an account is the account owner that the charter names, by any of its addresses. */
export function isAccountOwner(
  { charter, people }: Pick<CheckContext, 'charter' | 'people'>,
  { key, member }: { readonly key: string; readonly member: MemberRow },
): boolean {
  const owner = charter.ok ? charter.value.accountOwner : undefined;
  return owner !== undefined && (key === owner || people().addressesOf(member).has(owner));
}

/** A person as an item. Without an address and a name, the row number is the only label. */
export function personItem(one: PersonFinding): Item {
  const row = `row ${one.evidence[0]?.row ?? 'without address'}`;
  return {
    key: one.key || one.name.trim().toLowerCase() || row,
    label: one.name || one.email || `the account in ${row}`,
    detail: one.words,
    evidence: one.evidence,
  };
}

/** Removes duplicates: an account may be in several lists or rows. */
export function once(items: readonly Item[]): readonly Item[] {
  const first = new Map<string, Item>();
  for (const item of items) if (!first.has(item.key)) first.set(item.key, item);
  return [...first.values()];
}
