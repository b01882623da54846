import type { WorkItem } from '#domain/work/items.ts';
import type { WorkReminder } from '#store/reminders/work-reminders.ts';

/** Days for which a notification shows that someone was reminded of work that is still open. */
const SHOWN_DAYS = 14;

/** Start of the period whose reminders are shown among notifications. */
export function remindedSince(now: Date): Date {
  return new Date(now.getTime() - SHOWN_DAYS * 24 * 3_600_000);
}

/** Whether a reminder was about this piece of work, or part of it. */
export function isReminderOf(
  reminder: Pick<WorkReminder, 'item' | 'controls'>,
  item: Pick<WorkItem, 'key' | 'controls'>,
): boolean {
  // Compared by controls, because the key of a finding changes when its controls are assigned to someone else.
  return item.controls.length === 0
    ? reminder.item === item.key
    : reminder.controls.some((control) => item.controls.includes(control));
}
