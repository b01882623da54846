import { ownValue } from '../../model/own-value.ts';
import { neutralCell, quotedCell } from '../../text/csv-cell.ts';
import { unicodeForm } from '../../text/unicode-form.ts';
import { headingOf } from '../columns.ts';
import { cellKinds, type ExportRules } from './cells.ts';
import type { ColumnKind, Treatment } from './kinds.ts';
import type { ExportTable, RecognizedColumn } from './recognize.ts';

/** Something in the result that still looks like member data. */
export interface Leftover {
  readonly heading: string;
  readonly kind: ColumnKind;
  readonly cells: number;
  /** First rows, counting the heading as row 1. */
  readonly rows: readonly number[];
}

export interface MaskedTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly leftovers: readonly Leftover[];
  /** Values to which a treatment could not be applied, and which were emptied. */
  readonly emptied: number;
}

/**
 * The table with each column treated as a person decided. Equal values in columns of one kind get the same code, so
 * that rows can still be counted by person; the mapping is not stored.
 */
export function mask(
  { headings, rows }: ExportTable,
  columns: readonly RecognizedColumn[],
  treatments: readonly Treatment[],
  rules: ExportRules,
): MaskedTable {
  const codes = new Map<string, Map<string, string>>();
  const kept = headings.flatMap((_, at) => (treatments[at] === 'drop' ? [] : [at]));
  let emptied = 0;
  const treat = (at: number, value: string): string => {
    const text = value.trim();
    if (text === '') return '';
    switch (treatments[at]) {
      case 'keep':
        return value;
      case 'pseudonym':
        return codeFor(codes, columns[at]?.kind ?? `column ${at}`, text);
      case 'year': {
        const year = yearOf(text);
        if (year === null) emptied += 1;
        return year ?? '';
      }
      case 'letters':
        return firstLetters(text, columns[at]?.kind ?? null);
      default:
        // No decision was made: what nobody looked at must not be included.
        emptied += 1;
        return '';
    }
  };
  const masked = rows.map((row) => kept.map((at) => treat(at, row[at] ?? '')));
  const names = kept.map((at) => headings[at] ?? '');
  return { headings: names, rows: masked, leftovers: leftovers(names, masked, rules), emptied };
}

const PREFIXES: Readonly<Partial<Record<string, string>>> = {
  name: 'Person',
  mail: 'Mail',
  id: 'Member',
  phone: 'Phone',
};

function codeFor(codes: Map<string, Map<string, string>>, group: string, text: string): string {
  const known = codes.get(group) ?? new Map<string, string>();
  codes.set(group, known);
  const value = unicodeForm(text, 'NFKC').toLowerCase().replace(/\s+/g, ' ');
  const code =
    known.get(value) ?? `${ownValue(PREFIXES, group) ?? 'Value'}-${String(known.size + 1).padStart(4, '0')}`;
  known.set(value, code);
  return code;
}

/** The year of a date in any common notation; null: none recognized. */
function yearOf(text: string): string | null {
  const whole = /(?<!\d)(1[89]\d\d|20\d\d)(?!\d)/.exec(text);
  return whole?.[1] ?? null;
}

/** The area of a postal code, otherwise the initials of all words. */
function firstLetters(text: string, kind: ColumnKind | null): string {
  // "M1 1AE" is in area M1; without a space, at least the last two characters are removed.
  if (kind === 'postcode')
    return (text.split(/\s+/)[0] ?? '').slice(0, Math.min(3, Math.max(1, text.length - 2)));
  if (kind === 'mail') return `${text.slice(0, 1)}…`;
  return text
    .split(/[\s\-_.]+/u)
    .filter((word) => word !== '')
    .slice(0, 4)
    .map((word) => `${[...word][0]}.`)
    .join(' ');
}

/** A final check of the result: whole values, and parts of longer ones. */
function leftovers(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  rules: ExportRules,
): readonly Leftover[] {
  return headings.flatMap((heading, at) => {
    const found = new Map<ColumnKind, number[]>();
    const cells = rows.map((row) => row[at] ?? '');
    cellKinds(cells, headingOf(heading), rules).forEach(({ whole, inside }, index) => {
      const kind = whole[0] ?? inside[0];
      if (kind === undefined) return;
      const list = found.get(kind) ?? [];
      found.set(kind, list);
      list.push(index + 2);
    });
    return [...found].map(([kind, list]) => ({ heading, kind, cells: list.length, rows: list.slice(0, 5) }));
  });
}

/** A number unchanged; spreadsheet programs do not evaluate it. */
const NUMBER = /^-?\d+(?:[.,]\d+)*%?$/;

/** The result as CSV, in which no cell is evaluated as a formula. */
export function csvOf({ headings, rows }: Pick<MaskedTable, 'headings' | 'rows'>): string {
  const cell = (text: string) => quotedCell(NUMBER.test(text) ? text : neutralCell(text));
  return `\uFEFF${[headings, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
// Guide: G3.3-07
