import { addDays, daysBetween } from '../model/day.ts';
import type { ActivityRow } from '../model/kinds.ts';
import type { Reading } from '../model/reading.ts';
import type { CheckContext, UnreadEvents } from '../model/rule.ts';
import { address } from '../people/names.ts';
import { holdsSeat } from '../people/reconcile.ts';
import { count, dayWords, names, number } from '../text/words.ts';
import { signBefore, unknownActBefore } from './policy/first-access.ts';

/**
 * Whether a log covers all of the days, and all of the people, that a control asks about. Something absent from an
 * incomplete log may still have happened, so rules that pass because nothing was found check this first.
 */

/** Days without an entry that are not yet a gap, if a file's period is only known by its entries. */
const QUIET_DAYS = 7;
/** This many events of one kind or one person are not a coincidence. */
const MIN_OF_ONE_KIND = 3;
const MIN_OF_ONE_PERSON = 10;
/** With fewer seats, a single person may well be the only active one. */
const MIN_SEATS = 3;

interface Days {
  readonly from: string;
  readonly to: string;
}

/**
 * The day on which Claude was introduced, by the lockdown and the first invitation in the journal; null: neither is
 * recorded, or someone who may be staff had access earlier.
 */
export function claudeSince(context: CheckContext): string | null {
  const { journal } = context;
  if (!journal.ok) return null;
  const { lockdown, firstInvitation } = journal.value;
  const day = [lockdown?.on, firstInvitation].filter((one) => one !== undefined).sort()[0] ?? null;
  return day !== null && signBefore(context, day) === null && unknownActBefore(context, day) === null
    ? day
    : null;
}

/** First day of a window of this many days that ends on a day, but no earlier than Claude's introduction. */
export function windowStart(context: CheckContext, to: string, days: number): string {
  const start = addDays(to, 1 - days);
  const began = claudeSince(context);
  return began !== null && began > start && began <= to ? began : start;
}

/** Why days do not cover the window of this many days that ends with the last of them, as a sentence; null: they do. */
export function shortOf(
  context: CheckContext,
  what: string,
  { from, to }: Days,
  days: number,
): string | null {
  const start = windowStart(context, to, days);
  if (from <= addDays(start, QUIET_DAYS)) return null;
  const reported = count(daysBetween(from, to) + 1, 'day');
  return `${what} ${reported}, ${from === to ? dayWords(from) : `${dayWords(from)} to ${dayWords(to)}`}, and nothing of the days from ${dayWords(start)} on before that.`;
}

/** With entries on fewer days, a gap has no meaning. */
const MIN_DAYS = 8;

/**
 * Why a file lacks days in its middle although it has entries on most days around them, as a sentence; null: it does
 * not.
 */
export function gapIn(what: string, days: readonly string[]): string | null {
  const all = [...new Set(days)].sort();
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined || all.length < MIN_DAYS) return null;
  const after = all.find((day, at) => at > 0 && daysBetween(all[at - 1] ?? day, day) - 1 > QUIET_DAYS);
  if (after === undefined) return null;
  const before = all[all.indexOf(after) - 1] ?? after;
  const missing = daysBetween(before, after) - 1;
  if (all.length * 2 < daysBetween(first, last) + 1 - missing) return null;
  return `${what} nothing from ${dayWords(addDays(before, 1))} to ${dayWords(addDays(after, -1))}, ${count(missing, 'day')} between others that it shows.`;
}

function sameDays(one: Days | undefined, other: Days): boolean {
  return one?.from === other.from && one.to === other.to;
}

/** Days of a window covered by files of one or a few days each, and why they do not cover it, or null. */
export function missingDays(
  context: CheckContext,
  what: string,
  readings: readonly Reading[],
  days: number,
): string | null {
  const spans = readings.flatMap((reading): Days[] => {
    const { covers, dateFrom, observedOn } = reading;
    if (covers !== undefined) return [covers];
    return dateFrom === 'saved' ? [] : [{ from: observedOn, to: observedOn }];
  });
  const to = spans
    .map((span) => span.to)
    .sort()
    .at(-1);
  if (to === undefined) return `${what} no day that the file names, so it is not known which days it covers.`;
  const start = windowStart(context, to, days);
  const half = readings.flatMap(({ complete, covers }) =>
    complete ||
    covers === undefined ||
    covers.to < start ||
    readings.some((other) => other.complete && sameDays(other.covers, covers))
      ? []
      : [
          covers.from === covers.to
            ? dayWords(covers.to)
            : `${dayWords(covers.from)} to ${dayWords(covers.to)}`,
        ],
  );
  if (half.length > 0) return `${what} a part only of ${names([...new Set(half)])}.`;
  const wanted = daysBetween(start, to) + 1;
  const reported = Array.from({ length: wanted }, (_, at) => addDays(start, at)).filter((day) =>
    spans.some((span) => span.from <= day && day <= span.to),
  ).length;
  return wanted - reported <= QUIET_DAYS
    ? null
    : `${what} ${count(reported, 'day')} of the ${wanted} from ${dayWords(start)} to ${dayWords(to)}.`;
}

/** Why events look like a filtered export, as a sentence; null: they do not. */
export function filtered(
  context: CheckContext,
  { rows }: { readonly rows: readonly Pick<ActivityRow, 'type' | 'actorEmail'>[] },
): string | null {
  const [first] = rows;
  if (first === undefined) return null;
  if (rows.length >= MIN_OF_ONE_KIND && rows.every(({ type }) => type === first.type))
    return `All ${number(rows.length)} events are of one kind (${first.type.replaceAll('_', ' ')}), so the export looks filtered.`;
  return onlyOne(
    context,
    rows.map(({ actorEmail }) => actorEmail),
    'events',
  );
}

/**
 * Why the events given to rules are incomplete, as a sentence: another file of them cannot be used, or they look
 * filtered; null: they are complete. A feed that Bylaw reads itself is never filtered; and of frequent events, rules
 * are given only some.
 */
export function filteredEvents(
  context: CheckContext,
  events: {
    readonly rows: readonly Pick<ActivityRow, 'type' | 'actorEmail'>[];
    readonly unread?: UnreadEvents;
    readonly from?: string;
    readonly to?: string;
  },
): string | null {
  if (events.unread !== undefined) return events.unread.why;
  const feed = context.read('activities');
  const readHere = feed.ok && feed.readings.some(({ provenance }) => provenance === 'api');
  return readHere ? null : (filtered(context, events) ?? quiet(context, events) ?? ended(context, events));
}

/** Days that may lie between the end of the event files and the decision. */
export const LAG_DAYS = 30;

/** Why files of events do not cover the last weeks, whenever they were saved, as a sentence; null: they do. */
function ended({ today }: CheckContext, { to }: { readonly to?: string }): string | null {
  if (to === undefined || addDays(to, LAG_DAYS) >= today) return null;
  return `The event files end on ${dayWords(to)}, ${count(daysBetween(to, today), 'day')} ago.`;
}

/** Days of a log in which people who hold seats leave more than a few traces. */
const MIN_LOG_DAYS = 14;

/** Why a file of several weeks with hardly an event cannot be complete, as a sentence; null: it may be. */
function quiet(
  context: CheckContext,
  { rows, from, to }: { readonly rows: readonly unknown[]; readonly from?: string; readonly to?: string },
): string | null {
  if (rows.length >= MIN_OF_ONE_KIND || from === undefined || to === undefined) return null;
  const days = daysBetween(from, to) + 1;
  const members = context.read('members', 30);
  if (days < MIN_LOG_DAYS || !members.ok) return null;
  const seats = members.rows.filter((row) => holdsSeat(row) && row.status !== 'invited').length;
  if (seats < MIN_SEATS) return null;
  return `The event files hold ${rows.length === 0 ? 'no event' : count(rows.length, 'event')} of ${count(days, 'day')}, although ${seats} people hold a seat, so the export looks filtered or of another organization.`;
}

/** Why entries look like those of one person only, as a sentence; null: they do not. */
export function onlyOne(
  context: CheckContext,
  people: readonly (string | null)[],
  what: string,
): string | null {
  const who = new Set(people.flatMap((one) => (one === null ? [] : [address(one)])));
  const [name] = who;
  if (people.length < MIN_OF_ONE_PERSON || who.size !== 1 || name === undefined) return null;
  const members = context.read('members', 30);
  if (!members.ok || members.rows.filter(holdsSeat).length < MIN_SEATS) return null;
  return `All ${people.length} ${what} are of one person (${name}), although ${members.rows.filter(holdsSeat).length} hold a seat, so the export looks filtered.`;
}
