import type { CompiledQuery } from 'kysely';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';

/** Id of a Claude account and the address that a source reports with it. */
export interface AccountId {
  readonly id: string;
  /** Lowercase. */
  readonly address: string;
  /** Time of the report: an account keeps its id when its address changes. */
  readonly at: Date;
}

/** Statement that stores the addresses of account ids, the newest for each id. `reported` must not be empty. */
export function accountsStatement(tx: Tx, clientId: string, reported: readonly AccountId[]): CompiledQuery {
  const newest = new Map<string, AccountId>();
  for (const one of reported) {
    const known = newest.get(one.id);
    if (known === undefined || known.at <= one.at) newest.set(one.id, one);
  }
  // Ordered by id, so that concurrent writers cannot deadlock.
  const rows = [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return writing('account_ids')`
    insert into "account_ids" as a (client_id, id, address, reported_at)
    select ${clientId}, n.* from unnest(${rows.map(({ id }) => id)}::text[],
      ${rows.map(({ address }) => address)}::text[], ${rows.map(({ at }) => at.toISOString())}::timestamptz[]) as n
    on conflict (client_id, id) do update set address = excluded.address, reported_at = excluded.reported_at
    where excluded.reported_at >= a.reported_at and excluded.address <> a.address`.compile(tx);
}

/** Addresses of the accounts with these ids, as far as known. */
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

/** Addresses by account id. */
export async function accountsOf(tx: Tx, clientId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('account_ids')
    .select(['id', 'address'])
    .where('client_id', '=', clientId)
    .orderBy('id')
    .execute();
  return new Map(rows.map(({ id, address }) => [id, address]));
}
