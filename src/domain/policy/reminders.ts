import { addDays } from '../model/day.ts';
import { workingDayFrom } from '../reminders/holidays.ts';

/** When people are reminded to acknowledge a version. */
export interface ReminderPlan {
  readonly on: boolean;
  /** Days from the version's first day to the first reminder. */
  readonly firstAfter: number;
  /** Days between two reminders. */
  readonly every: number;
  /** Maximum emails per person about one version number, including those that someone requested. */
  readonly most: number;
  readonly daysOff: readonly string[];
}

/** Emails to a person about a version number. */
export interface Asked {
  /** Emails that were sent, or may have been. */
  readonly times: number;
  /** Number of consecutive failed emails, up to the last one. */
  readonly failedInRow: number;
  /** Day of the last attempt; null: none. */
  readonly lastOn: string | null;
}

export const NEVER_ASKED: Asked = { times: 0, failedInRow: 0, lastOn: null };

/** After this many consecutive failures, no more email is sent to an address. */
export const MAX_FAILURES = 5;

/** Day of the next reminder, no earlier than `from`; null: none. A failed one is retried the next day. */
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
