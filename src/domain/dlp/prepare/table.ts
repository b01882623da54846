import { cellKinds, type ExportRules } from './cells.ts';
import type { ExportTable } from './recognize.ts';

/** The table among the rows of a file, and what was omitted. */
export interface FoundTable extends ExportTable {
  /** Omitted rows above the headings. */
  readonly above: number;
  /** The first row looks like data, so columns are named by letters. */
  readonly unnamed: boolean;
}

/** Finds the heading row: the first almost complete one. A file that starts with data has none. */
export function findTable(rows: readonly (readonly string[])[], rules: ExportRules): FoundTable | null {
  const filled = (row: readonly string[]) => row.filter((cell) => cell.trim() !== '').length;
  const width = rows.reduce((max, row) => Math.max(max, lastFilled(row) + 1), 0);
  if (width === 0) return null;
  const full = rows.findIndex((row) => filled(row) >= Math.max(1, Math.ceil(width * 0.6)));
  const above = full < 0 ? 0 : full;
  const first = rows[above] ?? [];
  const unnamed = isData(first, rules);
  const body = (unnamed ? rows.slice(above) : rows.slice(above + 1)).filter((row) => filled(row) > 0);
  const headings = Array.from({ length: width }, (_, at) => {
    const text = (first[at] ?? '').trim();
    return unnamed || text === '' ? `Column ${letter(at)}` : text;
  });
  return { headings, rows: body.map((row) => headings.map((_, at) => row[at] ?? '')), above, unnamed };
}

/** Whether a row contains values: an address, phone number, amount or day is not a heading. */
function isData(row: readonly string[], rules: ExportRules): boolean {
  return (
    row.some((cell) => /^-?\d+([.,]\d+)?$|^\d{4}-\d{2}-\d{2}/.test(cell.trim())) ||
    cellKinds(row, null, rules).some(({ whole }) => whole.includes('mail') || whole.includes('phone'))
  );
}

function lastFilled(row: readonly string[]): number {
  for (let at = row.length - 1; at >= 0; at -= 1) if ((row[at] ?? '').trim() !== '') return at;
  return -1;
}

/** Spreadsheet column names: A, B, … Z, AA. */
function letter(at: number): string {
  return (at >= 26 ? letter(Math.floor(at / 26) - 1) : '') + String.fromCharCode(65 + (at % 26));
}
