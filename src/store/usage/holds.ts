import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { UsageTables } from '../schema/usage.ts';

export type HoldRow = Selectable<UsageTables['legal_holds']>;

/** All holds of a client, newest first, including lifted ones. */
export async function holdsOf(tx: Tx, clientId: string): Promise<HoldRow[]> {
  return tx
    .selectFrom('legal_holds')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('placed_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function placeHold(tx: Tx, row: Insertable<UsageTables['legal_holds']>): Promise<void> {
  await tx.insertInto('legal_holds').values(row).execute();
}

/** Lifts a hold and returns it; null: it does not exist or was already lifted. */
export async function liftHold(
  tx: Tx,
  clientId: string,
  id: string,
  lifted: { readonly at: Date; readonly by: string; readonly reason: string },
): Promise<HoldRow | null> {
  const row = await tx
    .updateTable('legal_holds')
    .set({ lifted_at: lifted.at, lifted_by: lifted.by, lift_reason: lifted.reason })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}
