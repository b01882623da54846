import { hash } from 'node:crypto';
import { withoutTag } from '#domain/people/names.ts';
import { cached } from '#store/cache.ts';
import { accountsOf } from '#store/usage/accounts.ts';
import type { ClientRef, HandlerContext } from '../context.ts';
import { present } from '../shared/moment.ts';
import { readingNow } from './reading-now.ts';
import type { PersonRow } from './rows.ts';

/** A person as activities refer to them. */
export interface Counted {
  /** The same for all addresses of one person. */
  readonly key: string;
  readonly name: string;
  /** Department on the roster; null if it has none, or the person is not known or not shown. */
  readonly department: string | null;
}

/** Maps addresses and ids in the log to people. */
export interface People {
  /** The person behind an address or id; one that is not known counts as a person of its own. */
  of(person: string): Counted;
  /** Every address and id, as in the log, that belongs to a key. */
  addressesOf(key: string): readonly string[];
  /** Every address and id of the people who have one of these mailboxes. */
  withMailbox(mailboxes: ReadonlySet<string>): readonly string[];
  /** Seats in the current members file; null if there is none. */
  readonly seats: number | null;
  /** People on the current roster; null if there is none. */
  readonly staff: number | null;
}

interface Known {
  readonly byAddress: ReadonlyMap<string, Counted>;
  readonly seats: number | null;
  readonly staff: number | null;
}

/**
 * People as matched by reconciliation: addresses count as one person only if they are matched, and an account id counts
 * as its address if a source reported both.
 *
 * @param options `masked` is for readers who may not see people: each person is then a number that stays the same but
 *   does not identify them.
 */
export async function peopleOf(
  { services, now }: Pick<HandlerContext, 'services' | 'now'>,
  client: Pick<ClientRef, 'id' | 'timezone'>,
  { masked }: { readonly masked: boolean },
): Promise<People> {
  const { today } = present(now, client.timezone);
  const known = await cached(services.store, [client.id], { key: `counted people ${today}`, weight: 3 }, () =>
    load({ services, now }, client),
  );
  const shown = (counted: Counted): Counted => {
    if (!masked) return counted;
    const code = hash('sha256', `${client.id}\n${counted.key}`, 'hex').slice(0, 6);
    return { key: code, name: `Person ${code}`, department: null };
  };
  return {
    seats: known.seats,
    staff: known.staff,
    withMailbox: (mailboxes) => {
      if (masked) return [];
      const entries = [...known.byAddress];
      const keys = new Set(
        entries.flatMap(([address, one]) => (mailboxes.has(withoutTag(address)) ? one.key : [])),
      );
      return entries.flatMap(([address, one]) => (keys.has(one.key) ? address : []));
    },
    of: (person) => shown(known.byAddress.get(person) ?? { key: person, name: person, department: null }),
    addressesOf: (key) => {
      // A masked key cannot be resolved.
      if (masked) return [];
      const own = [...known.byAddress].filter(([, one]) => one.key === key).map(([address]) => address);
      return own.length === 0 ? [key] : own;
    },
  };
}

async function load(
  context: Pick<HandlerContext, 'services' | 'now'>,
  client: Pick<ClientRef, 'id' | 'timezone'>,
): Promise<Known> {
  const reading = await readingNow(context, client);
  const byAddress = new Map<string, Counted>();
  for (const row of reading?.rows ?? []) {
    const addresses = addressesIn(row);
    const key = (row.account?.address ?? addresses[0])?.toLowerCase();
    if (key === undefined) continue;
    // A personal account belongs to the organization's people only if it is matched to one of them.
    for (const address of addresses)
      if (!byAddress.has(address))
        byAddress.set(address, { key, name: row.name, department: departmentOf(row) });
  }
  // An id belongs to the account whose address a source reported with it; ids without an address count as separate
  // people.
  const accounts = await context.services.store.read([client.id], (tx) => accountsOf(tx, client.id));
  for (const [id, address] of accounts) {
    if (byAddress.has(id)) continue;
    const person = byAddress.get(address) ?? { key: address, name: address, department: null };
    byAddress.set(address, person);
    byAddress.set(id, person);
  }
  return { byAddress, seats: reading?.seats ?? null, staff: reading?.staff ?? null };
}

/** The department in the person's roster records; null if they have none or several. */
function departmentOf({ place, roster }: PersonRow): string | null {
  if (place === 'to_confirm') return null;
  const [one, ...others] = new Set(roster.flatMap(({ department }) => department?.trim() || []));
  return one === undefined || others.length > 0 ? null : one;
}

function addressesIn(row: PersonRow): readonly string[] {
  const own = row.account?.address ?? null;
  // Records that only resemble the account may belong to someone else.
  const roster = row.place === 'to_confirm' ? [] : row.roster.flatMap(({ addresses }) => addresses);
  return [...new Set([...(own === null ? [] : [own]), ...roster].map((address) => address.toLowerCase()))];
}
