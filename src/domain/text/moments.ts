const formats = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string, timeStyle: 'short' | 'medium'): Intl.DateTimeFormat {
  const key = `${timeStyle} ${timeZone}`;
  const made =
    formats.get(key) ?? new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle, timeZone });
  formats.set(key, made);
  return made;
}

/** "Nov 24, 2026, 3:05 PM" for an instant in a time zone; other text is returned unchanged. */
export function momentWords(
  at: Date | string,
  zone: string,
  timeStyle: 'short' | 'medium' = 'short',
): string {
  const instant = new Date(at);
  return Number.isNaN(instant.getTime()) ? String(at) : format(zone, timeStyle).format(instant);
}

/** "3:05 PM" for the time of day 15:05; other text is returned unchanged. */
export function timeWords(time: string): string {
  const [, hour, minute] = /^(\d\d?):(\d\d)$/.exec(time) ?? [];
  if (hour === undefined) return time;
  return `${Number(hour) % 12 || 12}:${minute} ${Number(hour) % 24 < 12 ? 'AM' : 'PM'}`;
}
