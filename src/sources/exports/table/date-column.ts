import type { Cell, Note } from '../file-kind.ts';
import type { Language } from '../words/language.ts';
import { type DateReading, type DayOrder, readDate } from './dates.ts';

/** Zones where numeric dates start with the month. Quebec and Latin America start with the day. */
const MONTH_FIRST = new Set(
  (
    'Adak Anchorage Boise Chicago Denver Detroit Edmonton Halifax Juneau Los_Angeles Menominee Metlakatla Moncton New_York Nome Phoenix Puerto_Rico Regina St_Johns ' +
    'Sitka Toronto Vancouver Whitehorse Winnipeg Yakutat Fort_Wayne Indianapolis Louisville Shiprock St_Thomas Virgin'
  )
    .split(' ')
    .map((name) => `America/${name}`)
    .concat(['Pacific/Honolulu', 'Pacific/Guam', 'Pacific/Pago_Pago']),
);

/** Order used in a zone; null: the zone is not of a country. */
export function orderOfZone(zone: string): DayOrder | null {
  if (MONTH_FIRST.has(zone) || /^US\/|^America\/(Indiana|Kentucky|North_Dakota)\//.test(zone))
    return 'month first';
  return /^[A-Z][A-Za-z]+\/[A-Z]/.test(zone) && !zone.startsWith('Etc/') ? 'day first' : null;
}

export interface DateCells {
  readonly column: string;
  /** Cells of the column, in order. */
  readonly cells: readonly { readonly row: number; readonly cell: Cell | undefined }[];
}

/** Days of a table's date columns, each in the order of `cells`, and notes about them. */
export interface DatesRead {
  readonly days: readonly (readonly (string | null)[])[];
  /** Text of each filled cell that is not a readable day, in the order of `cells`; null elsewhere. */
  readonly unread: readonly (readonly (string | null)[])[];
  readonly notes: readonly Note[];
}

const NOTES_PER_COLUMN = 20;

/**
 * Reads whole columns, because a single cell often does not show whether day or month comes first. The order follows
 * from the column's own values, then from the table's other date columns, then from dots (day first) and the client's
 * zone, with a note. If a column mixes both orders, only unambiguous cells are read. Dates are never guessed.
 */
export function readDates(
  columns: readonly DateCells[],
  zone: string,
  language: Pick<Language, 'name'> | null = null,
): DatesRead {
  const read = columns.map(({ cells }) => {
    const memo = new Map<Cell | undefined, DateReading>();
    const ofDayNumbers = cells.some(({ cell }) => isDayNumber(asSerial(cell)));
    return cells.map(({ cell }) => {
      const known = memo.get(cell);
      if (known) return known;
      const reading: DateReading =
        ofDayNumbers && isFirstDay(cell)
          ? { is: 'none', word: String(cell).trim() }
          : readDate(asSerial(cell), zone);
      memo.set(cell, reading);
      return reading;
    });
  });
  const votes = read.map(ordersIn);
  const table = new Set(votes.flatMap((orders) => [...orders]));
  const notes: Note[] = [];
  const days = columns.map((column, index) =>
    resolve(column, read[index] ?? [], votes[index] ?? new Set(), table, { zone, language }, notes),
  );
  for (const { column, cells } of columns) {
    const serials = cells.filter(({ cell }) => asSerial(cell) !== cell).length;
    if (serials > 0)
      notes.push({
        row: null,
        column,
        says: `Numbers of five digits were read as the day numbers of a spreadsheet in ${serials === 1 ? 'one row' : `${serials} rows`}.`,
      });
  }
  const unread = read.map((readings, index) =>
    readings.map((reading, at) => (days[index]?.[at] === null ? unreadText(reading) : null)),
  );
  return { days, unread, notes };
}

/** In a date column, five-digit text is a spreadsheet's serial number. */
function asSerial(cell: Cell | undefined): Cell | undefined {
  return typeof cell === 'string' && /^\s*[1-7]\d{4}(?:\.\d+)?\s*$/.test(cell) ? Number(cell) : cell;
}

function isDayNumber(cell: Cell | undefined): boolean {
  return typeof cell === 'number' && cell >= 10_000 && cell < 80_000;
}

/** Among serial numbers, the first days of 1900, which systems write for "no date". */
function isFirstDay(cell: Cell | undefined): boolean {
  return cell !== null && cell !== undefined && /^\s*[012](?:\.0+)?\s*$/.test(String(cell));
}

/** Whether a date column could contain this cell. */
export function looksLikeDate(cell: Cell | undefined, zone: string): boolean {
  const { is } = readDate(asSerial(cell), zone);
  return is === 'day' || is === 'either' || is === 'ordered';
}

/** Words for a day that exists but that the file does not give. */
const NOT_SAID = new Set(['unknown', '?', 'tbc']);

function unreadText(reading: DateReading): string | null {
  if (reading.is === 'unreadable') return reading.text;
  if (reading.is === 'either') return `${reading.dayFirst} or ${reading.monthFirst}`;
  return reading.is === 'none' && NOT_SAID.has(reading.word.toLowerCase()) ? reading.word : null;
}

function ordersIn(readings: readonly DateReading[]): Set<DayOrder> {
  return new Set(readings.flatMap((reading) => (reading.is === 'ordered' ? [reading.order] : [])));
}

interface Place {
  readonly zone: string;
  /** Language of the headings; null: English. */
  readonly language: Pick<Language, 'name'> | null;
}

type Decision = { readonly order: DayOrder | null; readonly because: string | null };

function decide(
  readings: readonly DateReading[],
  own: ReadonlySet<DayOrder>,
  table: ReadonlySet<DayOrder>,
  { zone, language }: Place,
): Decision {
  const [only] = own;
  if (own.size === 1 && only) return { order: only, because: null };
  if (own.size > 1) return { order: null, because: 'this column holds dates in both orders' };
  const [other] = table;
  if (table.size === 1 && other) return { order: other, because: `the other dates of the file are ${other}` };
  if (readings.every((reading) => reading.is !== 'either' || reading.dotted))
    return { order: 'day first', because: 'dates with dots are' };
  if (language !== null) return { order: 'day first', because: `the headings are in ${language.name}` };
  const order = orderOfZone(zone);
  if (order) return { order, because: `no value says and the client is in ${zone}` };
  return {
    order: null,
    because: `no value says whether day or month comes first, and the time zone ${zone} names no country`,
  };
}

function resolve(
  column: DateCells,
  readings: readonly DateReading[],
  own: ReadonlySet<DayOrder>,
  table: ReadonlySet<DayOrder>,
  place: Place,
  notes: Note[],
): (string | null)[] {
  const { order, because } = decide(readings, own, table, place);
  const words = new Map<string, number>();
  const unread: Note[] = [];
  let assumed = 0;
  const either = (reading: Extract<DateReading, { is: 'either' }>, row: number | null): string | null => {
    if (order === null) {
      unread.push({
        row,
        column: column.column,
        says: `The date can be ${reading.dayFirst} or ${reading.monthFirst}: ${because}. Stored as empty.`,
      });
      return null;
    }
    assumed += because === null ? 0 : 1;
    return order === 'day first' ? reading.dayFirst : reading.monthFirst;
  };
  const days = readings.map((reading, index): string | null => {
    const row = column.cells[index]?.row ?? null;
    if (reading.is === 'day' || reading.is === 'ordered') return reading.day;
    if (reading.is === 'either') return either(reading, row);
    if (reading.is === 'none') {
      const word = reading.word.toLowerCase();
      words.set(word, (words.get(word) ?? 0) + 1);
    } else if (reading.is === 'unreadable') {
      unread.push({
        row,
        column: column.column,
        says: `“${reading.text.slice(0, 60)}” is not a date that Bylaw can read. Stored as empty.`,
      });
    }
    return null;
  });
  for (const [word, times] of words) {
    notes.push({
      row: null,
      column: column.column,
      says: `“${word}” is not a date. Stored as empty${times > 1 ? ` in ${times} rows` : ''}.`,
    });
  }
  if (assumed > 0)
    notes.push({
      row: null,
      column: column.column,
      says: `Dates such as 03/04/2026 were read ${order}, since ${because}${because === 'dates with dots are' ? ' written so' : ''}.`,
    });
  notes.push(...unread.slice(0, NOTES_PER_COLUMN));
  if (unread.length > NOTES_PER_COLUMN) {
    notes.push({
      row: null,
      column: column.column,
      says: `${unread.length - NOTES_PER_COLUMN} further dates could not be read. Stored as empty.`,
    });
  }
  return days;
}
