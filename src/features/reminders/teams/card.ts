import type { Delivery } from '#domain/model/delivery.ts';
import { countsOf, countWords, dueNow, sumOf, sumWords } from '#domain/reminders/due.ts';
import { count, dayWords } from '#domain/text/words.ts';
import { harmlessName } from '../../mail/index.ts';
import { alertsAddress } from '../alerts/alert-mail.ts';
import type { CriticalAlerts } from '../alerts/send.ts';
import { lineOf } from '../digest.ts';
import type { DueClient } from '../due.ts';

/** Maximum items of work that a card names. */
const MAX_NAMED = 25;

type Limits = Pick<Delivery, 'maxBytes' | 'cardVersion'>;

/** A card as JSON, in the envelope that Teams workflows accept. */
export type CardText = string;

/** The card that reminds a channel of what is due at its client: how much, and a link; items only if allowed. */
export function dueCard(
  { client, today, items, named }: DueClient,
  origin: string,
  limits: Limits,
): CardText {
  const due = dueNow(items);
  const counts = countsOf(due);
  const head = [
    heading(sumWords(counts)),
    plain([{ text: harmlessName(client.name), weight: 'Bolder' }, { text: ` · ${dayWords(today)}` }]),
    plain([{ text: countWords(counts) }]),
  ];
  const link = { title: 'Open what is due', url: `${origin}/c/${client.slug}/work` };
  for (let max = named ? MAX_NAMED : 0; ; max -= 5) {
    const shown = due.slice(0, Math.max(0, max));
    const more = due.length - shown.length;
    const lines = shown.map((item) => plain([{ text: `• ${lineOf(item)}` }]));
    const rest = shown.length > 0 && more > 0 ? [plain([{ text: `and ${more} more` }])] : [];
    const card = wrapped([...head, ...lines, ...rest], link, limits);
    if (shown.length === 0 || Buffer.byteLength(card) <= limits.maxBytes) return card;
  }
}

/** Maximum clients on a card. */
const MAX_CLIENTS = 40;

/** The card for the channel of the workspace: how much is due at each client, and a link. */
export function workspaceCard(
  due: readonly DueClient[],
  day: string,
  origin: string,
  limits: Limits,
): CardText {
  const clients = due
    .map(({ client, items }) => ({ name: harmlessName(client.name), counts: countsOf(dueNow(items)) }))
    .filter(({ counts }) => sumOf(counts) > 0)
    .toSorted((a, b) => b.counts.overdue - a.counts.overdue || sumOf(b.counts) - sumOf(a.counts));
  const head = [
    heading(sumWords(countsOf(dueNow(due.flatMap(({ items }) => items))))),
    plain([{ text: dayWords(day) }]),
  ];
  for (let max = MAX_CLIENTS; ; max -= 5) {
    const shown = clients.slice(0, Math.max(0, max));
    const more = clients.length - shown.length;
    const card = wrapped(
      [
        ...head,
        ...shown.map(({ name, counts }) =>
          plain([{ text: name, weight: 'Bolder' }, { text: `: ${countWords(counts)}` }]),
        ),
        ...(more > 0 ? [plain([{ text: `and ${count(more, 'more client', 'more clients')}` }])] : []),
      ],
      { title: 'Open what is due', url: `${origin}/work` },
      limits,
    );
    if (shown.length === 0 || Buffer.byteLength(card) <= limits.maxBytes) return card;
  }
}

/** The card about critical alerts for a channel: how many, and a link; names of rules only if allowed. */
export function alertCard(
  { client, alerts, titles }: CriticalAlerts,
  origin: string,
  limits: Limits,
): CardText {
  return wrapped(
    [
      heading(count(alerts, 'critical alert')),
      plain([{ text: harmlessName(client.name), weight: 'Bolder' }]),
      ...(titles ?? []).slice(0, MAX_NAMED).map((title) => plain([{ text: `• ${title}` }])),
    ],
    { title: 'Open the alerts', url: alertsAddress(origin, client.slug) },
    limits,
  );
}

/** A card saying that someone is testing the channel. */
export function testCard(by: string, of: string, origin: string, limits: Limits): CardText {
  return wrapped(
    [
      heading('Bylaw can post here'),
      plain([
        { text: harmlessName(by), weight: 'Bolder' },
        { text: ' asked for this card, to see whether reminders of ' },
        { text: harmlessName(of), weight: 'Bolder' },
        { text: ' arrive. Nothing has to be done.' },
      ]),
    ],
    { title: 'Open Bylaw', url: origin },
    limits,
  );
}

/** Text of ours only. Teams interprets Markdown in it, so it never contains a name or title. */
function heading(text: string) {
  return { type: 'TextBlock', text, size: 'Medium', weight: 'Bolder', wrap: true };
}

/** Text that Teams does not interpret as Markdown, so that names cannot become links or imitate our text. */
function plain(runs: readonly { readonly text: string; readonly weight?: 'Bolder' }[]) {
  return { type: 'RichTextBlock', inlines: runs.map((run) => ({ type: 'TextRun', ...run })) };
}

function wrapped(
  body: readonly object[],
  link: { readonly title: string; readonly url: string },
  { cardVersion }: Limits,
): CardText {
  return JSON.stringify({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: cardVersion,
          body,
          actions: [{ type: 'Action.OpenUrl', ...link }],
        },
      },
    ],
  });
}
