import { timeWords } from '../text/moments.ts';
import { WEEKDAYS } from './profile.ts';

type Weekday = (typeof WEEKDAYS)[number];

/** An instant in the local time of a zone. */
export interface LocalTime {
  readonly day: string;
  readonly weekday: Weekday;
  /** Minutes since local midnight. */
  readonly minute: number;
}

export interface Hours {
  readonly start: string;
  readonly end: string;
  readonly days: readonly Weekday[];
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Converts an RFC 3339 instant to local time, including daylight saving. null: the text is not an instant. */
export function localTime(instant: string, zone: string): LocalTime | null {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return null;
  const parts = new Map(
    formatter(zone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  const weekday = WEEKDAYS.find((name) => name === part('weekday').slice(0, 3).toLowerCase());
  if (!weekday) return null;
  return {
    day: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
    weekday,
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

/**
 * `localTime` for many instants in one zone. Cached per hour, because offsets change at full hours, and half a year of
 * events is hundreds of thousands in a few thousand hours.
 */
export function localClock(zone: string): (instant: string) => LocalTime | null {
  const hours = new Map<string, LocalTime | null>();
  return (instant) => {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(instant)) return localTime(instant, zone);
    const hour = instant.slice(0, 13);
    let start = hours.get(hour);
    if (start === undefined) {
      start = localTime(`${hour}:00:00Z`, zone);
      hours.set(hour, start);
    }
    const minute = (start?.minute ?? 0) + Number(instant.slice(14, 16));
    return start === null || minute >= 1440 ? localTime(instant, zone) : { ...start, minute };
  };
}

/**
 * Whether a local time is within business hours: from the start (inclusive) to the end (exclusive) on a working day
 * that is not a holiday. Hours that end before they start span midnight and belong to the day on which they start.
 */
export function inNormalHours(local: LocalTime, hours: Hours, holidays: readonly string[]): boolean {
  const start = minutes(hours.start);
  const end = minutes(hours.end);
  const works = (day: string, weekday: Weekday) => hours.days.includes(weekday) && !holidays.includes(day);
  if (start < end) return works(local.day, local.weekday) && local.minute >= start && local.minute < end;
  if (start === end) return works(local.day, local.weekday);
  if (local.minute >= start) return works(local.day, local.weekday);
  return local.minute < end && works(dayBefore(local.day), before(local.weekday));
}

/** Time of day such as "2:14 AM"; the caller adds the date. */
export function clockWords(local: LocalTime): string {
  return timeWords(`${Math.floor(local.minute / 60)}:${String(local.minute % 60).padStart(2, '0')}`);
}

function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formatters.set(zone, made);
  return made;
}

function minutes(clock: string): number {
  const [hour, minute] = clock.split(':');
  return Number(hour) * 60 + Number(minute);
}

function before(weekday: Weekday): Weekday {
  return WEEKDAYS[(WEEKDAYS.indexOf(weekday) + 6) % 7] ?? weekday;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** Calendar day of an instant in a zone; for text that is not an instant, the day it starts with. */
export function dayOf(at: string, zone: string): string {
  return localTime(at, zone)?.day ?? at.slice(0, 10);
}
