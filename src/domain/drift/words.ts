import type { Direction, Subject, Urgency } from './types.ts';

/** Current state of a deviation. */
export const DRIFT_STATES = ['undecided', 'waiting', 'restoring', 'changing', 'accepted'] as const;
export type DriftState = (typeof DRIFT_STATES)[number];

export const DRIFT_STATE_WORDS: Readonly<Record<DriftState, string>> = {
  undecided: 'Not decided',
  waiting: 'Waiting for approval',
  restoring: 'To be put back',
  changing: 'Charter to be changed',
  accepted: 'Accepted',
};

export const DECISIONS = ['accept', 'restore', 'charter'] as const;
export type Decision = (typeof DECISIONS)[number];

export const DECISION_WORDS: Readonly<Record<Decision, string>> = {
  accept: 'Accept until a date',
  restore: 'Put back',
  charter: 'Change the charter',
};

/** Outcome of a decision. `unproven`: no deviation can be read, but no later reading proves that it is gone. */
export const OUTCOMES = ['open', 'unproven', 'proven', 'settled', 'withdrawn', 'lapsed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  open: 'Open',
  unproven: 'Waiting for proof',
  proven: 'Proven',
  settled: 'The charter changed',
  withdrawn: 'Withdrawn',
  lapsed: 'Ended',
};

export const URGENCY_WORDS: Readonly<Record<Urgency, string>> = {
  urgent: 'Urgent',
  soon: 'Soon',
  information: 'Information',
};

export const DIRECTION_WORDS: Readonly<Record<Direction, string>> = {
  wider: 'Wider than the charter',
  narrower: 'Narrower than the charter',
  other: 'Other than the charter',
};

export const SUBJECT_WORDS: Readonly<Record<Subject, string>> = {
  connector: 'Connector',
  action: 'Action',
  setting: 'Setting',
};
