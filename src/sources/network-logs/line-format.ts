import type { LineRead } from './hit.ts';
import type { DayOrder } from './time.ts';

/** What is known about a file before its lines are read. */
export interface LineContext {
  readonly order: DayOrder | null;
  /** Current day: a line without a year is assigned the latest year in which it is not in the future. */
  readonly today: string;
}

/** A line-based format without headings. */
export interface LineFormat {
  readonly id: string;
  readonly title: string;
  read(line: string, context: LineContext): LineRead;
  /** The part of a line with the day, from which the order of day and month is determined. */
  day?(line: string): string | null;
}
