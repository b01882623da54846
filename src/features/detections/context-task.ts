import type { ClientContext } from '#domain/detections/enrich.ts';
import type { TaskInput } from '../verdicts/tasks.ts';

/** Days for which a roster tells who works here. */
const ROSTER_DAYS = 30;

/** What of a client's facts activities are compared with, as plain data. */
export function detectionContext({ shared, moment }: TaskInput): ClientContext {
  const { profile } = shared.input;
  return {
    profile,
    charter: shared.charter.ok ? shared.charter.value : null,
    roster: rosterOf(shared),
    today: moment.today,
  };
}

/** Everybody whose address is known to work here, or to have worked here; null: no roster can be read. */
function rosterOf(shared: TaskInput['shared']): ClientContext['roster'] {
  const roster = shared.read('roster', ROSTER_DAYS);
  if (!roster.ok) return null;
  const known: Record<string, string | null> = Object.create(null);
  const put = (address: string, last: string | null) => {
    const key = address.trim().toLowerCase();
    // Whoever stands there twice works here as long as either row says so.
    if (Object.hasOwn(known, key) && (known[key] === null || (last !== null && (known[key] ?? '') > last)))
      return;
    known[key] = last;
  };
  // A row that says "left" without a day: they had left on the day of the file.
  const lastDay = (row: (typeof roster.rows)[number]): string | null =>
    row.endsOn ?? (row.status === 'left' ? roster.observedOn : null);
  for (const row of roster.rows) for (const email of row.emails) put(email, lastDay(row));
  const people = shared.people();
  for (const { member, staff } of [...people.matched, ...people.leavers])
    for (const address of people.addressesOf(member)) put(address, lastDay(staff));
  // Mailboxes, programs and guests that were decided on are no strangers.
  for (const { member } of [...people.shared, ...people.service, ...people.guests]) put(member.email, null);
  return { ...known };
}
