import { dayWords } from '../../../../src/domain/text/words.ts';
import type { client as calls } from '../../api.ts';
import type { VerdictState } from '../../theme/tokens.ts';

export type JourneyList = Awaited<ReturnType<typeof calls.journeys.list>>;
export type Journey = JourneyList['items'][number];
export type JourneyDetail = Awaited<ReturnType<typeof calls.journeys.show>>;
export type Step = Journey['steps'][number];
export type JourneyKind = Journey['kind'];

/** Symbol for each state. Only a reading shows that a step is done, so only that is drawn as a pass. */
export const STATE_SHAPES: Readonly<Record<Journey['state'], VerdictState>> = {
  not_started: 'fail',
  contradicted: 'fail',
  overdue: 'fail',
  open: 'pending',
  marked: 'cannot_read',
  accepted: 'accepted',
  not_needed: 'not_applicable',
  proved: 'pass',
  ended: 'not_applicable',
};

export const STEP_WORDS: Readonly<Record<Step['state'], string>> = {
  contradicted: 'Marked as done, but a newer reading shows otherwise',
  overdue: 'Overdue',
  open: 'To do',
  marked: 'Marked as done, not confirmed by a reading',
  accepted: 'Accepted as not done',
  not_needed: 'Not needed',
  proved: 'Confirmed by a reading',
};

/** Texts that differ between the two pages. */
export const KIND_TEXTS: Readonly<
  Record<JourneyKind, { title: string; path: string; day: string; noun: string; empty: string }>
> = {
  leaving: {
    title: 'People who leave',
    path: 'leavers',
    day: 'Last day of work',
    noun: 'offboarding',
    empty: 'According to the roster, no one with a known seat has left, and no offboarding has been started.',
  },
  joining: {
    title: 'People who join',
    path: 'joiners',
    day: 'First day of work',
    noun: 'onboarding',
    empty: 'The roster shows no one starting around now without a seat, and no onboarding has been started.',
  },
};

export function isToDo({ state }: Step): boolean {
  return state === 'contradicted' || state === 'overdue' || state === 'open';
}

/** The open step that is due first. */
export function nextStep({ steps }: Journey): string | null {
  const [first] = steps.filter(isToDo).sort((a, b) => a.due.localeCompare(b.due));
  return first?.action ?? null;
}

/** Whether the seat still has to be removed, as far as is known. */
export function holdsSeat({ kind, state, steps }: Journey): boolean {
  const seat = steps.find(({ id }) => id === 'seat_removed');
  return kind === 'leaving' && (state === 'not_started' || (seat !== undefined && isToDo(seat)));
}

/** The seats to remove, as plain text for the person who removes them. */
export function removalList(client: string, leavers: readonly Journey[]): string {
  return [
    `Seats to remove from Claude: ${client}`,
    ...leavers.map(({ name, address, seat, day }) =>
      [
        `${name} <${address}>`,
        ...(seat === null ? [] : [`seat ${seat}`]),
        day === null ? 'last day not known' : `last day ${dayWords(day)}`,
      ].join(', '),
    ),
  ].join('\n');
}
