import { addDays } from '../model/day.ts';
import { ownValue } from '../model/own-value.ts';

/** Holidays on a fixed date: month and day. */
const FIXED: Readonly<Record<string, string>> = {
  '01-01': 'New Year’s Day',
  '06-19': 'Juneteenth',
  '07-04': 'Independence Day',
  '11-11': 'Veterans Day',
  '12-24': 'Christmas Eve',
  '12-25': 'Christmas Day',
  '12-31': 'New Year’s Eve',
};

const THANKSGIVING = 'Thanksgiving Day';

/** Holidays on a weekday of a month: month, weekday (0 is Sunday), and its number; -1 is the last. */
const FLOATING: readonly (readonly [month: number, weekday: number, which: number, name: string])[] = [
  [1, 1, 3, 'Martin Luther King Jr. Day'],
  [2, 1, 3, 'Presidents’ Day'],
  [5, 1, -1, 'Memorial Day'],
  [9, 1, 1, 'Labor Day'],
  [10, 1, 2, 'Columbus Day'],
  [11, 4, 4, THANKSGIVING],
];

/** Holidays observed on the nearest weekday if they fall on a weekend (5 U.S.C. 6103). */
const OBSERVED: readonly string[] = ['01-01', '06-19', '07-04', '11-11', '12-25'];

/** The US name of a client's holiday: "Thanksgiving Day"; otherwise "a holiday". */
export function holidayWords(day: string): string {
  return holidayName(day) ?? 'a holiday';
}

function holidayName(day: string): string | null {
  const own = namedOn(day);
  if (own !== null) return own;
  const weekday = weekdayOf(day);
  const near = weekday === 5 ? addDays(day, 1) : weekday === 1 ? addDays(day, -1) : null;
  if (near !== null && OBSERVED.includes(near.slice(5))) return `${ownValue(FIXED, near.slice(5))}, observed`;
  return namedOn(addDays(day, -1)) === THANKSGIVING ? 'the day after Thanksgiving' : null;
}

function namedOn(day: string): string | null {
  const fixed = ownValue(FIXED, day.slice(5));
  if (fixed !== undefined) return fixed;
  const month = Number(day.slice(5, 7));
  const which = Math.ceil(Number(day.slice(8, 10)) / 7);
  const last = addDays(day, 7).slice(5, 7) !== day.slice(5, 7);
  const found = FLOATING.find(
    ([of, weekday, nth]) =>
      of === month && weekday === weekdayOf(day) && (nth === which || (nth === -1 && last)),
  );
  return found?.[3] ?? null;
}

function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}
