import type { Charter } from '../model/charter.ts';
import type { MemberRow, RosterRow } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import { type Current, isUnread } from '../model/rule.ts';
import { dayWords } from '../text/words.ts';
import { type Signer, signerOn } from './signer.ts';

/** What can be used if no current roster counts. */
export interface WithoutRoster {
  readonly roster: Exclude<Current<'roster'>, { readonly ok: true }>;
  /** Every roster up to the day of the decision, oldest first. */
  readonly history: readonly Reading<'roster'>[];
  readonly members: readonly MemberRow[];
  readonly charter: Charter | null;
}

/**
 * Looks up a signature if no roster counts today. Differing rosters of one day may still agree on one person. An
 * outdated roster covers every day up to its own; someone who had left by then may be back, which stays open, and if it
 * shows someone as working here, that holds only until its own day.
 */
export function signerWithoutRoster(
  signature: string,
  day: string,
  { roster, history, ...lists }: WithoutRoster,
): Signer {
  const on = (rows: readonly RosterRow[]) => signerOn(signature, { ...lists, roster: rows }, day);
  const none: Signer = { is: 'no_list', why: roster.why, unread: isUnread(roster.code) };
  if (roster.rivals !== undefined) {
    const answers = roster.rivals.map(({ rows }) => on(rows));
    const [first] = answers;
    if (first !== undefined && answers.every(({ is }) => is === first.is)) return first;
    if (answers.some(({ is }) => is === 'left' || is === 'not_yet'))
      return { is: 'disputed', why: roster.why };
    return answers.find(({ is }) => is === 'works_here') ?? none;
  }
  if (roster.part !== undefined) {
    const found = on(roster.part.rows);
    return found.is === 'unknown' ? none : found;
  }
  const last = roster.code === 'stale' ? history.at(-1)?.observedOn : undefined;
  if (last === undefined) return none;
  const answers = history.filter(({ observedOn }) => observedOn === last).map(({ rows }) => on(rows));
  const gone = answers.find(({ is }) => is === 'left' || is === 'not_yet');
  if (last >= day) return (answers.length === 1 ? answers[0] : undefined) ?? none;
  return gone === undefined
    ? none
    : { is: 'disputed', why: `The roster of ${dayWords(last)} does not show it. ${roster.why}` };
}
