import type { Cell, Note } from '../file-kind.ts';
import { columnLetter, filled, type NumberedRow } from './heading.ts';
import { LIMITS } from './limits.ts';

const COLUMN = /<(?:[^\s<>:/]*:)?col(?=[\s/>])[^<>]*>/g;
const MERGE =
  /<(?:[^\s<>:/]*:)?mergeCell\s[^<>]*\bref\s*=\s*["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']/g;
const SHOWN = 10;

/** Vertically merged cells of one column. Rows are 1-based, columns 0-based. */
export interface Merge {
  readonly column: number;
  readonly from: number;
  readonly through: number;
}

/** What a person who opens a sheet sees differently from its stored content. */
export interface Shown {
  /** 1-based numbers of rows with content that are hidden, by hand or by a filter. */
  readonly hiddenRows: readonly number[];
  /** 1-based numbers of rows that are crossed out. */
  readonly struckRows: readonly number[];
  /** Letters of hidden columns, "C" or "C to F". */
  readonly hiddenColumns: readonly string[];
  readonly merges: readonly Merge[];
}

/** Hidden and merged parts of a sheet, from its markup and the hidden and crossed-out rows found in it. */
export function shownOf(xml: string, hiddenRows: readonly number[], struckRows: readonly number[]): Shown {
  const columns = [...xml.matchAll(COLUMN)].flatMap(([tag]) => {
    if (!/\shidden\s*=\s*["'](?:1|true)["']/.test(tag)) return [];
    const [from, through] = ['min', 'max'].map((name) =>
      Number(new RegExp(`\\s${name}\\s*=\\s*["'](\\d{1,5})["']`).exec(tag)?.[1] ?? 0),
    );
    if (!from || !through) return [];
    const first = columnLetter(from - 1);
    return [through > from ? `${first} to ${columnLetter(through - 1)}` : first];
  });
  const merges = [...xml.matchAll(MERGE)].flatMap(([, first = '', from = '', last = '', through = '']) =>
    first === last && Number(through) > Number(from)
      ? [{ column: columnNumber(first) - 1, from: Number(from), through: Number(through) }]
      : [],
  );
  return { hiddenRows, struckRows, hiddenColumns: columns, merges };
}

/** Notes about hidden and crossed-out parts of a sheet, which are read nevertheless. */
export function hiddenNotes(
  sheet: string,
  isHidden: boolean,
  { hiddenRows, struckRows, hiddenColumns }: Shown,
): Note[] {
  const says = (text: string): Note => ({ row: null, column: null, says: text });
  const rows = hiddenRows.slice(0, SHOWN).join(', ');
  const more = hiddenRows.length > SHOWN ? ` and ${hiddenRows.length - SHOWN} more` : '';
  return [
    ...(isHidden
      ? [
          says(
            `The sheet “${sheet}” is hidden in the workbook. It was read like the others. Delete it if it should not count.`,
          ),
        ]
      : []),
    ...(hiddenRows.length > 0
      ? [
          says(
            `${hiddenRows.length === 1 ? 'A row' : `${hiddenRows.length} rows`} of the sheet “${sheet}” ${hiddenRows.length === 1 ? 'is' : 'are'} hidden, manually or by a filter, and ${hiddenRows.length === 1 ? 'was' : 'were'} read like the others: ${rows}${more}.`,
          ),
        ]
      : []),
    ...(struckRows.length > 0
      ? [
          says(
            `${struckRows.length === 1 ? 'A row' : `${struckRows.length} rows`} of the sheet “${sheet}” ${struckRows.length === 1 ? 'is' : 'are'} crossed out and ${struckRows.length === 1 ? 'was' : 'were'} read nevertheless: ${struckRows.slice(0, SHOWN).join(', ')}${struckRows.length > SHOWN ? ` and ${struckRows.length - SHOWN} more` : ''}. Delete what should not count.`,
          ),
        ]
      : []),
    ...(hiddenColumns.length > 0
      ? [
          says(
            `Columns of the sheet “${sheet}” are hidden and were read like the others: ${hiddenColumns.slice(0, SHOWN).join(', ')}.`,
          ),
        ]
      : []),
  ];
}

/**
 * Copies the value of a vertically merged cell to all rows of the merge, which is what the author meant. A row with
 * nothing else stays empty.
 */
export function withMerges(
  rows: readonly NumberedRow[],
  merges: readonly Merge[],
  heading: number,
): readonly NumberedRow[] {
  const cells = new Map<number, Cell[]>();
  let steps = 0;
  for (const { column, from, through } of merges) {
    const value = rows[from - 1]?.cells[column] ?? null;
    if (from <= heading || value === null) continue;
    for (let row = from + 1; row <= Math.min(through, rows.length); row += 1) {
      steps += 1;
      if (steps > LIMITS.workbookCells) return rows;
      const before = rows[row - 1]?.cells ?? [];
      if (filled(before) === 0) continue;
      const own = cells.get(row) ?? [...before];
      if ((own[column] ?? null) !== null) continue;
      while (own.length < column) own.push(null);
      own[column] = value;
      cells.set(row, own);
    }
  }
  return rows.map((one) => {
    const own = cells.get(one.row);
    return own === undefined ? one : { ...one, cells: own };
  });
}

export function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}
