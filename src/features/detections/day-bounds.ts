import { DateTime } from 'luxon';

/** Begin and end of a day in a zone, in milliseconds since 1970. */
export function dayBounds(day: string, zone: string): { from: number; to: number } {
  const start = DateTime.fromISO(day, { zone });
  return { from: start.startOf('day').toMillis(), to: start.endOf('day').toMillis() };
}

/** `dayBounds` for many days of one zone, few of them different. */
export function dayBoundsIn(zone: string): (day: string) => { from: number; to: number } {
  const known = new Map<string, { from: number; to: number }>();
  return (day) => {
    const bounds = known.get(day) ?? dayBounds(day, zone);
    known.set(day, bounds);
    return bounds;
  };
}
