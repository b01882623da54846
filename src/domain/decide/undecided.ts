import type { Control } from '../model/catalogue.ts';
import type { Verdict } from '../model/verdict.ts';
import { ask, type Message, message } from '../text/message.ts';
import { verdict } from './verdict.ts';

/** Why an evaluation was stopped before it decided anything. */
export type Stopped = 'too_slow' | 'too_large';

/**
 * Verdicts of a client whose evaluation was stopped: nothing can be read. Its earlier verdicts do not stay, because
 * they are about other facts or an earlier day, and a pass among them would have no evidence.
 */
export function undecided(controls: readonly Control[], why: Stopped): readonly Verdict[] {
  return controls.map((control) =>
    verdict(control, { state: 'cannot_read', said: STOPPED_MESSAGES[why](), asks: [STOPPED_QUESTIONS[why]] }),
  );
}

const STOPPED_MESSAGES: Readonly<Record<Stopped, () => Message>> = {
  too_slow: () =>
    message(
      'decide.stopped_too_slow',
      'The evaluation of this client took so long that it was stopped, so nothing is known about any of its controls.',
    ),
  too_large: () =>
    message(
      'decide.stopped_too_large',
      'The evaluation of this client needs more memory than Bylaw has, so nothing is known about any of its controls.',
    ),
};

const STOPPED_QUESTIONS = {
  too_slow: ask(
    'look',
    'evaluation',
    'Look at what was imported last: no ordinary file takes that long. Set its readings aside, or look in the log for what was stopped.',
    'too_slow',
  ),
  too_large: ask('look', 'evaluation', 'Give Bylaw more memory, and start it again.', 'too_large'),
};
