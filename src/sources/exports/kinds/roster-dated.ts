import type { RosterRow } from '#domain/model/kinds.ts';
import { address, nameKey } from '#domain/people/names.ts';
import type { Notes } from '../table/notes.ts';

/** A row of a roster with the day from which it is true, null where it gives none. */
export interface DatedRow {
  readonly person: RosterRow;
  readonly effectiveOn: string | null;
}

/**
 * Of a history of employment, with a row for each hire, transfer and departure, one row a person: the newest that is true
 * by `today`. A departure that is yet to come gives that row its last day. Where a row has no day, or two are of one day,
 * all rows of the person stay, since nothing says which of them is true.
 */
export function asOf(rows: readonly DatedRow[], today: string, notes: Notes): readonly RosterRow[] {
  const kept = new Set<RosterRow>();
  const changed = new Map<RosterRow, RosterRow>();
  for (const history of histories(rows)) {
    const days = history.flatMap(({ effectiveOn }) => effectiveOn ?? []);
    if (history.length === 1 || new Set(days).size < history.length) {
      for (const { person } of history) kept.add(person);
      continue;
    }
    const sorted = history.toSorted((a, b) => ((a.effectiveOn ?? '') < (b.effectiveOn ?? '') ? -1 : 1));
    const begun = sorted.filter(({ effectiveOn }) => (effectiveOn ?? '') <= today);
    const now = (begun.at(-1) ?? sorted[0])?.person;
    if (now === undefined) continue;
    kept.add(now);
    const ends = sorted.slice(begun.length).find(({ person }) => person.status === 'left');
    const lastDay = ends?.person.endsOn ?? ends?.effectiveOn ?? null;
    if (now.status !== 'left' && now.endsOn === null && lastDay !== null)
      changed.set(now, { ...now, endsOn: lastDay });
  }
  if (kept.size < rows.length)
    notes.add({
      says: `Several rows of one person have different effective dates. The newest that had come by ${today} was taken, and ${rows.length - kept.size} others were left out.`,
    });
  return rows.flatMap(({ person }) => (kept.has(person) ? [changed.get(person) ?? person] : []));
}

/** Rows that agree in two of name, address and employee number are one person's. */
function histories(rows: readonly DatedRow[]): readonly (readonly DatedRow[])[] {
  const byKey = new Map<string, DatedRow[]>();
  for (const row of rows) {
    const keys = keysOf(row.person);
    const own = keys.flatMap((key) => byKey.get(key) ?? []);
    const history = [...new Set([...own, row])];
    for (const key of new Set([...keys, ...own.flatMap(({ person }) => keysOf(person))]))
      byKey.set(key, history);
  }
  const alone = rows.filter(({ person }) => keysOf(person).length === 0).map((row) => [row]);
  return [...new Set(byKey.values()), ...alone];
}

function keysOf({ name, emails, employeeId }: RosterRow): readonly string[] {
  const called = nameKey(name);
  const mails = emails.map(address);
  return [
    ...(called === '' ? [] : mails.map((mail) => `${called} ${mail}`)),
    ...(called === '' || employeeId === null ? [] : [`${called} number ${employeeId}`]),
    ...(employeeId === null ? [] : mails.map((mail) => `${mail} number ${employeeId}`)),
  ];
}
