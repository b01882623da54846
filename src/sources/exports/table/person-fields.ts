import type { TableRow } from '../file-kind.ts';
import { holdsAddress, words } from './cells.ts';
import { type Field, list, shareOf } from './columns.ts';
import type { View } from './view.ts';

/** Columns about someone other than the person of the row. */
export const SOMEBODY_ELSE =
  /\b(managers?|supervisors?|reports? to|approv\w*|emergency|created by|invited by|modified by|updated by|assistant|sponsor|inviter|reviewer|hr contact|next of kin|spouse|vorgesetzte\w*|fuhrungskraft|notfallkontakt|superieur|responsable|jefe|jefa)\b/;

export const EMAIL: Field = {
  field: 'email',
  headings:
    list(`email, email address, e-mail, e-mail address, user email, user email address, work email, work
      email address, company email, business email, corporate email, organization email, organization
      email, org email, official email, office email, primary email, primary email address, primary
      work email, main email, login email, account email, email id, mail, mail address, emailaddress,
      email work, email primary, primary smtp address, user principal name, userprincipalname, upn,
      login, login name, logon name, username, user name, user, account, courriel, correo electronico,
      e mail adresse`),
  pattern: /^(?:.* )?(?:work|business|company|office|corporate|primary|professional) e ?mail(?: address)?$/,
  not: SOMEBODY_ELSE,
  content: holdsAddress,
};

export const NAME: Field = {
  field: 'name',
  headings:
    list(`name, full name, display name, displayname, employee name, staff name, person name, user name,
      member name, worker, employee, staff member, team member, legal name, legal full name, preferred
      full name, complete name, name last first, last first, last name first name, employee full name,
      payroll name, ee name, who, name of employee, your name, your full name, your first and last name, first and last name, worksite employee, worksite employee name, wse, wse name, nom complet, nombre completo, person, user, username, account name`),
  not: SOMEBODY_ELSE,
};

export const FIRST_NAME: Field = {
  field: 'firstName',
  headings: list(
    `first name, given name, givenname, firstname, forename, legal first name, first, prenom, vorname`,
  ),
  not: SOMEBODY_ELSE,
};
export const LAST_NAME: Field = {
  field: 'lastName',
  headings: list(
    `last name, surname, family name, lastname, legal last name, last, nachname, apellido, apellidos`,
  ),
  not: SOMEBODY_ELSE,
};

/** Name of a row's person, from one column or from first and last name, with single spaces. */
export function personName(view: View, row: TableRow): string | null {
  const whole = view.personal(row, 'name');
  const isLogin = /^(?:user ?name|user|login|account(?: name)?)$/.test(words(view.englishHeading('name')));
  const first = view.personal(row, 'firstName');
  // Next to first and last name, "Username" is that of an account.
  if (isLogin && first !== null && view.personal(row, 'lastName') !== null)
    return `${first} ${view.personal(row, 'lastName')}`;
  // Microsoft Forms writes "anonymous" for people who are not signed in, even if the form asks for a name.
  if (whole !== null && !holdsAddress(whole) && !/^anonymous$/i.test(whole)) return whole;
  const beside = /^([^<(@]{2,100}?)\s*[<(][^<>()\s@]+@[^<>()\s@]+[>)]$/.exec(whole ?? '')?.[1];
  if (beside !== undefined && /\p{L}/u.test(beside)) return beside.replace(/^"|"$/g, '');
  const parts = [view.personal(row, 'firstName'), view.personal(row, 'lastName')].filter(
    (part) => part !== null,
  );
  return parts.length > 0 ? parts.join(' ') : null;
}

/**
 * Headings of lists of an association's own members, of mailing lists and of other tools, none of which are staff or
 * Claude seats.
 */
const OTHER_LISTS =
  /\b(membership (?:type|level|category|status|number|id)|member (?:type|id|number|no|level)|dues|renewal|renews|chapter|donor|donation|lifetime value|subscribed|unsubscribed|has 2fa|has sso|billing active)\b/;

/** Member type under which a membership system stores the association's own staff. */
const OF_STAFF = /^(?:staff|employees?|staff member|internal staff|office staff)$/i;

/**
 * Whether the headings show another kind of list with names and addresses. Membership systems also store staff, so a
 * list whose member type is staff in every row is not such a list.
 */
export function isOtherList(view: View): boolean {
  return view.english.some((column, at) => {
    const heading = column
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
    if (!OTHER_LISTS.test(heading)) return false;
    const ofStaff =
      /^(?:member|membership) type$/.test(heading) &&
      shareOf(view.table, at, (text) => OF_STAFF.test(text)) === 1;
    return !ofStaff;
  });
}

export const MONEY_OR_TOKENS = /\b(tokens?|spend|usd|cost(?! cent)|amount|requests|credits)\b/;
export function hasHeading(view: View, pattern: RegExp): boolean {
  return view.english.some((column) => pattern.test(column.toLowerCase().replace(/[^a-z0-9]+/g, ' ')));
}
