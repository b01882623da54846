import { addDays } from '../../model/day.ts';
import type { JourneyStep } from '../../model/person-journey.ts';
import type { Shown } from './person.ts';

/**
 * State of a step. contradicted: someone marked it, but a newer reading shows otherwise; overdue: its due day has
 * passed; open: still to be done; marked: someone says it is done, but no newer reading shows it; accepted: not done,
 * with a reason; not_needed; proved: a reading shows it. Only a reading proves a step; a mark never does.
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

/** States in which someone still has to act. */
export const TO_DO: readonly StepState[] = ['contradicted', 'overdue', 'open'];

/** What someone said about a step. */
export interface Mark {
  readonly on: string;
  /** accepted: it stays undone, for the reason in the note. */
  readonly how: 'done' | 'accepted';
}

/** Day by which a step is due. */
export function dueOf({ days }: Pick<JourneyStep, 'days'>, day: string): string {
  return addDays(day, days);
}

/**
 * State of a step. Only a reading from a later day proves or contradicts a mark: one of the same day may be older than
 * the mark.
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

/** A journey has the state of its least advanced step; `not_needed` counts as proved. */
export function journeyState(steps: readonly StepState[]): StepState {
  return (
    STEP_STATES.filter((state) => state !== 'not_needed').find((state) => steps.includes(state)) ?? 'proved'
  );
}
// Guide: G6.6-01 G6.6-03 G6.6-04 G6.6-05
