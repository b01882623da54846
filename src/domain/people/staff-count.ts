import type { Shared } from '../decide/context.ts';
import { DEFAULT_FRESH_DAYS } from '../decide/fresh-days.ts';
import { staffKnown } from './staff.ts';

/**
 * How many people work here: those whom the current roster tells of as staff, else the number that the profile states;
 * null: neither tells. Every page, report and offer of a client shows this number and none of its own.
 */
export function staffOf(shared: Pick<Shared, 'read' | 'input'>): number | null {
  const { today, profile } = shared.input;
  const roster = shared.read('roster', DEFAULT_FRESH_DAYS);
  return (roster.ok ? staffKnown(roster.rows, today) : null) ?? profile.staffCount ?? null;
}
