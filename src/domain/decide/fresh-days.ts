/** Days for which a reading counts when a check names no window. */
export const DEFAULT_FRESH_DAYS = 30;

/**
 * Days for which a kind counts in a check. Who holds a seat and who works here changes weekly, and the lists of people
 * are made once per decision, so these kinds count for no longer than the default, whatever else the check reads.
 */
export function windowOf(kind: string, freshDays: number): number {
  const people = kind === 'members' || kind === 'roster' || kind === 'entra_users';
  return people ? Math.min(freshDays, DEFAULT_FRESH_DAYS) : freshDays;
}
