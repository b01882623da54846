import { count } from '#domain/text/words.ts';
import { harmlessName } from '../../mail/index.ts';
import type { Message } from '../../shared/services/mail.ts';
import type { CriticalAlerts } from './send.ts';

/** Address of a client's page of critical alerts. */
export function alertsAddress(origin: string, slug: string): string {
  return `${origin}/c/${slug}/alerts?level=critical`;
}

/** The mail about critical alerts: how many, and a link; never who did what. */
export function alertMail(
  to: { readonly name: string; readonly email: string },
  { client, alerts, titles }: CriticalAlerts,
  origin: string,
): Message {
  return {
    to: to.email,
    // The subject does not name the client, because mail programs show it in notifications.
    subject: `Bylaw: ${count(alerts, 'critical alert')}`,
    text: [
      `${harmlessName(to.name)},`,
      '',
      `${harmlessName(client.name)}: ${count(alerts, 'critical alert')} ${alerts === 1 ? 'is' : 'are'} open.`,
      ...(titles ?? []).map((title) => `  - ${title}`),
      alertsAddress(origin, client.slug),
      '',
      'You asked to be notified of this client’s critical alerts immediately. To change that, open the page above and choose “Notify me”.',
    ].join('\n'),
  };
}
