import type { CompiledQuery } from 'kysely';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';

/** An id of a Claude account with the address that a source gives beside it. */
export interface AccountId {
  readonly id: string;
  /** In lower case. */
  readonly address: string;
  /** When it was so: an account keeps its id when its address changes. */
  readonly at: Date;
}

/** Notes whose ids are; of an id that several addresses had, the newest. There has to be one at least. */
export function accountsStatement(tx: Tx, clientId: string, reported: readonly AccountId[]): CompiledQuery {
  const newest = new Map<string, AccountId>();
  for (const one of reported) {
    const known = newest.get(one.id);
    if (known === undefined || known.at <= one.at) newest.set(one.id, one);
  }
  // In order of id, so that two who note the same never wait for each other.
  const rows = [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return writing('account_ids')`
    insert into "account_ids" as a (client_id, id, address, reported_at)
    select ${clientId}, n.* from unnest(${rows.map(({ id }) => id)}::text[],
      ${rows.map(({ address }) => address)}::text[], ${rows.map(({ at }) => at.toISOString())}::timestamptz[]) as n
    on conflict (client_id, id) do update set address = excluded.address, reported_at = excluded.reported_at
    where excluded.reported_at >= a.reported_at and excluded.address <> a.address`.compile(tx);
}

/** The addresses of those of these ids whose account is known. */
export async function addressesOfIds(tx: Tx, clientId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('account_ids')
    .select('address')
    .where('client_id', '=', clientId)
    .where('id', 'in', [...ids])
    .execute();
  return rows.map(({ address }) => address);
}

/** Addresses by the ids of their accounts. */
export async function accountsOf(tx: Tx, clientId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('account_ids')
    .select(['id', 'address'])
    .where('client_id', '=', clientId)
    .orderBy('id')
    .execute();
  return new Map(rows.map(({ id, address }) => [id, address]));
}
