import type { Outcome } from '../model/verdict.ts';
import type { EvaluationState } from './context.ts';
import { DEFAULT_FRESH_DAYS } from './fresh-days.ts';

/**
 * Adds to a pass that it takes the roster to list everyone, if the profile does not state how many people work here, so
 * that nothing shows whether it does. Whether a pass depends on that shows by evaluating it again as if far more people
 * worked here than the roster lists.
 *
 * @param decide evaluates the same check with other facts
 */
export function withUnstatedStaff(
  outcome: Outcome,
  shared: EvaluationState,
  decide: (facts: EvaluationState) => Outcome,
): Outcome {
  if (outcome.state !== 'pass' || shared.input.profile.staffCount !== undefined) return outcome;
  if (!shared.read('roster', DEFAULT_FRESH_DAYS).ok) return outcome;
  if (decide(shared.withFarMoreStaff()).state !== 'cannot_read') return outcome;
  return {
    ...outcome,
    params: { ...outcome.params, unstated: 'staffCount' },
    reason: `${outcome.reason} The profile does not state how many people work here, so whether the roster lists everyone was not checked.`,
  };
}
