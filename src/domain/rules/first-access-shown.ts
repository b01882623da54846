import type { Evidence } from '../model/reading.ts';
import type { CheckContext } from '../model/rule.ts';
import { holdsSeat } from '../people/reconcile.ts';
import { dayWords } from '../text/words.ts';

/** The day from which staff used the client's Claude organization, with what shows it. */
export interface FirstAccess {
  readonly day: string;
  /** What happened on the day, as the end of a sentence. */
  readonly words: string;
  readonly evidence: readonly Evidence[];
}

/**
 * The first invitation according to the journal, otherwise the day on which the first of today's members was added, if
 * the list has that day for each of them. null: nothing shows it.
 */
export function firstAccessShown({
  journal,
  read,
}: Pick<CheckContext, 'journal' | 'read'>): FirstAccess | null {
  const stated = journal.ok ? journal.value.firstInvitation : undefined;
  if (journal.ok && stated !== undefined)
    return {
      day: stated,
      words: `staff were first invited on ${dayWords(stated)}`,
      evidence: [journal.cite('firstInvitation', `first invitation ${dayWords(stated)}`)],
    };
  const members = read('members');
  if (!members.ok) return null;
  const seated = members.rows.filter(holdsSeat);
  const [first] = seated.toSorted((a, b) => (a.addedOn ?? '').localeCompare(b.addedOn ?? ''));
  const day = first?.addedOn ?? null;
  if (first === undefined || day === null) return null;
  return {
    day,
    words: `the first of today’s members was added on ${dayWords(day)}`,
    evidence: [members.cite(first, `added ${dayWords(day)}`)],
  };
}
