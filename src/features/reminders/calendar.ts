import { createHash } from 'node:crypto';
import { addDays } from '#domain/model/day.ts';
import { dueNow } from '#domain/reminders/due.ts';
import type { WorkItem } from '#domain/work/items.ts';
import { harmlessName } from '../mail/index.ts';
import { lineOf } from './digest.ts';
import type { DueClient } from './due.ts';

/** Days ahead that a calendar covers, and maximum items of work named in one event. */
const HORIZON = 366;
const MAX_NAMED = 20;

/** The only time zone that needs no rules. */
const UTC = [
  'BEGIN:VTIMEZONE',
  'TZID:Etc/UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
].join('\r\n');

interface Event {
  readonly id: string;
  readonly day: string;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
}

export interface Calendar {
  /** RFC 5545 text, as it is sent. */
  readonly text: string;
  /** Changes only if the events do, regardless of when they were read. */
  readonly etag: string;
}

interface Shown {
  readonly due: readonly DueClient[];
  /** Id of the calendar's owner, so that events of two people differ in a program that shows both. */
  readonly userId: string;
  readonly origin: string;
  readonly now: Date;
}

/**
 * A calendar of all-day events: for each client and day how much is due, and for today what is overdue or waiting.
 * Items are named only for clients that allow it.
 */
export async function calendarOf({ due, userId, origin, now }: Shown): Promise<Calendar> {
  const events = due.flatMap((one) => eventsOf(one, userId, origin));
  // Imported only here, because on most servers no one subscribes to a calendar.
  const { default: ical, ICalEventTransparency } = await import('ical-generator');
  const calendar = ical({
    name: 'Due in Bylaw',
    description: 'How much is due at each client. Open the link to see what it is.',
    prodId: { company: 'Bylaw', product: 'Due work', language: 'EN' },
    ttl: 60 * 60,
    url: `${origin}/work`,
  });
  // A calendar contains at least one component (RFC 5545, 3.6); programs refuse one without as damaged.
  if (events.length === 0) calendar.timezone({ name: 'Etc/UTC', generator: () => UTC });
  for (const event of events)
    calendar.createEvent({
      id: event.id,
      start: event.day,
      end: addDays(event.day, 1),
      allDay: true,
      stamp: now,
      summary: event.summary,
      description: event.description,
      url: event.url,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  const digest = createHash('sha256')
    .update(JSON.stringify([origin, events]))
    .digest('base64url');
  return { text: calendar.toString(), etag: `W/"${digest.slice(0, 32)}"` };
}

function eventsOf({ client, today, items, named }: DueClient, userId: string, origin: string): Event[] {
  const url = `${origin}/c/${client.slug}/work`;
  const name = harmlessName(client.name);
  const event = (what: string, day: string, summary: string, of: readonly WorkItem[]): Event => ({
    id: `${what}-${client.id}-${userId}@${new URL(origin).hostname}`,
    day,
    summary,
    description: [...(named ? namedLines(of) : []), url].join('\n'),
    url,
  });
  const last = addDays(today, HORIZON);
  const ahead = items.filter(
    ({ due, when }) => due !== null && due >= today && due <= last && (when === 'soon' || when === 'later'),
  );
  const days = [...Map.groupBy(ahead, ({ due }) => due ?? '')].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const behind = dueNow(items).filter(({ when }) => when !== 'soon');
  const overdue = behind.filter(({ when }) => when === 'overdue').length;
  const waiting = behind.length - overdue;
  const parts = [
    overdue === 0 ? null : `${overdue} overdue`,
    waiting === 0 ? null : `${waiting} waiting`,
  ].filter((part) => part !== null);
  return [
    ...(behind.length === 0 ? [] : [event('now', today, `${parts.join(', ')}: ${name}`, behind)]),
    ...days.map(([day, of]) => event(`due-${day}`, day, `${of.length} due: ${name}`, of)),
  ];
}

function namedLines(items: readonly WorkItem[]): string[] {
  const more = items.length - MAX_NAMED;
  return [...items.slice(0, MAX_NAMED).map(lineOf), ...(more > 0 ? [`and ${more} more`] : [])];
}
// Guide: G2.2-34
