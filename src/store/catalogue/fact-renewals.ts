import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type FactRenewalRow = Selectable<Database['fact_renewals']>;

/** Newest renewal of each fact that anyone has verified again. */
export async function newestRenewals(tx: Tx): Promise<FactRenewalRow[]> {
  return tx
    .selectFrom('fact_renewals')
    .selectAll()
    .distinctOn('capability')
    .orderBy('capability')
    .orderBy('checked_on', 'desc')
    .orderBy('renewed_at', 'desc')
    .execute();
}

export async function insertRenewal(tx: Tx, row: Insertable<Database['fact_renewals']>): Promise<void> {
  await tx.insertInto('fact_renewals').values(row).execute();
}
