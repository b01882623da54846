import { addDays } from '../../model/day.ts';
import type { JourneyStep } from '../../model/person-journey.ts';
import type { Shown } from './person.ts';

/**
 * How far a step is. contradicted: someone marked it, and a newer reading shows otherwise; overdue: its day is past;
 * open: still to be done; marked: someone says that it is done, and no newer reading shows it; accepted: left undone with
 * a reason; not_needed; proved: a reading shows it. Only a reading proves: a mark is no pass.
 */
export const STEP_STATES = [
  'contradicted',
  'overdue',
  'open',
  'marked',
  'accepted',
  'not_needed',
  'proved',
] as const;
export type StepState = (typeof STEP_STATES)[number];

/** Someone still has to act on it. */
export const TO_DO: readonly StepState[] = ['contradicted', 'overdue', 'open'];

/** What someone said of a step. */
export interface Mark {
  readonly on: string;
  /** accepted: it is left undone, for the reason in the note. */
  readonly how: 'done' | 'accepted';
}

/** Day by which a step is due. */
export function dueOf({ days }: Pick<JourneyStep, 'days'>, day: string): string {
  return addDays(day, days);
}

/**
 * Where a step is. Only a reading of a day after the mark proves or contradicts it: one of the same day may have been
 * made before.
 */
export function stepState(
  due: string,
  mark: Mark | null,
  shown: Pick<Shown, 'is' | 'on'>,
  today: string,
): StepState {
  if (shown.is === 'not_needed') return 'not_needed';
  if (mark !== null) {
    const later = shown.on !== null && shown.on > mark.on;
    if (later && shown.is === 'done') return 'proved';
    if (mark.how === 'accepted') return 'accepted';
    return later && shown.is === 'not_done' ? 'contradicted' : 'marked';
  }
  if (shown.is === 'done') return 'proved';
  return due < today ? 'overdue' : 'open';
}

/** A journey is as far as the step that is least far; `not_needed` ones count as proved. */
export function journeyState(steps: readonly StepState[]): StepState {
  return (
    STEP_STATES.filter((state) => state !== 'not_needed').find((state) => steps.includes(state)) ?? 'proved'
  );
}
// Guide: G6.6-01 G6.6-03 G6.6-04 G6.6-05
