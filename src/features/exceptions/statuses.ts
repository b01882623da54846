/** Today's state of an exception. Only `in_force` and `ending_soon` can cover anything. */
export const EXCEPTION_STATES = [
  'requested',
  'ending_soon',
  'in_force',
  'not_yet',
  'ended',
  'refused',
] as const;
export type ExceptionState = (typeof EXCEPTION_STATES)[number];

/** Days before its last day from which an exception is ending soon. */
export const SOON_DAYS = 14;

/** Maximum days that an exception may extend ahead. Anything longer belongs in the charter. */
export const MAX_EXCEPTION_DAYS = 366;
