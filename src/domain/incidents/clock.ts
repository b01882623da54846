import type { Clock } from '../model/playbook.ts';
import { count } from '../text/words.ts';

const MINUTE = 60_000;

/** When a step is due, counted from when the incident was noticed. */
export function dueAt(noticed: Date, within: Clock): Date {
  const minutes =
    'minutes' in within ? within.minutes : 'hours' in within ? within.hours * 60 : within.days * 1440;
  return new Date(noticed.getTime() + minutes * MINUTE);
}

/** Duration in its two largest units: "3 hours and 5 minutes". */
export function tookWords(from: Date, until: Date): string {
  const minutes = Math.max(0, Math.round((until.getTime() - from.getTime()) / MINUTE));
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  if (days > 0) return hours === 0 ? count(days, 'day') : `${count(days, 'day')} and ${count(hours, 'hour')}`;
  if (hours > 0)
    return rest === 0 ? count(hours, 'hour') : `${count(hours, 'hour')} and ${count(rest, 'minute')}`;
  return count(rest, 'minute');
}

/** "within 4 hours" */
export function withinWords(within: Clock): string {
  if ('minutes' in within) return `within ${count(within.minutes, 'minute')}`;
  return 'hours' in within ? `within ${count(within.hours, 'hour')}` : `within ${count(within.days, 'day')}`;
}
