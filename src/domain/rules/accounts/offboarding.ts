import { daysBetween } from '../../model/day.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { count, dayWords } from '../../text/words.ts';
import { removedSince } from './removed-since.ts';

/** Status of a person's removal from Claude according to events and the journal. */
export interface Removal {
  /**
   * open: overdue or not begun; not_due: the last day is in the future; newer_file: done after the members file was
   * read, according to the journal; removed: an event after the members file shows it.
   */
  readonly stage: 'open' | 'not_due' | 'newer_file' | 'removed';
  readonly due: string | null;
  readonly words: string;
  readonly evidence: readonly Evidence[];
}

/**
 * Compares a person's offboarding in the journal with a members file that still lists the account. Removal from Claude
 * is due on the last day of work (guide 6.6). The file can neither confirm nor refute a removal recorded on or after
 * its own day; a later event can.
 * @param account the account's address in the members file
 * @param addresses all addresses of the person
 */
export function removalOf(
  context: CheckContext,
  account: string,
  addresses: ReadonlySet<string>,
  membersObservedOn: string,
): Removal {
  const removedBy = removedSince(context, account, addresses, membersObservedOn);
  if (removedBy !== null)
    return { stage: 'removed', due: null, words: removedBy.words, evidence: removedBy.evidence };
  const { journal, today } = context;
  const all = journal.ok ? (journal.value.offboardings ?? []) : [];
  const mine = all
    .map((entry, index) => ({ entry, index }))
    .filter(({ entry }) => addresses.has(entry.email))
    .sort((a, b) => (a.entry.lastDay < b.entry.lastDay ? 1 : -1));
  const newest = mine[0];
  if (!newest || !journal.ok)
    return { stage: 'open', due: null, words: 'no offboarding in the journal', evidence: [] };
  const { entry, index } = newest;
  const evidence = [
    journal.cite(
      `offboardings.${index}`,
      `offboarding of ${entry.email}, last day ${dayWords(entry.lastDay)}`,
    ),
  ];
  const removed = entry.claudeRemoved;
  if (removed && removed <= today) {
    return removed >= membersObservedOn
      ? {
          stage: 'newer_file',
          due: null,
          words: `removed on ${dayWords(removed)} according to the journal; the members file is from ${dayWords(membersObservedOn)}`,
          evidence,
        }
      : {
          stage: 'open',
          due: null,
          words: `the journal says removed on ${dayWords(removed)}, and the members file of ${dayWords(membersObservedOn)} still lists the account`,
          evidence,
        };
  }
  if (entry.lastDay >= today)
    return {
      stage: 'not_due',
      due: entry.lastDay,
      words: `offboarding in progress; the journal gives ${dayWords(entry.lastDay)} as last day, when the removal is due`,
      evidence,
    };
  return {
    stage: 'open',
    due: null,
    words: `removal overdue by ${count(daysBetween(entry.lastDay, today), 'day')} in the journal`,
    evidence,
  };
}
