import { daysBetween } from '../model/day.ts';

/** Days for which a reading of the roster tells who works here. */
export const ROSTER_DAYS = 30;

/** A version of something with the instant from which on it counts, RFC 3339 in UTC with milliseconds. */
export interface Dated<T> {
  readonly from: string;
  readonly value: T;
}

/** Place of the version that was in force at an instant, the highest of those that had begun; -1: none was. */
export function inForceAt(versions: readonly Dated<unknown>[], at: string): number {
  return versions.findLastIndex(({ from }) => from <= at);
}

/** Instead of a last day: the list names the person and does not say whether they work here. */
export const NOT_STATED = 'untold';

/** A staff list of one day: by address in lower case the last day of work, null without an end, or {@link NOT_STATED}. */
export interface RosterDay {
  readonly day: string;
  /** null: the lists of that day cannot be read, or contradict each other. */
  readonly people: Readonly<Record<string, string | null>> | null;
}

/** How someone stands from one reading on; `last` as in {@link RosterDay}, `undefined` once no row names them. */
interface Status {
  readonly from: number;
  readonly last: string | null | undefined;
}

/** Staff lists of many days, by person what changed from one to the next, so that twenty are hardly more than one. */
export interface RosterBook {
  /** In order of the day. */
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

/** Place of the reading that tells who worked here on a day; null: there was none that could be read. */
function readingOn({ readings }: RosterBook, day: string): number | null {
  const place = readings.findLastIndex((one) => one.day <= day);
  const reading = readings[place];
  if (reading === undefined || !reading.readable || daysBetween(reading.day, day) > ROSTER_DAYS) return null;
  return place;
}

/** Whether a roster tells who worked here on a day. */
export function hasRoster(book: RosterBook, day: string): boolean {
  return readingOn(book, day) !== null;
}

type PersonState = 'staff' | 'former' | 'not_on_roster';

/** Says whether someone worked here on a day, by the roster that was the newest then; null: there was none, or it does not say. */
export function statusBy(book: RosterBook): (address: string, day: string) => PersonState | null {
  const people = new Map(Object.entries(book.people));
  // Events of one day come together.
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
