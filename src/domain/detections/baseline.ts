import { type Hours, inNormalHours } from '../model/local-time.ts';
import { WEEKDAYS } from '../model/profile.ts';
import type { Baseline } from './sigma.ts';

/** What one person did on one day of the client's calendar. */
export interface PersonDay {
  readonly person: string;
  readonly day: string;
  readonly messages: number;
  readonly calls: number;
  /** Files given to Claude; null: not counted at that time. */
  readonly uploads: number | null;
  /** Their size in bytes, as far as a source reports it. */
  readonly uploadBytes: number | null;
  /** Bit n is set if there was activity between n:00 and n+1:00. */
  readonly hours: number;
}

export interface Calendar {
  /** null: the client has not stated any. */
  readonly normalHours: Hours | null;
  readonly holidays: readonly string[];
}

/** Returns the client's calendar as it was on a given day. */
export type Calendars = (day: string) => Calendar;

/** A day that stands out, with the numbers behind it. */
export interface Outlier {
  readonly person: string;
  readonly day: string;
  readonly count: number;
  /** Counts above this stand out. */
  readonly limit: number;
  /** Typical daily value of the person, or of everyone. */
  readonly usual: number;
  /** Number of people and of days that `usual` is based on. */
  readonly people: number;
  readonly days: number;
  /** What the day is compared with. */
  readonly against: 'own' | 'peers' | 'calendar';
  /** For the hours method: the unusual hours. */
  readonly hours: readonly number[];
  /** true: a holiday in the client's calendar; left out: not a holiday, or not recorded. */
  readonly holiday?: true;
}

/**
 * Lower bound of the deviation, so that a person whose days are all alike does not raise an alert for the smallest
 * change.
 */
const MIN_DEVIATION = 1;
/** Converts a median absolute deviation to a standard deviation, for a normal distribution. */
const MAD_SCALE = 1.4826;
/** Below this many days, a class of days has no usable statistics. */
const MIN_DAYS = 3;

/** Whether a person is compared with their own days only, so that no one else's have to be loaded. */
export function hasOwnBaseline(
  { days, newcomerDays, method }: Baseline,
  own: readonly PersonDay[],
  day: string,
): boolean {
  if (method === 'hours') return true;
  if (method === 'average') return false;
  const at = numbered(day);
  const span = own.reduce((max, one) => {
    const back = at - numbered(one.day);
    return back > 0 && back <= days ? Math.max(max, back) : max;
  }, 0);
  // A shorter span may hold too few days of one weekday class; three weeks never do.
  return span >= Math.max(newcomerDays, 21);
}

/**
 * The outliers among the `judged` days, from the counts of all people. Pure, and independent of the order of the
 * counts.
 */
export function outliers(
  baseline: Baseline,
  days: readonly PersonDay[],
  judged: readonly { readonly person: string; readonly day: string }[],
  calendars: Calendars,
  /** First day for which anything of the client was counted; left out: the earliest of `days`. */
  first: string | null = days.reduce<string | null>((a, { day }) => (a === null || day < a ? day : a), null),
): Outlier[] {
  const book = new Book(days, calendars);
  return judged.flatMap(({ person, day }) => {
    const one = book.people.get(person)?.get(numbered(day));
    if (one === undefined) return [];
    if (first === null || numbered(day) - numbered(first) < baseline.history) return [];
    if (baseline.method === 'hours') return unusualHours(baseline, book, one, calendars(day)) ?? [];
    if (baseline.method === 'average') return average(baseline, book, one) ?? [];
    return robust(baseline, book, one) ?? [];
  });
}

/** Days since 1970, for arithmetic with days. */
function numbered(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
}

/** Counts by person and day number. */
class Book {
  readonly people = new Map<string, Map<number, PersonDay>>();
  readonly #calendars: Calendars;
  readonly #free = new Map<number, boolean>();
  readonly #peers = new Map<number, Peers | null>();

  constructor(days: readonly PersonDay[], calendars: Calendars) {
    this.#calendars = calendars;
    for (const one of days) {
      const own = this.people.get(one.person) ?? new Map<number, PersonDay>();
      this.people.set(one.person, own);
      own.set(numbered(one.day), one);
    }
  }

  /** Working days and days off are separate classes, so that no one stands out for resting. */
  isFree(day: number): boolean {
    const known = this.#free.get(day);
    if (known !== undefined) return known;
    const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
    const { normalHours, holidays } = this.#calendars(date);
    const works = normalHours?.days ?? ['mon', 'tue', 'wed', 'thu', 'fri'];
    const free = holidays.includes(date) || !works.includes(weekdayOf(day));
    this.#free.set(day, free);
    return free;
  }

  /** How many days back, up to `days`, the person was first seen. 0: on none of them. */
  seenFor(person: string, day: number, days: number): number {
    const own = this.people.get(person);
    if (own === undefined) return 0;
    for (let back = days; back > 0; back -= 1) if (own.has(day - back)) return back;
    return 0;
  }

  /** Counts of the person's earlier days of the same class; 0 for days without activity since they were first seen. */
  before({ days, measure }: Baseline, person: string, day: number): { counts: number[]; span: number } {
    const own = this.people.get(person);
    const span = this.seenFor(person, day, days);
    const counts: number[] = [];
    for (let back = 1; back <= span; back += 1)
      if (this.isFree(day - back) === this.isFree(day)) {
        const count = measured(own?.get(day - back), measure);
        if (count !== null) counts.push(count);
      }
    return { counts, span };
  }

  /**
   * What is usual across all people before a day. Days with a count of 0 are left out: they say little about a working
   * day.
   */
  peers(baseline: Baseline, day: number): Peers | null {
    const known = this.#peers.get(day);
    if (known !== undefined) return known;
    const counts: number[] = [];
    const seen = new Set<string>();
    for (const person of this.people.keys())
      for (const count of this.before(baseline, person, day).counts)
        if (count > 0) {
          counts.push(count);
          seen.add(person);
        }
    const made = counts.length < MIN_DAYS ? null : { ...spreadOf(counts), days: counts.length, seen };
    this.#peers.set(day, made);
    return made;
  }
}

interface Spread {
  readonly usual: number;
  readonly deviation: number;
}
type Peers = Spread & { readonly days: number; readonly seen: ReadonlySet<string> };

function spreadOf(counts: readonly number[]): Spread {
  const usual = median(counts);
  const deviation = MAD_SCALE * median(counts.map((n) => Math.abs(n - usual)));
  return { usual, deviation: Math.max(MIN_DEVIATION, deviation) };
}

function weekdayOf(day: number): (typeof WEEKDAYS)[number] {
  // 1970-01-01 was a Thursday.
  return WEEKDAYS[(((day + 3) % 7) + 7) % 7] ?? 'mon';
}

const MEGABYTE = 1_000_000;

/** The measured value of a day; null: it was not counted at that time. */
export function measured(day: PersonDay | undefined, measure: Baseline['measure']): number | null {
  if (day === undefined) return 0;
  if (measure === 'calls') return day.calls;
  if (measure === 'uploads') return day.uploads;
  if (measure === 'upload_megabytes')
    return day.uploadBytes === null ? null : Math.round(day.uploadBytes / MEGABYTE);
  return day.messages;
}

function robust(baseline: Baseline, book: Book, one: PersonDay): Outlier | null {
  const { factor, floor, measure, newcomerDays } = baseline;
  const count = measured(one, measure) ?? 0;
  if (count < floor) return null;
  const day = numbered(one.day);
  const own = book.before(baseline, one.person, day);
  const known = own.span >= newcomerDays && own.counts.length >= MIN_DAYS;
  const peers = known ? null : book.peers(baseline, day);
  const others = peers === null ? 0 : peers.seen.size - (peers.seen.has(one.person) ? 1 : 0);
  // Without peers to compare with there is no result.
  if (!known && (peers === null || others === 0)) return null;
  const { usual, deviation } = peers ?? spreadOf(own.counts);
  const limit = Math.max(floor, usual + factor * deviation);
  if (count <= limit) return null;
  return {
    person: one.person,
    day: one.day,
    count,
    limit: round(limit),
    usual: round(usual),
    people: known ? 1 : others,
    days: peers?.days ?? own.counts.length,
    against: known ? 'own' : 'peers',
    hours: [],
  };
}

/**
 * The guide's rule: more than `factor` times the average of everyone active in the window, which ends with the day. If
 * there are no more people than the factor, no one can ever exceed it.
 */
function average(baseline: Baseline, book: Book, one: PersonDay): Outlier | null {
  const { days, factor, floor, measure } = baseline;
  const last = numbered(one.day);
  const totals = new Map<string, number>();
  for (const [person, own] of book.people) {
    let total = 0;
    for (let back = 0; back < days; back += 1) total += measured(own.get(last - back), measure) ?? 0;
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

/** An hour is usual for a person if they were active in it, or next to it, on this many earlier days. */
const USUAL_ON = 2;

/** Active hours outside the client's calendar; empty if it states no normal hours. */
export function outsideHours(one: PersonDay, { normalHours, holidays }: Calendar): number[] {
  if (normalHours === null) return [];
  const weekday = weekdayOf(numbered(one.day));
  return Array.from({ length: 24 }, (_, hour) => hour).filter(
    (hour) =>
      (one.hours & (1 << hour)) !== 0 &&
      // An hour that the calendar covers partly counts as normal.
      ![0, 59].some((minute) =>
        inNormalHours({ day: one.day, weekday, minute: hour * 60 + minute }, normalHours, holidays),
      ),
  );
}

function unusualHours(baseline: Baseline, book: Book, one: PersonDay, calendar: Calendar): Outlier | null {
  const { days, newcomerDays, floor } = baseline;
  const today = numbered(one.day);
  const outside = outsideHours(one, calendar);
  if (outside.length < floor) return null;
  const own = book.people.get(one.person);
  const known = book.seenFor(one.person, today, days);
  const seenOn = (hour: number): number => {
    // The hour and its neighbors, since people start a little earlier or later.
    const near = (1 << hour) | (1 << ((hour + 1) % 24)) | (1 << ((hour + 23) % 24));
    let seen = 0;
    for (let back = 1; back <= known; back += 1) {
      const past = own?.get(today - back);
      if (past !== undefined && book.isFree(today - back) === book.isFree(today) && (past.hours & near) !== 0)
        seen += 1;
    }
    return seen;
  };
  // Newcomers have no usual hours yet, so for them the calendar alone decides.
  const hours = outside.filter((hour) => known < newcomerDays || seenOn(hour) < USUAL_ON);
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
    ...(calendar.holidays.includes(one.day) ? { holiday: true as const } : {}),
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
// Guide: G7.1-05
