import type { EvaluationState } from '../decide/context.ts';
import { DEFAULT_FRESH_DAYS } from '../decide/fresh-days.ts';
import { staffKnown } from './staff.ts';

/**
 * Number of staff: the people whom the current roster shows as staff, else the number in the profile; null: neither is
 * known. Every page and report must use this number.
 */
export function staffOf(shared: Pick<EvaluationState, 'read' | 'input'>): number | null {
  const { today, profile } = shared.input;
  const roster = shared.read('roster', DEFAULT_FRESH_DAYS);
  return (roster.ok ? staffKnown(roster.rows, today) : null) ?? profile.staffCount ?? null;
}
