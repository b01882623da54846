import type { AcknowledgementRow } from '#domain/model/kinds.ts';
import type { ParseEnvironment, TableRow } from '../file-kind.ts';
import { words } from '../table/cells.ts';
import { type Field, list, sampleOf } from '../table/columns.ts';
import { dataRows } from '../table/data-rows.ts';
import { looksLikeDate, readDates } from '../table/date-column.ts';
import type { Notes } from '../table/notes.ts';
import {
  EMAIL,
  FIRST_NAME,
  hasHeading,
  isOtherList,
  LAST_NAME,
  NAME,
  personName,
  SOMEBODY_ELSE,
} from '../table/person-fields.ts';
import { contentKey, eachOnce, placeOf } from '../table/place-of.ts';
import { tableKind } from '../table/table-kind.ts';
import { refuseEmpty, type View } from '../table/view.ts';
import { inEnglish } from '../words/english.ts';
import { ofOnePerson } from './acknowledgement-addresses.ts';
import { doubtsOf, sureWord } from './acknowledgement-asides.ts';
import { SIGNED_HERE, signedHere } from './acknowledgement-columns.ts';
import { submittedByOthers } from './acknowledgement-submitters.ts';
import { documentAndVersion, draftNamed, isOfSomeCourse, titledPolicy } from './acknowledgement-title.ts';
import { AGREES, answerIn, POLICY, versionIn } from './acknowledgement-words.ts';

const FIELDS: readonly Field[] = [
  EMAIL,
  {
    ...NAME,
    headings: [
      'learner',
      'learner name',
      'trainee',
      'participant',
      'recipient',
      'signer',
      ...NAME.headings,
      'staff',
    ],
  },
  FIRST_NAME,
  LAST_NAME,
  {
    field: 'on',
    headings:
      list(`acknowledged on, acknowledged at, acknowledgement date, acknowledgment date, date acknowledged,
      acknowledged date, signed on, signed at, date signed, signed date, signature date, accepted on,
      accepted at, date accepted, accepted date, agreed on, completion time, completed on, completed
      at, date completed, completed date, time completed, course completed on, course completion date, completion date, completion time utc, submitted on,
      submitted at, submission date, submission time, timestamp, date, on, attested on, read on, date
      read, time, signed time`),
    not: /\b(sent|due|created|start)\b/,
  },
  {
    field: 'version',
    headings:
      list(`policy version, version, version acknowledged, acknowledged version, document version, version number,
      policy version number, document version number, version no, revision, revision number, rev, edition`),
    // Such as "AUP version", "Which version of the policy have you read?"
    pattern:
      /^(?:which|what) (?:version|revision)\b|^(?:(?:claude|ai|it|company|staff|signed|acknowledged|accepted) ){0,3}(?:policy|aup|acceptable use(?: policy)?|document|agreement) (?:version|revision)(?: (?:no|number|signed|acknowledged|read|accepted))?$/,
    not: /\b(?:current|latest|newest|previous|prior|next|required|draft|date|day|link|url|sent|due)\b/,
  },
  {
    // The document signed. Its cells may end in the version: "Claude policy v2".
    field: 'document',
    headings:
      list(`policy, policy name, policy title, document, document name, document title, agreement, agreement name,
      title, file name, policy document, envelope subject, envelope name, envelope, envelope title, subject,
      form name, task name, course, course name, course title, course full name, course short name, content name, content title, content, learning
      item, learning item title, learning activity, item title, training, training name, training title, module,
      module name`),
    // A form's question: "Which policy are you acknowledging?"
    pattern: /^(?:which|what) (?:policy|document|agreement)\b(?! (?:version|revision)\b)/,
    not: SOMEBODY_ELSE,
  },
  {
    field: 'acknowledged',
    headings:
      list(`acknowledged, acknowledgement, acknowledgment, acknowledgement status, acknowledgment status,
      acknowledged yes no, acknowledges, signed, signature status, accepted, agreed, attested, i
      agree, agree, read, read and understood, policy accepted, policy acknowledged, completed, status,
      completion status, course status, enrollment status, enrolment status, assignment status, course complete, response, signature, statement, declaration, confirmation, answer, your answer`),
    pattern: AGREES,
    not: new RegExp(`${SOMEBODY_ELSE.source}|\\b(sent|due)\\b|^(?:which|what)\\b`),
  },
  {
    field: 'documentType',
    headings: list(`content type, item type, document type, learning type, assignment type, activity type`),
  },
  {
    field: 'withdrawn',
    headings: list(`revoked, revoked on, revoked at, date revoked, withdrawn, withdrawn on, withdrawn at, date
      withdrawn, declined, declined on, declined at, date declined, rejected, rejected on, rejected at`),
  },
  SIGNED_HERE,
];

/** Who acknowledged which version of the policy, and when: from a form, an e-signature service or an HR system. */
export const acknowledgements = tableKind<'acknowledgements'>({
  kind: 'acknowledgements',
  fields: FIELDS,
  needs: { fields: ['email', 'name', 'lastName'], words: 'names or email addresses' },
  score(view, name) {
    if (isOtherList(view)) return 0;
    if (!view.has('email') && !view.has('name') && !view.has('lastName')) return 0;
    const says = hasHeading(view, AGREES) || hasHeading(view, /\battest\w*\b/);
    const signs = hasHeading(view, /\b(signed|signature|accepted|agreed)\b/);
    // Learning systems list completions. The name of the course or the title shows that one is of a policy.
    const completes = hasHeading(view, /\b(completion|completed)\b/);
    const title = (view.table.title ?? []).join(' ');
    const policy =
      hasHeading(view, POLICY) ||
      ((completes || signs) && /\b(?:policy|acceptable use|aup)\b/i.test(title)) ||
      /\b(?:policy|agreement|acceptable use)\b/i.test(
        `${firstCells(view, 'document')} ${firstCells(view, 'version')} ${firstCells(view, 'documentType')}`,
      );
    let score = 0.15;
    if (says) score += 0.45;
    else if (signs) score += 0.3;
    else if ((completes || view.has('signedHere')) && policy) score += 0.25;
    if (policy) score += 0.25;
    else if (view.has('version') && hasHeading(view, /\bversion\b/)) score += 0.15;
    if (view.has('on')) score += 0.1;
    if (hasHeading(view, /\bcompletion time\b/)) score += 0.1;
    if (/ack|policy|politi|sign|accept|attest/.test(name)) score += 0.15;
    if (hasHeading(view, /\b(seat|role|hire date|termination date|plan|last active|tokens?|spend)\b/))
      score -= 0.3;
    if (hasHeading(view, /\b(connector|event|actor|app|application)\b/)) score -= 0.5;
    // Mere course completions are not about a policy, so nobody is asked about them.
    if (!says && !signs && !policy && TRAINING.test(firstCells(view, 'document'))) return 0;
    return says || signs || policy ? score : Math.min(score, 0.3);
  },
  asks: [
    {
      field: 'version',
      columns: ['version', 'document', 'signedHere'],
      looks: (text) => versionIn(text) !== null || /polic|version/i.test(text),
    },
    { field: 'on', columns: ['on', 'signedHere'], looks: 'day' },
    {
      field: 'acknowledged',
      columns: ['acknowledged', 'signedHere'],
      looks: (text) => answerIn(text) !== null,
    },
    { field: 'acknowledged', columns: ['acknowledged', 'on', 'signedHere'], looks: 'category' },
  ],
  read(views, environment, notes) {
    const rows = unique(views.flatMap((view) => readView(view, environment, notes)));
    refuseEmpty(rows, 'The list names no one who acknowledged a policy.');
    const days = rows.flatMap((row) => row.on ?? []).sort();
    const [from, to] = [days[0], days.at(-1)];
    return { rows, ...(from !== undefined && to !== undefined ? { covers: { from, to } } : {}) };
  },
});

/** Names for training in a learning system, as opposed to policies that people sign in it. */
const TRAINING = /\b(?:training|course|module|video|game|quiz|assessment|survey|lesson|newsletter)\b/i;

function firstCells(view: View, field: string): string {
  return sampleOf(view.table)
    .slice(0, 5)
    .map((row) => view.text(row, field) ?? '')
    .join(' ');
}

function readView(view: View, environment: ParseEnvironment, notes: Notes): AcknowledgementRow[] {
  const rows = dataRows(view, notes);
  const date = view.dates(rows, ['on'], environment);
  const answered = datesAsAnswers(view, rows, environment, notes);
  const headingVersion = versionIn(
    view.columns.first('acknowledged') === null ? '' : view.heading('acknowledged'),
  );
  if (headingVersion !== null && !view.has('version') && !view.has('document'))
    notes.add({
      column: view.heading('acknowledged'),
      says: `The policy version, ${headingVersion}, was derived from the heading.`,
    });
  const byColumn = view.has('acknowledged') ? null : signedHere(view, rows, environment, notes);
  const byOthers = submittedByOthers(view, rows, notes);
  const titled = titledPolicy(view, environment.file, notes);
  const draft = draftNamed(view, environment.file, notes);
  const ofSomeCourse = isOfSomeCourse(view, titled, notes);
  const doubtOf = doubtsOf(view, rows, environment);
  const people: AcknowledgementRow[] = [];
  // A person with several addresses has acknowledged it with each of them.
  const add = (emails: readonly string[], one: Omit<AcknowledgementRow, 'email'>) => {
    for (const email of emails.length === 0 ? [null] : emails) people.push({ ...one, email });
  };
  for (const row of rows) {
    const name = personName(view, row);
    const submitter = byOthers.get(row);
    const given = view.addresses(row, 'email').filter((one) => one !== submitter);
    const emails = ofOnePerson(given, name, row, notes);
    if (emails.length === 0 && name === null) {
      notes.add(
        { row: row.row, says: 'This row names no one and was left out.' },
        'rows that name no one were left out',
      );
      continue;
    }
    const signed = byColumn?.get(row) ?? [];
    if (signed.length > 0) {
      const on = date('on', row);
      for (const one of signed)
        add(
          emails,
          ownWord(submitter, {
            ...placeOf(row, environment),
            name,
            ...one,
            document: withDraft(one.document, draft),
            on: one.on ?? (one.acknowledged === true ? on : null),
          }),
        );
      continue;
    }
    if (TRAINING.test(view.text(row, 'documentType') ?? '')) {
      notes.add(
        {
          row: row.row,
          column: view.heading('documentType'),
          says: 'Training is not an acknowledgment of a policy, so this row was left out.',
        },
        'training rows were left out',
      );
      continue;
    }
    const answer = answered.get(row) ?? null;
    const on = date('on', row) ?? answer;
    const named = documentAndVersion(view, row);
    const document = withDraft(named.document ?? titled?.document ?? null, draft);
    add(
      emails,
      ownWord(
        submitter,
        sureWord(doubtOf(row), row, notes, {
          ...placeOf(row, environment),
          name,
          version: named.version ?? headingVersion ?? titled?.version ?? null,
          document,
          on: withdrawn(view, row) ? null : on,
          acknowledged: withdrawn(view, row)
            ? false
            : ofSomeCourse
              ? null
              : answer !== null
                ? true
                : acknowledged(view, row, on, notes),
        }),
      ),
    );
  }
  return people;
}

/** Name of the document, with the words that call it a draft. */
function withDraft(document: string | null, draft: string | null): string | null {
  return draft === null || document?.includes(draft)
    ? document
    : [document, draft].filter(Boolean).join(', ');
}

/** A yes that somebody else submitted becomes unknown; a no is kept. */
function ownWord(
  submitter: string | undefined,
  row: Omit<AcknowledgementRow, 'email'>,
): Omit<AcknowledgementRow, 'email'> {
  return submitter === undefined || row.acknowledged !== true
    ? row
    : { ...row, acknowledged: null, submittedBy: submitter };
}

/** Many lists have the day of the acknowledgment in place of a yes: such a cell is a yes on that day. */
function datesAsAnswers(
  view: View,
  rows: readonly TableRow[],
  environment: ParseEnvironment,
  notes: Notes,
): ReadonlyMap<TableRow, string> {
  if (!view.has('acknowledged')) return new Map();
  const column = view.heading('acknowledged');
  const dated = rows.filter((row) => {
    const cell = view.cell(row, 'acknowledged');
    return typeof cell === 'string' && /\d/.test(cell) && looksLikeDate(cell, environment.timezone);
  });
  if (dated.length === 0) return new Map();
  const cells = dated.map((row) => ({ row: row.row, cell: view.cell(row, 'acknowledged') }));
  const read = readDates([{ column, cells }], environment.timezone);
  notes.addAll(read.notes);
  notes.add({
    column,
    says: `Days in this column were read as an acknowledgment on that day, in ${dated.length === 1 ? 'one row' : `${dated.length} rows`}.`,
  });
  return new Map(
    dated.flatMap((row, at) => {
      const day = read.days[0]?.[at] ?? null;
      return day === null ? [] : [[row, day] as const];
    }),
  );
}

const VOID = /^(?:void|declin|expire|delet|cancel|recall|reject)/i;

/** Whether the row says that the person withdrew or refused: a day, a yes, or any words other than a no. */
function withdrawn(view: View, row: TableRow): boolean {
  const cell = view.cell(row, 'withdrawn');
  if (typeof cell === 'boolean') return cell;
  // A voided envelope is nobody's acknowledgment, no matter who had signed it.
  const whole = view
    .leftOver()
    .find((column) => /^(?:envelope|agreement|packet) status$/.test(words(column)));
  if (whole !== undefined && VOID.test(view.valueIn(row, whole) ?? '')) return true;
  const text = view.text(row, 'withdrawn');
  return text !== null && !/^(?:no|n|false|0|none|never|n\/a|-+)$/i.test(inEnglish(text));
}

/** A stated answer decides; without one, a day of acknowledgment does. Neither: unknown. */
function acknowledged(view: View, row: TableRow, on: string | null, notes: Notes): boolean | null {
  const cell = view.cell(row, 'acknowledged');
  if (typeof cell === 'boolean') return cell;
  const text = view.text(row, 'acknowledged');
  if (text !== null) {
    const answer = answerIn(text);
    if (answer !== null) return answer;
    notes.add(
      {
        row: row.row,
        column: view.heading('acknowledged'),
        says: `“${text.slice(0, 60)}” does not say whether the policy was acknowledged. Stored as unknown.`,
      },
      'answers stored as unknown',
    );
    return null;
  }
  return on !== null && saysWhen(view) ? true : null;
}

/** A bare "Date" may be when the list was made, so next to an answer column it proves nothing. */
function saysWhen(view: View): boolean {
  if (!view.has('acknowledged')) return true;
  const heading = words(view.englishHeading('on'));
  // A form has a time of completion, whatever its questions were answered.
  if (isQuestion(words(view.englishHeading('acknowledged'))) && /\bcomplet/.test(heading)) return false;
  return /\b(acknowledg\w*|signed|signature|accepted|agreed|attested|completed|completion)\b/.test(heading);
}

/** Whether a heading is the sentence that people agree to in a form, and not a word such as “Acknowledged”. */
const isQuestion = (heading: string): boolean => AGREES.test(heading) && heading.split(' ').length > 3;

function unique(rows: readonly AcknowledgementRow[]): AcknowledgementRow[] {
  return eachOnce(rows, (row) => contentKey(row, { email: row.email?.toLowerCase() ?? null }));
}
