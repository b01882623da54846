/** How a sink stands, and how that is said. Also loaded by the console. */
export const SINK_STATES = ['stopped', 'retrying', 'behind', 'paused', 'new', 'working'] as const;
export type SinkState = (typeof SINK_STATES)[number];

export const SINK_STATE_WORDS: Readonly<Record<SinkState, string>> = {
  stopped: 'Needs you',
  retrying: 'Trying again',
  behind: 'Behind',
  paused: 'Paused',
  new: 'Nothing sent yet',
  working: 'Working',
};

/** What is looked at to tell how a sink stands. */
export interface SinkSigns {
  readonly paused: boolean;
  readonly state: string;
  readonly acceptedAt: Date | null;
  /** When Bylaw had the first event that waits; null: none waits. */
  readonly oldest: Date | null;
}

/** An event that waits longer than this makes a sink late. Milliseconds. */
const LATE = 10 * 60_000;

/** How a sink stands. It works only where something was taken and nothing waits for long. */
export function standingOf({ paused, state, acceptedAt, oldest }: SinkSigns, now: Date): SinkState {
  if (paused) return 'paused';
  if (state === 'stopped') return 'stopped';
  if (state === 'retrying') return 'retrying';
  if (oldest !== null && now.getTime() - oldest.getTime() > LATE) return 'behind';
  return acceptedAt === null ? 'new' : 'working';
}

export const LETTER_STATES = ['waiting', 'replayed', 'dropped'] as const;
export type LetterState = (typeof LETTER_STATES)[number];

export const LETTER_STATE_WORDS: Readonly<Record<LetterState, string>> = {
  waiting: 'Waiting',
  replayed: 'Sent again',
  dropped: 'Let go',
};
