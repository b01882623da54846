import type { Table, TableRow } from '../file-kind.ts';
import { addresses, cellText } from './cells.ts';

/** A second list of people to the right of a list, behind an empty column, with the headings of its columns. */
export interface BesideTable {
  readonly list: Table;
  readonly beside: readonly string[];
}

/** Name of a column without a heading. */
const NAMELESS = /^Column [A-Z]+$/;

/** Addresses of others that a list of people has beside the person's own. */
const OF_OTHERS =
  /manager|supervisor|approv|sponsor|assistant|back ?up|deputy|personal|private|home|alternat|secondary|other|recovery|emergency|reports? to/i;

const PERSON =
  /^(?:(?:former|past|other|ex|new|future|pending) ?-?)?(?:employee|member|person|people|contractor|consultant|volunteer|leaver|intern|staff|name|user|holder|invitation|invited)s?\b/i;

/**
 * The list without a second one beside it: both have people of their own, and an empty column without a heading is
 * between them. null: there is none. Read as one list, its columns would be taken for those of the people to its left.
 */
export function besideTable(table: Table): BesideTable | null {
  const { columns, first = table.rows } = table;
  for (const [at, column] of columns.entries()) {
    if (at < 2 || at > columns.length - 2 || !NAMELESS.test(column)) continue;
    if (first.some(({ cells }) => cellText(cells[at]) !== null)) continue;
    const beside = columns.slice(at + 1);
    if (!listsPeople(first, columns, 0, at) || !listsPeople(first, columns, at + 1, columns.length)) continue;
    return { list: cut(table, at), beside };
  }
  return null;
}

/** Whether columns from one place to another hold addresses, or names beside days. */
function listsPeople(
  rows: readonly TableRow[],
  columns: readonly string[],
  from: number,
  to: number,
): boolean {
  const of = columns.slice(from, to);
  if (PERSON.test(of[0] ?? '') && of.length >= 2 && !of.some((one) => NAMELESS.test(one))) return true;
  return of.some((column, at) => {
    if (OF_OTHERS.test(column)) return false;
    const cells = rows.flatMap(({ cells }) => cellText(cells[from + at]) ?? []);
    return cells.length > 0 && cells.filter((cell) => addresses(cell).length > 0).length * 2 >= cells.length;
  });
}

/** The table without its columns from a place on, and without rows that are empty then. */
function cut(table: Table, width: number): Table {
  const row = ({ cells, ...rest }: TableRow): TableRow => ({ ...rest, cells: cells.slice(0, width) });
  const isFilled = ({ cells }: TableRow) => cells.some((cell) => cellText(cell) !== null);
  const rowsOf = (rows: readonly TableRow[]) => rows.map(row).filter(isFilled);
  const { first, each } = table;
  let all: readonly TableRow[] | undefined;
  return {
    ...table,
    columns: table.columns.slice(0, width),
    get rows() {
      all ??= rowsOf(table.rows);
      return all;
    },
    ...(first === undefined ? {} : { first: rowsOf(first) }),
    ...(each === undefined
      ? {}
      : {
          each: (visit) =>
            each((one) => {
              const left = row(one);
              if (isFilled(left)) visit(left);
            }),
        }),
  };
}
