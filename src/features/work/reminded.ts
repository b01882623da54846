import type { WorkItem } from '#domain/work/items.ts';
import type { WorkReminder } from '#store/reminders/work-reminders.ts';

/** For so many days it is shown among someone's notifications that they were reminded of what is still theirs to do. */
const SHOWN_DAYS = 14;

/** From when on reminders are shown among notifications. */
export function remindedSince(now: Date): Date {
  return new Date(now.getTime() - SHOWN_DAYS * 24 * 3_600_000);
}

/** Whether a reminder was of this piece of work, or of a part of it. */
export function isReminderOf(
  reminder: Pick<WorkReminder, 'item' | 'controls'>,
  item: Pick<WorkItem, 'key' | 'controls'>,
): boolean {
  // The key of a finding changes with whom its controls are given to.
  return item.controls.length === 0
    ? reminder.item === item.key
    : reminder.controls.some((control) => item.controls.includes(control));
}
