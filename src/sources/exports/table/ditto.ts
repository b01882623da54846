import type { Cell, TableRow } from '../file-kind.ts';
import { cellText } from './cells.ts';
import type { Notes } from './notes.ts';
import type { View } from './view.ts';

/** Marks and words for "same as the cell above". */
const DITTO =
  /^(?:["“”„″〃]|''|,,|[-–—] ?["“”„″] ?[-–—]|ditto|do\.|dito|[ií]dem|same|(?:same )?as above|see above|wie oben|s\. ?o\.|siehe oben|(?:comme|voir) ci-dessus|(?:igual que|como) arriba|lo mismo|come sopra|(?:als|zie) (?:hier)?boven|(?:o mesmo|como acima)|同上)$/iu;

/** Replaces such marks by the value above. A mark without a value above is kept. */
export function withoutDitto(view: View, rows: readonly TableRow[], notes: Notes): TableRow[] {
  let above: readonly Cell[] = [];
  return rows.map((row) => {
    const repeated = row.cells.flatMap((cell, at) =>
      isDitto(cell) && cellText(above[at]) !== null && !isDitto(above[at]) ? [at] : [],
    );
    const read =
      repeated.length === 0
        ? row
        : {
            ...row,
            cells: row.cells.map((cell, at) => (repeated.includes(at) ? (above[at] ?? cell) : cell)),
          };
    for (const at of repeated)
      notes.add(
        {
          row: row.row,
          column: view.name(view.table.columns[at] ?? ''),
          says: `“${cellText(row.cells[at]) ?? ''}” was read as the cell above it, “${(cellText(above[at]) ?? '').slice(0, 40)}”.`,
        },
        'cells that say “same as above” were read as the cell above them',
      );
    above = read.cells;
    return read;
  });
}

function isDitto(cell: Cell | undefined): boolean {
  const text = cellText(cell);
  return text !== null && DITTO.test(text);
}
