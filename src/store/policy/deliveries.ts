import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type DeliveryRow = Selectable<Database['policy_deliveries']>;

/** Mails that asked for an acknowledgement, of one number or of all, oldest first. */
export async function deliveriesIn(tx: Tx, clientId: string, number?: number): Promise<DeliveryRow[]> {
  const all = tx.selectFrom('policy_deliveries').selectAll().where('client_id', '=', clientId);
  return (number === undefined ? all : all.where('number', '=', number))
    .orderBy('begun_at')
    .orderBy('id')
    .execute();
}

/** Records mails before they are sent, so that a crash cannot cause one to be sent twice. */
export async function insertDeliveries(
  tx: Tx,
  rows: readonly Insertable<Database['policy_deliveries']>[],
): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('policy_deliveries')
      .values([...rows])
      .execute();
}

/** Records the outcome of a mail; `failure` null: the mail server accepted it. */
export async function endDelivery(
  tx: Tx,
  { clientId, id, at, failure }: { clientId: string; id: string; at: Date; failure: string | null },
): Promise<void> {
  await tx
    .updateTable('policy_deliveries')
    .set({ state: failure === null ? 'sent' : 'failed', ended_at: at, failure })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .execute();
}
