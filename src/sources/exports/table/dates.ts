import { DateTime } from 'luxon';
import { isDay } from '#domain/model/day.ts';
import { list } from '#domain/text/list.ts';
import { unicodeForm } from '#domain/text/unicode-form.ts';
import type { Cell } from '../file-kind.ts';
import { cellText } from './cells.ts';

export type DayOrder = 'day first' | 'month first';

/** A cell's date, before the order of day and month in its column is known. */
export type DateReading =
  | { readonly is: 'day'; readonly day: string }
  /** Ambiguous, such as 03/04/2026. */
  | {
      readonly is: 'either';
      readonly dayFirst: string;
      readonly monthFirst: string;
      readonly dotted: boolean;
    }
  /** Valid in one order only, which shows the order of its column. */
  | { readonly is: 'ordered'; readonly day: string; readonly order: DayOrder }
  | { readonly is: 'empty' }
  /** A word for "no date", such as "never". */
  | { readonly is: 'none'; readonly word: string }
  | { readonly is: 'unreadable'; readonly text: string };

const NO_DATE = new Set(
  list(
    'never, n/a, na, n.a., #n/a, none, null, nil, -, --, ---, –, —, unknown, tbd, tba, tbc, present, current, currently, now, ongoing, open, open-ended, indefinite, permanent, not applicable, not yet, no, pending, ?, 0000-00-00, 00/00/0000, (blank), (none), nan, nat',
  ),
);
const LOCALES = ['en', 'de', 'fr', 'es'] as const;
const NAMED = [
  'd LLL yyyy',
  'd LLLL yyyy',
  'LLL d yyyy',
  'LLLL d yyyy',
  'yyyy LLL d',
  'yyyy LLLL d',
  'd LLL yy',
  'd LLLL yy',
  'LLL d yy',
  'LLLL d yy',
] as const;
const TIME =
  /[\sT,|]+(?:at |um |à )?\d{1,2}(?:[:.]|\s?h\s?)\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?\s*(?:[ap]\.?\s?m\.?)?\s*(?:Z|\(?[A-Z]{2,5}\)?|(?:GMT|UTC)?\s?[+-]\d{1,2}(?::?\d{2})?)?(?:\s*\([^)]*\))?$/iu;
const WEEKDAY =
  /^(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?\.?,?\s+|^(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|mo|di|mi|do|fr|sa|so|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)\.?,?\s+(?=\d{1,2}\.?\s+\p{L})/iu;
const DAY_BEFORE_FIRST_SERIAL = DateTime.fromObject({ year: 1899, month: 12, day: 30 }, { zone: 'utc' });

/** Reads one cell. `zone` converts instants to the client's day; a date without a zone is taken as is. */
export function readDate(cell: Cell | undefined, zone: string): DateReading {
  if (typeof cell === 'number') return readNumber(cell, zone);
  // Spreadsheets mark a date stored as text with an apostrophe, which some exports include.
  const text = cellText(cell)?.replace(/^'(?=\d)/, '') ?? null;
  if (text === null) return { is: 'empty' };
  const lower = text.toLowerCase();
  // The last day that a system can represent means "no end", in either order.
  if (NO_DATE.has(lower) || /^(?:31[-/. ]?12|12[-/. ]?31)[-/. ]?9999\b|^9999[-/. ]?12[-/. ]?31\b/.test(lower))
    return { is: 'none', word: text };
  return readText(text, zone) ?? { is: 'unreadable', text };
}

/** A number: a spreadsheet's serial date, or seconds or milliseconds since 1970, as APIs return them. */
function readNumber(value: number, zone: string): DateReading {
  if (value >= 10_000 && value < 80_000) {
    return (
      known(DAY_BEFORE_FIRST_SERIAL.plus({ days: Math.floor(value) })) ?? {
        is: 'unreadable',
        text: String(value),
      }
    );
  }
  if (value >= 1e9 && value < 5e9)
    return known(DateTime.fromSeconds(value, { zone })) ?? { is: 'unreadable', text: String(value) };
  if (value >= 1e12 && value < 5e12)
    return known(DateTime.fromMillis(value, { zone })) ?? { is: 'unreadable', text: String(value) };
  if (Number.isInteger(value) && /^(19|20)\d{6}$/.test(String(value))) {
    return (
      known(DateTime.fromFormat(String(value), 'yyyyMMdd', { zone: 'utc' })) ?? {
        is: 'unreadable',
        text: String(value),
      }
    );
  }
  return { is: 'unreadable', text: String(value) };
}

function readText(text: string, zone: string): DateReading | null {
  if (/^\d{4}-\d{2}-\d{2}/.test(text)) {
    const iso = DateTime.fromISO(
      text
        .replace(/^(\S{10}) +(?=\d)/, '$1T')
        .replace(/ (?=[+-]\d|Z|UTC)/, '')
        .replace(/UTC$/, 'Z'),
      { setZone: true },
    );
    // Programs write a day without a time as midnight, whatever the zone.
    const isDayAlone = iso.isValid && iso.toMillis() === iso.startOf('day').toMillis();
    if (iso.isValid)
      return known(
        !isDayAlone && /[Zz]$|[+-]\d{2}:?\d{2}$/.test(text.slice(10).replace(/ ?UTC$/, 'Z'))
          ? iso.setZone(zone)
          : iso,
      );
  }
  if (/^\d{10}$|^\d{13}$/.test(text)) return readNumber(Number(text), zone);
  if (/^(19|20)\d{6}$/.test(text)) return known(DateTime.fromFormat(text, 'yyyyMMdd', { zone: 'utc' }));

  const day = text.replace(WEEKDAY, '').replace(TIME, '').trim();
  const numbers = /^(\d{1,4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?$/.exec(day);
  if (numbers) return readNumbers(numbers[1] ?? '', numbers[2] ?? '', numbers[3] ?? '', numbers[4] ?? '');
  const japanese = /^(\d{4})年\s?(\d{1,2})月\s?(\d{1,2})日$/.exec(day);
  if (japanese) return known(dayOf(`${japanese[1]}-${japanese[2]}-${japanese[3]}`, 'yyyy-M-d'));
  return readNamed(day);
}

function readNumbers(a: string, separator: string, b: string, c: string): DateReading | null {
  if (a.length === 4) return known(dayOf(`${a}-${b}-${c}`, 'yyyy-M-d'));
  if (c.length !== 4 && c.length !== 2) return null;
  const year = c.length === 4 ? 'yyyy' : 'yy';
  const text = `${a}-${b}-${c}`;
  const dayFirst = known(dayOf(text, `d-M-${year}`));
  const monthFirst = known(dayOf(text, `M-d-${year}`));
  if (dayFirst?.is === 'day' && monthFirst?.is === 'day') {
    return dayFirst.day === monthFirst.day
      ? dayFirst
      : { is: 'either', dayFirst: dayFirst.day, monthFirst: monthFirst.day, dotted: separator === '.' };
  }
  if (dayFirst?.is === 'day') return { is: 'ordered', day: dayFirst.day, order: 'day first' };
  if (monthFirst?.is === 'day') return { is: 'ordered', day: monthFirst.day, order: 'month first' };
  return null;
}

const ENGLISH_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * German, French, Spanish, Dutch, Portuguese and Italian month names, long and short, without accents and periods,
 * mapped to English.
 */
const MONTHS: ReadonlyMap<string, string> = new Map(
  ['de', 'fr', 'es', 'nl', 'pt', 'it'].flatMap((locale) =>
    (['long', 'short'] as const).flatMap((month) => {
      const format = new Intl.DateTimeFormat(locale, { month, timeZone: 'UTC' });
      return ENGLISH_MONTHS.map(
        (name, at) => [folded(format.format(new Date(Date.UTC(2026, at, 15)))), name] as const,
      );
    }),
  ),
);

function folded(word: string): string {
  return unicodeForm(word, 'NFKD')
    .replace(/[\p{M}.]/gu, '')
    .toLowerCase();
}

function readNamed(day: string): DateReading | null {
  const parts = day
    .replace(/(\d)(?:st|nd|rd|th|er|re)\b/giu, '$1')
    .replace(/\bsept\b/giu, 'sep')
    .replace(/\b(?:of|de|del)\b/giu, ' ')
    .replace(/[\s,./-]+/gu, ' ')
    .replace(/\p{L}{3,}/gu, (word) => MONTHS.get(folded(word)) ?? word)
    .trim();
  if (parts.length > 30 || !/\p{L}{3}/u.test(parts) || !/\d/.test(parts)) return null;
  for (const locale of LOCALES) {
    for (const format of NAMED) {
      const read = known(DateTime.fromFormat(parts, format, { zone: 'utc', locale }));
      if (read) return read;
    }
  }
  return null;
}

function dayOf(text: string, format: string): DateTime {
  return DateTime.fromFormat(text, format, { zone: 'utc' });
}

/** A day in a plausible year; null: anything else. */
function known(date: DateTime): Extract<DateReading, { is: 'day' }> | null {
  if (!date.isValid || date.year < 1900 || date.year > 2200) return null;
  return { is: 'day', day: date.toFormat('yyyy-MM-dd') };
}

/** An instant as RFC 3339 in UTC, or null. Without a zone, the client's is assumed. */
export function readInstant(text: string, zone: string): string | null {
  // JavaScript parses November 31 as December 1.
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && !isDay(text.slice(0, 10))) return null;
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(text))
    return Number.isNaN(Date.parse(text)) ? null : text;
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return null;
  const iso = text
    .replace(/^(\S{10}) +(?=\d)/, '$1T')
    .replace(/ (?=[+-]\d|Z|UTC)/, '')
    .replace(/UTC$/, 'Z');
  const date = DateTime.fromISO(iso, { zone });
  if (!date.isValid || date.year < 1900 || date.year > 2200) return null;
  return date.toUTC().toISO({ suppressMilliseconds: true });
}
