import type { Kind, Rows } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import type { Things } from './things.ts';

/**
 * What counts of readings that are asked for one organization at a time: of each organization its newest. An answer of
 * several leaves what it says of those of which no newer one is there. One that does not say of which organization it is
 * replaces, and is replaced by, another only where no more than one is known; else both stay, and contradict each other.
 *
 * @param organizations those that are known beside the ones that the readings name
 * @returns what counts, and what each of it is about: an answer of several no longer of those that a newer one is of
 */
export function newestOfEach<K extends Kind>(
  readings: readonly Reading<K>[],
  of: Things,
  organizations: ReadonlySet<string>,
): { readonly readings: readonly Reading<K>[]; readonly of: Things } {
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
    // Rows that do not say of which organization they are may be of those that a newer answer is of.
    if (rest.rows.every((row) => organizationsOf(row).length > 0)) left.set(rest, things.difference(named));
    return [rest];
  });
  return { readings: counting, of: (one) => left.get(one) ?? of(one) };
}

/** Of two of one day the one that was stored after the other, as whoever stored it saw; what is not stored yet is last. */
function isNewer(one: Reading, other: Reading): boolean {
  if (one.observedOn !== other.observedOn) return one.observedOn > other.observedOn;
  if (other.storedAt === undefined) return false;
  return one.storedAt === undefined || one.storedAt > other.storedAt;
}

/** Whether all that a row is of is among these organizations; a row that does not say so is not. */
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
