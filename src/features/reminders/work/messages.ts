import { count } from '#domain/text/words.ts';
import type { ReminderMail } from '#store/reminders/work-reminders.ts';

export const REFUSALS = [
  'settled',
  'nobody',
  'self',
  'no_account',
  'disabled',
  'no_access',
  'not_theirs',
  'recent',
  'many',
] as const;

/** Why no one can be reminded of an item of work now. */
export type Refusal =
  | { readonly code: 'settled' | 'nobody' | 'self' }
  | { readonly code: 'no_account'; readonly name: string; readonly mail: string | null }
  | { readonly code: 'disabled' | 'no_access' | 'not_theirs'; readonly name: string }
  /** `at`: day and time of the last reminder; `next`: when the next one is allowed, both in words. */
  | { readonly code: 'recent'; readonly name: string; readonly at: string; readonly next: string }
  | { readonly code: 'many'; readonly name: string; readonly count: number; readonly next: string };

export function refusalWords(refusal: Refusal): string {
  switch (refusal.code) {
    case 'settled':
      return 'There is nothing left to do here that someone could be reminded of.';
    case 'nobody':
      return 'No one is assigned. Assign it to someone first.';
    case 'self':
      return 'It is assigned to you.';
    case 'no_account':
      return `${refusal.name} has no account here, so Bylaw cannot send them a reminder.${refusal.mail === null ? '' : ` Write to ${refusal.mail}.`}`;
    case 'disabled':
      return `The account of ${refusal.name} is disabled. Assign it to someone else.`;
    case 'no_access':
      return `${refusal.name} can no longer open this client. Assign it to someone else.`;
    case 'not_theirs':
      return `${refusal.name} may not open this. Assign it to someone else, or give them a role that may.`;
    case 'recent':
      return `${refusal.name} was reminded of it on ${refusal.at}. The next reminder can be sent from ${refusal.next} on.`;
    case 'many':
      return `${refusal.name} got ${count(refusal.count, 'reminder')} at this client within a day. The next one can be sent from ${refusal.next} on.`;
  }
}

/** The work was assigned to someone else than was shown. */
export function changedWords(name: string): string {
  return `It is now assigned to ${name}. Look at it again before you send a reminder.`;
}

/** How a reminder will be delivered, before it is sent. */
export function reachWords(name: string, mail: ReminderMail): string {
  switch (mail) {
    case 'not_set_up':
      return `Email is not set up: ${name} sees it under Notifications in the console.`;
    case 'declined':
      return `${name} turned off emails about assigned work and sees it under Notifications in the console.`;
    case 'sandbox':
      return `No email is sent from the sandbox: ${name} sees it under Notifications in the console.`;
    case 'sending':
    case 'sent':
    case 'failed':
      return `${name} gets an email now and sees it under Notifications in the console.`;
  }
}

/** Shown once it was sent. */
export function sentWords(name: string, mail: ReminderMail): string {
  return mail === 'sending' ? `${name} was reminded, also by email.` : `${name} was reminded in the console.`;
}
