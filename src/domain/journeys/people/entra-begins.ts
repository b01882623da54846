import { addDays } from '../../model/day.ts';
import type { EntraUserRow, MemberRow } from '../../model/kinds.ts';
import type { Reading } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { address, domainOf, looksLikeService, looksShared, withoutTag } from '../../people/names.ts';
import { holdsSeat } from '../../people/reconcile.ts';
import { entraAccountOf } from '../../rules/microsoft/entra-account.ts';
import { dayWords } from '../../text/words.ts';
import { MIN_STAFF, type RosterDoubt } from './concerns.ts';

/** Someone who leaves or joins according to the Entra users alone. */
export interface EntraBegin {
  /** Address of the account in Claude, or of the new one in Entra. */
  readonly key: string;
  readonly name: string;
  /** Day of the first reading that shows it. */
  readonly day: string;
  /** Day of the newest reading. */
  readonly on: string;
}

export interface EntraBegins {
  readonly leaving: readonly EntraBegin[];
  readonly joining: readonly EntraBegin[];
  /** Set if there are so many at once that the list may be the wrong one; the lists are then empty. */
  readonly doubt: RosterDoubt | null;
}

/** An account first seen within this many days counts as new. */
const NEW_DAYS = 60;
const NOBODY: EntraBegins = { leaving: [], joining: [], doubt: null };

/**
 * Leavers and joiners according to the Entra users: seats of disabled accounts if there is no current roster, and
 * accounts in the client's domains that are missing from an earlier reading and hold no seat.
 */
export function entraBegins(context: CheckContext): EntraBegins {
  const users = context.read('entra_users', 30);
  const members = context.read('members', 30);
  if (!users.ok || !members.ok) return NOBODY;
  const history = context.history('entra_users').filter(({ complete }) => complete);
  const seats = members.rows.filter(holdsSeat);
  const leaving = context.read('roster', 30).ok
    ? []
    : disabledSeats(seats, users.rows, history, users.observedOn);
  if (seats.length >= MIN_STAFF && leaving.length * 2 >= seats.length)
    return { ...NOBODY, doubt: doubtOf(users.observedOn, leaving.length, seats.length) };
  const joining = newAccounts(context, members.rows, users.rows, history, users.observedOn);
  const known = users.rows.length - joining.length;
  return {
    leaving,
    joining: known < joining.length && joining.length >= MIN_STAFF ? [] : joining,
    doubt: null,
  };
}

type History = readonly Reading<'entra_users'>[];

function disabledSeats(
  seats: readonly MemberRow[],
  users: readonly EntraUserRow[],
  history: History,
  on: string,
): EntraBegin[] {
  return seats.flatMap((member) => {
    const key = address(member.email);
    // Microsoft disables the accounts of shared mailboxes, so it means nothing there.
    if (looksShared(key) || looksLikeService(key)) return [];
    const user = accountOf(member, users, history);
    if (user?.enabled !== false) return [];
    return [
      {
        key,
        name: member.name ?? member.email,
        day: disabledSince(user, history, on),
        on,
      },
    ];
  });
}

/** Finds the account by address, else by the object id that an earlier reading had for it: renaming keeps the id. */
function accountOf(member: MemberRow, users: readonly EntraUserRow[], history: History): EntraUserRow | null {
  const who = { name: member.name ?? '', employeeId: null, addresses: [address(member.email)] };
  const now = entraAccountOf(who, users);
  if (now.is === 'found') return now.user;
  for (const { rows } of history.toReversed()) {
    const then = entraAccountOf(who, rows);
    if (then.is === 'found' && then.user.id !== null)
      return users.find((row) => isSame(row, then.user)) ?? null;
  }
  return null;
}

/** First reading of the unbroken run up to now that shows the account as disabled. */
function disabledSince(user: EntraUserRow, history: History, on: string): string {
  let since = on;
  for (const { observedOn, rows } of history.toReversed()) {
    if (rows.find((row) => isSame(row, user))?.enabled !== false) break;
    since = observedOn;
  }
  return since;
}

function newAccounts(
  context: CheckContext,
  members: readonly MemberRow[],
  users: readonly EntraUserRow[],
  history: History,
  on: string,
): EntraBegin[] {
  const [oldest] = history;
  if (oldest === undefined || oldest.observedOn >= on) return [];
  const domains = new Set(context.profile.domains.map((one) => one.toLowerCase()));
  const seated = new Set(members.flatMap(({ email }) => [address(email), withoutTag(email)]));
  return users.flatMap((user) => {
    const mails = [user.mail, user.upn, ...user.aliases].flatMap((one) =>
      one === null ? [] : [address(one)],
    );
    const key = mails.find((one) => domains.has(domainOf(one)));
    if (key === undefined || user.enabled !== true || user.userType !== 'Member') return [];
    if (mails.some((one) => seated.has(one)) || looksShared(key) || looksLikeService(key)) return [];
    if (oldest.rows.some((row) => isSame(row, user))) return [];
    const day = history.find(({ rows }) => rows.some((row) => isSame(row, user)))?.observedOn ?? on;
    return day < addDays(context.today, -NEW_DAYS) ? [] : [{ key, name: user.name ?? key, day, on }];
  });
}

/** Compares by object id, else by sign-in name: the name may change with marriage, the id does not. */
function isSame(one: EntraUserRow, other: EntraUserRow): boolean {
  return one.id !== null && other.id !== null
    ? one.id.toLowerCase() === other.id.toLowerCase()
    : one.upn !== null && other.upn !== null && address(one.upn) === address(other.upn);
}

function doubtOf(on: string, disabled: number, seats: number): RosterDoubt {
  return {
    on,
    now: seats - disabled,
    before: seats,
    beforeOn: on,
    words: `The Entra users of ${dayWords(on)} show the accounts of ${disabled} of ${seats} people with a seat as disabled.`,
  };
}
// Guide: G2.2-12 G5.5-05 G7.3-01
