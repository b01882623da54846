import { DateTime } from 'luxon';

/** The day for which the sandbox files were written. */
export const DRAWN_ON = '2026-11-24';

/** Time zone of the association. */
export const TIMEZONE = 'America/New_York';

/**
 * Days by which the association's files are moved so that they are current on `today`. Only whole weeks, because some
 * checks depend on the day of the week; the files are therefore at most six days old. Never negative.
 */
export function daysTo(today: string): number {
  const days = DateTime.fromISO(today, { zone: 'utc' }).diff(
    DateTime.fromISO(DRAWN_ON, { zone: 'utc' }),
    'days',
  ).days;
  return Math.max(0, Math.floor(days / 7) * 7);
}

/** Date formats in the files, longest first. The patterns match only nearby years, and no versions or ids. */
const FORMATS: readonly { readonly pattern: RegExp; readonly format: string }[] = [
  { pattern: /(?<![\w-])20(?:1[5-9]|2\d)-\d\d-\d\d(?![\d-])/g, format: 'yyyy-MM-dd' },
  { pattern: /\b(?:1[0-2]|[1-9])\/(?:3[01]|[12]\d|[1-9])\/202\d\b/g, format: 'M/d/yyyy' },
  { pattern: /\b[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d(?= \d\d:\d\d:\d\d EST \d{4})/g, format: 'EEE MMM dd' },
  { pattern: /\b[A-Z][a-z]{2} (?:3[01]|[12]\d|[1-9]), 202\d\b/g, format: 'MMM d, yyyy' },
  {
    pattern:
      /\b(?:3[01]|[12]\d|[1-9]) (?:January|February|March|April|May|June|July|August|September|October|November|December)\b/g,
    format: 'd MMMM',
  },
];

/** Moves every date in a text. */
export function shiftText(text: string, days: number): string {
  if (days === 0) return text;
  // A single pass, so that no date is moved twice.
  const all = new RegExp(FORMATS.map(({ pattern }) => `(${pattern.source})`).join('|'), 'g');
  const moved = text.replace(all, (found, ...groups: (string | undefined)[]) => {
    const format = FORMATS[groups.findIndex((group) => group !== undefined)]?.format ?? '';
    const from = format.includes('yyyy')
      ? DateTime.fromFormat(found, format, { zone: 'utc', locale: 'en' })
      : inDrawnYear(found);
    return from.isValid ? from.plus({ days }).toFormat(format, { locale: 'en' }) : found;
  });
  const year = DateTime.fromISO(DRAWN_ON, { zone: 'utc' }).plus({ days }).year;
  return moved.replace(/(?<=\d\d:\d\d:\d\d EST )\d{4}\b/g, String(year));
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Parses a date without a year. */
function inDrawnYear(text: string): DateTime {
  const month = MONTHS.findIndex((name) => new RegExp(`\\b${name}`).test(text)) + 1;
  return DateTime.fromISO(DRAWN_ON, { zone: 'utc' }).set({ month, day: Number(/\d+/.exec(text)?.[0]) });
}
