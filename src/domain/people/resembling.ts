import type { RosterRow } from '../model/kinds.ts';
import { couldBeOne, likeAsked, likeKeys } from './could-be-one.ts';
import { nameKey, nameWords } from './names.ts';

export type Index = ReadonlyMap<string, readonly RosterRow[]>;

/** Limit on candidates that are written out. */
const MAX_NAMED = 20;

/** Who in a list could be the person with a given name. */
export interface Likeness {
  /** People who have or had that name besides their current one. */
  readonly former: readonly RosterRow[];
  /** People whose current name it is. */
  readonly named: readonly RosterRow[];
  readonly candidates: readonly RosterRow[];
  readonly words: string;
}

/** Which of the candidates could be the person with this name, and why. */
export function resemblance(name: string, open: readonly RosterRow[]): Likeness {
  const key = nameKey(name);
  const could = open.flatMap((staff) => {
    const why = [staff.name ?? '', ...namesOf(staff)]
      .map((other) => couldBeOne(name, other))
      .find((text) => text !== null);
    return why ? [{ staff, why }] : [];
  });
  const said = could
    .slice(0, MAX_NAMED)
    .map(({ staff, why }) => `${why}: ${staff.name ?? ''}${staff.emails[0] ? ` (${staff.emails[0]})` : ''}`);
  const more = could.length - said.length;
  return {
    former: open.filter((staff) => namesOf(staff).some((other) => nameKey(other) === key)),
    named: open.filter((staff) => key !== '' && nameKey(staff.name) === key),
    candidates: could.map(({ staff }) => staff),
    words: [...said, ...(more > 0 ? [`${more} more`] : [])].join('; '),
  };
}

/**
 * Returns a lookup of those in a list who could be the person with a name, ordered by the first key that matches, then
 * by position in the list.
 */
export function likeliestMatches(free: readonly RosterRow[]): (name: string) => readonly RosterRow[] {
  const all = (staff: RosterRow) => [staff.name ?? '', ...namesOf(staff)];
  const byLikeness = index(free, (staff) => all(staff).flatMap(likeKeys));
  const places = new Map(free.map((staff, at) => [staff, at]));
  const known = new Map<string, readonly RosterRow[]>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const words = nameWords(name);
    const rank = (staff: RosterRow) => {
      const theirs = new Set(all(staff).flatMap(nameWords));
      return words.findIndex((word) => theirs.has(word)) * free.length + (places.get(staff) ?? 0);
    };
    const found = new Set(likeAsked(name).flatMap((key) => byLikeness.get(key) ?? []));
    const ranked = [...found].map((staff) => [rank(staff), staff] as const).sort(([a], [b]) => a - b);
    const likely = ranked.map(([, staff]) => staff);
    known.set(name, likely);
    return likely;
  };
}

/** Former and other names of a person. */
export function namesOf(staff: RosterRow): readonly string[] {
  return [...staff.formerNames, ...(staff.otherNames ?? [])];
}

/** Rows of a list by their keys; empty keys are skipped. */
export function index(rows: readonly RosterRow[], keys: (row: RosterRow) => readonly string[]): Index {
  const map = new Map<string, RosterRow[]>();
  for (const row of rows) {
    for (const key of new Set(keys(row))) {
      if (key === '') continue;
      const list = map.get(key);
      if (list) list.push(row);
      else map.set(key, [row]);
    }
  }
  return map;
}
