import { searchable } from '#domain/text/unicode-form.ts';
import type { TableRow } from '../file-kind.ts';
import type { Notes } from '../table/notes.ts';

/**
 * Of several addresses in one row those that are one person's: the first, and each that is the same before the "@", or
 * has a word of the name there. Without a name, the words of the first address are the person's in another domain, such
 * as a private one beside that of the office; in one domain they may be those of a colleague. Another may be a manager's
 * or an assistant's, who acknowledged nothing by it; it is noted.
 */
export function ofOnePerson(
  emails: readonly string[],
  name: string | null,
  row: TableRow,
  notes: Notes,
): readonly string[] {
  const [first, ...more] = emails;
  if (first === undefined) return [];
  const local = (email: string) => searchable(email.slice(0, email.lastIndexOf('@')));
  const domain = (email: string) => searchable(email.slice(email.lastIndexOf('@')));
  const words = (name === null ? local(first) : searchable(name))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 3);
  const named = (email: string) => words.some((word) => local(email).includes(word));
  const theirs = more.filter(
    (email) =>
      local(email) === local(first) || (named(email) && (name !== null || domain(email) !== domain(first))),
  );
  for (const email of more.filter((one) => !theirs.includes(one)))
    notes.add(
      {
        row: row.row,
        says: `${email} appears next to ${first} and may be someone else’s, so it was not counted as an acknowledgment. Give each person their own row.`,
      },
      'more addresses in a row may be those of other people, and did not acknowledge',
    );
  return [first, ...theirs];
}
