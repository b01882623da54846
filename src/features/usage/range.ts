import { DateTime } from 'luxon';
import { z } from 'zod';
import { weekOf } from '#domain/usage/slices.ts';

/** How far back the pages look: whole weeks before the current one, or as far as the log goes. */
export const RANGES = ['4w', '12w', '52w', 'all'] as const;
export type Range = (typeof RANGES)[number];
export const rangeParam = z
  .enum(RANGES)
  .default('12w')
  .describe(
    'Whole weeks before the current one, in addition to the current one; all: as far back as the log goes',
  );

const WEEKS: Readonly<Record<Exclude<Range, 'all'>, number>> = { '4w': 4, '12w': 12, '52w': 52 };

/** Days of a range in the client's zone, with its weeks by their Mondays. */
export interface Span {
  readonly range: Range;
  readonly from: string;
  readonly to: string;
  /** Monday of the current week, of which days are still to come. */
  readonly thisWeek: string;
  /** Monday of the last whole week. */
  readonly lastWeek: string;
  readonly weeks: readonly string[];
}

/** @param first The first day of the log; null: it is empty. */
export function spanOfRange(range: Range, today: string, first: string | null): Span {
  const thisWeek = weekOf(today);
  const lastWeek = addDays(thisWeek, -7);
  const from =
    range === 'all'
      ? weekOf(first === null || first > today ? today : first)
      : addDays(thisWeek, -7 * WEEKS[range]);
  return { range, from, to: today, thisWeek, lastWeek, weeks: weeksFrom(from, thisWeek) };
}

export function addDays(day: string, days: number): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');
}

/** Mondays from one to another, both included. */
export function weeksFrom(from: string, to: string): string[] {
  const weeks: string[] = [];
  for (let week = from; week <= to; week = addDays(week, 7)) weeks.push(week);
  return weeks;
}

export function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}
