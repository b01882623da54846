import type { RecurringTask } from '../model/cadence.ts';
import { addDays, addMonths } from '../model/day.ts';
import { count } from '../text/words.ts';

/** Days after which a look that comes every so many months is late, as the controls reckon it: 31, 92, 183. */
function windowOf(months: number): number {
  return Math.floor(months * 30.5 + 0.5);
}

/** Months between two times; null: it comes when something happens. */
export function monthsOf(task: RecurringTask, own: number | null): number | null {
  return 'months' in task.every ? (own ?? task.every.months) : null;
}

/**
 * The day on which a task is due again after it was done: the same day so many months later, and never later than the
 * controls allow, so that anyone who keeps the day keeps the control. null: it comes when something happens.
 */
export function nextDue(task: RecurringTask, own: number | null, doneOn: string): string | null {
  const months = monthsOf(task, own);
  if (months === null) return null;
  const same = addMonths(doneOn, months);
  const latest = addDays(doneOn, windowOf(months));
  return same < latest ? same : latest;
}

/** "every month", "every 3 months", or the event. */
export function everyWords(task: RecurringTask, own: number | null): string {
  const months = monthsOf(task, own);
  if (months === null) return 'event' in task.every ? task.every.event : '';
  return months === 1 ? 'Every month' : `Every ${count(months, 'month')}`;
}

/** Whether a client lets more time pass than the guide says. */
export function isLooser(task: RecurringTask, own: number | null): boolean {
  return 'months' in task.every && own !== null && own > task.every.months;
}
