import { DateTime } from 'luxon';

/** The day that the invented files speak of. */
export const DRAWN_ON = '2026-11-24';

/** Where the association works. */
export const TIMEZONE = 'America/New_York';

/**
 * Days by which the association's files are moved so that they are fresh on `today`. Whole weeks, since it matters on
 * which day of the week someone signed in; so the files are at most six days old. Never into the past.
 */
export function daysTo(today: string): number {
  const days = DateTime.fromISO(today, { zone: 'utc' }).diff(
    DateTime.fromISO(DRAWN_ON, { zone: 'utc' }),
    'days',
  ).days;
  return Math.max(0, Math.floor(days / 7) * 7);
}

/** Formats in which the files write a day, longest first. Only years near the drawn one are moved: no version or id. */
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

/** The text with every day in it moved. */
export function shiftText(text: string, days: number): string {
  if (days === 0) return text;
  // In one pass, so that no day is moved twice.
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

/** A day that is written without its year. */
function inDrawnYear(text: string): DateTime {
  const month = MONTHS.findIndex((name) => new RegExp(`\\b${name}`).test(text)) + 1;
  return DateTime.fromISO(DRAWN_ON, { zone: 'utc' }).set({ month, day: Number(/\d+/.exec(text)?.[0]) });
}
