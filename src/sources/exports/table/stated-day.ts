import { orderOfZone } from './date-column.ts';
import { readDate } from './dates.ts';

// A bare "date" inside a line may be the start of a period, so only a line that begins with it counts.
const STATES =
  /(?:^\s*date\b|\b(?:as of|as at|generated|exported|export date|extracted|printed|produced|run date|run on|report date|report run|snapshot|downloaded)\b)[^0-9\p{L}]*(?:on|at|by [^:]+:)?\s*[:=-]?\s*(.+)$/iu;

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
