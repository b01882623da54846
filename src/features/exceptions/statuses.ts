/** What an exception is today. Only `in_force` and `ending_soon` can cover anything. */
export const EXCEPTION_STATES = [
  'requested',
  'ending_soon',
  'in_force',
  'not_yet',
  'ended',
  'refused',
] as const;
export type ExceptionState = (typeof EXCEPTION_STATES)[number];

/** Days before its last day from which an exception is called ending soon. */
export const SOON_DAYS = 14;

/** Most days that an exception may reach ahead. What lasts longer is no exception but a decision for the charter. */
export const LONGEST_DAYS = 366;
