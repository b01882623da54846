import { ownValue } from '../../model/own-value.ts';
import { neutralCell, quotedCell } from '../../text/csv-cell.ts';
import { unicodeForm } from '../../text/unicode-form.ts';
import { headingOf } from '../columns.ts';
import { cellKinds, type ExportRules } from './cells.ts';
import type { ColumnKind, Treatment } from './kinds.ts';
import type { ExportTable, RecognizedColumn } from './recognize.ts';

/** Something in the result that still looks like a member's. */
export interface Leftover {
  readonly heading: string;
  readonly kind: ColumnKind;
  readonly cells: number;
  /** First rows, counted as in the file with its heading as row 1. */
  readonly rows: readonly number[];
}

export interface MaskedTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly leftovers: readonly Leftover[];
  /** Values that a treatment could not be applied to, so they were emptied. */
  readonly emptied: number;
}

/**
 * The table with each column treated as a person decided. One value gets one code wherever it stands in columns of one
 * kind, so that rows can still be counted by person; nothing keeps which code was whose.
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
        // Nobody decided: what nobody looked at does not go out.
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

/** The year of a day in any usual way of writing; null: there is none to be seen. */
function yearOf(text: string): string | null {
  const whole = /(?<!\d)(1[89]\d\d|20\d\d)(?!\d)/.exec(text);
  return whole?.[1] ?? null;
}

/** Of a postcode its area, of everything else one letter of each word. */
function firstLetters(text: string, kind: ColumnKind | null): string {
  // "M1 1AE" is of the area M1; without a blank the last two characters at least are left out.
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

/** A last look at what is left: whole values, and what stands inside longer ones. */
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

/** A number as it stands; spreadsheet programs calculate nothing in it. */
const NUMBER = /^-?\d+(?:[.,]\d+)*%?$/;

/** The result as CSV. No cell of it is calculated by a program that opens it. */
export function csvOf({ headings, rows }: Pick<MaskedTable, 'headings' | 'rows'>): string {
  const cell = (text: string) => quotedCell(NUMBER.test(text) ? text : neutralCell(text));
  return `\uFEFF${[headings, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
// Guide: G3.3-07
