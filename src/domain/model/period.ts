import { isDay } from './day.ts';

/** First and last day, YYYY-MM-DD, that figures cover. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** A period as a person writes it: `2026-10-01..2026-10-31`, or one day. null: it is none, or ends before it begins. */
export function parsePeriod(text: string): Period | null {
  const [from = '', to = from, ...more] = text.split('..').map((day) => day.trim());
  return more.length === 0 && isDay(from) && isDay(to) && from <= to ? { from, to } : null;
}

/** As `parsePeriod` reads it. */
export function periodText({ from, to }: Period): string {
  return from === to ? from : `${from}..${to}`;
}
