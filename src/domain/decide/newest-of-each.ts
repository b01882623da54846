import type { Kind, Rows } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import type { SubjectOf } from './reading-subject.ts';

/**
 * Selects, of readings that are requested per organization, the newest of each. From an answer about several
 * organizations it keeps the rows of those without a newer answer. A reading without an organization replaces others,
 * and is replaced by them, only if at most one organization is known; otherwise both are kept and contradict each
 * other.
 *
 * @param organizations known ones in addition to those that the readings name
 * @returns the current readings with the organizations that each is still used for
 */
export function newestOfEach<K extends Kind>(
  readings: readonly Reading<K>[],
  of: SubjectOf,
  organizations: ReadonlySet<string>,
): { readonly readings: readonly Reading<K>[]; readonly of: SubjectOf } {
  const known = new Set([...organizations, ...readings.flatMap((one) => [...(of(one) ?? [])])]);
  const left = new Map<Reading, ReadonlySet<string>>();
  const counting = readings.flatMap((one) => {
    const newer = readings.filter((other) => isNewer(other, one)).map(of);
    if (newer.length === 0) return [one];
    const things = of(one);
    const named = new Set(newer.flatMap((each) => [...(each ?? [])]));
    if (things === null || newer.includes(null)) {
      const replaced = known.size < 2 || [...known].every((each) => named.has(each));
      return replaced ? [] : [one];
    }
    if (things.isDisjointFrom(named)) return [one];
    if (things.isSubsetOf(named)) return [];
    const rest = { ...one, rows: one.rows.filter((row) => !isOnlyOf(row, named)) };
    // Rows without an organization may belong to one that a newer answer covers.
    if (rest.rows.every((row) => organizationsOf(row).length > 0)) left.set(rest, things.difference(named));
    return [rest];
  });
  return { readings: counting, of: (one) => left.get(one) ?? of(one) };
}

/**
 * Of two readings of one day, the one stored later is newer, because its importer saw the earlier one; one not stored
 * yet is newest.
 */
function isNewer(one: Reading, other: Reading): boolean {
  if (one.observedOn !== other.observedOn) return one.observedOn > other.observedOn;
  if (other.storedAt === undefined) return false;
  return one.storedAt === undefined || one.storedAt > other.storedAt;
}

/** Whether all rows belong to these organizations; a row without one does not. */
function isOnlyOf<K extends Kind>(row: Rows[K], organizations: ReadonlySet<string>): boolean {
  const all = organizationsOf(row);
  return all.length > 0 && all.every((each) => organizations.has(each));
}

function organizationsOf<K extends Kind>(row: Rows[K]): readonly string[] {
  const { organization, organizations } = row as Partial<
    Pick<Rows['settings'], 'organization'> & Pick<Rows['api_keys'], 'organizations'>
  >;
  return organizations ?? (organization === undefined ? [] : [organization]);
}
