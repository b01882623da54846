import { type Detection, isCorrelation } from './sigma.ts';

/** A client's settings for a detection. */
export interface DetectionSetting {
  readonly on: boolean;
  /** null: the detection has no adjustable number. */
  readonly number: number | null;
  /** Minimum days of history; null: the detection needs none. */
  readonly history: number | null;
}

/**
 * Whether a detection would find less with the next setting than with the current one. A detection that is off finds
 * nothing.
 */
export function loosens(detection: Detection, was: DetectionSetting, next: DetectionSetting): boolean {
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
