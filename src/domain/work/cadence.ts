import type { RecurringTask } from '../model/cadence.ts';
import { addDays, addMonths } from '../model/day.ts';
import { count } from '../text/words.ts';

/** Days after which a check that recurs every so many months is late, as the controls count it: 31, 92, 183. */
function windowOf(months: number): number {
  return Math.floor(months * 30.5 + 0.5);
}

/** Interval in months; null: the task is triggered by an event. */
export function monthsOf(task: RecurringTask, own: number | null): number | null {
  return 'months' in task.every ? (own ?? task.every.months) : null;
}

/**
 * When a task is due again after it was done: the same day some months later, but never later than the controls allow,
 * so that meeting the due date also satisfies the control. null: triggered by an event.
 */
export function nextDue(task: RecurringTask, own: number | null, doneOn: string): string | null {
  const months = monthsOf(task, own);
  if (months === null) return null;
  const same = addMonths(doneOn, months);
  const latest = addDays(doneOn, windowOf(months));
  return same < latest ? same : latest;
}

/** Interval such as "Every month" or "Every 3 months", or the event. */
export function everyWords(task: RecurringTask, own: number | null): string {
  const months = monthsOf(task, own);
  if (months === null) return 'event' in task.every ? task.every.event : '';
  return months === 1 ? 'Every month' : `Every ${count(months, 'month')}`;
}

/** Whether the client's interval is longer than the guide's. */
export function isLooser(task: RecurringTask, own: number | null): boolean {
  return 'months' in task.every && own !== null && own > task.every.months;
}
