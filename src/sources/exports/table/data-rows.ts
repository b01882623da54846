import type { TableRow } from '../file-kind.ts';
import { isValue } from '../read/heading.ts';
import { cellText } from './cells.ts';
import { withoutDitto } from './ditto.ts';
import { isSentence } from './doubt.ts';
import { explainingRows, explainsCode } from './legend.ts';
import type { Notes } from './notes.ts';
import { speaksOfParts } from './part.ts';
import { isLabelOfLines } from './section-labels.ts';
import { beginsLegend, FOOTER, isKeyOfCodes, isTotal } from './totals.ts';
import type { View } from './view.ts';

/** Rows of the table without totals and repeated headings, and with "same as above" replaced by the value above. */
export function dataRows(view: View, notes: Notes): TableRow[] {
  const heading = view.table.columns.map((column) => column.toLowerCase());
  const explaining = explainingRows(view.table.rows);
  const narrower = narrowerTable(view.table.rows, heading.length);
  const repeats = (row: TableRow | undefined): boolean => {
    const texts = row?.cells.map((cell) => cellText(cell)) ?? [];
    const again = texts.filter((text, at) => text !== null && text.toLowerCase() === heading[at]).length;
    return again >= 2 && again >= texts.filter((text) => text !== null).length;
  };
  const isData = (row: TableRow, next: TableRow | undefined): boolean => {
    const texts = row.cells.map((cell) => cellText(cell));
    const first = texts.find((text) => text !== null) ?? '';
    if (isTotal(texts)) {
      view.totals.push(texts.filter((text) => text !== null).join(' '));
      notes.add(
        { row: row.row, says: `The line of totals “${first.slice(0, 40)}” was left out.` },
        'lines of totals were left out',
      );
      return false;
    }
    const filled = texts.filter((text) => text !== null);
    const entry = explaining.get(row);
    const line = entry ?? filled.join(' ');
    const alone = filled.length === 1 || (filled.length === 2 && /^\p{L}+:$/u.test(first));
    if (
      entry !== undefined ||
      (beginsLegend(first) && filled.length <= 2 && !line.includes('@')) ||
      (alone &&
        (speaksOfParts(line) ||
          (row.cells.length > 2 &&
            (FOOTER.test(first) || isSentence(line) || isKeyOfCodes(line) || explainsCode(line)))))
    ) {
      view.below.push(line);
      notes.add(
        { row: row.row, says: `The line below the table “${line.slice(0, 60)}” was left out.` },
        'lines below the table were left out',
      );
      return false;
    }
    if (
      filled.length === 1 &&
      texts.length > 2 &&
      !isValue(line) &&
      (isLabelOfLines(texts) || (repeats(next) && !line.includes('@')))
    ) {
      notes.add(
        {
          row: row.row,
          says: `“${line.slice(0, 60)}” is the label of the lines below it, so it was left out.`,
        },
        'labels of the lines below them were left out',
      );
      return false;
    }
    if (filled.length > 1 && filled.every((text) => DATA_TYPE.test(text))) {
      notes.add({ row: row.row, says: 'The types of the columns are given here, so the row was left out.' });
      return false;
    }
    if (repeats(row)) {
      notes.add(
        { row: row.row, says: 'The heading is repeated here and was left out.' },
        'the heading is repeated and was left out',
      );
      return false;
    }
    if (isOtherHeading(view, texts, heading) || narrower.has(row)) {
      view.second = row.row;
      notes.add({
        row: row.row,
        says: 'Another table begins here. It was not read and may hold more of the list, so this counts as a part of it. Put it on a sheet or in a file of its own, or below the same headings.',
      });
      return false;
    }
    return true;
  };
  const all = view.table.rows;
  const rows = all.filter((row, at) => {
    const data = view.second === null && isData(row, all[at + 1]);
    if (!data) view.aside.add(row.row);
    return data;
  });
  return withoutDitto(view, rows, notes);
}

/** What a second line of headings says of the content of columns: “text”, “MM/DD/YYYY”, “required”. */
const DATA_TYPE =
  /^\(?(?:text|string|date|datetime|number|integer|decimal|boolean|currency|picklist|email|varchar(?: ?\(\d+\))?|(?:m{1,2}|d{1,2}|y{2,4})[-/.](?:m{1,2}|d{1,2})[-/.](?:m{1,2}|d{1,2}|y{2,4})|required|optional)\)?$/i;

/**
 * Whether a row is the heading of another table: its first cell and nearly all others are known headings, or one
 * repeats the heading of its own column.
 */
function isOtherHeading(view: View, texts: readonly (string | null)[], heading: readonly string[]): boolean {
  const filled = texts.filter((text) => text !== null);
  if (filled.length < 2 || filled.some((text) => isValue(text) || text.includes('@'))) return false;
  return (
    texts.some((text, at) => text !== null && text.toLowerCase() === heading[at]) ||
    (view.isHeading(filled[0] ?? '') &&
      filled.filter((text) => view.isHeading(text)).length >= Math.max(2, filled.length * 0.75))
  );
}

/**
 * Heading row of a narrower table below a blank line, and its rows: they all fill the same few cells, and in one of the
 * columns every row but the heading holds values. Empty set: none.
 */
function narrowerTable(rows: readonly TableRow[], width: number): ReadonlySet<TableRow> {
  const filledIn = ({ cells }: TableRow) =>
    cells.flatMap((cell, at) => (cellText(cell) === null ? [] : [at])).join();
  const start = rows.findLastIndex((row, at) => at > 0 && row.row > (rows[at - 1]?.row ?? 0) + 1);
  const [head, ...data] = start < 1 ? [] : rows.slice(start);
  if (head === undefined || data.length === 0) return new Set();
  const shape = filledIn(head);
  const columns = shape.split(',').map(Number);
  const names = head.cells.filter((cell) => cellText(cell) !== null);
  const heads =
    columns.length >= 2 &&
    columns.length * 2 <= width &&
    data.every((row) => filledIn(row) === shape) &&
    !names.some((cell) => isValue(cell) || String(cell).includes('@')) &&
    columns.some((at) => data.every(({ cells }) => isValue(cells[at] ?? null)));
  return heads ? new Set([head]) : new Set();
}
