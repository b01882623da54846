import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type QuoteRow = Selectable<Database['quotes']>;

/** The client's quotes, ordered by purchase. */
export async function allQuotes(tx: Tx, clientId: string): Promise<QuoteRow[]> {
  return tx.selectFrom('quotes').selectAll().where('client_id', '=', clientId).orderBy('purchase').execute();
}

export async function findQuote(tx: Tx, clientId: string, purchase: string): Promise<QuoteRow | undefined> {
  return tx
    .selectFrom('quotes')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('purchase', '=', purchase)
    .executeTakeFirst();
}

/**
 * Stores a quote over `version` (0: none). Returns false, without a change, if the stored one is at another version.
 */
export async function putQuote(
  tx: Tx,
  row: Omit<Insertable<Database['quotes']>, 'version'>,
  version: number,
): Promise<boolean> {
  if (version === 0) {
    const added = await tx
      .insertInto('quotes')
      .values(row)
      .onConflict((on) => on.columns(['client_id', 'purchase']).doNothing())
      .executeTakeFirst();
    return Number(added.numInsertedOrUpdatedRows) === 1;
  }
  const changed = await tx
    .updateTable('quotes')
    .set({ ...row, version: version + 1 })
    .where('client_id', '=', row.client_id)
    .where('purchase', '=', row.purchase)
    .where('version', '=', version)
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) === 1;
}

export async function deleteQuote(tx: Tx, clientId: string, purchase: string): Promise<void> {
  await tx.deleteFrom('quotes').where('client_id', '=', clientId).where('purchase', '=', purchase).execute();
}
