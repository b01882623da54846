/**
 * States of a change to an external system. planned: waits for approval · approved: may be carried out · applying:
 * being carried out · waiting: carried out, but no later observation shows it yet · verified: one does · failed: a step
 * was refused · withdrawn: given up before it was carried out.
 */
export const CHANGE_STATES = [
  'planned',
  'approved',
  'applying',
  'waiting',
  'verified',
  'failed',
  'withdrawn',
] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

/** Only one change of a subject may be open at a time. */
export const OPEN_STATES: readonly ChangeState[] = ['planned', 'approved', 'applying', 'waiting'];

const NEXT: Readonly<Record<ChangeState, readonly ChangeState[]>> = {
  planned: ['approved', 'withdrawn'],
  approved: ['applying', 'waiting', 'withdrawn'],
  applying: ['waiting', 'failed'],
  waiting: ['verified', 'withdrawn'],
  verified: [],
  failed: [],
  withdrawn: [],
};

export function mayBecome(from: ChangeState, to: ChangeState): boolean {
  return NEXT[from].includes(to);
}
