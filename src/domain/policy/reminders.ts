import { addDays } from '../model/day.ts';
import { workingDayFrom } from '../reminders/holidays.ts';

/** When people are reminded to acknowledge a version. */
export interface ReminderPlan {
  readonly on: boolean;
  /** Days from the first day of the version to the first reminder. */
  readonly firstAfter: number;
  /** Days between two reminders. */
  readonly every: number;
  /** Maximum emails per person about one number, those that somebody asked for included. */
  readonly most: number;
  readonly daysOff: readonly string[];
}

/** What somebody was sent about a number. */
export interface Asked {
  /** Mails that went out, or may have. */
  readonly times: number;
  /** Mails in a row, up to the last one, that could not be handed over. */
  readonly failedInRow: number;
  /** Day of the last attempt; null: there was none. */
  readonly lastOn: string | null;
}

export const NEVER_ASKED: Asked = { times: 0, failedInRow: 0, lastOn: null };

/** After so many mails in a row that could not be handed over an address is left alone. */
export const MAX_FAILURES = 5;

/** Day of the next reminder, `from` at the earliest; null: there is none. One that failed is tried the day after. */
export function nextReminderOn(
  { on, firstAfter, every, most, daysOff }: ReminderPlan,
  { times, failedInRow, lastOn }: Asked,
  { since, from }: { readonly since: string; readonly from: string },
): string | null {
  if (!on || times >= most || failedInRow >= MAX_FAILURES) return null;
  const day = lastOn === null ? addDays(since, firstAfter) : addDays(lastOn, failedInRow > 0 ? 1 : every);
  return workingDayFrom(day > from ? day : from, daysOff);
}
// Guide: G8-17
