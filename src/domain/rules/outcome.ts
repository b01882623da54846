import type { Evidence } from '../model/reading.ts';
import type { Item, Outcome } from '../model/verdict.ts';

/** Builders, so that each rule states its outcome in one expression. */

export function pass(reason: string, evidence: readonly Evidence[], items: readonly Item[] = []): Outcome {
  return { state: 'pass', reason, items, evidence };
}

export function fail(reason: string, evidence: readonly Evidence[], items: readonly Item[] = []): Outcome {
  return { state: 'fail', reason, items, evidence };
}

export function pending(
  reason: string,
  due: string,
  evidence: readonly Evidence[],
  items: readonly Item[] = [],
): Outcome {
  return { state: 'pending', reason, items, evidence, due };
}

/** `question` is what to export, ask or write down, as a request a person can act on. */
export function cannotRead(
  reason: string,
  question: string,
  evidence: readonly Evidence[] = [],
  items: readonly Item[] = [],
): Outcome {
  return { state: 'cannot_read', reason, items, evidence, question };
}

export function policyOnly(
  reason: string,
  evidence: readonly Evidence[] = [],
  items: readonly Item[] = [],
): Outcome {
  return { state: 'policy_only', reason, items, evidence };
}

export function notApplicable(reason: string, evidence: readonly Evidence[] = []): Outcome {
  return { state: 'not_applicable', reason, items: [], evidence };
}
