import type { Control } from '../model/catalogue.ts';

/** Days for which a reading counts when a check names no window. */
export const DEFAULT_FRESH_DAYS = 30;

/** Days for which a statement is valid where its control names none. */
const STATEMENT_DAYS = 90;

/** Days for which what a check is decided by counts, as its rule reads it: a person's statement has days of its own. */
export function validDays(check: Pick<Control['checks'][number], 'rule' | 'freshDays' | 'with'>): number {
  if (check.rule !== 'attested') return check.freshDays ?? DEFAULT_FRESH_DAYS;
  return typeof check.with.days === 'number' ? check.with.days : STATEMENT_DAYS;
}

/**
 * Days for which a kind counts in a check. Who holds a seat and who works here changes weekly, and the lists of people
 * are made once per decision, so these kinds count for no longer than the default, whatever else the check reads.
 */
export function windowOf(kind: string, freshDays: number): number {
  const people = kind === 'members' || kind === 'roster' || kind === 'entra_users';
  return people ? Math.min(freshDays, DEFAULT_FRESH_DAYS) : freshDays;
}
