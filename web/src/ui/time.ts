import { addDays } from '../../../src/domain/model/day.ts';
import { serverNow } from '../clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Formats an instant in a time zone. Formatters are cached per zone, because creating one takes much longer than using
 * it.
 */
export function inZones(locale: string, options: Intl.DateTimeFormatOptions) {
  const made = new Map<string, Intl.DateTimeFormat>();
  return (zone: string): Intl.DateTimeFormat => {
    const format = made.get(zone) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    made.set(zone, format);
    return format;
  };
}

const DAY = inZones('en-CA', { dateStyle: 'short' });
export const CLOCK = inZones('en-US', { timeStyle: 'short' });
const DATE = inZones('en-US', { dateStyle: 'medium' });
const TIME = inZones('en-US', { timeStyle: 'medium' });
const MOMENT = inZones('en-US', { dateStyle: 'medium', timeStyle: 'medium' });
const WEEKDAY = inZones('en-US', { weekday: 'short' });

/** The calendar day of an instant in a time zone, as `2026-11-24`. */
export function dayIn(zone: string, at: Date): string {
  return DAY(zone).format(at);
}

/** A calendar date in words: "Nov 20", with the year unless it is the current one. */
export function dateWords(zone: string, at: Date, now: Date): string {
  const sameYear = dayIn(zone, at).slice(0, 4) === dayIn(zone, now).slice(0, 4);
  const words = DATE(zone).format(at);
  return sameYear ? words.replace(/, \d+$/, '') : words;
}

/** The exact instant in a time zone, for tooltips and print: "Tue, Nov 24, 2026, 8:40:12 AM Europe/London". */
export function exactWords(zone: string, at: Date): string {
  return `${WEEKDAY(zone).format(at)}, ${clockWords(zone, at)} ${zone}`;
}

/** Date and time to the second: "Nov 24, 2026, 8:40:12 AM". */
export function clockWords(zone: string, at: Date): string {
  return MOMENT(zone).format(at);
}

/** The time of an instant to the second: "8:40:12 AM". */
export function timeWords(zone: string, at: Date): string {
  return TIME(zone).format(at);
}

/**
 * Relative within a day, otherwise absolute: "34 min ago", "Today, 8:40 AM", "Yesterday, 5:02 PM", "Nov 20", "in 38
 * min".
 */
export function whenWords(zone: string, at: Date, now: Date): string {
  const ago = now.getTime() - at.getTime();
  if (Math.abs(ago) < MINUTE) return 'Just now';
  if (Math.abs(ago) < HOUR) {
    const minutes = Math.round(Math.abs(ago) / MINUTE);
    return ago > 0 ? `${minutes} min ago` : `in ${minutes} min`;
  }
  const day = dayIn(zone, at);
  const near = nearDay(day, dayIn(zone, now));
  return near === null ? dateWords(zone, at, now) : `${near}, ${CLOCK(zone).format(at)}`;
}

/** Day and time with seconds: "Today, 8:40:12 AM", "Nov 20, 8:40:12 AM". */
export function dayTimeWords(zone: string, at: Date, now: Date): string {
  return `${dayWords(zone, dayIn(zone, at), now)}, ${timeWords(zone, at)}`;
}

/** By calendar day: when clocks change, the day before is not 24 hours ago. */
function nearDay(day: string, today: string): 'Today' | 'Yesterday' | 'Tomorrow' | null {
  if (day === today) return 'Today';
  if (day === addDays(today, -1)) return 'Yesterday';
  return day === addDays(today, 1) ? 'Tomorrow' : null;
}

const A_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a time is a calendar day such as 2026-11-24 rather than an instant. */
export function isDay(at: string): boolean {
  return A_DAY.test(at);
}

/** A calendar day in words: "Today", "Yesterday", "Tomorrow", "Nov 20". It has no time zone itself, only `now` has. */
export function dayWords(zone: string, day: string, now: Date): string {
  const today = dayIn(zone, now);
  const near = nearDay(day, today);
  if (near !== null) return near;
  const year = today.slice(0, 4);
  const words = DATE('UTC').format(new Date(day));
  return day.startsWith(year) ? words.replace(/, \d+$/, '') : words;
}

/** The words of a time for use within a sentence: "today", but "Nov 20". */
export function inSentence(words: string): string {
  return words.replace(/^[A-Z](?!\w+ \d)/, (first) => first.toLowerCase());
}

/** The exact age of data, for print: an instant with its time zone, or a day. */
export function exactAsOf(zone: string, at: string): string {
  return isDay(at) ? DATE('UTC').format(new Date(at)) : exactWords(zone, new Date(at));
}

/** The browser's time zone, used outside of clients. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The current day in the browser’s time zone, as 2026-11-28: accurate enough to show ages. */
export function today(): string {
  return dayIn(ownZone(), serverNow());
}
