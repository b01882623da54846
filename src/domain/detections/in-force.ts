import { daysBetween } from '../model/day.ts';

/** Days for which a roster reading counts. */
export const ROSTER_DAYS = 30;

/** A version with the instant from which it is in force, RFC 3339 in UTC with milliseconds. */
export interface Dated<T> {
  readonly from: string;
  readonly value: T;
}

/** Index of the version in force at an instant, the last that had begun; -1: none. */
export function inForceAt(versions: readonly Dated<unknown>[], at: string): number {
  return versions.findLastIndex(({ from }) => from <= at);
}

/** In place of a last day: the list names the person but does not say whether they work here. */
export const NOT_STATED = 'untold';

/** Staff list of one day: by lower-case address, the last day of work, null if open-ended, or {@link NOT_STATED}. */
export interface RosterDay {
  readonly day: string;
  /** null: that day's lists cannot be read, or contradict each other. */
  readonly people: Readonly<Record<string, string | null>> | null;
}

/** Someone's status from one reading on; `last` as in {@link RosterDay}, `undefined` once no row names them. */
interface Status {
  readonly from: number;
  readonly last: string | null | undefined;
}

/** Staff lists of many days, stored per person as changes, so that twenty lists take little more space than one. */
export interface RosterBook {
  /** In order of day. */
  readonly readings: readonly { readonly day: string; readonly readable: boolean }[];
  readonly people: Readonly<Record<string, readonly Status[]>>;
}

export function rosterBook(days: readonly RosterDay[]): RosterBook {
  const sorted = days.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const book: Record<string, Status[]> = Object.create(null);
  for (const [from, { people }] of sorted.entries()) {
    if (people === null) continue;
    for (const [address, last] of Object.entries(people)) {
      const own = book[address] ?? [];
      book[address] = own;
      if (own.length === 0 || own.at(-1)?.last !== last) own.push({ from, last });
    }
    for (const [address, own] of Object.entries(book))
      if (!Object.hasOwn(people, address) && own.at(-1)?.last !== undefined)
        own.push({ from, last: undefined });
  }
  return {
    readings: sorted.map(({ day, people }) => ({ day, readable: people !== null })),
    people: { ...book },
  };
}

/** Index of the reading that applies to a day; null: there was none, or it could not be read. */
function readingOn({ readings }: RosterBook, day: string): number | null {
  const place = readings.findLastIndex((one) => one.day <= day);
  const reading = readings[place];
  if (reading === undefined || !reading.readable || daysBetween(reading.day, day) > ROSTER_DAYS) return null;
  return place;
}

/** Whether a roster covers a day. */
export function hasRoster(book: RosterBook, day: string): boolean {
  return readingOn(book, day) !== null;
}

type PersonState = 'staff' | 'former' | 'not_on_roster';

/**
 * Returns a lookup of whether someone worked here on a day, by the newest roster as of then; null: none, or it does not
 * say.
 */
export function statusBy(book: RosterBook): (address: string, day: string) => PersonState | null {
  const people = new Map(Object.entries(book.people));
  // Cache the last day, because events of one day arrive together.
  let known: { readonly day: string; readonly place: number | null } = { day: '', place: null };
  return (address, day) => {
    if (known.day !== day) known = { day, place: readingOn(book, day) };
    const { place } = known;
    if (place === null) return null;
    const last = people.get(address)?.findLast(({ from }) => from <= place)?.last;
    if (last === undefined) return 'not_on_roster';
    if (last === NOT_STATED) return null;
    return last !== null && day > last ? 'former' : 'staff';
  };
}
