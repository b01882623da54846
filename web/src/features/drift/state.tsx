import { DRIFT_STATE_WORDS } from '../../../../src/domain/drift/words.ts';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import type { Departure } from './words.ts';

/** Color means verdict: an open departure is a fail, an accepted one is accepted; others have no status color. */
export function State({ departure: { state, urgency } }: { departure: Departure }) {
  if (state === 'accepted') return <VerdictMark state="accepted">{DRIFT_STATE_WORDS.accepted}</VerdictMark>;
  if (state === 'undecided' && urgency !== 'information')
    return <VerdictMark state="fail">{DRIFT_STATE_WORDS.undecided}</VerdictMark>;
  if (state === 'undecided') return <span>{DRIFT_STATE_WORDS.undecided}</span>;
  return <VerdictMark state="pending">{DRIFT_STATE_WORDS[state]}</VerdictMark>;
}
