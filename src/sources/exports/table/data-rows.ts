import type { TableRow } from '../file-kind.ts';
import { isValue } from '../read/heading.ts';
import { cellText } from './cells.ts';
import { withoutDitto } from './ditto.ts';
import { isSentence } from './doubt.ts';
import type { Notes } from './notes.ts';
import { speaksOfParts } from './part.ts';
import { beginsLegend, FOOTER, isKeyOfCodes, isTotal } from './totals.ts';
import type { View } from './view.ts';

/** Rows of the table without lines of totals and without the heading where it comes again; "same as above" is what is above. */
export function dataRows(view: View, notes: Notes): TableRow[] {
  const heading = view.table.columns.map((column) => column.toLowerCase());
  const isData = (row: TableRow): boolean => {
    const texts = row.cells.map((cell) => cellText(cell));
    const first = texts.find((text) => text !== null) ?? '';
    if (isTotal(texts)) {
      notes.add(
        { row: row.row, says: `The line of totals "${first.slice(0, 40)}" was left out.` },
        'lines of totals were left out',
      );
      return false;
    }
    const filled = texts.filter((text) => text !== null);
    const line = filled.join(' ');
    const alone = filled.length === 1 || (filled.length === 2 && /^\p{L}+:$/u.test(first));
    if (
      (beginsLegend(first) && filled.length <= 2 && !line.includes('@')) ||
      (alone &&
        (speaksOfParts(line) ||
          (row.cells.length > 2 && (FOOTER.test(first) || isSentence(line) || isKeyOfCodes(line)))))
    ) {
      view.below.push(line);
      notes.add(
        { row: row.row, says: `The line below the table "${line.slice(0, 60)}" was left out.` },
        'lines below the table were left out',
      );
      return false;
    }
    const again = texts.filter(
      (text, index) => text !== null && text.toLowerCase() === heading[index],
    ).length;
    if (again >= 2 && again >= texts.filter((text) => text !== null).length) {
      notes.add(
        { row: row.row, says: 'The heading is repeated here and was left out.' },
        'the heading is repeated and was left out',
      );
      return false;
    }
    if (isOtherHeading(view, texts, heading)) {
      view.second = row.row;
      notes.add({
        row: row.row,
        says: 'Another table begins here. It was not read and may hold more of the list, so this counts as a part of it. Put it on a sheet or in a file of its own, or below the same headings.',
      });
      return false;
    }
    return true;
  };
  const rows = view.table.rows.filter((row) => {
    const data = view.second === null && isData(row);
    if (!data) view.aside.add(row.row);
    return data;
  });
  return withoutDitto(view, rows, notes);
}

/** Whether a row names columns as another table would: its first cell and nearly all do, or one does in its own column. */
function isOtherHeading(view: View, texts: readonly (string | null)[], heading: readonly string[]): boolean {
  const filled = texts.filter((text) => text !== null);
  if (filled.length < 2 || filled.some((text) => isValue(text) || text.includes('@'))) return false;
  return (
    texts.some((text, at) => text !== null && text.toLowerCase() === heading[at]) ||
    (view.isHeading(filled[0] ?? '') &&
      filled.filter((text) => view.isHeading(text)).length >= Math.max(2, filled.length * 0.75))
  );
}
