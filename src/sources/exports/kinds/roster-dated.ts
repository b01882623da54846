import type { RosterRow } from '#domain/model/kinds.ts';
import { address, nameKey } from '#domain/people/names.ts';
import { dayWords } from '#domain/text/words.ts';
import type { Notes } from '../table/notes.ts';
import { groupedBy } from './grouped.ts';

/** A row of a roster and the day from which it applies; null: not stated. */
export interface DatedRow {
  readonly person: RosterRow;
  readonly effectiveOn: string | null;
}

/**
 * Reduces an employment history, with one row per hire, transfer and departure, to one row per person: the newest that
 * applies on `today`. A future departure sets that row's last day. If a row has no day, or two rows have the same, all
 * rows of the person are kept, because it is unknown which one applies.
 */
export function asOf(rows: readonly DatedRow[], today: string, notes: Notes): readonly RosterRow[] {
  const kept = new Set<RosterRow>();
  const changed = new Map<RosterRow, RosterRow>();
  for (const history of groupedBy(rows, ({ person }) => keysOf(person))) {
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
      says: `Several rows of one person have different effective dates. The newest that had taken effect by ${dayWords(today)} was used, and ${rows.length - kept.size} others were left out.`,
    });
  return rows.flatMap(({ person }) => (kept.has(person) ? [changed.get(person) ?? person] : []));
}

/** Rows that agree in two of these belong to one person. */
function keysOf({ name, emails, employeeId }: RosterRow): readonly string[] {
  const called = nameKey(name);
  const mails = emails.map(address);
  return [
    ...(called === '' ? [] : mails.map((mail) => `${called} ${mail}`)),
    ...(called === '' || employeeId === null ? [] : [`${called} number ${employeeId}`]),
    ...(employeeId === null ? [] : mails.map((mail) => `${mail} number ${employeeId}`)),
  ];
}
