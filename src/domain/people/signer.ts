import type { Charter } from '../model/charter.ts';
import type { MemberRow, RosterGap, RosterRow } from '../model/kinds.ts';
import { notBegun } from './begun.ts';
import { address, mayBeOnePerson, namesMailbox, namesOffice } from './names.ts';
import { staffOn, unsureWords } from './staff.ts';

/**
 * What the lists of people show about a signer: works here, had left (`lastDay` null: the roster does not give the
 * day), had not begun, or is on no list (`unknown`). `no_list`: there is no usable roster; `unread`: one was imported
 * but cannot be used. `disputed`: rosters of one day differ on whether the person had left or not begun, only a roster
 * that is too old shows it, or the person's rows on one roster leave it open.
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
 * Looks up a signature as of a day. One row that shows the person as working here is enough, so that a leaver of the
 * same name does not count against them. Someone whom the charter names in a role needs no row on the roster.
 */
export function signerOn(signature: string, { roster, members, charter }: SignerLists, day: string): Signer {
  if (roster.length === 0) return { is: 'no_list', why: 'The roster lists no one.', unread: false };
  const rows = rowsOf(signature, roster, members);
  const works = staffOn(roster, day);
  const staff = rows.filter((row) => works(row) !== false);
  const here = staff.filter((row) => !beginsAfter(row, day));
  const [open] = here;
  if (open !== undefined && here.every((row) => notBegun(row, day) !== null))
    return {
      is: 'disputed',
      why: `According to the roster, ${signature} ${notBegun(open, day)?.words ?? ''}.`,
    };
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

/** Rows of the roster that may be the signer's. */
function rowsOf(
  signature: string,
  roster: readonly RosterRow[],
  members: readonly MemberRow[],
): readonly RosterRow[] {
  const people = roster.filter(({ engagement }) => !isOfSeveral(engagement));
  const named = people.filter(({ name, emails }) =>
    [...(name === null ? [] : [name]), ...emails].some((one) => mayBeOnePerson(signature, one)),
  );
  // A roster may know someone by address alone, or by another first name than the one they sign with.
  const signing = members.filter(({ name }) => isOf(signature, name)).map(({ email }) => address(email));
  return named.length > 0
    ? named
    : people.filter(({ emails }) => emails.some((one) => signing.includes(address(one))));
}

/** Whether a roster mentions the signer, as working here or not. */
export function isOnRoster(
  signature: string,
  { roster, members }: Pick<SignerLists, 'roster' | 'members'>,
): boolean {
  return rowsOf(signature, roster, members).length > 0;
}

/**
 * Whether a row for which `staffOn` gives null is still evidence that the person may have left: another of their rows
 * shows it, or the row's own status, last day or note may mean it. An empty row is no such evidence. In a column that
 * may hold last days, a day on or after that of the signature is none either.
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

/** Whether a row of the roster is for a shared account or a program, and so not for a person. */
export function isOfSeveral(engagement: RosterRow['engagement']): boolean {
  return engagement === 'shared' || engagement === 'service';
}

/** Whether an address is the signer's: it is the signature itself, or the only row with that name has the address. */
export function isAddressOf(email: string, signature: string, roster: readonly RosterRow[]): boolean {
  if (signature.includes('@')) return mayBeOnePerson(signature, email);
  const rows = roster.filter(({ name }) => name !== null && mayBeOnePerson(signature, name));
  const [row] = rows;
  return rows.length === 1 && row !== undefined && row.emails.some((one) => mayBeOnePerson(one, email));
}

/** Whether the charter gives the signer a role. */
export function hasRole(signature: string, charter: Charter | null): boolean {
  return namedIn(charter).some((one) => isOf(signature, one));
}

/**
 * Whether the charter names the signer among those who approved it, or who must agree before a conversation is opened:
 * board members are on no roster. An office or a mailbox is not a person, whatever it approved.
 */
function approves(signature: string, charter: Charter | null): boolean {
  if (charter === null || namesMailbox(signature) || namesOffice(signature)) return false;
  const approvers = [...(charter.approvedBy ?? []), ...(charter.contentAccess?.approvers ?? [])];
  return approvers.some((one) => isOf(signature, one));
}

function isOf(signature: string, one: string | null): boolean {
  return one !== null && one.trim() !== '' && mayBeOnePerson(signature, one);
}

/**
 * Whether work begins only after a day. A first day later than the last day is a return: the person was here before.
 */
function beginsAfter({ startsOn, endsOn }: RosterRow, day: string): boolean {
  return startsOn !== null && startsOn > day && (endsOn === null || endsOn >= startsOn);
}

/** People to whom the charter gives a role. They may belong to the board or an agency and be on no roster. */
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
