import type { EntraUserRow, MemberRow, RosterRow } from '../../model/kinds.ts';
import type { CheckContext } from '../../model/rule.ts';
import { address } from '../../people/names.ts';
import { holdsSeat } from '../../people/reconcile.ts';
import { type Account, type MembersRead, readMembers } from '../../rules/accounts/members.ts';
import { userKeys } from '../../rules/microsoft/directory.ts';
import { dayWords } from '../../text/words.ts';
import { type Gate, gate, unknownGate } from './gate.ts';

/** A person whose access is evaluated, with or without an account of the organization. */
export interface Who {
  readonly name: string;
  /** Key of the account in the members file; null: none known. */
  readonly account: string | null;
  /** Addresses from the staff record, or of the account outside the organization. */
  readonly addresses: readonly string[];
  /** The account is known to be outside this organization. */
  readonly outside: boolean;
}

export interface Subject {
  readonly name: string;
  readonly seat: Gate;
  /** null: no account in this organization, or the members file was not read. */
  readonly account: Account | null;
  /** All known addresses, in lower case. */
  readonly addresses: ReadonlySet<string>;
  readonly entra:
    | { readonly ok: true; readonly keys: ReadonlySet<string>; readonly id: string }
    | { readonly ok: false; readonly why: string; readonly howTo: string };
}

/** Builds subjects from a client's readings; shared work is done once. */
export function subjectsOf(context: CheckContext): {
  readonly members: MembersRead;
  of(who: Who): Subject;
} {
  const members = readMembers(context);
  const accounts = new Map(members.ok ? members.accounts.map((one) => [one.key, one] as const) : []);
  const users = context.read('entra_users');
  const byKey = new Map<string, EntraUserRow[]>();
  for (const user of users.ok ? users.rows : [])
    for (const key of new Set(userKeys(user))) byKey.set(key, [...(byKey.get(key) ?? []), user]);
  const people = context.people();

  const entraOf = (
    addresses: ReadonlySet<string>,
    own: readonly (MemberRow | RosterRow)[],
  ): Subject['entra'] => {
    if (!users.ok) return { ok: false, why: users.why, howTo: users.howToGet.text };
    const found = new Set(
      [...addresses]
        .flatMap((one) => byKey.get(one) ?? [])
        .concat(own.flatMap((one) => people.entraUser(one) ?? [])),
    );
    const [user, ...others] = found;
    const howTo = 'Save every page of the Entra users again, with all addresses.';
    if (user === undefined)
      return { ok: false, why: 'The list of Entra users holds no one with their address.', howTo };
    if (others.length > 0)
      return { ok: false, why: 'More than one Entra user has one of their addresses.', howTo };
    if (user.id === null)
      return { ok: false, why: 'The list of Entra users gives no object id for them.', howTo };
    return { ok: true, id: user.id.toLowerCase(), keys: new Set(userKeys(user)) };
  };

  return {
    members,
    of: (who) => {
      const account = who.account === null ? null : (accounts.get(who.account) ?? null);
      const rows = account?.rows ?? [];
      const addresses = new Set(
        [
          ...who.addresses.map(address),
          ...rows.flatMap((row) => [address(row.email), ...people.addressesOf(row)]),
        ].filter((one) => one !== ''),
      );
      return {
        name: who.name,
        account,
        addresses,
        seat: seatOf(who, account, members),
        entra: entraOf(addresses, rows),
      };
    },
  };
}

/**
 * Without a seat, nothing in the organization's Claude is available. An unread members file is unknown, not "no seat".
 */
function seatOf(who: Who, account: Account | null, members: MembersRead): Gate {
  if (!members.ok)
    return unknownGate(
      `Whether they hold a seat cannot be read. ${members.outcome.reason}`,
      members.outcome.ask?.text ?? null,
    );
  const { read } = members;
  const on = dayWords(read.observedOn);
  if (account === null && who.account !== null)
    return unknownGate(
      `The members file of ${on} does not list them under ${who.account || 'any address'}, so whether they hold a seat is not known.`,
      'Export the members again, with the address of everyone.',
      read.evidence,
    );
  if (account === null)
    return gate(
      'closed',
      who.outside
        ? `According to the members file of ${on}, their Claude account is outside this organization. What that account reaches is not set here.`
        : `They hold no seat: the members file of ${on} lists none of their known addresses.`,
      read.evidence,
    );
  const held = account.rows.filter(holdsSeat);
  const [row] = held;
  if (row === undefined)
    return gate(
      'closed',
      `The members file of ${on} lists them without a seat that is in use.`,
      account.rows.map((one) => read.cite(one, one.status ?? one.seat ?? 'no seat')),
    );
  const invited = held.every((one) => one.status === 'invited');
  return gate(
    'open',
    invited
      ? `A seat waits for them in the members file of ${on}: they are invited, and accepting is up to them.`
      : `They hold a seat, according to the members file of ${on}.${account.role === 'custom' ? ' Their custom role may allow less; no file shows what it allows.' : ''}`,
    [read.cite(row, invited ? 'invited' : (row.roleText ?? row.seat ?? 'holds a seat'))],
  );
}
