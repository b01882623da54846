import type { RosterRow } from '#domain/model/kinds.ts';
import { quoted } from '#domain/text/words.ts';
import { ImportProblem, type ParseEnvironment, type TableRow } from '../file-kind.ts';
import { addresses, compact, words } from '../table/cells.ts';
import { sampleOf, shareOf } from '../table/columns.ts';
import { dataRows } from '../table/data-rows.ts';
import type { Notes } from '../table/notes.ts';
import {
  hasHeading,
  isOtherList,
  MONEY_OR_TOKENS,
  personName,
  SOMEBODY_ELSE,
} from '../table/person-fields.ts';
import { contentKey, placeOf } from '../table/place-of.ts';
import { tableKind } from '../table/table-kind.ts';
import { refuseEmpty, type View } from '../table/view.ts';
import { inEnglish } from '../words/english.ts';
import { listsAssignments, onePerPerson } from './roster-assignments.ts';
import { asOf, type DatedRow } from './roster-dated.ts';
import { ROSTER_FIELDS } from './roster-fields.ts';
import { gapsOf, OTHER_DAY } from './roster-gaps.ts';
import { staffPages } from './roster-json.ts';
import { labelsOf, withoutListsOfSame } from './roster-lines.ts';
import { statusIn } from './roster-status.ts';
import { engagementOf, statusOf } from './roster-words.ts';

/** Headings that only employers use. */
const EMPLOYER_WORDS =
  /\b(hired?|terminat\w+|last working day|employment|separation)\b|^(employee|staff|worker)( (full )?name)?$/;

const IS_PERSON = ['status', 'startsOn', 'endsOn', 'employeeId', 'engagement'] as const;

/** Headings of the day on which a training was completed. */
const COMPLETED = /^(?:date completed|completed(?: (?:at|on|date))?|completion (?:date|status))$/;
const CLAUDE_ROLE = /^((primary )?owner|admin|member|user|custom|managed)$/i;

/** The staff roster from HR, payroll or a directory: who works here, from when until when. */
export const roster = tableKind<'roster'>({
  kind: 'roster',
  fields: ROSTER_FIELDS,
  listsNow: true,
  json: staffPages,
  needs: { fields: ['email', 'otherEmail', 'name', 'lastName'], words: 'names or email addresses' },
  score(view, name) {
    if (isOtherList(view)) return 0;
    const names = view.columns.first('name');
    const named =
      (names !== null &&
        (sampleOf(view.table).length === 0 ||
          shareOf(view.table, names, (text) => /\p{L}/u.test(text)) >= 0.5)) ||
      view.has('lastName') ||
      view.has('firstName');
    if (!named && !view.has('email')) return 0;
    const status = view.columns.first('status');
    // Names with "Active" could be any list; a heading that only an employer uses makes it a roster.
    const title = view.columns.first('title');
    // A column of Claude roles is not a job title.
    const jobs =
      title !== null && shareOf(view.table, title, (text) => CLAUDE_ROLE.test(inEnglish(text).trim())) < 0.8;
    const leaves =
      status !== null &&
      shareOf(view.table, status, (text) => ['left', 'on_leave', 'future'].includes(statusOf(text) ?? '')) >
        0;
    const employs =
      jobs ||
      ['startsOn', 'endsOn', 'department', 'engagement', 'formerName'].some((field) => view.has(field)) ||
      hasHeading(view, /\b(employ\w*|staff|worker|personnel|hr) (status|id|number|no)\b/) ||
      hasHeading(view, EMPLOYER_WORDS) ||
      hasHeading(view, SOMEBODY_ELSE) ||
      leaves;
    let score = (named ? 0.15 : 0.05) + (view.has('email') ? 0.1 : 0);
    if (status !== null && shareOf(view.table, status, (text) => statusOf(text) !== null) >= 0.7)
      score += 0.2;
    if (leaves) score += 0.15;
    if (view.has('startsOn') || view.has('rehiredOn')) score += 0.2;
    if (view.has('endsOn')) score += 0.25;
    // Words that no other list uses.
    if (hasHeading(view, /\b(hired?|terminat\w+|last working day|employment|separation|leaver|leaving)\b/))
      score += 0.1;
    if (hasHeading(view, /^(employee|staff|worker)( (full )?name)?$/)) score += 0.25;
    if (view.has('employeeId'))
      score += hasHeading(view, /\b(emp\w*|staff|payroll|personnel|worker|badge|hr)\b/) ? 0.2 : 0.05;
    if (view.has('department')) score += 0.25;
    if (jobs) score += 0.2;
    const engagement = view.columns.first('engagement');
    if (engagement !== null && shareOf(view.table, engagement, (text) => engagementOf(text) !== null) >= 0.7)
      score += 0.15;
    if (hasHeading(view, SOMEBODY_ELSE)) score += 0.1;
    if (view.has('formerName')) score += 0.1;
    const saysSo = /roster|staff|employee|(?<![a-z])hr(?![a-z])|payroll|personnel|headcount/.test(name);
    if (saysSo) score += 0.3;
    else if (/people|team/.test(name)) score += 0.15;
    if (hasHeading(view, /\b(seat|seat tier|seat type)\b/)) score -= 0.4;
    if (hasHeading(view, /\b(plan|plan type|subscription)\b/)) score -= 0.3;
    if (hasHeading(view, /acknowledg|\bpolicy\b|i have read/)) score -= 0.5;
    if (hasHeading(view, MONEY_OR_TOKENS)) score -= 0.5;
    if (
      hasHeading(view, /userprincipalname|user principal name/) &&
      hasHeading(view, /account ?enabled|user ?type|block credential|object ?id/)
    )
      score -= 0.4;
    // Who completed what and when: with names of employees, it is still not a list of who works here.
    if (hasHeading(view, COMPLETED) && !view.has('startsOn') && !view.has('endsOn'))
      return Math.min(score, 0.45);
    return employs || saysSo ? score : Math.min(score, 0.45);
  },
  asks: [
    { field: 'name', columns: ['name', 'firstName', 'lastName'], looks: 'name' },
    { field: 'startsOn', columns: ['startsOn', 'rehiredOn'], looks: 'day' },
    { field: 'endsOn', looks: 'day', not: OTHER_DAY },
    {
      field: 'engagement',
      looks: (text) => engagementOf(text) !== null,
      // Exempt and non-exempt, or full time and part time: all of them are employees.
      settled: (text) => engagementOf(text) === 'employee',
    },
  ],
  read(views, environment, notes) {
    const namesOf = (view: View) =>
      view.table.rows.flatMap((row) => compact(fullName(view, row) ?? '') || []);
    const dated = withoutListsOfSame(views, namesOf, notes).flatMap((view) => {
      const people = readView(view, environment, notes);
      return listsAssignments(view) ? onePerPerson(people, notes) : people;
    });
    const rows = asOf(dated, environment.today, notes);
    refuseEmpty(rows, 'The roster lists no one.');
    // With a list of leavers only, nobody would count as staff.
    if (
      rows.every(({ status, endsOn }) => status === 'left' || (endsOn !== null && endsOn < environment.today))
    ) {
      throw new ImportProblem(
        'Everyone in this list has left, so it is not a staff roster. Import one list of those who work here and those who left.',
      );
    }
    return { rows: withoutTwins(rows, notes) };
  },
});

function readView(view: View, environment: ParseEnvironment, notes: Notes): DatedRow[] {
  const rows = dataRows(view, notes);
  const date = view.dates(rows, ['startsOn', 'rehiredOn', 'endsOn', 'effectiveOn'], environment);
  // A workbook may have a separate sheet of leavers, "Terminated", without a status column.
  const sheetStatus = view.has('status') || view.table.sheet === null ? null : statusOf(view.table.sheet);
  if (sheetStatus)
    notes.add({
      says: `The status of everyone on the sheet “${view.table.sheet ?? ''}” was derived from its name.`,
    });
  if (view.has('enabled') && !view.has('status')) {
    notes.add({
      column: view.heading('enabled'),
      says: 'Whether an account is enabled does not say whether the person works here, so the status is unknown.',
    });
  }
  const gap = gapsOf(view, rows, environment, notes);
  const statusOfRow = statusIn(view);
  // Numbers from 1 up are line numbers, which another list assigns to other people.
  const countsLines =
    rows.length > 2 && rows.every((row, at) => view.text(row, 'employeeId') === String(at + 1));
  const isLabel = labelsOf(view, rows);
  const people: DatedRow[] = [];
  for (const row of rows) {
    if (isLabel(row)) {
      notes.add(
        {
          row: row.row,
          says: `“${fullName(view, row) ?? ''}” is the label of the lines below it, so it was left out.`,
        },
        'labels of the lines below them were left out',
      );
      continue;
    }
    const name = fullName(view, row);
    // A cell such as `Ada Quist <ada@alder.example>` has both.
    const written = ['email', 'otherEmail', 'name'].flatMap((field) => view.addresses(row, field));
    const remark = view.texts(row, 'email').find(saysNoMailbox);
    if (remark !== undefined)
      notes.add(
        {
          row: row.row,
          column: view.heading('email'),
          says: `${quoted(remark.slice(0, 80))} says that the address does not exist yet or no longer, so it was left out.`,
        },
        'addresses that do not exist were left out',
      );
    const gone = new Set(remark === undefined ? [] : addresses(remark));
    const emails = unique(written.filter((one) => !gone.has(one)));
    if (name === null && emails.length === 0) {
      // Content about when or how someone works here belongs to a person, whom rules must not overlook.
      const isPerson = IS_PERSON.some((field) => view.text(row, field) !== null);
      notes.add(
        {
          row: row.row,
          says: isPerson
            ? 'This row has neither a name nor an email address, so it is not known whose it is.'
            : 'This row has neither a name nor an email address and was left out.',
        },
        isPerson ? 'neither name nor email address' : 'neither name nor email address, left out',
      );
      if (!isPerson) continue;
    }
    if (name !== null && emails.length === 0 && VACANT.test(name)) {
      notes.add(
        { row: row.row, says: `“${name}” is a position that nobody holds, so it was left out.` },
        'positions that nobody holds were left out',
      );
      continue;
    }
    const span = employment(date('startsOn', row), date('rehiredOn', row), date('endsOn', row));
    if (span.earlier !== null)
      notes.add(
        {
          row: row.row,
          column: view.heading('endsOn'),
          says: `The last day ${span.earlier} is of an earlier employment or means none, so it was left out.`,
        },
        'last days of an earlier employment were left out',
      );
    const known = {
      status: sheetStatus ?? statusOfRow(row),
      endsOn: span.endsOn,
      cameBack: span.earlier !== null || date('rehiredOn', row) !== null,
    };
    const unsaid = gap(row, known);
    const person: RosterRow = {
      ...placeOf(row, environment),
      name,
      emails,
      formerNames: namesIn(view, row, name, 'formerName'),
      ...(view.has('otherName') ? { otherNames: namesIn(view, row, name, 'otherName') } : {}),
      employeeId: countsLines ? null : view.text(row, 'employeeId'),
      status: unsaid?.code === 'unread_status' ? null : known.status,
      startsOn: span.startsOn,
      endsOn: known.endsOn,
      engagement: engagement(view, row) ?? engagementOf(view.text(row, 'status') ?? ''),
      department: view.text(row, 'department'),
      unsure:
        known.status === null && span.earlier !== null
          ? { code: 'unread_last_day', column: view.heading('endsOn'), text: span.earlier }
          : unsaid,
    };
    people.push({ person, effectiveOn: date('effectiveOn', row) });
  }
  return people;
}

/** Whether the text beside the addresses of a cell says that they do not exist. */
function saysNoMailbox(text: string): boolean {
  const beside = addresses(text).reduce((rest, one) => rest.replaceAll(one, ' '), text);
  return [beside, inEnglish(beside)].some((one) => NO_MAILBOX_YET.test(words(one)));
}

/** Beside an address: it has not been created yet, or no longer exists. */
const NO_MAILBOX_YET =
  /\b(?:not (?:yet )?(?:created|set up|active|activated|assigned|available|working|live)|to be (?:created|set up|assigned)|will be (?:created|set up)|no longer (?:active|exists|used|valid)|does not (?:exist|work)|requested|noch nicht|wird (?:noch )?(?:angelegt|eingerichtet)|pas encore|a creer|aun no|todavia no|por crear|nog niet|ainda nao|a criar)\b/;

/** Placeholders in place of a name for a vacant position. */
const VACANT =
  /^\W*(?:(?:position |currently )?vacant|vacancy|open (?:position|role|req(?:uisition)?)|unfilled|to be (?:hired|filled|recruited)|tb[dh]|poste vacant|(?:puesto |plaza )?vacante|unbesetzt|vakant)(?:\W|$)/i;

/** Systems write an earlier year for "no date". */
const FIRST_YEAR = '1950';

/**
 * Days of the current employment. A last day before the first one belongs to an earlier employment, which many systems
 * keep for people who come back. `earlier`: a last day that does not count.
 */
function employment(started: string | null, again: string | null, ended: string | null) {
  const startsOn = again !== null && (started === null || again > started) ? again : started;
  const counts = ended !== null && ended >= FIRST_YEAR && (startsOn === null || ended >= startsOn);
  return { startsOn, endsOn: counts ? ended : null, earlier: counts ? null : ended };
}

/** Workday appends the worker's number, "Doe, Jane (E1002)", or a state, "Doe, Jane (On Leave)". */
const BESIDE_NAME =
  /(?<!\s)\s*(?:\((?=[^()]*\d)[\w-]{1,20}\)|\((?:on leave|terminated|c)\)|\[(?=[^[\]]*\d)[\w-]{1,20}\])$/i;

function fullName(view: View, row: TableRow): string | null {
  const written = personName(view, row);
  if (written === null) return null;
  const name = written.replace(BESIDE_NAME, '');
  // "Doe, Jane" is one name the other way round; "Acme, Inc." is not turned, for it has no second part that is a name.
  const turned = /^([\p{L}'’ -]+),\s*([\p{L}'’. -]+)$/u.exec(name);
  if (!turned?.[1] || !turned[2]) return name;
  return /^(jr|sr|ii|iii|iv|phd|md|cae|esq|mba|cpa|inc|llc)\b\.?/i.test(turned[2].trim())
    ? name
    : `${turned[2].trim()} ${turned[1].trim()}`;
}

/** Further names of the person, whole. A last name alone is joined to the first name, and a first name to the last. */
function namesIn(
  view: View,
  row: TableRow,
  name: string | null,
  field: 'formerName' | 'otherName',
): string[] {
  const first = view.personal(row, 'firstName') ?? name?.split(' ')[0] ?? '';
  const last = view.personal(row, 'lastName') ?? name?.split(' ').slice(1).join(' ') ?? '';
  const found = view.columns.all(field).flatMap((index) => {
    const text = typeof row.cells[index] === 'string' ? String(row.cells[index]).trim() : '';
    const heading = words(view.english[index] ?? '');
    return text
      .split(/[;/|]/)
      .map((part) => part.trim())
      .filter((part) => part !== '' && !/^(n\/?a|none|no|-+)$/i.test(part))
      .map((part) => {
        if (part.includes(' ')) return part;
        if (/last|surname|maiden|birth/.test(heading)) return `${first} ${part}`.trim();
        return /preferred|nick|goes by|known as|first/.test(heading) ? `${part} ${last}`.trim() : part;
      });
  });
  return unique(found).filter((other) => compact(other) !== compact(name ?? ''));
}

function engagement(view: View, row: TableRow): RosterRow['engagement'] {
  const text = view.text(row, 'engagement');
  if (text === null) return null;
  const known = engagementOf(text);
  if (known === null) view.noteUnknown(row, 'engagement', text, 'kind of employment');
  return known;
}

/** Identical rows are one. Rows of one person that differ all stay, since only the client knows which one holds. */
function withoutTwins(rows: readonly RosterRow[], notes: Notes): RosterRow[] {
  const seen = new Map<string, RosterRow>();
  const byAddress = new Map<string, RosterRow>();
  for (const row of rows) {
    const key = contentKey(row, { emails: row.emails.map((email) => email.toLowerCase()) });
    const twin = seen.get(key);
    if (twin !== undefined) {
      if (twin.hidden === true) seen.set(key, row);
      continue;
    }
    seen.set(key, row);
    const address = row.emails[0]?.toLowerCase();
    const other = address === undefined ? undefined : byAddress.get(address);
    if (address === undefined) continue;
    if (other)
      notes.add({
        row: row.row,
        says: `${address} is in the file again, differently, in row ${other.row}. Both rows were kept.`,
      });
    else byAddress.set(address, row);
  }
  return [...seen.values()];
}

function unique(texts: readonly string[]): string[] {
  return [...new Map(texts.map((text) => [text.toLowerCase(), text])).values()];
}
