import { orderOfZone } from './date-column.ts';
import { readDate } from './dates.ts';

const STATES =
  /\b(?:as of|as at|generated|exported|export date|extracted|created|printed|produced|run date|run on|report date|report run|snapshot|downloaded|effective|date)\b[^0-9\p{L}]*(?:on|at|by [^:]+:)?\s*[:=-]?\s*(.+)$/iu;

/** The day that the lines above a table give as the report's own, for example "As of 24 Nov 2026"; null where none does. */
export function statedDay(title: readonly string[], zone: string): string | null {
  for (const line of title) {
    const text = STATES.exec(line)?.[1]?.trim();
    if (!text) continue;
    const reading = readDate(text, zone);
    if (reading.is === 'day' || reading.is === 'ordered') return reading.day;
    if (reading.is === 'either') {
      const order = orderOfZone(zone);
      if (order) return order === 'day first' ? reading.dayFirst : reading.monthFirst;
    }
  }
  return null;
}
