import type { Evidence } from '../model/reading.ts';
import type { Verdict } from '../model/verdict.ts';
import type { DecisionInput } from './input.ts';

/** Documents that people type: without anything else behind it, a statement is only as reliable as its author. */
const TYPED: ReadonlySet<Evidence['kind']> = new Set(['charter', 'journal', 'attestations', 'profile']);

/**
 * The clause added to the reason of a verdict that is based only on what someone typed into a file: an approval, a
 * statement, an exception. null: a reading supports it, or its people signed in.
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
