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

/** Zones that American products write by name, with their offsets. */
const ZONES: Readonly<Record<string, string>> = {
  z: 'Z',
  utc: 'Z',
  gmt: 'Z',
  est: '-05:00',
  edt: '-04:00',
  cst: '-06:00',
  cdt: '-05:00',
  mst: '-07:00',
  mdt: '-06:00',
  pst: '-08:00',
  pdt: '-07:00',
  akst: '-09:00',
  akdt: '-08:00',
  hst: '-10:00',
};
const ZONE = '(Z|UTC|GMT|[ECMP][SD]T|AK[SD]T|HST|[+-]\\d{2}:?\\d{2})';
const CLOCK = `(\\d{1,2}):(\\d{2})(?::\\d{2}(?:\\.\\d{1,9})?)?\\s*([AP]M)?\\s*${ZONE}?`;
const MONTH = '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\\.?';
const WEEKDAY = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?';
/** Such as `Tue, 01 Dec 2026 10:10:00 AM EST`. */
const DAY_MONTH = new RegExp(`^${WEEKDAY}(\\d{1,2}) ${MONTH},? (\\d{4})(?:,? ${CLOCK})?$`, 'i');
/** Such as `Tuesday, December 01, 2026 10:10:00 AM` and `Tue Dec 1 10:10:00 2026`. */
const MONTH_DAY = new RegExp(
  `^${WEEKDAY}${MONTH} {1,2}(\\d{1,2}),? (?:(\\d{1,2}):(\\d{2}):\\d{2} ${ZONE}? ?)?(\\d{4})(?:,? (?:at )?${CLOCK})?$`,
  'i',
);

/** Longer text is no time, and the expressions here would take long to find that out. */
const MAX_LENGTH = 100;

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
  if (written.length > MAX_LENGTH) return null;
  const epoch = ofEpoch(written);
  if (epoch !== null) return epoch;
  const iso =
    /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*([AP]M)?)?\s*(Z|UTC|GMT|[ECMP][SD]T|AK[SD]T|HST|[+-]\d{2}:?\d{2})?$/i.exec(
      written,
    );
  if (iso !== null) return joined([iso[1], iso[2], iso[3]], iso[4], iso[5], iso[7], iso[8]);
  const apache =
    /^(\d{1,2})[/-]([A-Za-z]{3})[/-](\d{4})[: ](\d{2}):(\d{2}):\d{2}(?:\.\d{1,9})?(?: ([+-]\d{4}))?$/.exec(
      written,
    );
  if (apache !== null)
    return joined([apache[3], monthOf(apache[2]), apache[1]], apache[4], apache[5], null, apache[6]);
  const named = DAY_MONTH.exec(written);
  if (named !== null)
    return joined([named[3], monthOf(named[2]), named[1]], named[4], named[5], named[6], named[7]);
  const turned = MONTH_DAY.exec(written);
  if (turned !== null)
    return joined(
      [turned[6], monthOf(turned[1]), turned[2]],
      turned[3] ?? turned[7],
      turned[4] ?? turned[8],
      turned[9],
      turned[5] ?? turned[10],
    );
  const local =
    /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d{1,9})?)?\s*([AP]M)?)?\s*(Z|UTC|GMT|[ECMP][SD]T|AK[SD]T|HST|[+-]\d{2}:?\d{2})?$/i.exec(
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
  return ownValue(MONTHS, (name ?? '').slice(0, 3).toLowerCase());
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
  const offset = ownValue(ZONES, zone.toLowerCase()) ?? `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const at = new Date(`${date}T${time}:00${offset}`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
