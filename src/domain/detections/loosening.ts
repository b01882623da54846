import { type Detection, isCorrelation } from './sigma.ts';

/** A client's settings for a rule. */
export interface RuleSetting {
  readonly on: boolean;
  /** null: the rule has no adjustable number. */
  readonly number: number | null;
  /** Minimum days of history; null: the rule needs none. */
  readonly history: number | null;
}

/** Whether a rule would find less with the next setting than with the current one. A rule that is off finds nothing. */
export function loosens(detection: Detection, was: RuleSetting, next: RuleSetting): boolean {
  if (!was.on) return false;
  if (!next.on) return true;
  // A correlation without a count has its timespan tuned, where a lower number finds less.
  const isTime = isCorrelation(detection) && detection.correlation.condition === undefined;
  return (
    higher(isTime ? was.number : next.number, isTime ? next.number : was.number) ||
    higher(next.history, was.history)
  );
}

function higher(a: number | null, b: number | null): boolean {
  return a !== null && b !== null && a > b;
}
