import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type DnsLookRow = Selectable<Database['dns_looks']>;

export async function dnsLook(tx: Tx, clientId: string): Promise<DnsLookRow | null> {
  const row = await tx
    .selectFrom('dns_looks')
    .selectAll()
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row ?? null;
}

/** Records a lookup and its result. `stored`: the answers were kept as evidence. */
export async function recordDnsLookup(
  tx: Tx,
  clientId: string,
  look: { readonly at: Date; readonly finding: string; readonly stored: boolean },
): Promise<void> {
  const kept = look.stored ? { stored_at: look.at } : {};
  await tx
    .insertInto('dns_looks')
    .values({ client_id: clientId, looked_at: look.at, finding: look.finding, ...kept })
    .onConflict((on) =>
      on.column('client_id').doUpdateSet({ looked_at: look.at, finding: look.finding, ...kept }),
    )
    .execute();
}

/** Claims the lookup of a client's domains: of several processes only one gets it. */
export async function claimDnsLook(
  tx: Tx,
  { client_id, looked_at }: Pick<DnsLookRow, 'client_id' | 'looked_at'>,
  now: Date,
): Promise<boolean> {
  const claimed = await tx
    .updateTable('dns_looks')
    .set({ looked_at: now })
    .where('client_id', '=', client_id)
    .where('looked_at', '=', looked_at)
    .executeTakeFirst();
  return Number(claimed.numUpdatedRows) === 1;
}

/** Clients whose last lookup was before this instant. Requires the scope `system`. */
export async function dueDnsLooks(tx: Tx, before: Date): Promise<DnsLookRow[]> {
  return tx
    .selectFrom('dns_looks')
    .selectAll()
    .where('looked_at', '<=', before)
    .orderBy('looked_at')
    .limit(200)
    .execute();
}
