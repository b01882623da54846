import { addDays } from '../../model/day.ts';
import type { MemberRow, RosterRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { type Offboarding, ofThisLeaving, whoHasLeft } from '../../people/departed.ts';
import { address, withoutTag } from '../../people/names.ts';
import { holdsSeat } from '../../people/reconcile.ts';
import { seenInClaude } from '../../people/seen-in-claude.ts';
import type { Reconciliation } from '../../people/types.ts';
import { dayWords } from '../../text/words.ts';

/** A person who has left or is about to, with every record of it. */
export interface Leaver {
  readonly key: string;
  readonly name: string;
  /** The earlier of the days in the journal and the roster; null if neither gives one. */
  readonly lastDay: string | null;
  /** The person had left by this day: the last day, else the day the roster was read. */
  readonly goneBy: string;
  readonly entry: { readonly value: Offboarding; readonly path: string } | null;
  /** The seat that the newest members file still lists. */
  readonly seat: MemberRow | null;
  readonly staff: RosterRow | null;
  readonly addresses: ReadonlySet<string>;
  /** Whether any file shows the person in Claude, now or before. */
  readonly seen: boolean;
  readonly evidence: readonly Evidence[];
}

/** Days for which a leaver without an offboarding entry is followed up once the seat is gone. */
export const LOOKBACK_DAYS = 365;

// Cached per reconciliation, which exists once per evaluation, because two controls follow up the same leavers.
const memo = new WeakMap<Reconciliation, readonly Leaver[]>();

/**
 * Everyone whose departure has to be followed up: offboardings in the journal, members who have left according to the
 * roster, and people in an earlier members file who have left since. Excludes people who returned after the last day.
 */
export function leaversOf(context: CheckContext): readonly Leaver[] {
  const people = context.people();
  const found = memo.get(people) ?? findLeavers(context, people);
  memo.set(people, found);
  return found;
}

function findLeavers(context: CheckContext, people: Reconciliation): readonly Leaver[] {
  const { journal, today } = context;
  const members = context.read('members', 30);
  const roster = context.read('roster', 30);
  const seats = new Map<string, MemberRow>();
  if (members.ok) {
    for (const member of members.rows) {
      if (!holdsSeat(member)) continue;
      for (const text of people.addressesOf(member)) seats.set(text, member);
    }
  }
  const staffBy = new Map<string, RosterRow[]>();
  if (roster.ok) {
    for (const row of roster.rows) {
      for (const text of new Set(row.emails.flatMap((mail) => [address(mail), withoutTag(mail)]))) {
        staffBy.set(text, [...(staffBy.get(text) ?? []), row]);
      }
    }
  }
  const past = seenInClaude(context);
  const found: Omit<Leaver, 'seen'>[] = [];
  const known = new Set<string>();

  const entries = journal.ok ? newestPerPerson(journal.value.offboardings ?? []) : [];
  for (const { value, path } of entries) {
    const mail = address(value.email);
    const seat = seats.get(mail) ?? seats.get(withoutTag(mail)) ?? null;
    const matched = seat ? people.matched.find((match) => match.member === seat)?.staff : undefined;
    const rows = matched ? [matched] : (staffBy.get(mail) ?? staffBy.get(withoutTag(mail)) ?? []);
    const addresses = new Set([
      mail,
      withoutTag(mail),
      ...(seat ? people.addressesOf(seat) : []),
      ...rows.flatMap((row) => row.emails.map(address)),
    ]);
    // Rehired: a record that started after this last day, or ended long after it, is for another period of employment.
    if (rows.some((row) => !ofThisLeaving(value, row))) continue;
    for (const text of addresses) known.add(text);
    const ended = rows.flatMap((row) => (row.endsOn ? [row.endsOn] : [])).sort()[0];
    const lastDay = ended && ended < value.lastDay ? ended : value.lastDay;
    const staff = rows[0] ?? null;
    found.push({
      key: mail,
      name: seat?.name ?? staff?.name ?? value.email,
      lastDay,
      goneBy: lastDay,
      entry: { value, path },
      seat,
      staff,
      addresses,
      evidence: journal.ok
        ? [journal.cite(path, `offboarding of ${value.email}, last day ${dayWords(value.lastDay)}`)]
        : [],
    });
  }

  for (const leaver of people.leavers) {
    const addresses = new Set([...people.addressesOf(leaver.member), ...leaver.staff.emails.map(address)]);
    if ([...addresses].some((text) => known.has(text))) continue;
    for (const text of addresses) known.add(text);
    const lastDay = leaver.staff.endsOn;
    found.push({
      key: leaver.key,
      name: leaver.name,
      lastDay,
      goneBy: lastDay ?? (roster.ok ? roster.observedOn : today),
      entry: null,
      seat: leaver.member,
      staff: leaver.staff,
      addresses,
      evidence: leaver.evidence,
    });
  }

  // A person whose last day is today still counts as staff, but tasks of the last day are due today.
  for (const { member, staff } of people.matched) {
    if (!roster.ok || staff.endsOn !== today || !holdsSeat(member)) continue;
    const addresses = new Set([...people.addressesOf(member), ...staff.emails.map(address)]);
    if ([...addresses].some((text) => known.has(text))) continue;
    for (const text of addresses) known.add(text);
    found.push({
      key: address(member.email),
      name: member.name ?? staff.name ?? member.email,
      lastDay: today,
      goneBy: today,
      entry: null,
      seat: member,
      staff,
      addresses,
      evidence: [roster.cite(staff, `last day ${dayWords(today)}`)],
    });
  }

  if (roster.ok && members.ok) {
    for (const { row } of whoHasLeft(context, roster)) {
      if (row === null) continue;
      const addresses = new Set(row.emails.flatMap((mail) => [address(mail), withoutTag(mail)]));
      if ([...addresses].some((text) => known.has(text))) continue;
      if (row.endsOn !== null && row.endsOn < addDays(today, -LOOKBACK_DAYS)) continue;
      if (![...addresses].some((text) => past.has(text))) continue;
      for (const text of addresses) known.add(text);
      found.push({
        key: [...addresses][0] ?? '',
        name: row.name ?? row.emails[0] ?? '',
        lastDay: row.endsOn,
        goneBy: row.endsOn ?? roster.observedOn,
        entry: null,
        seat: null,
        staff: row,
        addresses,
        evidence: [roster.cite(row, row.endsOn ? `last day ${dayWords(row.endsOn)}` : 'has left')],
      });
    }
  }
  const seen = found.map((one) => ({ ...one, seen: [...one.addresses].some((text) => past.has(text)) }));
  return seen.sort((a, b) => (a.goneBy < b.goneBy ? -1 : a.goneBy > b.goneBy ? 1 : a.key < b.key ? -1 : 1));
}

function newestPerPerson(entries: readonly Offboarding[]): { value: Offboarding; path: string }[] {
  const newest = new Map<string, { value: Offboarding; path: string }>();
  entries.forEach((value, index) => {
    const key = withoutTag(value.email);
    const before = newest.get(key);
    if (!before || before.value.lastDay <= value.lastDay)
      newest.set(key, { value, path: `offboardings.${index}` });
  });
  return [...newest.values()];
}
