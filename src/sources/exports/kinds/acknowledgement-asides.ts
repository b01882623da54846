import type { AcknowledgementRow } from '#domain/model/kinds.ts';
import type { ParseEnvironment, TableRow } from '../file-kind.ts';
import { cellText, cellValue, words } from '../table/cells.ts';
import { readDates } from '../table/date-column.ts';
import type { Notes } from '../table/notes.ts';
import { labelsAbove } from '../table/section-labels.ts';
import type { View } from '../table/view.ts';
import { answerIn } from './acknowledgement-words.ts';
import { marksThat, REMARKS } from './marks.ts';

/** Remarks that a row's yes or day is not the person's own statement. */
const DOUBT =
  /\b(?:declin(?:ed|es)|refus(?:ed|es|al)|(?:did|has|have|does|do|will|would|could) ?(?:not|n['’]?t)(?: yet)? (?:sign|read|agree|accept|acknowledge)\w*|won['’]?t (?:sign|agree|accept)|not(?: yet)? (?:signed|agreed|accepted|acknowledged|read)|unsigned|on (?:his|her|their)? ?behalf|withdr(?:ew|awn)|revoked|under protest|disagree[sd]?|signed by (?:the )?(?:manager|supervisor|hr|assistant|admin\w*))\b/i;
const NAMES = ['name', 'firstName', 'lastName'] as const;

/** A second answer, which may be no although the first is yes. */
const ANSWER =
  /^(?:acknowledged|acknowledge?ment|signed|signature|accepted|agreed|attested|read|i agree)(?: yes no)?$/;
const SIGNED_BY = /^(?:acknowledged|signed|accepted|attested|agreed|completed|marked(?: complete)?) by$/;
const SOMEBODY_ELSE =
  /^(?:the )?(?:manager|supervisor|hr|human resources|admin\w*|assistant|it|system|proxy|delegate|someone else)\b/i;
const SIGNATURE = /\b(?:envelope|signed|signature|signer|sent)\b/;
const EXPIRES =
  /^(?:(?:date )?(?:expires|expired|expiry|expiration)(?: (?:on|date))?|valid (?:until|through|to)|good until)$/;

/**
 * What contradicts the yes of a row: a comment "refused to sign", "(declined)" after the name, a mark explained below
 * the table, a label such as “DECLINED” above the line, a second answer of no, another person who gave it, an expiry day, or "N/A" as the answer. null: nothing.
 */
export function doubtsOf(
  view: View,
  rows: readonly TableRow[],
  { today, timezone }: Pick<ParseEnvironment, 'today' | 'timezone'>,
): (row: TableRow) => string | null {
  const marks = marksThat(view, (explained) => DOUBT.test(explained));
  const called = (pattern: RegExp) => view.leftOver().filter((column) => pattern.test(words(column)));
  const remarks = called(REMARKS);
  const answers = called(ANSWER);
  const by = called(SIGNED_BY);
  // An electronic signature must be given before the expiry day and stays valid afterward.
  const ofSignatures = view.table.columns.some((column) => SIGNATURE.test(words(column)));
  const expired = new Map(
    (ofSignatures ? [] : called(EXPIRES)).flatMap((column) => {
      const cells = rows.map((row) => ({ row: row.row, cell: view.valueIn(row, column) }));
      const days = readDates([{ column, cells }], timezone).days[0] ?? [];
      return rows.flatMap((row, at) => {
        const day = days[at] ?? null;
        return day !== null && day < today ? [[row, `${column}: ${view.valueIn(row, column)}`] as const] : [];
      });
    }),
  );
  const answer = view.columns.first('acknowledged');
  const labels = labelsAbove(view.table.rows, {
    opens: (text) => answerIn(text) === false || DOUBT.test(text),
    closes: (text) => answerIn(text) === true,
    start: null,
  });
  return (row) => {
    if (row.struck) return 'crossed out';
    const label = labels.get(row.row);
    if (label !== undefined) return label;
    const cell = answer === null ? undefined : row.cells[answer];
    if (cellText(cell) !== null && cellValue(cell) === null) return cellText(cell);
    for (const column of answers) {
      const said = view.valueIn(row, column);
      if (said !== null && answerIn(said) === false) return `${column}: ${said}`;
    }
    for (const column of by) {
      const who = view.valueIn(row, column);
      if (who !== null && SOMEBODY_ELSE.test(who)) return `${column}: ${who}`;
    }
    if (expired.has(row)) return expired.get(row) ?? null;
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

/** A contradicted yes becomes unknown. */
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
      says: `“${doubt.slice(0, 60)}” speaks against the acknowledgment in this row, so it is not known whether it is one. Correct the row.`,
    },
    'acknowledgments that something beside them speaks against',
  );
  return { ...one, acknowledged: null };
}
