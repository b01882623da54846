import { addDays } from '../model/day.ts';
import { weekdayOf } from './schedule.ts';

interface Holiday {
  readonly month: number;
  /** A day of the month, or the nth weekday (1 is Monday); -1 is the last. */
  readonly on: number | { readonly nth: number; readonly weekday: number };
}

/** Public holidays of the United States under 5 U.S.C. 6103(a), as of November 2026. */
const FEDERAL: readonly Holiday[] = [
  { month: 1, on: 1 },
  { month: 1, on: { nth: 3, weekday: 1 } },
  { month: 2, on: { nth: 3, weekday: 1 } },
  { month: 5, on: { nth: -1, weekday: 1 } },
  { month: 6, on: 19 },
  { month: 7, on: 4 },
  { month: 9, on: { nth: 1, weekday: 1 } },
  { month: 10, on: { nth: 2, weekday: 1 } },
  { month: 11, on: 11 },
  { month: 11, on: { nth: 4, weekday: 4 } },
  { month: 12, on: 25 },
];

/** Whether a day is a US federal holiday: one on a Saturday is observed on Friday, one on a Sunday on Monday. */
export function isFederalHoliday(day: string): boolean {
  // New Year's Day may be observed on December 31 of the year before.
  const year = Number(day.slice(0, 4));
  return [year, year + 1].some((each) => FEDERAL.some((holiday) => keptOn(holiday, each) === day));
}

/** Whether people may be emailed on a day: no weekend, federal holiday or day off. */
export function isWorkingDay(day: string, daysOff: readonly string[] = []): boolean {
  return weekdayOf(day) <= 5 && !isFederalHoliday(day) && !daysOff.includes(day);
}

/** The first working day on or after a day. */
export function workingDayFrom(day: string, daysOff: readonly string[] = []): string {
  let next = day;
  while (!isWorkingDay(next, daysOff)) next = addDays(next, 1);
  return next;
}

function keptOn({ month, on }: Holiday, year: number): string {
  if (typeof on !== 'number') return nthOf(year, month, on);
  const day = dayOf(year, month, on);
  const weekday = weekdayOf(day);
  return weekday === 6 ? addDays(day, -1) : weekday === 7 ? addDays(day, 1) : day;
}

function nthOf(year: number, month: number, { nth, weekday }: { nth: number; weekday: number }): string {
  if (nth < 0) {
    const last = addDays(month === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, month + 1, 1), -1);
    return addDays(last, -((weekdayOf(last) - weekday + 7) % 7));
  }
  const first = dayOf(year, month, 1);
  return addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1));
}

function dayOf(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
// Guide: G8-17
