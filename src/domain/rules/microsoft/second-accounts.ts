import type { EntraUserRow } from '../../model/kinds.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import type { Departed } from '../../people/departed.ts';
import { address } from '../../people/names.ts';
import { staffOn } from '../../people/staff.ts';
import { decidedAddresses } from '../accounts/people-files.ts';
import { userKeys } from './directory.ts';
import { accountNameKey } from './entra-account.ts';

/** Another account of a person who left, besides the one with their address. */
export interface SecondAccount {
  readonly user: EntraUserRow;
  /** true: it has the same employee number; false: only the name matches. */
  readonly sameNumber: boolean;
}

/**
 * Other accounts that may belong to the same person, such as an administrator account: enabled, with the employee
 * number or name of the account that was found, apart from words such as "admin". Excludes accounts of current staff
 * and those that the charter declares to be different.
 */
export function secondAccounts(
  context: CheckContext,
  roster: Extract<Current<'roster'>, { ok: true }>,
  users: readonly EntraUserRow[],
): (leaver: Departed, first: EntraUserRow) => readonly SecondAccount[] {
  const isStaff = staffOn(roster.rows, context.today);
  const staff = new Set(
    roster.rows.filter((row) => isStaff(row) !== false).flatMap(({ emails }) => emails.map(address)),
  );
  const decided = decidedAddresses(context);
  const apart = context.charter.ok ? (context.charter.value.people?.different ?? []) : [];
  const open = users
    .filter(
      (user) =>
        user.enabled !== false && !userKeys(user).some((key) => staff.has(address(key)) || decided.has(key)),
    )
    .map((user) => ({ user, named: accountNameKey(user.name) }));
  return (leaver, first) => {
    const own = new Set([...leaver.addresses, ...userKeys(first).map(address)]);
    const isApart = (user: EntraUserRow) =>
      apart.some(
        (two) =>
          two.some((one) => own.has(address(one))) &&
          userKeys(user).some((key) => two.some((one) => address(one) === address(key))),
      );
    const wanted = new Set([accountNameKey(leaver.name), accountNameKey(first.name)]);
    return open.flatMap(({ user, named }) => {
      if (user === first || isApart(user)) return [];
      const sameNumber = first.employeeId !== null && user.employeeId === first.employeeId;
      const sameName = named !== '' && wanted.has(named);
      return sameNumber || sameName ? [{ user, sameNumber }] : [];
    });
  };
}
// Guide: G6.6-01
