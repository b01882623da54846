import type { ProofState } from '#domain/incidents/status.ts';
import type { IncidentRow } from '#store/incidents/incidents.ts';
import type { HandlerContext } from '../../context.ts';
import { isLater } from '../../drift/index.ts';
import { present } from '../../shared/moment.ts';
import type { Followed } from './look.ts';

/**
 * What shows that a step tightened what it proposed to: every permission is in force, and a later reading shows it. A
 * reading of after the step that still lets more through contradicts it. No file stands in for that.
 */
export function provenBy(
  { client }: HandlerContext,
  { state, outcome }: Pick<IncidentRow, 'state' | 'outcome'>,
  followed: readonly Followed[],
  done: Date,
): { readonly state: ProofState; readonly words: readonly string[] } {
  // A closed incident keeps what it was closed on; what comes later is drift.
  if (state === 'closed')
    return outcome === 'resolved'
      ? { state: 'shown', words: ['It was in force, and a reading showed it, when the incident was closed.'] }
      : { state: 'none', words: [] };
  const doneOn = present(done, client.timezone).today;
  const past = followed.some(
    (one) => one.state === 'wider' && one.row?.observed != null && isLater(one.row.observed, done, doneOn),
  );
  if (past) return { state: 'contradicted', words: [] };
  const shown = followed.length > 0 && followed.every((one) => one.state === 'seen');
  return { state: shown ? 'shown' : 'awaited', words: [] };
}
// Guide: G7.2-20
