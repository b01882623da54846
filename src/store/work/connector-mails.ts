import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type ConnectorMailRow = Selectable<Database['connector_mails']>;

/** Last mail of an onboarding about approved connectors, sent or failed; undefined: none. */
export async function lastConnectorMail(
  tx: Tx,
  clientId: string,
  journeyId: string,
): Promise<ConnectorMailRow | undefined> {
  return tx
    .selectFrom('connector_mails')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('journey_id', '=', journeyId)
    .orderBy('begun_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Records a mail before it is sent, so that a crash does not hide it. */
export async function insertConnectorMail(
  tx: Tx,
  row: Insertable<Database['connector_mails']>,
): Promise<void> {
  await tx.insertInto('connector_mails').values(row).execute();
}

/** Records the outcome of a mail; `failure` null: the mail server accepted it. */
export async function endConnectorMail(
  tx: Tx,
  { clientId, id, at, failure }: { clientId: string; id: string; at: Date; failure: string | null },
): Promise<void> {
  await tx
    .updateTable('connector_mails')
    .set({ state: failure === null ? 'sent' : 'failed', ended_at: at, failure })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .execute();
}
