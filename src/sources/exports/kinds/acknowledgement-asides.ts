import type { AcknowledgementRow } from '#domain/model/kinds.ts';
import type { TableRow } from '../file-kind.ts';
import { words } from '../table/cells.ts';
import type { Notes } from '../table/notes.ts';
import type { View } from '../table/view.ts';
import { marksThat, REMARKS } from './marks.ts';

/** How people write beside a row that its yes or its day is not the word of the person. */
const DOUBT =
  /\b(?:declin(?:ed|es)|refus(?:ed|es|al)|(?:did|has|have|does|do|will|would|could) ?(?:not|n['’]?t)(?: yet)? (?:sign|read|agree|accept|acknowledge)\w*|won['’]?t (?:sign|agree|accept)|not(?: yet)? (?:signed|agreed|accepted|acknowledged|read)|unsigned|on (?:his|her|their)? ?behalf|withdr(?:ew|awn)|revoked|under protest|disagree[sd]?|signed by (?:the )?(?:manager|supervisor|hr|assistant|admin\w*))\b/i;
const NAMES = ['name', 'firstName', 'lastName'] as const;

/**
 * What stands beside a row and speaks against its yes: a comment "refused to sign", "(declined)" behind the name, or a mark
 * that a line below the table explains so. null: nothing does.
 */
export function doubtsOf(view: View): (row: TableRow) => string | null {
  const marks = marksThat(view, (explained) => DOUBT.test(explained));
  const remarks = view.leftOver().filter((column) => REMARKS.test(words(column)));
  return (row) => {
    for (const column of remarks) {
      const said = view.valueIn(row, column);
      if (said !== null && DOUBT.test(said)) return said;
    }
    for (const field of NAMES) {
      const text = view.text(row, field);
      if (text === null) continue;
      const [beside = ''] = /[([][^)\]]*[)\]]|\s[-–—]\s.*$/.exec(text) ?? [];
      if (DOUBT.test(beside) || marks.some((mark) => text.trim().endsWith(mark))) return text;
    }
    return null;
  };
}

/** A yes beside which something speaks against it is not sure to be one. */
export function sureWord(
  doubt: string | null,
  { row }: TableRow,
  notes: Notes,
  one: Omit<AcknowledgementRow, 'email'>,
): Omit<AcknowledgementRow, 'email'> {
  if (doubt === null || one.acknowledged !== true) return one;
  notes.add(
    {
      row,
      says: `"${doubt.slice(0, 60)}" speaks against the acknowledgment in this row, so it is not known whether it is one. Correct the row.`,
    },
    'acknowledgments that something beside them speaks against',
  );
  return { ...one, acknowledged: null };
}
