import type { Selectable, Updateable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type CampaignRow = Selectable<Database['campaigns']>;

/** A client's settings; null: the defaults. */
export async function findCampaign(tx: Tx, clientId: string): Promise<CampaignRow | null> {
  const row = await tx
    .selectFrom('campaigns')
    .selectAll()
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Locks the client's campaign until the transaction ends, which serializes numbering of steps and claims of messages.
 */
export async function holdCampaign(tx: Tx, clientId: string): Promise<CampaignRow> {
  await tx
    .insertInto('campaigns')
    .values({ client_id: clientId })
    .onConflict((on) => on.column('client_id').doNothing())
    .execute();
  return tx
    .selectFrom('campaigns')
    .selectAll()
    .where('client_id', '=', clientId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export async function changeCampaign(
  tx: Tx,
  clientId: string,
  values: Updateable<Database['campaigns']>,
): Promise<void> {
  await tx.updateTable('campaigns').set(values).where('client_id', '=', clientId).execute();
}

/** Clients for which Bylaw sends reminders automatically. Requires a scope that sees all clients. */
export async function remindingClients(
  tx: Tx,
): Promise<
  { readonly id: string; readonly slug: string; readonly name: string; readonly profile: unknown }[]
> {
  return tx
    .selectFrom('campaigns')
    .innerJoin('clients', 'clients.id', 'campaigns.client_id')
    .select(['clients.id', 'clients.slug', 'clients.name', 'clients.profile'])
    .where('campaigns.reminders', '=', true)
    .where('clients.sandbox', '=', false)
    .orderBy('clients.id')
    .execute();
}
