import type { Evidence } from '../../model/reading.ts';
import type { GateState } from './words.ts';

/** One gate with its reason in a sentence and what that rests on. */
export interface Gate {
  readonly state: GateState;
  readonly words: string;
  /** What would settle it, or nothing where there is nothing to settle. */
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
