import { type Field, list } from '../table/columns.ts';
import { EMAIL, FIRST_NAME, LAST_NAME, NAME, SOMEBODY_ELSE } from '../table/person-fields.ts';
import { engagementOf, statusOf } from './roster-words.ts';

/** Whether a cell is a day in any format; "Yes" below "Terminated" is not. */
const isDay = (text: string): boolean =>
  /^\d{1,4}[-./ ]|^\p{L}{3,12}\.? \d{1,2},? \d{4}$|^\d{5}$/u.test(text);

/** Columns of exports from HR, payroll and directories, in common spellings. */
export const ROSTER_FIELDS: readonly Field[] = [
  {
    field: 'otherEmail',
    many: true,
    headings: [],
    pattern:
      /^(?:(?:secondary|alternat\w+|other|additional|previous|prior|former|old|personal|home|private|second|email alias\w*|mail alias\w*) ?(?:work )?(?:e ?mails?|mails?|upn)?(?: address(?:es)?)?|e ?mail (?:2|two|secondary|alias\w*|personal|home|other)|alias(?:es)?|proxy ?addresses|other ?mails?|alternate ?email ?address(?:es)?)$/,
    not: new RegExp(`${SOMEBODY_ELSE.source}|\\b(name|phone|address line|id)\\b`),
  },
  { ...EMAIL, many: true },
  {
    field: 'employeeId',
    headings:
      list(`employee id, employee number, employee no, emp id, emp no, emp number, employeeid, staff id, staff number,
      personnel number, personnel id, payroll id, payroll number, worker id, badge number, file
      number, associate id, hr id, id, number, employee code, ee id, ee number, ee no, ee, wse id, wse number, wse no, worksite employee id`),
  },
  {
    field: 'status',
    headings:
      list(`employment status, empl status, emp status, employment, status, employee status, staff status, worker status, work status, hr status, pay status, status code, ee status, ee status code,
      current status, state, active, is active, active status, currently employed, employed, active
      inactive, assignment status, position status, sts, emp sts, empl sts, employee sts, emp stat, empl stat, hr sts`),
    check: (text) => statusOf(text) !== null || /^(yes|no|y|n|true|false|1|0)$/i.test(text),
  },
  {
    field: 'rehiredOn',
    headings: list(
      `rehire date, rehire, rehire dt, rehired, rehired on, date of rehire, date rehired, most recent rehire date, last rehire date, reinstatement date, reinstated on,
      most recent hire date, last hire date, latest hire date, current hire date, recent hire date, adjusted hire date, date of last hire`,
    ),
  },
  {
    field: 'startsOn',
    headings:
      list(`start date, hire date, hire, doh, date of original hire, hire dt, hire rehire date, original rehire date, original hire rehire date, orig rehire date, hired, hired on, date hired, date of hire, original hire date, orig hire date, orig hire dt, orig hire, original hire, employment
      start date, employment start, start, starts, starts on, starting date, first day, first working day, first day of
      work, date started, contract start, contract start date, contract starts, contract began, start of contract, joining date, date of joining, join date, joined, commencement date, begin
      date, started, started on, since, with us since, here since, employed since, date employed, employee hire date, employeehiredate`),
  },
  {
    field: 'endsOn',
    headings:
      list(`last working day, last day of work, last day worked, last day, termination date, termination dt, term, term date, term dt, date
      of termination, date terminated, terminated on, terminated, end date, employment end date,
      employment end, end, ends, ends on, leave date, leaving date, date left, left on, left,
      separation date, date of separation, release date, date released, separated, separated on, date separated, departure date, departed, exit date, resignation date,
      retirement date, contract end, contract end date, contract ends, end of contract, contract end dt, contract
      expiration, contract expiration date, contract expires, assignment end, assignment end date, engagement end,
      engagement end date, offboarding date, final day, employeeleavedatetime, date of leaving, finish date, leaving, leaving on, works until, working until, works through, works till, here until, with us until, employed until, employed through, employed till, last day here, last day with us, end of employment, employment ended, left leaving, left or leaving, gone, gone since`),
    further: isDay,
  },
  {
    // Used for a history with one row per change; not needed for a roster with one row per person.
    field: 'effectiveOn',
    headings: list(
      `effective date, effective dt, effective, effective on, effective from, effective start date, eff date, effdt, job effective date, change effective date, valid from, event date, action date, transaction date`,
    ),
  },
  {
    field: 'engagement',
    headings:
      list(`employment type, engagement, engagement type, employee type, employeetype, worker type, staff
      type, type, contract type, employment category, employee category, classification, category,
      worker category, worker category description, employment classification, relationship, user type, usertype, account type,
      mailbox type, recipient type, recipienttypedetails, dol status, paid or volunteer, staff or volunteer, employee or
      volunteer, employee or contractor, staff or contractor`),
    check: (text) => engagementOf(text) !== null,
  },
  {
    field: 'department',
    headings:
      list(`department, dept, department name, department description, home department description, home department, team, division, unit, business unit, cost
      center, cost centre, cost center 1 description, organization unit, org level 1, org unit, group, function`),
  },
  NAME,
  FIRST_NAME,
  LAST_NAME,
  {
    field: 'formerName',
    many: true,
    headings:
      list(`former name, former last name, former surname, previous name, previous last name, maiden name,
      birth name, name at birth, prior name, old name`),
  },
  {
    field: 'otherName',
    many: true,
    headings:
      list(`preferred name, preferred first name, preferred last name, nickname, nick name, goes by, known
      as, also known as, aka, a.k.a., other names, other name, legal name, chosen name`),
  },
  { field: 'middleName', headings: ['middle name', 'middle initial', 'middle'] },
  {
    field: 'title',
    headings: list(
      `job title, title, position, position title, role, job, designation, business title, job name`,
    ),
  },
  {
    field: 'enabled',
    headings: ['account enabled', 'accountenabled', 'block credential', 'sign in blocked', 'sign in status'],
  },
];
