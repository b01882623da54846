import type { NamedLocationRow } from '../model/kinds.ts';
import { coversRange, ipv4Range, overlaps } from '../rules/microsoft/cidr.ts';

/** Where a sign-in comes from, by the named locations of the tenant. */
export interface Places {
  /** Ids of the locations that it surely lies in. */
  readonly locations: readonly string[];
  /** Ids of those that it may lie in: no file says which countries an address belongs to. */
  readonly perhaps: readonly string[];
  /** Whether one of them is trusted; null: not known. */
  readonly trusted: boolean | null;
}

/**
 * The named locations that addresses lie in: those whose ranges hold all of them. One is surely not meant only where both
 * say by range which addresses they hold, and share none.
 *
 * @param ranges what is known of the addresses; empty: nothing, as of a country
 * @param own the location that was chosen itself, which they lie in whatever it says; null: none was
 */
export function placesOf(
  ranges: readonly string[],
  all: readonly NamedLocationRow[],
  own: NamedLocationRow | null,
): Places {
  const inside: NamedLocationRow[] = [];
  const perhaps: NamedLocationRow[] = [];
  for (const one of all) {
    const known = ranges.length > 0 && one.ranges.length > 0;
    if (one === own || (known && ranges.every((range) => coversRange(one.ranges, range)))) inside.push(one);
    else if (!known || mayShare(ranges, one.ranges)) perhaps.push(one);
  }
  const ids = (list: readonly NamedLocationRow[]) => list.flatMap(({ id }) => id ?? []);
  // Entra trusts ranges alone, and no country.
  const open = [...inside, ...perhaps].some(
    ({ trusted, ranges: held }) => trusted === true || (trusted === null && held.length > 0),
  );
  return {
    locations: ids(inside),
    perhaps: ids(perhaps),
    trusted: inside.some(({ trusted }) => trusted === true) ? true : open ? null : false,
  };
}

/** Whether two lists of ranges may share an address. Two of IPv6 may, since those are not worked out here. */
function mayShare(ours: readonly string[], theirs: readonly string[]): boolean {
  return ours.some((range) => {
    if (ipv4Range(range) === null) return theirs.some((other) => ipv4Range(other) === null);
    return (
      overlaps(theirs, range) || theirs.some((other) => ipv4Range(other) === null && !other.includes(':'))
    );
  });
}
// Guide: G6.2-04
