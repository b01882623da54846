import { hash } from 'node:crypto';
import { withoutTag } from '#domain/people/names.ts';
import { remembered } from '#store/remember.ts';
import { accountsOf } from '#store/usage/accounts.ts';
import type { ClientRef, HandlerContext } from '../context.ts';
import { present } from '../shared/moment.ts';
import { readingNow } from './reading-now.ts';
import type { PersonRow } from './rows.ts';

/** Someone as activities tell of them. */
export interface Counted {
  /** The same for all addresses of one person. */
  readonly key: string;
  readonly name: string;
  /** Department on the roster; null: it says none, or the person is not known or not shown. */
  readonly department: string | null;
}

/** Who stands behind the addresses and ids in the log. */
export interface People {
  /** null: an activity of nobody, or of someone that the source does not tell. */
  of(person: string): Counted;
  /** Every address and id in the log's form that belongs to a key. */
  addressesOf(key: string): readonly string[];
  /** Every address and id of the people who have one of these mailboxes. */
  withMailbox(mailboxes: ReadonlySet<string>): readonly string[];
  /** Seats of the current members file; null: none is current. */
  readonly seats: number | null;
  /** People of the current roster; null: none is current. */
  readonly staff: number | null;
}

interface Known {
  readonly byAddress: ReadonlyMap<string, Counted>;
  readonly seats: number | null;
  readonly staff: number | null;
}

/**
 * People as reconciliation has them: the addresses of one person count as one where they are matched, and only there, and
 * the id of an account as its address where a source has told both.
 * `masked` for who may not see people: then each is known by a number that stays the same and tells nothing.
 */
export async function peopleOf(
  { services, now }: Pick<HandlerContext, 'services' | 'now'>,
  client: Pick<ClientRef, 'id' | 'timezone'>,
  { masked }: { readonly masked: boolean },
): Promise<People> {
  const { today } = present(now, client.timezone);
  const known = await remembered(
    services.store,
    [client.id],
    { key: `counted people ${today}`, weight: 3 },
    () => load({ services, now }, client),
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
      // A masked key leads back to nobody.
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
    // A personal account is one of the organization's people only where someone is matched to it.
    for (const address of addresses)
      if (!byAddress.has(address))
        byAddress.set(address, { key, name: row.name, department: departmentOf(row) });
  }
  // An id is its account's, whose address a source gave beside it; what no source told stays someone of its own.
  const accounts = await context.services.store.read([client.id], (tx) => accountsOf(tx, client.id));
  for (const [id, address] of accounts) {
    if (byAddress.has(id)) continue;
    const person = byAddress.get(address) ?? { key: address, name: address, department: null };
    byAddress.set(address, person);
    byAddress.set(id, person);
  }
  return { byAddress, seats: reading?.seats ?? null, staff: reading?.staff ?? null };
}

/** The one department that the person's records on the roster name; null where they name none or several. */
function departmentOf({ place, roster }: PersonRow): string | null {
  if (place === 'to_confirm') return null;
  const [one, ...others] = new Set(roster.flatMap(({ department }) => department?.trim() || []));
  return one === undefined || others.length > 0 ? null : one;
}

function addressesIn(row: PersonRow): readonly string[] {
  const own = row.account?.address ?? null;
  // Records that an account only resembles are not known to be the same person.
  const roster = row.place === 'to_confirm' ? [] : row.roster.flatMap(({ addresses }) => addresses);
  return [...new Set([...(own === null ? [] : [own]), ...roster].map((address) => address.toLowerCase()))];
}
