import type { Evidence } from '../model/reading.ts';

/**
 * Day of the newest reading behind an outcome. Charter and journal are cited with the day of the decision and would
 * make every other reading look new, so they are used only if nothing else was read.
 */
export function newest(evidence: readonly Evidence[]): string {
  const read = evidence.filter(isReading);
  return (read.length > 0 ? read : evidence).reduce(
    (day, e) => (e.observedOn > day ? e.observedOn : day),
    '',
  );
}

export function isReading({ kind }: Evidence): boolean {
  return (
    kind !== 'charter' && kind !== 'journal' && kind !== 'plan' && kind !== 'catalogue' && kind !== 'profile'
  );
}
