import { isDay } from './day.ts';

/** First and last day that figures cover, YYYY-MM-DD. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Parses a period: `2026-10-01..2026-10-31`, or a single day. null: malformed, or it ends before it starts. */
export function parsePeriod(text: string): Period | null {
  const [from = '', to = from, ...more] = text.split('..').map((day) => day.trim());
  return more.length === 0 && isDay(from) && isDay(to) && from <= to ? { from, to } : null;
}

/** A period in the format of `parsePeriod`. */
export function periodText({ from, to }: Period): string {
  return from === to ? from : `${from}..${to}`;
}
