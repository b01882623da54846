import type { MemberRow, RosterRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { address, withoutTag } from '../../people/names.ts';
import { type EntraAccount, entraAccountOf } from '../../rules/microsoft/entra-account.ts';

/** What the readings contain about a leaver or joiner. */
export interface Person {
  readonly key: string;
  readonly name: string;
  /** Every known address of the person, lower case. */
  readonly addresses: ReadonlySet<string>;
  /** Their rows in the members file; two if they have two accounts. */
  readonly accounts: readonly MemberRow[];
  readonly staff: readonly RosterRow[];
  /** An account in Claude resembles them, and only a person can decide whether it is theirs. */
  readonly resembled: boolean;
  /** null: no current Entra users. */
  readonly entra: EntraAccount | null;
}

/** Input of a proof: the person, and the last or first day of work. */
export interface Asked {
  readonly context: CheckContext;
  readonly person: Person;
  readonly day: string;
}

/** What the readings show about one step. */
export interface Shown {
  /** unread: nothing shows it either way. */
  readonly is: 'done' | 'not_done' | 'unread' | 'not_needed';
  /** Day of the readings; null: nothing was read. */
  readonly on: string | null;
  readonly code: string;
  /** Complete sentences. */
  readonly words: string;
  readonly evidence: readonly Evidence[];
}

/** Collects what the current readings contain about the person with an address. */
export function personOf(context: CheckContext, key: string, name: string): Person {
  const people = context.people();
  const members = context.read('members', 30);
  const roster = context.read('roster', 30);
  const users = context.read('entra_users', 30);
  const wanted = new Set([key, withoutTag(key)]);
  const rows = members.ok ? members.rows : [];
  const matched = people.matched.filter(
    ({ member, staff }) =>
      wanted.has(address(member.email)) ||
      [...people.addressesOf(member)].some((one) => wanted.has(one)) ||
      staff.emails.some((one) => wanted.has(address(one))),
  );
  const staff = new Set([
    ...matched.map((match) => match.staff),
    ...(roster.ok ? roster.rows.filter((row) => row.emails.some((one) => wanted.has(address(one)))) : []),
  ]);
  const addresses = new Set([
    ...wanted,
    ...matched.flatMap(({ member }) => [address(member.email), ...people.addressesOf(member)]),
    ...[...staff].flatMap((row) => row.emails.map(address)),
  ]);
  const accounts = rows.filter(
    (row) =>
      addresses.has(address(row.email)) ||
      addresses.has(withoutTag(row.email)) ||
      [...people.addressesOf(row)].some((one) => addresses.has(one)),
  );
  // Accounts with the same name share one list of candidates, which may be long.
  const lists = new Set(
    people.toConfirm.flatMap(({ resemblance }) =>
      accounts.includes(resemblance.member) ? [] : [resemblance.candidates],
    ),
  );
  const known = accounts[0]?.name ?? [...staff][0]?.name ?? name;
  const number = [...staff].map((row) => row.employeeId).find((one) => one !== null) ?? null;
  return {
    key,
    name: known,
    addresses,
    accounts,
    staff: [...staff],
    resembled: [...lists].some((candidates) => candidates.some((row) => staff.has(row))),
    entra: users.ok ? entraAccountOf({ name: known, addresses, employeeId: number }, users.rows) : null,
  };
}
// Guide: G6.6-00 G7.3-01
