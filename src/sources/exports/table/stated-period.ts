import { addDays } from '#domain/model/day.ts';
import { type Period, periodText } from '#domain/model/period.ts';
import type { Language } from '../words/language.ts';
import { readDates } from './date-column.ts';
import { readDate } from './dates.ts';
import type { View } from './view.ts';

/** Words before a period. Any other label must end with a colon. */
const LABEL =
  /^(?:[^\d:：]*[:：]\s*|(?:[^\d:]*\b)?(?:period|range|dates?|from|for|between|usage|report|zeitraum|vom|von|période|du|período|periodo|de|dal|periode|van)\b[\s,–—-]*|(?:期間|対象期間)\s*)/iu;
const PERIOD_SEPARATOR =
  /\s+(?:-|–|—|to|until|through|thru|and|bis(?: zum)?|à|au|a|al|até|tot(?: en met)?|t\/m)\s+|\s*[–—~〜～]\s*|\s*から\s*|,\s*(?:to|until|bis|a)[:,]?\s*/giu;
const MONTH_DAY = /^(\p{L}{3,}\.?)\s+\d{1,2}(?:st|nd|rd|th)?$/u;
const LAST_YEAR = /\b(20\d{2})\b\D*$/;

const START =
  /^(?:period |report )?(?:start|from|begin\w*|von|ab|début|du|inicio|início|inizio|vanaf|開始日?)(?: date)?\s*[:：]?\s+/iu;
const END =
  /^(?:period |report )?(?:end|to|until|bis|fin|au|fim|até|fine|tot|終了日?)(?: date)?\s*[:：]?\s+/iu;

/** A longer line is text, and the expressions here would take long on it. */
const MAX_LINE = 300;

/**
 * First and last day in the lines above or below tables, as "Period: 1 Oct 2026 - 31 Oct 2026" or on separate lines;
 * null: none, ambiguous without a way to decide, or different in two lines.
 */
export function statedPeriod(views: readonly View[], zone: string): Period | null {
  const found = new Map(
    views.flatMap((view) => {
      const lines = view.beside().filter((line) => line.length <= MAX_LINE);
      const whole = lines.flatMap(
        (line) => periodIn(line.trim().replace(LABEL, ''), zone, view.language) ?? [],
      );
      const periods = whole.length > 0 ? whole : onTwoLines(lines, zone, view.language);
      return periods.map((period) => [periodText(period), period] as const);
    }),
  );
  return found.size === 1 ? ([...found.values()][0] ?? null) : null;
}

function onTwoLines(lines: readonly string[], zone: string, language: Language | null): readonly Period[] {
  const [start, ...starts] = lines.filter((line) => START.test(line.trim()));
  const [end, ...ends] = lines.filter((line) => END.test(line.trim()));
  if (start === undefined || end === undefined || starts.length + ends.length > 0) return [];
  const days = `${start.trim().replace(START, '')} – ${end.trim().replace(END, '')}`;
  const period = periodIn(days, zone, language);
  return period === null ? [] : [period];
}

function periodIn(text: string, zone: string, language: Language | null): Period | null {
  const days = text.replace(/\s*(?:まで)?[.)]*$/u, '').replace(/^\(/, '');
  for (const parting of days.matchAll(PERIOD_SEPARATOR)) {
    const last = days.slice(parting.index + parting[0].length).trim();
    const first = withYear(days.slice(0, parting.index).trim(), last);
    const cells = [first, last].map((cell) => ({ row: 0, cell }));
    const [from, to] = readDates([{ column: '', cells }], zone, language).days[0] ?? [];
    if (from && to && from <= to) return { from, to };
  }
  return wholeMonth(days, zone);
}

/** Such as "October 2026". */
function wholeMonth(text: string, zone: string): Period | null {
  const first = /^\p{L}{3,}\.? 20\d{2}$/u.test(text) ? readDate(`1 ${text}`, zone) : null;
  if (first?.is !== 'day') return null;
  return { from: first.day, to: addDays(`${addDays(first.day, 31).slice(0, 7)}-01`, -1) };
}

/** "October 1" before "October 31, 2026" has the same year. */
function withYear(first: string, last: string): string {
  const year = LAST_YEAR.exec(last)?.[1];
  return year !== undefined && MONTH_DAY.test(first) ? `${first}, ${year}` : first;
}
