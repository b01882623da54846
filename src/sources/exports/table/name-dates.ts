import { DateTime } from 'luxon';
import type { Period } from '#domain/model/period.ts';
import { orderOfZone } from './date-column.ts';
import { readDate } from './dates.ts';

const PATTERNS: readonly RegExp[] = [
  /(?<!\d)20\d{2}[-_. ]?(?:0[1-9]|1[0-2])[-_. ]?(?:0[1-9]|[12]\d|3[01])(?!\d)/g,
  /(?<!\d)(?:0?[1-9]|[12]\d|3[01])[-_. ]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-_. ,]*20\d{2}(?!\d)/gi,
  /(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-_. ]?(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?[-_. ,]*20\d{2}(?!\d)/gi,
  // A numeric day and month count if one of them cannot be a month, or if the zone uses one order.
  /(?<!\d)(?:\d{1,2})[-_.](?:\d{1,2})[-_.]20\d{2}(?!\d)/g,
];

/** A period whose last day has no year of its own, such as "2026-11-18..12-02" or "2026-11-18 to 12-02". */
const END_WITHOUT_YEAR =
  /(?<!\d)(?<first>20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:\.\.|[-_ ]*[–—][-_ ]*| - |--|[-_ ](?:to|thru|through|until|bis|au|al)[-_ ])(?<last>(?:0[1-9]|1[0-2])[-_.](?:0[1-9]|[12]\d|3[01]))(?![-_.]?\d)/gi;

/**
 * Dates in a file's name, in order. An ambiguous date is read in the order of the zone, and skipped if the zone is not
 * of a country.
 */
export function datesInName(path: string, zone = 'utc'): string[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found: { at: number; day: string }[] = [];
  // A UTC time, as in the names of live readings: it may be tomorrow there and today in the west.
  for (const match of name.matchAll(/(?<!\d)(20\d{6})-(\d{6})z(?![a-z\d])/gi)) {
    const at = DateTime.fromFormat(`${match[1]}${match[2]}`, 'yyyyMMddHHmmss', { zone: 'utc' });
    if (at.isValid) found.push({ at: match.index, day: at.setZone(zone).toFormat('yyyy-MM-dd') });
  }
  for (const pattern of PATTERNS) {
    for (const match of name.matchAll(pattern)) {
      const text = normal(match[0]);
      const day = dayIn(text, zone);
      if (day === null) continue;
      if (found.some(({ at }) => Math.abs(at - (match.index ?? 0)) < 6)) continue;
      found.push({ at: match.index ?? 0, day });
    }
  }
  for (const match of name.matchAll(END_WITHOUT_YEAR)) {
    const { first, last } = match.groups ?? {};
    const from = dayIn(first ?? '', zone);
    if (from === null) continue;
    const inYear = (year: number) => dayIn(`${year}-${(last ?? '').replace(/[._]/g, '-')}`, zone);
    const year = Number(from.slice(0, 4));
    const to = [inYear(year), inYear(year + 1)].find((day) => day !== null && day >= from) ?? null;
    if (to !== null) found.push({ at: match.index + (first ?? '').length, day: to });
  }
  return found.sort((a, b) => a.at - b.at).map(({ day }) => day);
}

function dayIn(text: string, zone: string): string | null {
  const reading = readDate(text, 'utc');
  if (reading.is === 'day' || reading.is === 'ordered') return reading.day;
  const order = reading.is === 'either' ? orderOfZone(zone) : null;
  if (reading.is !== 'either' || order === null) return null;
  return order === 'day first' ? reading.dayFirst : reading.monthFirst;
}

const MONTH =
  /(?<![a-z\d])(?:(?<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-_. ,]*(?<year>20\d{2})|(?<first>20\d{2})[-_. ](?<number>0[1-9]|1[0-2]))(?![\d]|[-_.]\d)/i;
const NAMES = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Full names only, because "Jan" and "May" are also people. */
const MONTH_ALONE =
  /(?<![a-z\d])(january|february|march|april|june|july|august|september|october|november|december)(?![a-z\d]|[-_. ,]*\d)/i;

/**
 * Last day of the month after which a file or its folder is named, such as "members March 2026" or "members (March)"
 * (the last March begun before the file was saved); null: none, or a complete date.
 */
export function monthInName(path: string, saved: string): string | null {
  const [name = '', folder = ''] = path.split('/').reverse();
  for (const text of [name, folder]) {
    const { name: word, year, first, number } = MONTH.exec(text)?.groups ?? {};
    const month = word === undefined ? Number(number) : monthNumber(word);
    const of = Number(year ?? first);
    if (of > 0 && month > 0) return lastDay(of, month);
    const alone = MONTH_ALONE.exec(text)?.[1];
    if (alone === undefined) continue;
    const [savedIn, inMonth] = saved.split('-').map(Number) as [number, number];
    return lastDay(monthNumber(alone) > inMonth ? savedIn - 1 : savedIn, monthNumber(alone));
  }
  return null;
}

/** Before a month: its day, or a word that makes it the start or end of a longer period. */
const NOT_WHOLE =
  /(?:\d(?:st|nd|rd|th)?|(?<![a-z])(?:since|from|after|before|by|to|thru|through|until|till|ytd|as[-_. ]of))[-_. ,]*$/i;

/**
 * The whole month with a year in a file's name, such as "Spend October 2026"; null: none, a day in it, or several
 * months, which may be the ends of a period.
 */
export function periodOfMonthInName(path: string): Period | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found = [...name.matchAll(new RegExp(MONTH, 'gi'))];
  const { name: word, year, first, number } = found[0]?.groups ?? {};
  const month = word === undefined ? Number(number) : monthNumber(word);
  const of = Number(year ?? first);
  if (found.length !== 1 || !(of > 0 && month > 0)) return null;
  if (NOT_WHOLE.test(name.slice(0, found[0]?.index))) return null;
  const to = lastDay(of, month);
  return { from: `${to.slice(0, 7)}-01`, to };
}

function monthNumber(name: string): number {
  return NAMES.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function lastDay(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

function normal(text: string): string {
  if (/[a-z]/i.test(text))
    return text
      .replace(/(\d)([a-z])/gi, '$1 $2')
      .replace(/([a-z])(\d)/gi, '$1 $2')
      .replace(/(\d) (st|nd|rd|th)\b/gi, '$1$2')
      .replace(/[-_.,]+/g, ' ');
  return text.replace(/[_. ]/g, '-');
}
