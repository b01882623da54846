import { DateTime } from 'luxon';

/** Begin and end of a day in a zone, in milliseconds since 1970. */
export function dayBounds(day: string, zone: string): { from: number; to: number } {
  const start = DateTime.fromISO(day, { zone });
  return { from: start.startOf('day').toMillis(), to: start.endOf('day').toMillis() };
}
