import { DateTime } from 'luxon';

/** Start and end of a day in a time zone, in milliseconds since 1970. */
export function dayBounds(day: string, zone: string): { from: number; to: number } {
  const start = DateTime.fromISO(day, { zone });
  return { from: start.startOf('day').toMillis(), to: start.endOf('day').toMillis() };
}

/** {@link dayBounds} with a cache, for many lookups of few distinct days in one zone. */
export function dayBoundsIn(zone: string): (day: string) => { from: number; to: number } {
  const known = new Map<string, { from: number; to: number }>();
  return (day) => {
    const bounds = known.get(day) ?? dayBounds(day, zone);
    known.set(day, bounds);
    return bounds;
  };
}
