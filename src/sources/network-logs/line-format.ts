import type { LineRead } from './hit.ts';
import type { DayOrder } from './time.ts';

/** What is known of a file before its lines are read. */
export interface LineContext {
  readonly order: DayOrder | null;
  /** Day of the decision: a line without a year is of the last year in which it is not in the future. */
  readonly today: string;
}

/** A format of lines without a heading. */
export interface LineFormat {
  readonly id: string;
  readonly title: string;
  read(line: string, context: LineContext): LineRead;
  /** The part of a line that holds its day, by which the order of day and month is found. */
  day?(line: string): string | null;
}
