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

/** What of a client's facts activities are compared with, as plain data; its charters are read apart. */
export function detectionContext({ shared }: Pick<TaskInput, 'shared'>): {
  readonly profile: Profile;
  readonly roster: RosterBook;
} {
  return { profile: shared.input.profile, roster: rosterBook(rosterDays(shared)) };
}

/**
 * Everyone whose address is known to work here, or to have worked here, by the staff list of each day. Whose an address
 * is does not depend on the day, so what is known of it now counts for all of them.
 */
function rosterDays(shared: TaskInput['shared']): RosterDay[] {
  const history = shared.history('roster');
  const people = shared.people();
  const links = [...people.matched, ...people.leavers].map(({ member, staff }) => ({
    row: keysOf(staff),
    addresses: people.addressesOf(member),
  }));
  // Mailboxes, programs and guests that were decided on are no strangers.
  const decided = [...people.shared, ...people.service, ...people.guests].map(({ member }) => member.email);
  const days = new Set(history.map(({ observedOn }) => observedOn));
  return [...days].map((day): RosterDay => {
    const roster = currentReading('roster', history, day, 0);
    if (!roster.ok) return { day, people: null };
    const known: Record<string, string | null> = Object.create(null);
    const put = (address: string, last: string | null) => {
      const key = address.trim().toLowerCase();
      // Anyone who is there twice works here as long as either row says so, and has left only if both do.
      if (!Object.hasOwn(known, key) || outweighs(last, known[key] ?? null)) known[key] = last;
    };
    const isStaff = staffOn(roster.rows, day);
    // A row that says "left" without a day: they had left on the day of the file.
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

/** No end goes before not reported, and that before a last day; of two last days the later one counts. */
function outweighs(last: string | null, before: string | null): boolean {
  if (before === null || last === null) return before !== null;
  if (before === NOT_STATED || last === NOT_STATED) return before !== NOT_STATED;
  return last > before;
}

/** What a person's row is found by in the list of another day: an address, or the name where it states none. */
function keysOf({ emails, name }: { readonly emails: readonly string[]; readonly name: string | null }) {
  return emails.length > 0
    ? emails.map((email) => `@ ${email.trim().toLowerCase()}`)
    : name === null
      ? []
      : [`n ${name.trim().toLowerCase()}`];
}
