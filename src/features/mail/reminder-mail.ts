import type { WorkReminder } from '#store/reminders/work-reminders.ts';
import type { ServerConfig } from '../context.ts';
import type { Message } from '../shared/services/mail.ts';
import { harmlessName } from './harmless.ts';

interface Letter {
  readonly to: { readonly name: string; readonly email: string };
  readonly client: { readonly name: string; readonly slug: string };
  readonly reminder: Pick<WorkReminder, 'title' | 'path' | 'sent_by_name'>;
  /** Whether messages about the client may say what is due. */
  readonly named: boolean;
  readonly config: Pick<ServerConfig, 'origin'>;
}

/**
 * The mail with which one person reminds another of work: that it waits, at which client, and a link. The work and the
 * sender are named only if the client allows messages to name what is due.
 */
export function reminderMail({ to, client, reminder, named, config }: Letter): Message {
  const at = harmlessName(client.name);
  return {
    to: to.email,
    // Without the client's name: subjects show in notifications and previews.
    subject: 'Bylaw: you were reminded of work that is assigned to you',
    text: [
      `${harmlessName(to.name)},`,
      '',
      ...(named
        ? [
            `${harmlessName(reminder.sent_by_name)} reminds you of work that is assigned to you at ${at}:`,
            `  - ${harmlessName(reminder.title)}`,
            `${config.origin}/c/${client.slug}${reminder.path}`,
          ]
        : [
            `You were reminded of a piece of work that is assigned to you at ${at}.`,
            `${config.origin}/c/${client.slug}/work?owner=mine&view=all`,
          ]),
      '',
      `To stop emails about work that is assigned to you, change the setting in your account: ${config.origin}/me`,
    ].join('\n'),
  };
}
