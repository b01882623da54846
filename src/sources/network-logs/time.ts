import { ownValue } from '#domain/model/own-value.ts';

const MONTHS: Readonly<Record<string, string>> = {
  jan: '01',
  feb: '02',
  mar: '03',
  apr: '04',
  may: '05',
  jun: '06',
  jul: '07',
  aug: '08',
  sep: '09',
  oct: '10',
  nov: '11',
  dec: '12',
};

/** Whether day or month comes first in a numeric date. */
export type DayOrder = 'day first' | 'month first';

/** Converts seconds, milliseconds, microseconds or nanoseconds since 1970 to an instant. */
export function ofEpoch(text: string): string | null {
  const digits = /^(\d{10})(?:\.\d{1,9})?$|^(\d{13})$|^(\d{16})$|^(\d{19})$/.exec(text);
  if (digits === null) return null;
  const value = digits[1] !== undefined ? Number(text) * 1000 : Number(text.slice(0, 13));
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/**
 * Parses a gateway's time: an instant if it has a zone, otherwise wall time as `YYYY-MM-DDTHH:MM`. null: unreadable. A
 * day such as 03/04/2026 requires `order`.
 */
export function readTime(text: string, order: DayOrder | null): string | null {
  const written = text.trim().replace(/^\[|\]$/g, '');
  const epoch = ofEpoch(written);
  if (epoch !== null) return epoch;
  const iso =
    /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i.exec(
      written,
    );
  if (iso !== null) return joined([iso[1], iso[2], iso[3]], iso[4], iso[5], null, iso[7]);
  const apache =
    /^(\d{1,2})[/-]([A-Za-z]{3})[/-](\d{4})[: ](\d{2}):(\d{2}):\d{2}(?:\.\d{1,9})?(?: ([+-]\d{4}))?$/.exec(
      written,
    );
  if (apache !== null)
    return joined([apache[3], monthOf(apache[2]), apache[1]], apache[4], apache[5], null, apache[6]);
  const named =
    /^(?:[A-Za-z]{3},? )?([A-Za-z]{3}) {1,2}(\d{1,2}),? (?:(\d{1,2}):(\d{2}):\d{2} )?(\d{4})(?:,? (\d{1,2}):(\d{2})(?::\d{2}(?:\.\d{1,9})?)?\s*([AP]M)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/i.exec(
      written,
    );
  if (named !== null)
    return joined(
      [named[5], monthOf(named[1]), named[2]],
      named[3] ?? named[6],
      named[4] ?? named[7],
      named[8],
      named[9],
    );
  const local =
    /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d{1,9})?)?\s*([AP]M)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i.exec(
      written,
    );
  if (local === null) return null;
  const [, one, mark, two, year, hour, minute, half, zone] = local;
  const by = orderOf(Number(one), Number(two), mark ?? '', half) ?? order;
  if (by === null) return null;
  return joined(by === 'day first' ? [year, two, one] : [year, one, two], hour, minute, half, zone);
}

/** Order shown by one day alone; null: ambiguous. */
export function orderShown(text: string): DayOrder | null {
  const found =
    /^\[?(\d{1,2})([./-])(\d{1,2})\2\d{4}(?:,?\s+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*([AP]M)?)?/i.exec(
      text.trim(),
    );
  return found === null ? null : orderOf(Number(found[1]), Number(found[3]), found[2] ?? '', found[4]);
}

function orderOf(one: number, two: number, mark: string, half: string | undefined): DayOrder | null {
  if (one > 12) return 'day first';
  if (two > 12) return 'month first';
  if (mark === '.') return 'day first';
  // In these logs, numeric dates with AM and PM come only from places where the month comes first.
  return half === undefined || mark !== '/' ? null : 'month first';
}

/** Wall time of a line without a year: in the latest year in which it is not after `today`. */
export function withYear(month: string, day: string, clock: string, today: string): string | null {
  const year = Number(today.slice(0, 4));
  const of = (one: number) => readTime(`${month} ${day.padStart(2, ' ')}, ${one} ${clock}`, null);
  const now = of(year);
  return now !== null && now.slice(0, 10) > today ? of(year - 1) : now;
}

function monthOf(name: string | undefined): string | undefined {
  return ownValue(MONTHS, (name ?? '').toLowerCase());
}

function joined(
  [year, month, day]: readonly (string | undefined)[],
  hour: string | undefined,
  minute: string | undefined,
  half: string | null | undefined,
  zone: string | undefined,
): string | null {
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const check = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(check.getTime()) || check.toISOString().slice(0, 10) !== date) return null;
  if (hour === undefined || minute === undefined) return date;
  let hours = Number(hour);
  if (half) hours = (hours % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  if (hours > 23 || Number(minute) > 59) return null;
  const time = `${String(hours).padStart(2, '0')}:${minute}`;
  if (zone === undefined) return `${date}T${time}`;
  const offset = /^(?:Z|UTC|GMT)$/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const at = new Date(`${date}T${time}:00${offset}`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
