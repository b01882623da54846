import { ATTESTATION_STATE_WORDS } from '../../../../src/domain/labels.ts';
import type { client as calls } from '../../api.ts';

export type Attestation = Awaited<ReturnType<typeof calls.attestations.list>>['items'][number];
export type AttestedControl = Awaited<ReturnType<typeof calls.attestations.controls>>['items'][number];
export type AttestationState = Attestation['state'];

export const STATES = [
  'current',
  'replaced',
  'expired',
  'withdrawn',
] as const satisfies readonly AttestationState[];

export const STATE_WORDS: Readonly<Record<AttestationState, string>> = ATTESTATION_STATE_WORDS;

export const GROUPS = STATES.map((key) => ({ key, label: STATE_WORDS[key] }));

export function holdsText(holds: boolean): string {
  return holds ? 'As required' : 'Not as required';
}

export function leftText({ daysLeft, state }: Pick<Attestation, 'daysLeft' | 'state'>): string | null {
  if (state !== 'current' || daysLeft === null) return null;
  if (daysLeft === 0) return 'ends today';
  return daysLeft === 1 ? '1 day left' : `${daysLeft} days left`;
}

export type Claim = Awaited<ReturnType<typeof calls.claims.list>>['items'][number];

export const CLAIM_WORDS: Readonly<Record<Claim['state'], string>> = {
  waiting: 'Waiting to be confirmed',
  confirmed: 'Confirmed',
  refused: 'Refused',
  replaced: 'Replaced by a newer file',
};

export const CLAIM_GROUPS = (['waiting', 'confirmed', 'refused', 'replaced'] as const).map((key) => ({
  key,
  label: CLAIM_WORDS[key],
}));
