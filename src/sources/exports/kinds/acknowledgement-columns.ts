import type { ParseEnvironment, TableRow } from '../file-kind.ts';
import type { Field } from '../table/columns.ts';
import { looksLikeDate, readDates } from '../table/date-column.ts';
import type { Notes } from '../table/notes.ts';
import type { View } from '../table/view.ts';
import { answerIn, versionIn } from './acknowledgement-words.ts';

/**
 * A column named after this policy with days or answers, as in a sheet with a line per person and a column per
 * document.
 */
export const SIGNED_HERE: Field = {
  field: 'signedHere',
  many: true,
  headings: [],
  pattern:
    /\b(?:claude|ai|artificial intelligence)\b.*\b(?:policy|aup|acceptable use|agreement)\b|\b(?:acceptable use|aup|policy)\b.*\b(?:claude|ai)\b/,
  // Under such a heading, a day or "yes" is not about the person's agreement.
  not: /\b(?:sent|due|owner|link|version|name|title|expir\w*|assigned|issued|deliver\w*|emailed|e mailed|invited|invitation|notified|remind\w*|requested|shared|distributed|published|effective|created|updated|next|review\w*|approv\w*|renew\w*|start\w*|begins?|opened|viewed|scheduled|planned|deadline|until|valid|required|needed|applicable|applies|exempt\w*|declin\w*|refus\w*|reject\w*|revok\w*|withdrawn|void\w*|cancel\w*|outstanding|missing|pending|overdue|waiting|awaiting|not|un(?:signed|read|acknowledged)|quiz(?:zes)?|tests?|exams?|training|course|module|lesson|video|webinar|score|grade|attempts?)\b/,
  check: (text) => answerIn(text) !== null || (/\d/.test(text) && looksLikeDate(text, 'UTC')),
};

/** Content of one cell in such a column. Empty cells are skipped. */
export interface SignedHere {
  readonly document: string;
  readonly version: string | null;
  readonly on: string | null;
  readonly acknowledged: boolean | null;
}

/** Content of all columns named after this policy, by row. */
export function signedHere(
  view: View,
  rows: readonly TableRow[],
  { timezone }: ParseEnvironment,
  notes: Notes,
): ReadonlyMap<TableRow, readonly SignedHere[]> {
  const found = new Map<TableRow, SignedHere[]>(rows.map((row) => [row, []]));
  for (const index of view.columns.all('signedHere')) {
    const column = view.table.columns[index] ?? '';
    const cells = rows.map((row) => ({ row: row.row, cell: row.cells[index] }));
    const dated = cells.map(
      ({ cell }) => typeof cell === 'string' && /\d/.test(cell) && looksLikeDate(cell, timezone),
    );
    const read = readDates(
      [{ column, cells: cells.map((one, at) => (dated[at] ? one : { ...one, cell: null })) }],
      timezone,
    );
    notes.addAll(read.notes);
    const beside = daysBeside(view, rows, index, timezone);
    rows.forEach((row, at) => {
      const on = read.days[0]?.[at] ?? null;
      const cell = row.cells[index];
      const answer =
        typeof cell === 'boolean'
          ? cell
          : typeof cell === 'string' && cell.trim() !== ''
            ? answerIn(cell)
            : null;
      found.get(row)?.push({
        document: column,
        version: versionIn(column),
        on: answer === false ? null : (on ?? (answer === true ? (beside[at] ?? null) : null)),
        acknowledged: on !== null ? true : answer,
      });
    });
  }
  return found;
}

/**
 * Days in the column to the right, if its heading is empty or a day: Moodle writes there when each activity was
 * completed, with the expected day as heading (moodle/moodle, report/progress/index.php, 2023).
 */
function daysBeside(
  { table }: View,
  rows: readonly TableRow[],
  index: number,
  timezone: string,
): readonly (string | null)[] {
  const column = table.columns[index + 1] ?? '';
  if (!/^Column [A-Z]+$|^\d{4}-\d{2}-\d{2}/.test(column)) return [];
  const cells = rows.map((row) => ({ row: row.row, cell: row.cells[index + 1] }));
  return readDates([{ column, cells }], timezone).days[0] ?? [];
}
