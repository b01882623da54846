import type { Mapping, Table } from '../file-kind.ts';
import { cellValue, compact, words } from './cells.ts';

/** What a kind looks for in a table. Headings are compared without case, blanks, accents and punctuation. */
export interface Field {
  readonly field: string;
  /** Spellings, best first. */
  readonly headings: readonly string[];
  /** Further spellings, tried on the heading's plain words after the list. */
  readonly pattern?: RegExp;
  /** Headings that this field never is, even where the content fits. */
  readonly not?: RegExp;
  /** Several columns may hold it, for example several mail addresses. */
  readonly many?: true;
  /** Several columns may hold it where their cells look like this; of a row the first that is filled counts. */
  readonly further?: (text: string) => boolean;
  /**
   * One column alone may hold it: where a further one is called so too, its cells look like this and differ, only a
   * person knows which of them holds.
   */
  readonly alone?: (text: string) => boolean;
  /** What the cells of the column look like: a heading whose cells hardly do is not it, for example "State" with NY. */
  readonly check?: (text: string) => boolean;
  /** As `check`, and finds the column where no heading does: most of its filled cells look like this. */
  readonly content?: (text: string) => boolean;
  /** Finds the column where no heading does, as `content`; a column with one of the headings is it whatever it holds. */
  readonly guess?: (text: string) => boolean;
}

/** A list of spellings from one text, parted by commas. */
export function list(text: string): readonly string[] {
  return text.split(',').map((spelling) => spelling.replace(/\s+/g, ' ').trim());
}

export interface Columns {
  /** Position of the first column of a field; null where the table has none. */
  first(field: string): number | null;
  all(field: string): readonly number[];
  readonly mapping: readonly Mapping[];
  /** Columns with data that nothing was taken from. */
  readonly unmapped: readonly string[];
}

const OWNERS =
  /^(?:employees?|emp|recipients?|signers?|respondents?|staff|workers?|users?|members?|persons?|peoples?|accounts?|associates?|colleagues?|team members?|staff members?|learners?|trainees?|participants?|students?|claude) /;
const SAMPLE = 300;

/**
 * Decides which column holds what, by heading first and by content where the headings say nothing. What a person
 * decided of a column (`byHand`) is not decided again: null leaves it out, and a field given by hand is not looked for
 * elsewhere. `english` are the headings in English, where they are in another language.
 */
export function mapColumns(
  table: Table,
  fields: readonly Field[],
  byHand: Readonly<Record<string, string | null>> = {},
  english: readonly string[] = table.columns,
): Columns {
  const headings = variantsOfAll(english);
  const found = new Map<string, { index: number; how: Mapping['how'] }[]>();
  const taken = new Set<number>();
  const leftOut = new Set<number>();
  for (const [index, column] of table.columns.entries()) {
    if (!Object.hasOwn(byHand, column)) continue;
    const field = byHand[column] ?? null;
    taken.add(index);
    if (field === null || !fields.some((one) => one.field === field)) leftOut.add(index);
    else put(found, field, index, 'hand');
  }
  const given = new Set(found.keys());
  for (const field of fields) {
    if (given.has(field.field) && !field.many) continue;
    const ranked = headings
      .map((heading, index) => ({ index, rank: taken.has(index) ? null : rankOf(heading, field) }))
      .filter((match): match is { index: number; rank: number } => match.rank !== null)
      // Of two columns of one heading, an empty one is none.
      .sort(
        (a, b) =>
          a.rank - b.rank ||
          Number(isFilled(table, b.index)) - Number(isFilled(table, a.index)) ||
          a.index - b.index,
      );
    const looks = field.content ?? field.check;
    const fitting = ranked.filter(
      ({ index }) => looks === undefined || !isFilled(table, index) || shareOf(table, index, looks) >= 0.3,
    );
    const { further } = field;
    const more = fitting
      .slice(1)
      .filter(
        ({ index }) => field.many ?? (further !== undefined && shareBelow(table, index, further) >= 0.8),
      );
    for (const { index } of [...fitting.slice(0, 1), ...more]) {
      const agrees = looks !== undefined && shareOf(table, index, looks) >= 0.5;
      put(found, field.field, index, agrees ? 'heading and content' : 'heading');
      taken.add(index);
    }
  }
  for (const field of fields) {
    const content = field.content ?? field.guess;
    if (!content || found.has(field.field)) continue;
    const best = headings
      .map((heading, index) => ({
        index,
        share: taken.has(index) || field.not?.test(heading.words) ? 0 : shareOf(table, index, content),
      }))
      .filter(({ share }) => share >= 0.6)
      .sort((a, b) => b.share - a.share || a.index - b.index)[0];
    if (!best) continue;
    put(found, field.field, best.index, 'content');
    taken.add(best.index);
  }
  return {
    first: (field) => found.get(field)?.[0]?.index ?? null,
    all: (field) => found.get(field)?.map(({ index }) => index) ?? [],
    mapping: [...found]
      .flatMap(([field, columns]) =>
        columns.map(({ index, how }) => ({ index, column: table.columns[index] ?? '', field, how })),
      )
      .sort((a, b) => a.index - b.index)
      .map(({ column, field, how }) => ({ column, field, how })),
    unmapped: table.columns.filter(
      (_, index) => (!taken.has(index) || leftOut.has(index)) && hasData(table, index),
    ),
  };
}

function put(
  found: Map<string, { index: number; how: Mapping['how'] }[]>,
  field: string,
  index: number,
  how: Mapping['how'],
): void {
  const list = found.get(field);
  if (list) list.push({ index, how });
  else found.set(field, [{ index, how }]);
}

interface Heading {
  readonly words: string;
  readonly spellings: readonly string[];
}

const VARIANTS = new WeakMap<readonly string[], readonly Heading[]>();

/** What headings are compared by; worked out once per table, since every table is held against every kind. */
function variantsOfAll(columns: readonly string[]): readonly Heading[] {
  const known = VARIANTS.get(columns);
  if (known) return known;
  const headings = columns.map(variantsOf);
  VARIANTS.set(columns, headings);
  return headings;
}

function variantsOf(column: string): Heading {
  const base = column.replace(/ \(\d+\)$/, '');
  const bare = base.replace(/\([^)]*\)|\[[^\]]*\]/g, ' ');
  const plain = words(bare) || words(base);
  return {
    words: words(base),
    spellings: [compact(base), compact(bare), plain.replace(OWNERS, '').replaceAll(' ', '')].filter(
      (text) => text !== '',
    ),
  };
}

/** Whether a heading, in English, is one of those of a field. */
export function isCalled(column: string, field: Field): boolean {
  return rankOf(variantsOf(column), field) !== null;
}

function rankOf(heading: Heading, field: Field): number | null {
  if (field.not?.test(heading.words)) return null;
  for (const [worse, spelling] of heading.spellings.entries()) {
    const rank = spellingsOf(field).get(spelling) ?? -1;
    if (rank >= 0) return rank + worse / 10;
  }
  return field.pattern?.test(heading.words) ? field.headings.length : null;
}

const SPELLINGS = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** Rank of each accepted spelling; worked out once per list, since every table is held against every kind. */
function spellingsOf(field: Field): ReadonlyMap<string, number> {
  const known = SPELLINGS.get(field.headings);
  if (known) return known;
  const ranks = new Map<string, number>();
  for (const [rank, heading] of field.headings.entries()) {
    const spelling = compact(heading);
    if (!ranks.has(spelling)) ranks.set(spelling, rank);
  }
  SPELLINGS.set(field.headings, ranks);
  return ranks;
}

/** Rows by which a table is recognized. */
export function sampleOf(table: Table): Table['rows'] {
  return (table.first ?? table.rows).slice(0, SAMPLE);
}

/** Share of the filled cells of a column that look like something; 0 where all are empty. */
export function shareOf(table: Table, index: number, looks: (text: string) => boolean): number {
  let filled = 0;
  let alike = 0;
  for (const { cells } of sampleOf(table)) {
    const text = cellValue(cells[index]);
    if (text === null) continue;
    filled += 1;
    if (looks(text)) alike += 1;
  }
  return filled === 0 ? 0 : alike / filled;
}

/**
 * Filled cells of a column by which it is known: of the first rows or, where these leave it empty, of those below. A column
 * of last days is empty for most people, and the first three hundred may all work here.
 */
export function cellsOf(table: Table, index: number): readonly string[] {
  const first = sampleOf(table).flatMap(({ cells }) => cellValue(cells[index]) ?? []);
  return first.length > 0 ? first : (cellsBelow(table).get(index) ?? []);
}

function shareBelow(table: Table, index: number, looks: (text: string) => boolean): number {
  const cells = cellsOf(table, index);
  return cells.length === 0 ? 0 : cells.filter(looks).length / cells.length;
}

const BELOW = new WeakMap<Table, ReadonlyMap<number, readonly string[]>>();

/** The first filled cells of every column of a table, from whatever rows; looked up once per table. */
function cellsBelow(table: Table): ReadonlyMap<number, readonly string[]> {
  const known = BELOW.get(table);
  if (known) return known;
  const found = new Map<number, string[]>();
  const visit = ({ cells }: Table['rows'][number]) => {
    for (const [index, cell] of cells.entries()) {
      const text = cellValue(cell);
      const list = found.get(index) ?? [];
      if (text === null || list.length >= SAMPLE) continue;
      list.push(text);
      found.set(index, list);
    }
  };
  if (table.each) table.each(visit);
  else table.rows.forEach(visit);
  BELOW.set(table, found);
  return found;
}

function isFilled(table: Table, index: number): boolean {
  return sampleOf(table).some(({ cells }) => cellValue(cells[index]) !== null);
}

function hasData(table: Table, index: number): boolean {
  return isFilled(table, index) || !/^Column [A-Z]+$/.test(table.columns[index] ?? '');
}
