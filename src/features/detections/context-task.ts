import { currentReading } from '#domain/decide/current.ts';
import { NOT_STATED, type RosterBook, type RosterDay, rosterBook } from '#domain/detections/in-force.ts';
import type { Profile } from '#domain/model/profile.ts';
import { staffOn } from '#domain/people/staff.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    detectionContext: typeof detectionContext;
  }
}

/**
 * The client's facts that activities are compared with, as plain data, except its charters, which are read separately.
 */
export function detectionContext({ shared }: Pick<TaskInput, 'shared'>): {
  readonly profile: Profile;
  readonly roster: RosterBook;
} {
  return { profile: shared.input.profile, roster: rosterBook(rosterDays(shared)) };
}

/**
 * All known addresses of current and former staff, per day with a roster. The person behind an address does not change
 * with the day, so what is known now applies to all days.
 */
function rosterDays(shared: TaskInput['shared']): RosterDay[] {
  const history = shared.history('roster');
  const people = shared.people();
  const links = [...people.matched, ...people.leavers].map(({ member, staff }) => ({
    row: keysOf(staff),
    addresses: people.addressesOf(member),
  }));
  // Shared mailboxes, service accounts and guests that were decided on are not strangers.
  const decided = [...people.shared, ...people.service, ...people.guests].map(({ member }) => member.email);
  const days = new Set(history.map(({ observedOn }) => observedOn));
  return [...days].map((day): RosterDay => {
    const roster = currentReading('roster', history, day, 0);
    if (!roster.ok) return { day, people: null };
    const known: Record<string, string | null> = Object.create(null);
    const put = (address: string, last: string | null) => {
      const key = address.trim().toLowerCase();
      // A person listed twice works here if either row says so, and has left only if both do.
      if (!Object.hasOwn(known, key) || outweighs(last, known[key] ?? null)) known[key] = last;
    };
    const isStaff = staffOn(roster.rows, day);
    // A row with status "left" but no day: the person had left by the day of the file.
    const lastDay = (row: (typeof roster.rows)[number]): string | null => {
      const works = isStaff(row);
      if (works === null) return NOT_STATED;
      return row.endsOn ?? (works ? null : roster.observedOn);
    };
    const rows = new Map<string, (typeof roster.rows)[number]>();
    for (const row of roster.rows) {
      for (const email of row.emails) put(email, lastDay(row));
      for (const key of keysOf(row)) if (!rows.has(key)) rows.set(key, row);
    }
    for (const { row: keys, addresses } of links) {
      const row = keys.map((key) => rows.get(key)).find((one) => one !== undefined);
      if (row !== undefined) for (const address of addresses) put(address, lastDay(row));
    }
    for (const address of decided) put(address, null);
    return { day, people: { ...known } };
  });
}

/** Precedence of last days: none first, then not stated, then a day; of two days, the later one. */
function outweighs(last: string | null, before: string | null): boolean {
  if (before === null || last === null) return before !== null;
  if (before === NOT_STATED || last === NOT_STATED) return before !== NOT_STATED;
  return last > before;
}

/** Keys that match a person's rows across rosters: the addresses, or the name if the row has none. */
function keysOf({ emails, name }: { readonly emails: readonly string[]; readonly name: string | null }) {
  return emails.length > 0
    ? emails.map((email) => `@ ${email.trim().toLowerCase()}`)
    : name === null
      ? []
      : [`n ${name.trim().toLowerCase()}`];
}
