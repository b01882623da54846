import type { Charter } from '../model/charter.ts';
import type { MemberRow, RosterGap, RosterRow } from '../model/kinds.ts';
import { address, mayBeOnePerson, namesMailbox, namesOffice } from './names.ts';
import { staffOn, unsureWords } from './staff.ts';

/**
 * What the lists of people tell of someone who signed: works here, had left on the last day given (null: on a day that
 * the roster does not give), was yet to begin, or is on no list. `no_list` where there is no roster to look at, with why, and
 * `unread` where one was brought that cannot be used; `disputed` where of rosters of one day that differ one shows the person
 * as having left or yet to begin, and another does not, where only a roster that is too old shows it, or where the rows of
 * the person on one roster leave it open.
 */
export type Signer =
  | { readonly is: 'works_here' | 'unknown' }
  | { readonly is: 'no_list'; readonly why: string; readonly unread: boolean }
  | { readonly is: 'disputed'; readonly why: string }
  | {
      readonly is: 'left';
      readonly lastDay: string | null;
      /** Day of a roster that shows it and gives no last day. */
      readonly shownOn?: string;
    }
  | { readonly is: 'not_yet'; readonly firstDay: string };

export interface SignerLists {
  readonly roster: readonly RosterRow[];
  readonly members: readonly MemberRow[];
  readonly charter: Charter | null;
}

/**
 * Looks a signature up, as of a day. One row that says that the person works here is enough, so that of two people of one
 * name the one who left does not speak for the other; someone whom the charter names in a role is known without a roster.
 */
export function signerOn(signature: string, { roster, members, charter }: SignerLists, day: string): Signer {
  if (roster.length === 0) return { is: 'no_list', why: 'The roster lists no one.', unread: false };
  const people = roster.filter(({ engagement }) => !isOfSeveral(engagement));
  const named = people.filter(({ name, emails }) =>
    [...(name === null ? [] : [name]), ...emails].some((one) => mayBeOnePerson(signature, one)),
  );
  // A roster may know someone by address alone, or by another first name than the one they sign with.
  const signing = members.filter(({ name }) => isOf(signature, name)).map(({ email }) => address(email));
  const rows =
    named.length > 0
      ? named
      : people.filter(({ emails }) => emails.some((one) => signing.includes(address(one))));
  const works = staffOn(roster, day);
  const staff = rows.filter((row) => works(row) !== false);
  const here = staff.filter((row) => !beginsAfter(row, day));
  const [open] = here;
  if (open !== undefined)
    return here.every((row) => works(row) === null && isInDoubt(row, day))
      ? { is: 'disputed', why: `${unsureWords(open)}.` }
      : { is: 'works_here' };
  const firstDay = staff.flatMap(({ startsOn }) => startsOn ?? []).sort()[0];
  if (firstDay !== undefined) return { is: 'not_yet', firstDay };
  if (rows.length > 0) {
    const days = rows.flatMap(({ endsOn }) => endsOn ?? []).sort();
    return { is: 'left', lastDay: days.at(-1) ?? null };
  }
  const isMember =
    !namesMailbox(signature) &&
    members.some(({ name, email }) => [name, email].some((one) => isOf(signature, one)));
  const isKnown = isMember || hasRole(signature, charter) || approves(signature, charter);
  return { is: isKnown ? 'works_here' : 'unknown' };
}

/**
 * Whether a row that does not tell whether somebody works here speaks against it all the same: another row of the person has
 * them as gone, or its own status, last day or note says something that may be a leaving. One that is empty says nothing, and of
 * a column that may hold last days only a day before the signature does.
 */
function isInDoubt({ unsure }: RosterRow, day: string): boolean {
  if (unsure?.code === 'unknown_column') return unsure.text === null || unsure.text < day;
  return unsure === null || (unsure !== undefined && DOUBTS.has(unsure.code));
}

const DOUBTS: ReadonlySet<RosterGap['code']> = new Set([
  'ahead',
  'contradiction',
  'left_before',
  'remark',
  'unread_last_day',
  'unread_status',
]);

/** A row of the roster for an account that several people use, or a program, is no person. */
export function isOfSeveral(engagement: RosterRow['engagement']): boolean {
  return engagement === 'shared' || engagement === 'service';
}

/** Whether an address is that of whoever signed: the signature holds it, or one row of the roster has both. */
export function isAddressOf(email: string, signature: string, roster: readonly RosterRow[]): boolean {
  if (signature.includes('@')) return mayBeOnePerson(signature, email);
  const rows = roster.filter(({ name }) => name !== null && mayBeOnePerson(signature, name));
  const [row] = rows;
  return rows.length === 1 && row !== undefined && row.emails.some((one) => mayBeOnePerson(one, email));
}

/** Whether a charter gives whoever signed a role. */
export function hasRole(signature: string, charter: Charter | null): boolean {
  return namedIn(charter).some((one) => isOf(signature, one));
}

/**
 * Whether the charter names whoever signed among those who approved it, or who have to agree before a conversation is
 * opened: board members are on no roster. An office or a mailbox is no person, whatever it approved.
 */
function approves(signature: string, charter: Charter | null): boolean {
  if (charter === null || namesMailbox(signature) || namesOffice(signature)) return false;
  const approvers = [...(charter.approvedBy ?? []), ...(charter.contentAccess?.approvers ?? [])];
  return approvers.some((one) => isOf(signature, one));
}

function isOf(signature: string, one: string | null): boolean {
  return one !== null && one.trim() !== '' && mayBeOnePerson(signature, one);
}

/** A first day after a last day is that of someone who came back, and was here before. */
function beginsAfter({ startsOn, endsOn }: RosterRow, day: string): boolean {
  return startsOn !== null && startsOn > day && (endsOn === null || endsOn >= startsOn);
}

/** People whom a charter gives a role: they may be of the board or of an agency, and on no roster. */
function namedIn(charter: Charter | null): readonly string[] {
  if (charter === null) return [];
  const { accountOwner, owners, admins, governanceOwner, governanceDeputy, incidentPlan } = charter;
  return [
    ...(incidentPlan?.contacts ?? []),
    ...(accountOwner === undefined ? [] : [accountOwner]),
    ...(owners ?? []),
    ...(admins ?? []),
    ...[governanceOwner, governanceDeputy].flatMap((one) =>
      one === undefined ? [] : [one.name, one.email].filter((text) => text !== undefined),
    ),
  ];
}
