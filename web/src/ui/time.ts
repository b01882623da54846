import { addDays } from '../../../src/domain/model/day.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Writes an instant in a zone. To make a format takes far longer than to use it, so that of each zone is made once. */
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

/** The calendar day of an instant in a zone, as `2026-11-24`. */
export function dayIn(zone: string, at: Date): string {
  return DAY(zone).format(at);
}

/** A calendar date in words: "Nov 20", with the year where it is not this one. */
export function dateWords(zone: string, at: Date, now: Date): string {
  const sameYear = dayIn(zone, at).slice(0, 4) === dayIn(zone, now).slice(0, 4);
  const words = DATE(zone).format(at);
  return sameYear ? words.replace(/, \d+$/, '') : words;
}

/** Exact instant in a zone, for a title and for paper: "Tue, Nov 24, 2026, 8:40:12 AM Europe/London". */
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

/** Relative within a day, absolute beyond: "34 min ago", "Today, 8:40 AM", "Yesterday, 5:02 PM", "Nov 20", "in 38 min". */
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

/** By the calendar: where clocks change, the day before is not 24 hours ago. */
function nearDay(day: string, today: string): 'Today' | 'Yesterday' | 'Tomorrow' | null {
  if (day === today) return 'Today';
  if (day === addDays(today, -1)) return 'Yesterday';
  return day === addDays(today, 1) ? 'Tomorrow' : null;
}

const A_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a time is a calendar day, such as 2026-11-24, and no instant. */
export function isDay(at: string): boolean {
  return A_DAY.test(at);
}

/** A calendar day as people say it: "Today", "Yesterday", "Tomorrow", "Nov 20". It has no zone of its own, only `now` has. */
export function dayWords(zone: string, day: string, now: Date): string {
  const today = dayIn(zone, now);
  const near = nearDay(day, today);
  if (near !== null) return near;
  const year = today.slice(0, 4);
  const words = DATE('UTC').format(new Date(day));
  return day.startsWith(year) ? words.replace(/, \d+$/, '') : words;
}

/** The words of a time within a sentence: "today", but "Nov 20". */
export function inSentence(words: string): string {
  return words.replace(/^[A-Z](?!\w+ \d)/, (first) => first.toLowerCase());
}

/** How old data is, exactly, for paper: an instant with its zone, or a day. */
export function exactAsOf(zone: string, at: string): string {
  return isDay(at) ? DATE('UTC').format(new Date(at)) : exactWords(zone, new Date(at));
}

/** The browser's own zone, where no client gives one. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The day of this browser, as 2026-11-28: good enough to say how old something is. */
export function today(): string {
  return dayIn(ownZone(), new Date());
}
