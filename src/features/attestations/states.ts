/** What an attestation is today. Only the current one of a control can decide it. */
export const ATTESTATION_STATES = ['current', 'replaced', 'expired', 'withdrawn'] as const;
export type AttestationState = (typeof ATTESTATION_STATES)[number];
