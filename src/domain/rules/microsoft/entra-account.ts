import type { EntraUserRow } from '../../model/kinds.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import type { Departed } from '../../people/departed.ts';
import { address, nameKey, nameWords, withoutTag } from '../../people/names.ts';
import { staffOn } from '../../people/staff.ts';
import { placeOf } from '../accounts/addresses.ts';
import { userKeys } from './directory.ts';

/** What the Entra users file shows about a person: their account, that it has none, or that it cannot be determined. */
export type EntraAccount =
  | { readonly is: 'found'; readonly user: EntraUserRow }
  | { readonly is: 'gone' }
  | { readonly is: 'unsure'; readonly why: string };

interface UserIndex {
  readonly byKey: ReadonlyMap<string, readonly EntraUserRow[]>;
  readonly byName: ReadonlyMap<string, readonly EntraUserRow[]>;
  readonly byNumber: ReadonlyMap<string, readonly EntraUserRow[]>;
}

/** Words that administrators add to a name to mark a person's second account, as in "Kim Vale (Admin)". */
const BESIDE_A_NAME = new Set(
  'admin adm administrator administrador administrateur amministratore beheerder account konto cuenta compte conta cloud privileged tier t0 t1 t2 azure entra aad m365 o365 test backup'.split(
    ' ',
  ),
);

/** Key of an account's name without the words that distinguish it from the same person's other accounts. */
export function accountNameKey(name: string | null): string {
  if (name === null) return '';
  const words = nameWords(name).filter((word) => !BESIDE_A_NAME.has(word));
  return nameKey(words.join(' '));
}

// Cached because every person on the roster is looked up: scanning all users for each would be quadratic.
const indexes = new WeakMap<readonly EntraUserRow[], UserIndex>();

function indexOf(users: readonly EntraUserRow[]): UserIndex {
  const known = indexes.get(users);
  if (known) return known;
  const by = (keysOfUser: (user: EntraUserRow) => readonly string[]) => {
    const map = new Map<string, EntraUserRow[]>();
    for (const user of users)
      for (const key of keysOfUser(user)) {
        const same = map.get(key);
        if (same) same.push(user);
        else map.set(key, [user]);
      }
    return map;
  };
  const index: UserIndex = {
    byKey: by((user) => userKeys(user).map(address)),
    byName: by((user) => [accountNameKey(user.name)]),
    byNumber: by((user) => (user.employeeId === null ? [] : [user.employeeId])),
  };
  indexes.set(users, index);
  return index;
}

/** Only addresses and employee numbers match; a similar name is only a question for a person. */
export function entraAccountOf(
  leaver: Pick<Departed, 'name' | 'employeeId'> & { readonly addresses: Iterable<string> },
  users: readonly EntraUserRow[],
): EntraAccount {
  const wanted = new Set([...leaver.addresses].flatMap((text) => [text, withoutTag(text)]));
  const { byKey, byName, byNumber } = indexOf(users);
  const number = leaver.employeeId === null ? [] : (byNumber.get(leaver.employeeId) ?? []);
  const hits = [...new Set([...[...wanted].flatMap((key) => byKey.get(key) ?? []), ...number])];
  const [user, second] = hits;
  if (second && user)
    return {
      is: 'unsure',
      why: `Two Entra accounts could be this person: ${user.upn ?? user.name ?? ''} and ${second.upn ?? second.name ?? ''}.`,
    };
  if (user) return { is: 'found', user };
  const key = accountNameKey(leaver.name);
  const namesake = key === '' ? undefined : byName.get(key)?.find((candidate) => candidate.enabled !== false);
  if (namesake)
    return { is: 'unsure', why: `The account ${namesake.upn ?? ''} has the same name and another address.` };
  return wanted.size === 0 && leaver.employeeId === null
    ? { is: 'unsure', why: 'The roster gives neither an address nor an employee number.' }
    : { is: 'gone' };
}

/**
 * Current staff at our domains who are not in the Entra file. If there are any, either the file is incomplete or the
 * roster's addresses differ from Entra's; in both cases a missing account does not prove that it is gone.
 */
export function staffNotHeld(
  context: CheckContext,
  roster: Extract<Current<'roster'>, { ok: true }>,
  users: readonly EntraUserRow[],
): readonly string[] {
  const isStaff = staffOn(roster.rows, context.today);
  return roster.rows
    .filter((row) => isStaff(row) === true)
    .filter((row) => row.emails.some((one) => placeOf(one, context.profile.domains).kind === 'own'))
    .filter(
      (row) =>
        entraAccountOf(
          { name: row.name ?? '', addresses: row.emails.map(address), employeeId: row.employeeId },
          users,
        ).is === 'gone',
    )
    .map((row) => row.name ?? row.emails[0] ?? 'someone without a name');
}
// Guide: G6.6-01
