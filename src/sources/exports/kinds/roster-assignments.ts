import type { RosterRow } from '#domain/model/kinds.ts';
import { address, nameKey } from '#domain/people/names.ts';
import type { Notes } from '../table/notes.ts';
import type { View } from '../table/view.ts';
import { groupedBy } from './grouped.ts';
import type { DatedRow } from './roster-dated.ts';

/** Whether the last day of a row is that of an assignment, of which one person may have several. */
export function listsAssignments(view: View): boolean {
  return /\b(assignment|engagement)\b/i.test(view.englishHeading('endsOn'));
}

/**
 * Of a list with a row for each assignment, one row a person, with every address: who has one that goes on works here, and
 * who has none left has the last day of the last one. Two people of one name are told apart by their addresses.
 */
export function onePerPerson(rows: readonly DatedRow[], notes: Notes): DatedRow[] {
  // A row that fits two, by its address and by its number, shows that both are one person's.
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

/** Name with address or employee number, or with what stands before the @ at another domain. */
function keysOf({ name, emails, employeeId }: RosterRow): readonly string[] {
  const called = nameKey(name);
  if (called === '') return emails.map(address);
  return [
    ...emails.map((mail) => `${called} ${address(mail).split('@')[0] ?? ''}`),
    ...(employeeId === null ? [] : [`${called} number ${employeeId}`]),
  ];
}
