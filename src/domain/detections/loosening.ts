import { type Detection, isCorrelation } from './sigma.ts';

/** What a client may set of a rule. */
export interface RuleSetting {
  readonly on: boolean;
  /** null: the rule has none. */
  readonly number: number | null;
  /** Fewest days of history; null: the rule needs none. */
  readonly history: number | null;
}

/** Whether a rule would find less with the next setting than with the one in force. One that is off finds nothing. */
export function loosens(detection: Detection, was: RuleSetting, next: RuleSetting): boolean {
  if (!was.on) return false;
  if (!next.on) return true;
  // A correlation that counts nothing has its time tuned: what happens later than that is not seen.
  const isTime = isCorrelation(detection) && detection.correlation.condition === undefined;
  return (
    higher(isTime ? was.number : next.number, isTime ? next.number : was.number) ||
    higher(next.history, was.history)
  );
}

function higher(a: number | null, b: number | null): boolean {
  return a !== null && b !== null && a > b;
}
