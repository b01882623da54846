import type { Control } from '../model/catalogue.ts';

/** Days for which a reading is current if its check sets no window. */
export const DEFAULT_FRESH_DAYS = 30;

/** Days for which an attestation is valid if its control sets none. */
const STATEMENT_DAYS = 90;

/** Days for which the basis of a check is current, as its rule reads it; attestations have their own period. */
export function validDays(check: Pick<Control['checks'][number], 'rule' | 'freshDays' | 'with'>): number {
  if (check.rule !== 'attested') return check.freshDays ?? DEFAULT_FRESH_DAYS;
  return typeof check.with.days === 'number' ? check.with.days : STATEMENT_DAYS;
}

/**
 * Days for which a kind is current in a check. Who holds a seat and who works here changes every week, and the lists
 * of people are computed once per decision, so these kinds never get more than the default, whatever else the check
 * reads.
 */
export function windowOf(kind: string, freshDays: number): number {
  const people = kind === 'members' || kind === 'roster' || kind === 'entra_users';
  return people ? Math.min(freshDays, DEFAULT_FRESH_DAYS) : freshDays;
}
