import type { Evidence } from '../model/reading.ts';
import type { Verdict } from '../model/verdict.ts';
import type { DecisionInput } from './input.ts';

/** What people write themselves: with nothing else behind it, a statement is only as good as whoever typed it. */
const TYPED: ReadonlySet<Evidence['kind']> = new Set(['charter', 'journal', 'attestations', 'profile']);

/**
 * The clause that follows the reason of a verdict which rests on nothing but what someone typed into a file: an
 * approval, a statement, an exception. null where a reading stands behind it, or where people signed in to say it.
 */
export function typedClause(
  { state, evidence }: Pick<Verdict, 'state' | 'evidence'>,
  { typed }: Pick<DecisionInput, 'typed'>,
): string | null {
  if (typed !== true) return null;
  if (state === 'accepted')
    return 'The exception is the file’s own statement: no one signed in to approve it.';
  if (state !== 'pass' || evidence.length === 0 || !evidence.every(({ kind }) => TYPED.has(kind)))
    return null;
  return 'This is the file’s own statement: no one signed in to confirm it.';
}
