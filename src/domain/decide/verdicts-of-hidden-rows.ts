import type { Control } from '../model/catalogue.ts';
import { KINDS, type Kind } from '../model/kinds.ts';
import type { Reading, Readings } from '../model/reading.ts';
import type { State, Verdict } from '../model/verdict.ts';
import { ask, message, questionText } from '../text/message.ts';
import { names, sentence, verb } from '../text/words.ts';

/** Verdicts that require no action; none may depend on rows that a reader of the file does not see. */
const CLEARS: ReadonlySet<State> = new Set(['pass', 'not_applicable']);

/**
 * A verdict on workbooks with hidden rows. It is not known whether such a row counts: filters hide rows that do, and
 * people hide rows that do not. So a pass that depends on them becomes a question; a fail remains and mentions that
 * its rows are hidden.
 */
export function withHiddenRows(all: Verdict, shown: Verdict, control: Control, readings: Readings): Verdict {
  const hidden = hiddenIn(control, readings);
  if (all.state === 'fail') {
    const also = new Set(shown.items.map(({ key }) => key));
    const holds =
      shown.state === 'fail' && shown.code === all.code && all.items.every(({ key }) => also.has(key));
    const cited = citedOf(all, hidden);
    if (holds && cited.length === 0) return all;
    const rows = cited.length === 0 ? hidden : cited;
    const words = message(
      all.code,
      `${all.reason} ${sentence(names(rows.map(rowsOf), 3))} ${verb(count(rows), 'is', 'are')} hidden in the workbook.${holds ? '' : ` Without ${verb(count(rows), 'it', 'them')}, ${shown.state === 'fail' ? 'fewer problems would be found' : 'this would not fail'}.`}`,
      { ...all.params, hidden: rows.map(({ file }) => file) },
    );
    return { ...all, params: words.params, reason: words.text };
  }
  const rests = CLEARS.has(all.state) ? shown.state !== all.state : shown.state === 'fail';
  if (!rests) return all;
  const files = hidden.map(({ file }) => file);
  const said = message(
    'decide.hidden_rows',
    `Whether ${names(hidden.map(rowsOf), 3)} ${verb(count(hidden), 'counts', 'count')} is not known, since ${verb(count(hidden), 'it is', 'they are')} hidden in the workbook. With ${verb(count(hidden), 'it', 'them')}: ${sentence(all.reason)} Without: ${sentence(shown.reason)}`,
    { of: all.code, files },
  );
  const asks = [...new Set(hidden.map(({ kind }) => kind))].map((kind) =>
    ask(
      'source',
      kind,
      `Open ${names(hidden.flatMap((one) => (one.kind === kind ? [one.file] : [])))}, show the rows and sheets that count and delete those that do not, and import it again.`,
      'hidden',
    ),
  );
  return {
    ...all,
    state: 'cannot_read',
    code: said.code,
    params: said.params,
    reason: said.text,
    asks,
    question: questionText(asks, 'file'),
    due: null,
    exception: null,
  };
}

interface Hidden {
  readonly kind: Kind;
  readonly file: string;
  readonly rows: readonly number[];
}

/** Hidden rows of what a control reads; for controls that reconcile people, hidden rows of everything. */
function hiddenIn(control: Control, readings: Readings): readonly Hidden[] {
  const found = (Object.values(readings) as (readonly Reading[])[]).flat().flatMap(({ kind, file, rows }) => {
    const hidden = [...new Set(rows.flatMap((one) => (one.hidden === true ? [one.row] : [])))];
    return hidden.length === 0 ? [] : [{ kind, file, rows: hidden }];
  });
  const reads = new Set<string>(control.checks.flatMap((check) => check.reads));
  const own = found.filter(({ kind }) => reads.has(kind));
  return own.length > 0 ? own : found;
}

/** Those that a verdict or one of its items cites. */
function citedOf({ evidence, items }: Verdict, hidden: readonly Hidden[]): readonly Hidden[] {
  const cited = [...evidence, ...items.flatMap((item) => item.evidence)];
  return hidden.flatMap((one) => {
    const rows = one.rows.filter((row) =>
      cited.some((at) => at.kind === one.kind && at.file === one.file && at.row === row),
    );
    return rows.length === 0 ? [] : [{ ...one, rows }];
  });
}

function rowsOf({ file, rows, kind }: Hidden): string {
  const listed = rows.slice(0, 5).join(', ');
  const more = rows.length > 5 ? ` and ${rows.length - 5} more` : '';
  return `${rows.length === 1 ? 'row' : 'rows'} ${listed}${more} of ${file} (${KINDS[kind].label})`;
}

const count = (hidden: readonly Hidden[]): number => hidden.reduce((all, { rows }) => all + rows.length, 0);
