import type { Control } from '../model/catalogue.ts';
import { isKind, KINDS, type Kind } from '../model/kinds.ts';
import type { Outcome } from '../model/verdict.ts';
import { findRule } from '../rules/index.ts';
import type { EvaluationState } from './context.ts';
import { decideEitherWay, openUntilKnown, waysToRead, withCertain } from './disputed-readings.ts';
import { DEFAULT_FRESH_DAYS, windowOf } from './fresh-days.ts';
import { type Check, runRule } from './run-rule.ts';

/** What the chosen checks of a control find, in the order of the catalogue. */
export function tryChecks(
  control: Control,
  shared: EvaluationState,
  chosen: (check: Check) => boolean,
): Tried[] {
  return control.checks.filter(chosen).map((check) => {
    const freshDays = check.freshDays ?? DEFAULT_FRESH_DAYS;
    return {
      rule: check.rule,
      freshDays,
      independent: check.independent === true,
      offered: offered(check.reads, shared),
      outcome: runCheck(control, check, shared, freshDays),
    };
  });
}

export interface Tried {
  readonly rule: string;
  readonly freshDays: number;
  readonly independent: boolean;
  /** False if the client's plan has no such source, so that nobody is asked for a file that does not exist. */
  readonly offered: boolean;
  readonly outcome: Outcome;
}

/** A check that reads several kinds is offered if one of them is available; the others only add to it. */
function offered(reads: readonly string[], shared: EvaluationState): boolean {
  const { profile, readings } = shared.input;
  const kinds = reads.filter(isKind);
  const has = (kind: Kind) => {
    const plans = KINDS[kind].onlyOn;
    return !plans || (readings[kind]?.length ?? 0) > 0 || plans.some((plan) => plan === profile.claudePlan);
  };
  return kinds.length === 0 || kinds.some(has);
}

/** The outcome of a check. If several files of one day differ, it also takes into account what all of them show. */
function runCheck(control: Control, check: Check, shared: EvaluationState, freshDays: number): Outcome {
  const decided = (facts: EvaluationState) => runRule(control, check, facts, freshDays);
  const outcome = decided(shared);
  const kinds = [...check.reads, ...Object.keys(findRule(check.rule).needs ?? {})].filter(isKind);
  const ways = waysToRead(kinds, shared, (kind) => windowOf(kind, freshDays));
  if (ways === null) return outcome;
  const certain = decideEitherWay(ways, decided);
  return certain === null ? openUntilKnown(outcome, ways, decided) : withCertain(outcome, certain);
}
