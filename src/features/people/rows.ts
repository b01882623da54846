import type { EvaluationState } from '#domain/decide/context.ts';
import type { MemberRow, RosterRow } from '#domain/model/kinds.ts';
import type { CheckContext, Current } from '#domain/model/rule.ts';
import type { Item } from '#domain/model/verdict.ts';
import { address } from '#domain/people/names.ts';
import type { Place } from '#domain/people/places.ts';
import { holdsSeat } from '#domain/people/reconcile.ts';
import { staffOn, unsureWords } from '#domain/people/staff.ts';
import type { PersonFinding, Reconciliation } from '#domain/people/types.ts';
import { removalOf } from '#domain/rules/accounts/offboarding.ts';
import { decidedAddresses, personItem } from '#domain/rules/accounts/people-files.ts';
import { count, dayWords } from '#domain/text/words.ts';
import { evidenceOf, type PersonEvidence } from './evidence.ts';
import { NOTHING_TO_JUDGE, type Status, statusBy } from './judged.ts';
import type { PeopleControls } from './reading.ts';
import { alone, leaver, matchedStatus, unknown } from './statuses.ts';

/** Maximum possible matches shown for a person. */
const MAX_CANDIDATES = 20;

export interface StaffRecord {
  readonly name: string | null;
  readonly addresses: string[];
  readonly department: string | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly status: string | null;
  readonly engagement: string | null;
  /** The key for decisions about this record: its first address, otherwise its name; null if it has neither. */
  readonly key: string | null;
}

export interface PersonRow {
  readonly id: string;
  readonly place: Place;
  readonly differs: boolean;
  readonly name: string;
  readonly key: string | null;
  readonly account: {
    readonly name: string | null;
    readonly address: string | null;
    readonly role: string | null;
    readonly seat: string | null;
    readonly status: string | null;
    readonly addedOn: string | null;
    readonly lastActiveOn: string | null;
    readonly joinedBy: string | null;
  } | null;
  readonly roster: StaffRecord[];
  readonly why: string;
  readonly state: Status;
  readonly evidence: PersonEvidence[];
}

export interface Compared {
  readonly context: CheckContext;
  readonly people: Reconciliation;
  readonly members: Extract<Current<'members'>, { ok: true }>;
  readonly roster: Extract<Current<'roster'>, { ok: true }>;
  readonly membersOn: string;
}

/**
 * The accounts of the members list as they are, if no roster says who works here: they are neither flagged nor cleared.
 */
export function notCompared(shared: EvaluationState, members: Compared['members']): readonly PersonRow[] {
  const rows = new Map<string, PersonRow>();
  for (const member of members.rows) {
    const key = address(member.email) || null;
    const id = `account:${key ?? ((member.name ?? '').trim().toLowerCase() || `row ${member.row}`)}`;
    if (rows.has(id)) continue;
    rows.set(id, {
      id,
      place: 'not_compared',
      differs: false,
      name: member.name ?? member.email,
      key,
      account: accountOf(member),
      roster: [],
      why: 'There is no roster to compare with',
      state: NOTHING_TO_JUDGE('Not compared'),
      evidence: [evidenceOf(shared, members.cite(member, member.status ?? 'a member'))],
    });
  }
  return [...rows.values()];
}

/** One row for each account and for each staff record without one. An account in two lists gives one row. */
export function rowsOf(
  shared: EvaluationState,
  controls: PeopleControls,
  compared: Compared,
): readonly PersonRow[] {
  const { context, people, members, roster, membersOn } = compared;
  const decided = decidedAddresses(context);
  const rows = new Map<string, PersonRow>();
  const add = (row: PersonRow) => {
    if (!rows.has(row.id)) rows.set(row.id, row);
  };
  const seat = (
    place: Place,
    item: Item,
    member: MemberRow,
    staff: readonly RosterRow[],
    why: string,
    state: Status,
  ) =>
    add({
      id: `account:${item.key}`,
      place,
      differs: state.verdict !== null,
      name: item.label,
      key: address(member.email) || null,
      account: accountOf(member),
      roster: staff.map(staffOf),
      why,
      state,
      evidence: item.evidence.map((one) => evidenceOf(shared, one)),
    });

  for (const one of people.leavers) {
    const removal = removalOf(context, one.member.email, people.addressesOf(one.member), membersOn);
    const match = people.matched.find(({ member }) => member === one.member);
    const item = { ...personItem(one), evidence: [...one.evidence, ...removal.evidence] };
    seat(
      'has_left',
      item,
      one.member,
      [one.staff],
      match?.words ?? one.words,
      statusBy(controls.staff, shared, item, leaver(removal, one.days), {
        fail: one.days === null ? 'Seat kept after leaving' : `Seat kept ${count(one.days, 'day')}`,
      }),
    );
  }
  for (const one of people.toConfirm.filter(({ key }) => !decided.has(key))) {
    const { member, candidates } = one.resemblance;
    const item = personItem(one);
    seat(
      'to_confirm',
      item,
      member,
      candidates.slice(0, MAX_CANDIDATES),
      one.words,
      statusBy(controls.staff, shared, item, unknown()),
    );
  }
  const matched = new Set(people.matched.map(({ member }) => member));
  for (const kind of ['shared', 'service', 'guests'] as const) {
    for (const one of people[kind].filter(({ member }) => !matched.has(member))) {
      const item = personItem(one);
      const judged = kind === 'guests' ? controls.guests : controls.shared;
      const { otherwise, words } = alone(kind, one, decided, context);
      const state = statusBy(judged, shared, item, otherwise, words);
      seat('not_on_roster', item, one.member, [], joined(one, one.member), state);
    }
  }
  for (const one of people.notOnRoster) {
    const item = personItem(one);
    const since = one.member.addedOn;
    const state = statusBy(controls.staff, shared, item, {
      state: decided.has(one.key) ? null : 'fail',
      words: since === null ? 'Undecided' : `Undecided since ${dayWords(since)}`,
    });
    seat('not_on_roster', item, one.member, [], joined(one, one.member), state);
  }
  for (const match of people.matched) {
    const item: Item = {
      key: address(match.member.email) || (match.member.name ?? '').trim().toLowerCase(),
      label: match.member.name ?? match.member.email,
      detail: match.words,
      evidence: [members.cite(match.member, 'holds a seat'), roster.cite(match.staff, 'on the roster')],
    };
    seat('matched', item, match.member, [match.staff], match.words, matchedStatus(controls, shared, item));
  }
  const staffIds = new Set<string>();
  const staffRow = (
    staff: RosterRow,
    words: string,
    evidence: PersonFinding['evidence'],
    differs: boolean,
  ) => {
    const key = address(staff.emails[0] ?? '') || (staff.name ?? '').toLowerCase();
    const id = key === '' || staffIds.has(`staff:${key}`) ? `staff:${key}#${staff.row}` : `staff:${key}`;
    staffIds.add(id);
    add({
      id,
      place: 'no_seat',
      differs,
      name: staff.name ?? staff.emails[0] ?? `the record in row ${staff.row}`,
      key: null,
      account: null,
      roster: [staffOf(staff)],
      why: words,
      state: NOTHING_TO_JUDGE('No seat'),
      evidence: evidence.map((one) => evidenceOf(shared, one)),
    });
  };
  for (const one of people.withoutSeat) staffRow(one.staff, one.words, one.evidence, true);
  const isStaff = staffOn(roster.rows, shared.input.today);
  const known = new Set<RosterRow>([
    ...people.matched.map(({ staff }) => staff),
    ...[...new Set(people.toConfirm.map(({ resemblance }) => resemblance.candidates))].flat(),
  ]);
  for (const staff of roster.rows)
    if (!known.has(staff) && isStaff(staff) === null)
      staffRow(
        staff,
        `${unsureWords(staff)}; no seat is held`,
        [roster.cite(staff, 'does not say whether the person works here')],
        false,
      );
  for (const member of members.rows.filter((row) => !holdsSeat(row)))
    add({
      id: `account:${address(member.email) || (member.name ?? '').trim().toLowerCase() || `row ${member.row}`}`,
      place: 'seatless_account',
      differs: false,
      name: member.name ?? member.email,
      key: address(member.email) || null,
      account: accountOf(member),
      roster: [],
      why: member.status === 'suspended' ? 'Suspended, so no seat is used' : 'No seat assigned',
      state: NOTHING_TO_JUDGE('Uses no seat'),
      evidence: [evidenceOf(shared, members.cite(member, member.status ?? 'no seat'))],
    });
  return [...rows.values()];
}

function joined(one: PersonFinding, member: MemberRow): string {
  const how = member.joinedBy === null ? '' : `; joined by ${member.joinedBy}`;
  const since = member.addedOn === null ? '' : `${how === '' ? '; added' : ''} ${dayWords(member.addedOn)}`;
  return `${one.words}${how}${since}`;
}

function accountOf(member: MemberRow): PersonRow['account'] {
  return {
    name: member.name,
    address: address(member.email) || null,
    role: member.roleText ?? member.role,
    seat: member.seat,
    status: member.status,
    addedOn: member.addedOn,
    lastActiveOn: member.lastActiveOn,
    joinedBy: member.joinedBy,
  };
}

function staffOf(row: RosterRow): StaffRecord {
  return {
    name: row.name,
    addresses: row.emails.map(address),
    department: row.department,
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    status: row.status,
    engagement: row.engagement,
    key: address(row.emails[0] ?? '') || row.name?.trim() || null,
  };
}
