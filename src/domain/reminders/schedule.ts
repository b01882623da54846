import { addDays } from '../model/day.ts';

/** How often someone is reminded. */
export const RHYTHMS = ['never', 'daily', 'weekly'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** Hours of the day between which reminders are sent, so that no one is reminded at night. */
export const FIRST_HOUR = 7;
export const LAST_HOUR = 18;

/** When reminders are sent. `weekday` is 1 (Monday) to 5 (Friday) and only used for `weekly`. */
export interface Schedule {
  readonly rhythm: Rhythm;
  readonly weekday: number;
}

/** Local time of a person: day and hour. */
export interface LocalTime {
  readonly day: string;
  readonly hour: number;
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/**
 * The day of the newest reminder due by now; null: none. A missed weekly reminder is sent on the next working day, a
 * missed daily one is skipped.
 */
export function periodOf({ rhythm, weekday }: Schedule, now: LocalTime): string | null {
  if (rhythm === 'never') return null;
  const back = rhythm === 'daily' ? 0 : (weekdayOf(now.day) - weekday + 7) % 7;
  const day = addDays(now.day, -back);
  if (weekdayOf(day) > 5) return null;
  if (back === 0 && now.hour < FIRST_HOUR) return rhythm === 'daily' ? null : addDays(day, -7);
  return day;
}

/** Whether reminders may be sent now: on working days, during the day. */
export function isTime({ day, hour }: LocalTime): boolean {
  return weekdayOf(day) <= 5 && hour >= FIRST_HOUR && hour < LAST_HOUR;
}

/**
 * The day up to which reminders were sent or skipped; null if it lies ahead of any time zone, because it was recorded
 * before the clock was set back.
 */
export function believable(done: string | null, today: string): string | null {
  return done !== null && done > addDays(today, 1) ? null : done;
}

/** The day of the next reminder, if those up to `claimed` were sent or skipped; null: none. */
export function nextDay(
  { rhythm, weekday }: Schedule,
  now: LocalTime,
  claimed: string | null,
): string | null {
  if (rhythm === 'never') return null;
  const done = believable(claimed, now.day);
  const over = now.hour >= LAST_HOUR ? addDays(now.day, 1) : now.day;
  const missed = periodOf({ rhythm, weekday }, now);
  const waits = missed !== null && (done === null || done < missed);
  for (let day = over; ; day = addDays(day, 1)) {
    const its = rhythm === 'daily' ? weekdayOf(day) <= 5 : weekdayOf(day) === weekday;
    if (its && (done === null || done < day)) return day;
    if (waits && weekdayOf(day) <= 5) return day;
  }
}
