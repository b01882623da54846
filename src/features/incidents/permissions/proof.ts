import type { HandlerContext } from '../../context.ts';
import { isLater } from '../../drift/index.ts';
import { present } from '../../shared/moment.ts';
import type { Proof } from '../proof.ts';
import type { Followed } from './find-permissions.ts';

/**
 * Whether a step's proposals took effect: every permission is in force, and a later reading shows it. A reading made
 * after the step that still allows more contradicts it, and so does a call of an action that a reading shows as
 * blocked. A file is no substitute.
 */
export function provenBy({ client }: HandlerContext, followed: readonly Followed[], done: Date): Proof {
  const doneOn = present(done, client.timezone).today;
  const past = followed.some(
    (one) =>
      one.row?.observed != null &&
      (one.state === 'called' || (one.state === 'wider' && isLater(one.row.observed, done, doneOn))),
  );
  if (past) return { state: 'contradicted', words: [], evidence: [] };
  const shown = followed.length > 0 && followed.every((one) => one.state === 'seen');
  return {
    state: shown ? 'shown' : 'awaited',
    words: [],
    evidence: shown ? followed.flatMap(({ row }) => row?.observed?.evidence ?? []) : [],
  };
}
// Guide: G7.2-20
