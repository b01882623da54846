import { searchable } from '#domain/text/unicode-form.ts';
import type { TableRow } from '../file-kind.ts';
import type { Notes } from '../table/notes.ts';

/**
 * Those of several addresses in a row that belong to the person: the first, and each with the same local part or with a
 * word of the name in it. Without a name, the local part's words in another domain count, such as a private address
 * next to the office one; in the same domain they may be a colleague's. Other addresses may be of a manager or
 * assistant, who acknowledged nothing; a note mentions them.
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
