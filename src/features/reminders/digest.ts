import { countsOf, countWords, dueNow, sumOf, sumWords } from '#domain/reminders/due.ts';
import { count, dayWords } from '#domain/text/words.ts';
import type { WorkItem } from '#domain/work/items.ts';
import { harmlessName } from '../mail/index.ts';
import type { Message } from '../shared/services/mail.ts';
import type { DueClient } from './due.ts';

/** Maximum clients in a mail, and items of work that it names per client. */
const MAX_CLIENTS = 40;
const MAX_NAMED = 10;

interface Letter {
  readonly to: { readonly name: string; readonly email: string };
  readonly due: readonly DueClient[];
  readonly day: string;
  readonly rhythm: 'daily' | 'weekly';
  readonly ownOnly: boolean;
  readonly origin: string;
}

/**
 * The reminder mail: for each client how much is due and a link. Items are named only for clients that allow it. null:
 * nothing is due.
 */
export function digestFor({ to, due, day, rhythm, ownOnly, origin }: Letter): Message | null {
  const clients = due
    .map((one) => ({ ...one, items: dueNow(one.items) }))
    .filter(({ items }) => items.length > 0)
    .map((one) => ({ ...one, counts: countsOf(one.items) }))
    .toSorted((a, b) => b.counts.overdue - a.counts.overdue || sumOf(b.counts) - sumOf(a.counts));
  if (clients.length === 0) return null;
  const all = countsOf(clients.flatMap(({ items }) => items));
  const query = ownOnly ? '?owner=mine' : '';
  const more = clients.length - MAX_CLIENTS;
  return {
    to: to.email,
    // The subject does not name clients, because mail programs show it in notifications.
    subject: `Bylaw: ${sumWords(all)}`,
    text: [
      `${harmlessName(to.name)},`,
      '',
      `${ownOnly ? 'This is assigned to you' : 'This is due'} on ${dayWords(day)}: ${countWords(all)}.`,
      '',
      ...clients
        .slice(0, MAX_CLIENTS)
        .flatMap(({ client, items, counts, named }) => [
          `${harmlessName(client.name)}: ${countWords(counts)}`,
          ...(named ? namedLines(items) : []),
          `${origin}/c/${client.slug}/work${query}`,
          '',
        ]),
      ...(more > 0 ? [`and ${count(more, 'more client', 'more clients')}`, ''] : []),
      `See all of it: ${origin}/work${query}`,
      '',
      `You asked for this email ${rhythm === 'daily' ? 'on working days' : 'once a week'}. To change that, open your account: ${origin}/me`,
    ].join('\n'),
  };
}

function namedLines(items: readonly WorkItem[]): string[] {
  const more = items.length - MAX_NAMED;
  return [
    ...items.slice(0, MAX_NAMED).map((item) => `  - ${lineOf(item)}`),
    ...(more > 0 ? [`  - and ${more} more`] : []),
  ];
}

/** One item of work in a line, for clients whose messages may name it. */
export function lineOf({ title, when, due }: WorkItem): string {
  const name = harmlessName(title);
  if (due === null) return `${name} (waiting)`;
  return `${name} (${when === 'overdue' ? 'overdue since' : 'due'} ${dayWords(due)})`;
}
