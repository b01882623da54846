import { type Budget, Unreadable } from './limits.ts';
import { eachTag, textOfXml, type XmlTag } from './markup.ts';

/** How numbers of a workbook are shown: the format of each cell style, and the first day. */
export interface NumberFormats {
  readonly styles: readonly string[];
  /** Whether days are counted from 1904 instead of 1900. */
  readonly from1904: boolean;
}

/** Formats that Excel does not write down: days and times. */
const BUILT_IN: Readonly<Record<string, string>> = {
  14: 'm/d/yy',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  22: 'm/d/yy h:mm',
};

/** Formats of cell styles, from the workbook's styles. */
export function numberFormats(styles: string, workbook: string): NumberFormats {
  const codes = new Map(Object.entries(BUILT_IN));
  const made: string[] = [];
  let isCell = false;
  eachTag(styles, (tag) => {
    if (tag.name === 'numFmt') codes.set(tag.value('numFmtId'), tag.value('formatCode'));
    else if (tag.name === 'cellXfs') isCell = !tag.isEnd;
    else if (isCell && tag.name === 'xf' && !tag.isEnd) made.push(codes.get(tag.value('numFmtId')) ?? '');
  });
  return {
    styles: made,
    from1904: /<(?:\w+:)?workbookPr\b[^>]{0,999}\bdate1904="(?:1|true)"/u.test(workbook),
  };
}

/** Texts that cells refer to by number. A few bytes can repeat a long one, so repetitions count as unpacked. */
export class SharedTexts {
  readonly #texts: readonly string[];
  readonly #budget: Budget;
  readonly #used = new Set<number>();

  constructor(xml: string, budget: Budget) {
    this.#texts = sharedTexts(xml);
    this.#budget = budget;
  }

  /** Throws {@link Unreadable} if there is no such text, or too much text. */
  at(number: number): string {
    const text = this.#texts[number];
    if (text === undefined) throw new Unreadable('damaged');
    if (this.#used.has(number)) this.#budget.repeated(text.length);
    this.#used.add(number);
    return text;
  }

  /** Texts that no cell referred to, such as those of cells that were deleted. */
  unused(): readonly string[] {
    return this.#texts.filter((_, at) => !this.#used.has(at));
  }
}

/** The texts, without the pronunciation that Japanese ones have. */
function sharedTexts(xml: string): readonly string[] {
  const texts: string[] = [];
  let parts: string[] | null = null;
  let aside = false;
  eachTag(
    xml,
    (tag) => {
      if (tag.name === 'rPh') aside = !tag.isEnd;
      else if (tag.name === 'si' && (tag.isEnd || tag.isEmpty)) {
        texts.push(parts?.join('') ?? '');
        parts = null;
      } else if (tag.name === 'si') parts = [];
    },
    (text) => {
      if (!aside) parts?.push(text);
    },
  );
  return texts;
}

interface Cell {
  readonly column: number;
  readonly text: string;
}

/** Padding of one sheet, in cells: a value far to the right in every row would otherwise fill the memory. */
const MAX_PADDING = 2_000_000;

/**
 * Cells of a sheet as comma-separated lines, without columns and rows that are empty, and then its formulas. All lines
 * have the same number of cells, because tables are recognized by that.
 */
export function sheetText(xml: string, shared: SharedTexts, formats: NumberFormats): string {
  const { rows, formulas } = cellsOf(xml, shared, formats);
  const used = [...new Set(rows.flatMap((row) => row.map(({ column }) => column)))].sort((a, b) => a - b);
  const rank = new Map(used.map((column, at) => [column, at]));
  let room = MAX_PADDING;
  const lines = rows.map((row) => {
    let at = 0;
    const cells = row
      .map(({ column, text }) => {
        const gap = Math.max(at === 0 ? 0 : 1, (rank.get(column) ?? 0) - at);
        const padding = Math.min(gap, Math.max(1, room));
        room -= padding;
        at += gap;
        return `${','.repeat(at === 0 ? 0 : padding)}${quoted(text)}`;
      })
      .join('');
    const rest = Math.max(0, Math.min(used.length - 1 - at, room));
    room -= rest;
    return `${cells}${','.repeat(rest)}`;
  });
  return [lines.join('\n'), ...(formulas.size === 0 ? [] : [[...formulas].join('\n')])].join('\n\n');
}

/** Maximum cells of one sheet as rows, with the empty ones between and after those that are filled. */
const MAX_CELLS = 8_000_000;

/**
 * The cells of a sheet as rows of the same length, without columns and rows that are empty. Throws {@link Unreadable} if
 * they would be too many.
 */
export function sheetRows(
  xml: string,
  shared: SharedTexts,
  formats: NumberFormats,
  budget: Budget,
): readonly (readonly string[])[] {
  const { rows } = cellsOf(xml, shared, formats);
  budget.inTime();
  const used = [...new Set(rows.flatMap((row) => row.map(({ column }) => column)))].sort((a, b) => a - b);
  if (rows.length * used.length > MAX_CELLS) throw new Unreadable('expands');
  const rank = new Map(used.map((column, at) => [column, at]));
  return rows.map((row) => {
    const cells = used.map(() => '');
    for (const { column, text } of row) cells[rank.get(column) ?? 0] = text;
    return cells;
  });
}

function cellsOf(xml: string, shared: SharedTexts, formats: NumberFormats) {
  const rows: Cell[][] = [];
  const formulas = new Set<string>();
  let row: Cell[] = [];
  let cell: { readonly tag: XmlTag; readonly parts: string[]; readonly column: number } | null = null;
  let column = -1;
  let inside = '';
  const endRow = () => {
    if (row.length > 0) rows.push(row);
    row = [];
  };
  eachTag(
    xml,
    (tag) => {
      if (tag.name === 'row') {
        endRow();
        column = -1;
      } else if (tag.name === 'c' && tag.isEnd) {
        const text = cell === null ? '' : shown(cell.tag, cell.parts.join(''), shared, formats);
        if (cell !== null && text !== '') row.push({ column: cell.column, text });
        cell = null;
      } else if (tag.name === 'c') {
        column = columnOf(tag.value('r')) ?? column + 1;
        cell = tag.isEmpty ? null : { tag, parts: [], column };
      } else inside = tag.isEnd || tag.isEmpty ? '' : tag.name;
    },
    (text) => {
      if (inside === 'v' || inside === 't') cell?.parts.push(text);
      // Only texts and long numbers within formulas: a name in one leads to a cell that is read anyway.
      else if (inside === 'f')
        for (const [, quote, digits = ''] of text.matchAll(/"([^"]{3,2000})"|\b(\d{7,19})\b/gu))
          formulas.add(quote ?? digits);
    },
  );
  endRow();
  return { rows: rows.map((cells) => cells.toSorted((a, b) => a.column - b.column)), formulas };
}

/** Number of the column of a cell such as AB12, from 0; null: not stated. */
function columnOf(cell: string): number | null {
  const letters = /^[A-Z]{1,3}/u.exec(cell)?.[0];
  if (letters === undefined) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function shown(tag: XmlTag, value: string, shared: SharedTexts, formats: NumberFormats): string {
  const type = tag.value('t');
  if (type === 's') return value.trim() === '' ? '' : shared.at(Number(value));
  if (type === 'b') return value === '1' ? 'true' : 'false';
  if (type === 'str' || type === 'inlineStr' || type === 'd') return value;
  if (type === 'e' || value.trim() === '') return '';
  const number = Number(value);
  return Number.isFinite(number)
    ? formatted(number, formats.styles[Number(tag.value('s'))] ?? '', formats)
    : value;
}

const DAY_MS = 86_400_000;
/** Day 0 of Excel's calendar, and how many days later the one of old Macs begins. */
const DAY_0 = Date.UTC(1899, 11, 30);
const DAYS_TO_1904 = 1_462;

/**
 * A number as displayed: a day, or digits with leading zeros and hyphens, as in the format of Social Security numbers.
 * Any other is written in full.
 */
function formatted(number: number, format: string, { from1904 }: NumberFormats): string {
  const plain = format.replace(/"[^"]{0,99}"|\[[^\]]{0,99}\]|\\./gu, '');
  if (/[dy]/iu.test(plain) && number >= 0 && number < 2_958_466) {
    const at = new Date(DAY_0 + Math.round((number + (from1904 ? DAYS_TO_1904 : 0)) * DAY_MS));
    const text = at.toISOString();
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
  }
  const mask = format.replaceAll('\\', '');
  if (
    /^(?=(?:.{0,20}0){3})[0 .()-]{3,30}$/u.test(mask) &&
    !mask.includes('.') &&
    Number.isSafeInteger(number)
  )
    return number < 0 ? String(number) : masked(String(number), mask);
  return Number.isInteger(number) && Math.abs(number) < 1e21 ? number.toFixed(0) : String(number);
}

/** Puts digits where zeros are in a mask, from the right. */
function masked(digits: string, mask: string): string {
  const zeros = mask.replace(/[^0]/gu, '').length;
  const all = [...digits.padStart(zeros, '0')];
  const first = all.splice(0, all.length - zeros + 1).join('');
  let at = 0;
  return mask.replace(/0/gu, () => {
    at += 1;
    return at === 1 ? first : (all.shift() ?? '');
  });
}

const quoted = (value: string) =>
  /[",\n]/u.test(value) ? `"${value.replaceAll('"', '""').replace(/\n\s*/gu, ' ')}"` : value;

/** What a sheet has besides cells: heads and feet of pages, links, lists to choose from and filters. */
export function besideCells(xml: string): string {
  const [head = '', ...rest] = xml.split(/<(?:\w{1,20}:)?sheetData\b/u);
  const beside = rest.map((one) => `<sheetData ${one.slice(Math.max(0, one.indexOf('sheetData>')))}`);
  return textOfXml([head, ...beside].join('').replaceAll('</', '\n</'))
    .replace(/\n\s*/gu, '\n')
    .trim();
}
