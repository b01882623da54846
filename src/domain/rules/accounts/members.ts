import type { ClaudeRole, MemberRow } from '../../model/kinds.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { address } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
import { count, names } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';

/** One Claude account. Several rows with one address, such as a member and an invitation, are one account. */
export interface Account {
  readonly key: string;
  readonly label: string;
  /** The row with the widest role; its evidence is cited for the account. */
  readonly row: MemberRow;
  readonly rows: readonly MemberRow[];
  /** The widest role of the rows; null if a row's role is unknown and no known one is Owner or Primary Owner. */
  readonly role: ClaudeRole | null;
  /** true: accepted; false: suspended or only invited; null: the file does not say. */
  readonly active: boolean | null;
  readonly invited: boolean;
}

export type MembersRead =
  | {
      readonly ok: true;
      readonly accounts: readonly Account[];
      readonly read: Extract<Current<'members'>, { ok: true }>;
    }
  | { readonly ok: false; readonly outcome: Outcome };

/** The members file as accounts. A file without rows proves nothing, so it counts as unread. */
export function readMembers(context: CheckContext): MembersRead {
  const read = context.read('members');
  if (!read.ok)
    return {
      ok: false,
      outcome: absent(read).cannotRead(read.howToGet),
    };
  if (read.rows.length === 0)
    return {
      ok: false,
      outcome: because(
        'accounts.members.empty',
        'The members file lists no one, and every Claude organization has at least its Primary Owner.',
      ).cannotRead(
        ask(
          'source',
          'members',
          'Export the members again: Claude, Organization settings > Members > Export CSV.',
        ),
        read.evidence,
      ),
    };
  const groups = new Map<string, [MemberRow, ...MemberRow[]]>();
  for (const row of read.rows) {
    const key = accountKey(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return { ok: true, read, accounts: [...groups].map(([key, rows]) => account(key, rows)) };
}

export function accountKey(row: MemberRow): string {
  return address(row.email) || (row.name ?? '').trim().toLowerCase() || `row ${row.row}`;
}

const WIDTH: Readonly<Record<ClaudeRole, number>> = {
  primary_owner: 5,
  owner: 4,
  admin: 3,
  custom: 2,
  user: 1,
};

function account(key: string, rows: readonly [MemberRow, ...MemberRow[]]): Account {
  const row = rows.reduce((widest, one) => (width(one.role) > width(widest.role) ? one : widest), rows[0]);
  const unknown = rows.some((r) => r.role === null);
  const settled = row.role === 'primary_owner' || row.role === 'owner';
  return {
    key,
    label: row.name || key,
    row,
    rows,
    role: unknown && !settled ? null : row.role,
    active: rows.some((r) => accepted(r) === true)
      ? true
      : rows.some((r) => accepted(r) === null)
        ? null
        : false,
    invited: rows.every((r) => r.status === 'invited'),
  };
}

function width(role: ClaudeRole | null): number {
  return role ? WIDTH[role] : 0;
}

/** An account that has been used was accepted, whatever the file lacks. */
function accepted(row: MemberRow): boolean | null {
  if (row.status === 'active') return true;
  if (row.status !== null) return false;
  return row.lastActiveOn ? true : null;
}

export const isOwner = (one: Account): boolean => one.role === 'primary_owner' || one.role === 'owner';

export function roleWords(one: Account): string {
  const words = {
    primary_owner: 'Primary Owner',
    owner: 'Owner',
    admin: 'Admin',
    custom: 'custom role',
    user: 'User',
  };
  const role = one.role ? words[one.role] : 'role not known';
  return one.invited ? `${role}, invitation open` : role;
}

export function accountItem(
  one: Account,
  detail: string,
  read: Extract<Current<'members'>, { ok: true }>,
): Item {
  return {
    key: one.key,
    label: one.label,
    detail,
    evidence: [read.cite(one.row, one.row.roleText ? `role ${one.row.roleText}` : roleWords(one))],
  };
}

export const labels = (list: readonly { readonly label: string }[], max = 3): string =>
  names(
    list.map((one) => one.label),
    max,
  );

/** "The members file does not give the role of 2 of 64 people: A and B." */
export function unknownRoles(unknown: readonly Account[], all: readonly Account[]): string {
  return `The members file does not give the role of ${unknown.length} of ${count(all.length, 'person', 'people')}: ${labels(unknown)}.`;
}

export const ROLE_QUESTION = ask(
  'source',
  'members',
  'Import a members file with a role for everyone: Claude, Organization settings > Members > Export CSV.',
  'with_roles',
);

/** "The one account uses" or "All 64 accounts use". */
export function every(n: number, one: string, many: string, verbs: readonly [string, string]): string {
  return n === 1 ? `The one ${one} ${verbs[0]}` : `All ${n} ${many} ${verbs[1]}`;
}
