import type { MemberRow, RosterRow } from '../model/kinds.ts';
import { namesNoPerson, nameWords } from './names.ts';
import type { Match } from './types.ts';

/** Letters at the start that names and their short forms share: Kate and Katherine. */
const SHARED_START = 3;

/** Words of the name of one person; none if it may be only part of a name, or names an office. */
function wordsOf(name: string | null): readonly string[] {
  if (name === null || namesNoPerson(name)) return [];
  const words = nameWords(name).filter((word) => word.length > 1);
  return words.length < 2 ? [] : words;
}

const alike = (a: string, b: string): boolean =>
  a === b ||
  (Math.min(a.length, b.length) >= SHARED_START && a.slice(0, SHARED_START) === b.slice(0, SHARED_START));

/** Whether an account and a staff record have full names without any word in common. Former names count as theirs. */
export function isOfOtherName({ name }: MemberRow, staff: RosterRow): boolean {
  const mine = wordsOf(name);
  const theirs = wordsOf(staff.name);
  if (mine.length === 0 || theirs.length === 0) return false;
  const known = [...theirs, ...[...staff.formerNames, ...(staff.otherNames ?? [])].flatMap(nameWords)];
  return !mine.some((word) => known.some((other) => alike(word, other)));
}

/** Accounts matched by the address alone whose names are another person's, unless the charter says that it is theirs. */
export function ofOtherNames(matched: readonly Match[]): readonly Match[] {
  return matched.filter(
    ({ because, member, staff }) =>
      (because === 'same_address' || because === 'plus_address') && isOfOtherName(member, staff),
  );
}
// Guide: G7.1-02
