import { addDays, daysBetween } from '../model/day.ts';
import type { Journal } from '../model/journal.ts';
import type { RosterRow } from '../model/kinds.ts';
import type { Evidence } from '../model/reading.ts';
import type { CheckContext, Current } from '../model/rule.ts';
import { dayWords, names } from '../text/words.ts';
import { activeAfter } from './active-after.ts';
import { address, nameKey, withoutTag } from './names.ts';
import { holdsSeat } from './reconcile.ts';
import { mayHaveMoved, movedWords, staffOn } from './staff.ts';

export type Offboarding = NonNullable<Journal['offboardings']>[number];

/** Days before the first or the last day of work within which a step may have been done for it. */
const AHEAD_DAYS = 31;

/**
 * The day recorded for a step of an offboarding or onboarding; undefined if it is in the future, or so long before the
 * first or last day of work that it must belong to an earlier one.
 */
export function stepDay(written: string | undefined, day: string, today: string): string | undefined {
  return written === undefined || written > today || written < addDays(day, -AHEAD_DAYS)
    ? undefined
    : written;
}

/** When someone's employment ended, with the evidence. */
export interface LastDay {
  readonly day: string;
  readonly evidence: readonly Evidence[];
}

/** Last day of work by address, for everyone who has left and whose last day is known. */
export function lastDays(
  context: Pick<CheckContext, 'charter' | 'journal' | 'today' | 'read'>,
): ReadonlyMap<string, LastDay> {
  const left = whoHasLeft(context, context.read('roster'));
  return new Map(
    left.flatMap(({ addresses, lastDay, evidence }) =>
      lastDay === null ? [] : [...addresses].map((one) => [one, { day: lastDay, evidence }] as const),
    ),
  );
}

/** Last day of work, by address, of those who may have moved to an affiliated employer, unless the charter says so. */
export function openLastDays({
  charter,
  today,
  read,
}: Pick<CheckContext, 'charter' | 'today' | 'read'>): ReadonlyMap<string, LastDay> {
  const roster = read('roster');
  if (!roster.ok) return new Map();
  const moved = mayHaveMoved(roster.rows, today, charter.ok ? charter.value : null);
  return new Map(
    [...moved].flatMap(([row, { next, joined }]) =>
      joined || row.endsOn === null
        ? []
        : row.emails.map(
            (one) =>
              [
                address(one),
                { day: row.endsOn ?? '', evidence: [roster.cite(row, movedWords(row, next))] },
              ] as const,
          ),
    ),
  );
}

/**
 * What shows that a step of an offboarding was not done: seat, the members file lists the seat; account, the Entra file
 * shows the account enabled; activity, the person was active in Claude.
 */
export type Contradicted = 'seat' | 'account' | 'activity';

const CONTRADICTED: Readonly<Record<Contradicted, string>> = {
  seat: 'the members file lists the Claude seat',
  account: 'the Entra users show the account enabled',
  activity: 'the person was active in Claude',
};

/** What contradicts these offboardings, to follow "since then". */
export function contradictedWords(found: readonly (Contradicted | undefined)[]): string {
  return names([...new Set(found.flatMap((one) => (one === undefined ? [] : [CONTRADICTED[one]])))]);
}

/**
 * Offboardings of which a later members or Entra file, or later use of Claude, shows that a step was not done on the
 * recorded day, by address. An error in one step says nothing about the others. `context` must list the kinds that it
 * reads.
 */
export function contradictedEntries(
  context: Pick<CheckContext, 'charter' | 'events' | 'journal' | 'profile' | 'today' | 'read'>,
  kinds: readonly ('members' | 'entra_users')[],
): ReadonlyMap<string, Contradicted> {
  const members = kinds.includes('members') ? context.read('members') : null;
  const users = kinds.includes('entra_users') ? context.read('entra_users') : null;
  const seats = new Set(
    members?.ok
      ? members.rows.filter(holdsSeat).flatMap(({ email }) => [address(email), withoutTag(email)])
      : [],
  );
  const enabled = new Set(
    users?.ok
      ? users.rows.flatMap(({ enabled, upn, mail }) =>
          enabled === true ? [upn, mail].flatMap((one) => (one ? [address(one)] : [])) : [],
        )
      : [],
  );
  const found = new Map<string, Contradicted>();
  for (const { entry, addresses } of whoHasLeft(context, context.read('roster'))) {
    if (entry === null) continue;
    const { email, claudeRemoved, entraDisabled } = entry.value;
    const all = [address(email), ...addresses];
    const before = (day: string | undefined, read: { observedOn: string } | null) =>
      day !== undefined && read !== null && day < read.observedOn;
    if (members?.ok && before(claudeRemoved, members) && all.some((one) => seats.has(one)))
      found.set(address(email), 'seat');
    else if (claudeRemoved !== undefined && activeAfter(context, new Set(all), claudeRemoved) !== null)
      found.set(address(email), 'activity');
    else if (users?.ok && before(entraDisabled, users) && all.some((one) => enabled.has(one)))
      found.set(address(email), 'account');
  }
  return found;
}

/** Someone who has left according to the roster, by an offboarding in the journal, or by both. */
export interface Departed {
  /** Mail address, else name, employee number or row. */
  readonly key: string;
  readonly name: string;
  readonly addresses: ReadonlySet<string>;
  readonly employeeId: string | null;
  /** Last day of work by the roster, else by the journal; null: the roster says "has left" and no day. */
  readonly lastDay: string | null;
  /** null: only the journal records it. */
  readonly row: RosterRow | null;
  /** Newest offboarding whose last day has passed, and its position in the journal. */
  readonly entry: { readonly value: Offboarding; readonly path: string } | null;
  readonly evidence: readonly Evidence[];
}

/**
 * Days by which the roster's last day may be later than the journal's for the same leaving: vacation may be paid out.
 */
const ONE_LEAVING_DAYS = 92;

/** Whether an offboarding belongs to the departure shown in the roster, not to an earlier employment. */
export function ofThisLeaving(
  { lastDay }: Offboarding,
  row: Pick<RosterRow, 'startsOn' | 'endsOn'> | null,
): boolean {
  if (row === null) return true;
  if (row.startsOn !== null && row.startsOn > lastDay) return false;
  return row.endsOn === null || daysBetween(lastDay, row.endsOn) <= ONE_LEAVING_DAYS;
}

/**
 * Everyone who has left by the day of evaluation, each person once. Left out are people listed as staff again (matched
 * by address, or by name and employee number), because they came back, and those who may have moved to an affiliated
 * employer (`mayHaveMoved`). A roster from before the last day cannot show a return. Every rule about leavers starts
 * from this list.
 */
export function whoHasLeft(
  { charter, journal, today }: Pick<CheckContext, 'charter' | 'journal' | 'today'>,
  roster: Current<'roster'> | null,
): readonly Departed[] {
  const read = roster?.ok === true ? roster : null;
  const rows = read?.rows ?? [];
  const isStaff = staffOn(rows, today);
  const moved = mayHaveMoved(rows, today, charter.ok ? charter.value : null);
  const again = new Set(rows.filter((row) => isStaff(row) !== false).flatMap(keysOf));
  const entries = (journal.ok ? (journal.value.offboardings ?? []) : [])
    .map((value, index) => ({ value, path: `offboardings.${index}` }))
    .filter(({ value }) => value.lastDay < today)
    .sort((a, b) => (a.value.lastDay < b.value.lastDay ? 1 : -1));
  const left = rows
    .filter((row) => isStaff(row) === false && !moved.has(row) && !keysOf(row).some((key) => again.has(key)))
    .map((row): Departed => {
      const addresses = new Set(row.emails.map(address));
      const name = row.name ?? row.emails[0];
      return {
        key: [...addresses][0] ?? (row.name ?? row.employeeId ?? `row ${row.row}`).toLowerCase(),
        name: name ?? `row ${row.row}`,
        addresses,
        employeeId: row.employeeId,
        lastDay: row.endsOn,
        row,
        entry:
          entries.find(({ value }) => addresses.has(address(value.email)) && ofThisLeaving(value, row)) ??
          null,
        evidence:
          read === null ? [] : [read.cite(row, row.endsOn ? `last day ${dayWords(row.endsOn)}` : 'has left')],
      };
    });
  const known = new Set(left.flatMap(({ addresses }) => [...addresses]));
  for (const entry of entries) {
    const mail = address(entry.value.email);
    const later = read === null || read.observedOn > entry.value.lastDay;
    if (known.has(mail) || (later && (again.has(mail) || again.has(withoutTag(mail))))) continue;
    known.add(mail);
    left.push({
      key: mail,
      name: entry.value.email,
      addresses: new Set([mail]),
      employeeId: null,
      lastDay: entry.value.lastDay,
      row: null,
      entry,
      evidence: journal.ok ? [journal.cite(entry.path, `last day ${dayWords(entry.value.lastDay)}`)] : [],
    });
  }
  return left;
}

function keysOf(row: RosterRow): string[] {
  return [
    ...row.emails.flatMap((mail) => [address(mail), withoutTag(mail)]),
    // Not by number alone: it may be a placeholder shared by many rows, which would remove leavers from the list.
    ...(row.employeeId ? [`number ${row.employeeId} ${nameKey(row.name)}`] : []),
  ];
}
