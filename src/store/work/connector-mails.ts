import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type ConnectorMailRow = Selectable<Database['connector_mails']>;

/** The last mail of the page of connectors that went out from an onboarding, or failed to; undefined: none was begun. */
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

/** Notes a mail before it goes out, so that a crash does not hide it. */
export async function insertConnectorMail(
  tx: Tx,
  row: Insertable<Database['connector_mails']>,
): Promise<void> {
  await tx.insertInto('connector_mails').values(row).execute();
}

/** What became of a mail; `failure` null: the mail server took it. */
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
