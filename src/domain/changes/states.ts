/**
 * Where a change to a system outside stands. planned: it waits for approval · approved: it may be carried out · applying:
 * it is being carried out · waiting: it was carried out, and no later observation shows it yet · verified: one does ·
 * failed: a step was refused · withdrawn: given up before it was carried out.
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

/** Only one change of a subject is open at a time. */
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
