import type { Mapping, Table } from '../file-kind.ts';
import { cellValue, compact, words } from './cells.ts';

/** A field that a kind looks for in a table. Headings are compared without case, spaces, accents and punctuation. */
export interface Field {
  readonly field: string;
  /** Accepted spellings, best first. */
  readonly headings: readonly string[];
  /** Further spellings, matched against the heading's normalized words after `headings`. */
  readonly pattern?: RegExp;
  /** Headings that never mean this field, even if the content fits. */
  readonly not?: RegExp;
  /** Several columns may hold it, for example several email addresses. */
  readonly many?: true;
  /** Several columns may hold it if their cells match; the first filled one of a row is used. */
  readonly further?: (text: string) => boolean;
  /**
   * Only one column may hold it. If another column has such a heading, its cells match and the values differ, a person
   * has to choose.
   */
  readonly alone?: (text: string) => boolean;
  /** Content check: a heading whose cells rarely match does not mean this field, for example "State" with NY. */
  readonly check?: (text: string) => boolean;
  /** Like `check`, and also finds a column without a known heading if most of its filled cells match. */
  readonly content?: (text: string) => boolean;
  /**
   * Finds a column without a known heading, like `content`; a column with a known heading is accepted whatever it
   * holds.
   */
  readonly guess?: (text: string) => boolean;
}

/** Splits a comma-separated list of spellings. */
export function list(text: string): readonly string[] {
  return text.split(',').map((spelling) => spelling.replace(/\s+/g, ' ').trim());
}

export interface Columns {
  /** Index of a field's first column; null: none. */
  first(field: string): number | null;
  all(field: string): readonly number[];
  readonly mapping: readonly Mapping[];
  /** Columns with data that no field uses. */
  readonly unmapped: readonly string[];
}

const OWNERS =
  /^(?:employees?|emp|recipients?|signers?|respondents?|staff|workers?|users?|members?|persons?|peoples?|accounts?|associates?|colleagues?|team members?|staff members?|learners?|trainees?|participants?|students?|claude) /;
const SAMPLE = 300;

/**
 * Maps columns to fields, by heading first and by content if the headings do not decide. A person's choices (`byHand`)
 * are final: null excludes a column, and a field assigned by hand is not searched for elsewhere. `english` has the
 * headings translated to English.
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
      // Prefer a filled column to an empty one with the same heading.
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

/** Forms in which headings are compared, cached per table because every table is matched with every kind. */
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

/** Whether an English heading is one of a field's. */
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

/** Rank of each accepted spelling, cached per list because every table is matched with every kind. */
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

/** Share of a column's filled cells that match; 0: all cells are empty. */
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
 * Filled cells of a column for recognizing it: from the first rows or, if they are empty there, from those below. A
 * column of last days is empty for most people, and the first three hundred may all still work here.
 */
export function cellsOf(table: Table, index: number): readonly string[] {
  const first = sampleOf(table).flatMap(({ cells }) => cellValue(cells[index]) ?? []);
  return first.length > 0 ? first : (cellsBelow(table).get(index) ?? []);
}

function shareBelow(table: Table, index: number, looks: (text: string) => boolean): number {
  const cells = cellsOf(table, index);
  return cells.length === 0 ? 0 : cells.filter(looks).length / cells.length;
}

const VALUES_BELOW = new WeakMap<Table, ReadonlyMap<number, readonly string[]>>();

/** First filled cells of every column, from any row, cached per table. */
function cellsBelow(table: Table): ReadonlyMap<number, readonly string[]> {
  const known = VALUES_BELOW.get(table);
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
  VALUES_BELOW.set(table, found);
  return found;
}

function isFilled(table: Table, index: number): boolean {
  return sampleOf(table).some(({ cells }) => cellValue(cells[index]) !== null);
}

function hasData(table: Table, index: number): boolean {
  return isFilled(table, index) || !/^Column [A-Z]+$/.test(table.columns[index] ?? '');
}
