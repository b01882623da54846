import { addDays } from '../model/day.ts';
import { type Hours, inNormalHours } from '../model/local-time.ts';
import { WEEKDAYS } from '../model/profile.ts';
import type { Baseline } from './sigma.ts';

/** What one person did on one day of the client's calendar. */
export interface PersonDay {
  readonly person: string;
  readonly day: string;
  readonly messages: number;
  readonly calls: number;
  /** Bit n: something was done between n and n+1 o'clock. */
  readonly hours: number;
}

export interface Calendar {
  /** null: the client stated none. */
  readonly normalHours: Hours | null;
  readonly holidays: readonly string[];
}

/** A day that stands out, with the numbers that make it so. */
export interface Outlier {
  readonly person: string;
  readonly day: string;
  readonly count: number;
  /** More than so many stand out. */
  readonly limit: number;
  /** The person's usual day, or that of all people. */
  readonly usual: number;
  /** How many people, and how many days, `usual` was made from. */
  readonly people: number;
  readonly days: number;
  /** Whose days they are compared with. */
  readonly against: 'own' | 'peers' | 'calendar';
  /** For hours: the unusual ones. */
  readonly hours: readonly number[];
}

/** A person-day that deviates less than this from the median still counts as this, so that constant days do not alarm. */
const LEAST_DEVIATION = 1;
/** Median deviations to standard deviations of a normal spread. */
const MAD_SCALE = 1.4826;
/** A day class with fewer days than this says nothing by itself. */
const FEWEST_DAYS = 3;

/**
 * The days that stand out among `judged`, from the counts of all people. Pure: the same counts give the same answer, in
 * whatever order they were counted.
 */
export function outliers(
  baseline: Baseline,
  days: readonly PersonDay[],
  judged: readonly { readonly person: string; readonly day: string }[],
  calendar: Calendar,
): Outlier[] {
  const book = new Book(days);
  return judged.flatMap(({ person, day }) => {
    const one = book.of(person, day);
    if (one === undefined) return [];
    if (baseline.method === 'hours') return unusualHours(baseline, book, one, calendar) ?? [];
    if (baseline.method === 'average') return average(baseline, book, one) ?? [];
    return robust(baseline, book, one, calendar) ?? [];
  });
}

/** Counts by person and day. */
class Book {
  readonly #by = new Map<string, Map<string, PersonDay>>();

  constructor(days: readonly PersonDay[]) {
    for (const one of days) {
      const own = this.#by.get(one.person) ?? new Map<string, PersonDay>();
      this.#by.set(one.person, own);
      own.set(one.day, one);
    }
  }
  of(person: string, day: string): PersonDay | undefined {
    return this.#by.get(person)?.get(day);
  }
  /** How many days before a day, of the last `days`, somebody was first seen. 0: on none of them. */
  seenFor(person: string, day: string, days: number): number {
    const own = this.#by.get(person);
    if (own === undefined) return 0;
    for (let back = days; back > 0; back -= 1) if (own.has(addDays(day, -back))) return back;
    return 0;
  }
  people(): readonly string[] {
    return [...this.#by.keys()].sort();
  }
}

/** Working days and free days are classes of their own: nobody is unusual for resting. */
function isFree(day: string, { normalHours, holidays }: Calendar): boolean {
  const weekday = WEEKDAYS[(new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7] ?? 'mon';
  const works = normalHours?.days ?? ['mon', 'tue', 'wed', 'thu', 'fri'];
  return holidays.includes(day) || !works.includes(weekday);
}

/** The counts of a person's days of one class before a day, 0 where they had been seen and did nothing. */
function before(
  { days, measure }: Baseline,
  book: Book,
  person: string,
  day: string,
  calendar: Calendar,
): { counts: number[]; span: number } {
  const span = book.seenFor(person, day, days);
  const free = isFree(day, calendar);
  const counts: number[] = [];
  for (let back = 1; back <= span; back += 1) {
    const past = addDays(day, -back);
    if (isFree(past, calendar) === free) counts.push(measured(book.of(person, past), measure));
  }
  return { counts, span };
}

function measured(day: PersonDay | undefined, measure: Baseline['measure']): number {
  return day === undefined ? 0 : measure === 'calls' ? day.calls : day.messages;
}

function robust(baseline: Baseline, book: Book, one: PersonDay, calendar: Calendar): Outlier | null {
  const { factor, floor, measure, newcomerDays } = baseline;
  const count = measured(one, measure);
  if (count < floor) return null;
  const own = before(baseline, book, one.person, one.day, calendar);
  const known = own.span >= newcomerDays && own.counts.length >= FEWEST_DAYS;
  const peers = known ? [] : book.people().filter((person) => person !== one.person);
  const counts = known
    ? own.counts
    : // Days on which a peer did nothing say little of what a day of work looks like.
      peers.flatMap((person) =>
        before(baseline, book, person, one.day, calendar).counts.filter((n) => n > 0),
      );
  // With nobody to compare with nothing can be said, and nothing is.
  if (counts.length < FEWEST_DAYS) return null;
  const usual = median(counts);
  const deviation = Math.max(LEAST_DEVIATION, MAD_SCALE * median(counts.map((n) => Math.abs(n - usual))));
  const limit = Math.max(floor, usual + factor * deviation);
  if (count <= limit) return null;
  return {
    person: one.person,
    day: one.day,
    count,
    limit: round(limit),
    usual: round(usual),
    people: known ? 1 : peers.length,
    days: counts.length,
    against: known ? 'own' : 'peers',
    hours: [],
  };
}

/**
 * The guide's rule: more than so many times the average of all who were active in the window, which ends with the day.
 * With no more people than the factor nobody can ever exceed it, whatever they do.
 */
function average(baseline: Baseline, book: Book, one: PersonDay): Outlier | null {
  const { days, factor, floor, measure } = baseline;
  const totals = new Map<string, number>();
  for (const person of book.people()) {
    let total = 0;
    for (let back = 0; back < days; back += 1)
      total += measured(book.of(person, addDays(one.day, -back)), measure);
    if (total > 0) totals.set(person, total);
  }
  const count = totals.get(one.person) ?? 0;
  if (count < floor) return null;
  const usual = [...totals.values()].reduce((sum, total) => sum + total, 0) / totals.size;
  const limit = factor * usual;
  if (count <= limit) return null;
  return {
    person: one.person,
    day: one.day,
    count,
    limit: round(limit),
    usual: round(usual),
    people: totals.size,
    days,
    against: 'peers',
    hours: [],
  };
}

/** An hour counts as the person's own where they were seen in it, or next to it, on this many days before. */
const USUAL_ON = 2;

function unusualHours(baseline: Baseline, book: Book, one: PersonDay, calendar: Calendar): Outlier | null {
  const { normalHours, holidays } = calendar;
  if (normalHours === null) return null;
  const { days, newcomerDays, floor } = baseline;
  const known = book.seenFor(one.person, one.day, days);
  const seen = Array.from({ length: 24 }, () => 0);
  const free = isFree(one.day, calendar);
  for (let back = 1; back <= known; back += 1) {
    const past = addDays(one.day, -back);
    const day = book.of(one.person, past);
    if (day === undefined || isFree(past, calendar) !== free) continue;
    for (let hour = 0; hour < 24; hour += 1) {
      // The hour itself and its neighbours: people begin a little earlier or later.
      const near = [hour, (hour + 1) % 24, (hour + 23) % 24];
      if (near.some((n) => (day.hours & (1 << n)) !== 0)) seen[hour] = (seen[hour] ?? 0) + 1;
    }
  }
  const weekday = WEEKDAYS[(new Date(`${one.day}T12:00:00Z`).getUTCDay() + 6) % 7] ?? 'mon';
  const hours = Array.from({ length: 24 }, (_, hour) => hour).filter(
    (hour) =>
      (one.hours & (1 << hour)) !== 0 &&
      // An hour that the calendar covers in part is a normal one.
      ![0, 59].some((minute) =>
        inNormalHours({ day: one.day, weekday, minute: hour * 60 + minute }, normalHours, holidays),
      ) &&
      // Whoever is new has no hours of their own yet; then the calendar alone decides.
      (known < newcomerDays || (seen[hour] ?? 0) < USUAL_ON),
  );
  if (hours.length < floor) return null;
  return {
    person: one.person,
    day: one.day,
    count: hours.length,
    limit: floor,
    usual: 0,
    people: 1,
    days: known,
    against: known < newcomerDays ? 'calendar' : 'own',
    hours,
  };
}

export function median(list: readonly number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
