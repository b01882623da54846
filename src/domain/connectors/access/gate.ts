import type { Evidence } from '../../model/reading.ts';
import type { GateState } from './words.ts';

/** One gate with its state, the reason as a sentence, and the evidence. */
export interface Gate {
  readonly state: GateState;
  readonly words: string;
  /** How to resolve an unknown; null if there is nothing to resolve. */
  readonly howTo: string | null;
  readonly evidence: readonly Evidence[];
}

export function gate(
  state: GateState,
  words: string,
  evidence: readonly Evidence[] = [],
  howTo: string | null = null,
): Gate {
  return { state, words, howTo, evidence };
}

export function unknownGate(words: string, howTo: string | null, evidence: readonly Evidence[] = []): Gate {
  return gate('unknown', words, evidence, howTo === '' ? null : howTo);
}
