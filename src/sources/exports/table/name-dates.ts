import { readDate } from './dates.ts';

const PATTERNS: readonly RegExp[] = [
  /(?<!\d)20\d{2}[-_. ]?(?:0[1-9]|1[0-2])[-_. ]?(?:0[1-9]|[12]\d|3[01])(?!\d)/g,
  /(?<!\d)(?:0?[1-9]|[12]\d|3[01])[-_. ]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-_. ,]*20\d{2}(?!\d)/gi,
  /(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-_. ]?(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?[-_. ,]*20\d{2}(?!\d)/gi,
  // Day and month in numbers count only where one of them cannot be a month.
  /(?<!\d)(?:\d{1,2})[-_.](?:\d{1,2})[-_.]20\d{2}(?!\d)/g,
];

/** The days that a file's name gives, in order of their place in it. Dates that can be read in two ways are left out. */
export function datesInName(path: string): string[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found: { at: number; day: string }[] = [];
  for (const pattern of PATTERNS) {
    for (const match of name.matchAll(pattern)) {
      const text = normal(match[0]);
      const reading = readDate(text, 'utc');
      if (reading.is !== 'day' && reading.is !== 'ordered') continue;
      if (found.some(({ at }) => Math.abs(at - (match.index ?? 0)) < 6)) continue;
      found.push({ at: match.index ?? 0, day: reading.day });
    }
  }
  return found.sort((a, b) => a.at - b.at).map(({ day }) => day);
}

function normal(text: string): string {
  if (/[a-z]/i.test(text))
    return text
      .replace(/(\d)([a-z])/gi, '$1 $2')
      .replace(/([a-z])(\d)/gi, '$1 $2')
      .replace(/(\d) (st|nd|rd|th)\b/gi, '$1$2')
      .replace(/[-_.,]+/g, ' ');
  const digits = text.replace(/[_. ]/g, '-');
  return digits.includes('-') ? digits : digits;
}
