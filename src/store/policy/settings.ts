import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type PolicySettingsRow = Selectable<Database['policy_settings']>;

/**
 * A client's settings for acknowledgements; undefined: the defaults. `lock` locks the row until the transaction ends.
 */
export async function policySettings(
  tx: Tx,
  clientId: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<PolicySettingsRow | undefined> {
  const found = tx.selectFrom('policy_settings').selectAll().where('client_id', '=', clientId);
  return (lock ? found.forUpdate() : found).executeTakeFirst();
}

/** Clients with reminders enabled, without sandboxes. */
export async function remindingClients(tx: Tx): Promise<{ id: string; name: string; profile: unknown }[]> {
  return tx
    .selectFrom('policy_settings')
    .innerJoin('clients', 'clients.id', 'policy_settings.client_id')
    .select(['clients.id', 'clients.name', 'clients.profile'])
    .where('policy_settings.remind', '=', true)
    .where('clients.sandbox', '=', false)
    .orderBy('clients.id')
    .execute();
}

/** Replaces the settings at `version`; false: they are at another version. */
export async function putPolicySettings(
  tx: Tx,
  { days_off, version, ...row }: PolicySettingsRow,
): Promise<boolean> {
  const values = { ...row, days_off: JSON.stringify(days_off), version: version + 1 };
  const stored = await tx
    .insertInto('policy_settings')
    .values(values)
    .onConflict((on) =>
      on.column('client_id').doUpdateSet(values).where('policy_settings.version', '=', version),
    )
    .executeTakeFirst();
  return Number(stored.numInsertedOrUpdatedRows) === 1;
}
