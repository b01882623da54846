import type { RosterRow } from '#domain/model/kinds.ts';
import { address, nameKey } from '#domain/people/names.ts';
import type { Notes } from '../table/notes.ts';
import type { View } from '../table/view.ts';
import { groupedBy } from './grouped.ts';
import type { DatedRow } from './roster-dated.ts';

/** Whether the last day in a row is that of an assignment, of which a person may have several. */
export function listsAssignments(view: View): boolean {
  return /\b(assignment|engagement)\b/i.test(view.englishHeading('endsOn'));
}

/**
 * Merges a list with one row per assignment to one row per person, with all addresses. A person with an ongoing
 * assignment works here; otherwise the last day is that of the last assignment. People with equal names are
 * distinguished by address.
 */
export function onePerPerson(rows: readonly DatedRow[], notes: Notes): DatedRow[] {
  // A row that matches two others, by address and by number, shows that both belong to one person.
  const groups = groupedBy(rows, ({ person }) => keysOf(person));
  if (groups.length < rows.length)
    notes.add({
      says: `The rows are assignments, and some people have several. Each person was counted once, with the last day of the last assignment; ${rows.length - groups.length} rows were joined to others.`,
    });
  return groups.flatMap((group) => joined(group) ?? []);
}

function joined(group: readonly DatedRow[]): DatedRow | null {
  const goesOn = group.find(({ person }) => person.endsOn === null && person.status !== 'left');
  const last = group.reduce<DatedRow | null>(
    (latest, row) => ((row.person.endsOn ?? '') >= (latest?.person.endsOn ?? '') ? row : latest),
    null,
  );
  const kept = goesOn ?? last;
  if (kept === null) return null;
  const starts = group.flatMap(({ person }) => person.startsOn ?? []).sort();
  const emails = new Map(group.flatMap(({ person }) => person.emails).map((one) => [address(one), one]));
  return {
    ...kept,
    person: { ...kept.person, emails: [...emails.values()], startsOn: starts[0] ?? null },
  };
}

/** Keys of a person: name with address or employee number, or with the local part at another domain. */
function keysOf({ name, emails, employeeId }: RosterRow): readonly string[] {
  const called = nameKey(name);
  if (called === '') return emails.map(address);
  return [
    ...emails.map((mail) => `${called} ${address(mail).split('@')[0] ?? ''}`),
    ...(employeeId === null ? [] : [`${called} number ${employeeId}`]),
  ];
}
