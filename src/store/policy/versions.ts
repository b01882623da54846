import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type PolicyVersionRow = Selectable<Database['policy_versions']>;
export type AcknowledgementRow = Selectable<Database['policy_acknowledgements']>;

/** All published versions, including scheduled ones, newest first. */
export async function policyVersions(tx: Tx, clientId: string): Promise<PolicyVersionRow[]> {
  return tx
    .selectFrom('policy_versions')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('number', 'desc')
    .orderBy('revision', 'desc')
    .execute();
}

export async function insertPolicyVersion(
  tx: Tx,
  row: Insertable<Database['policy_versions']>,
): Promise<void> {
  await tx.insertInto('policy_versions').values(row).execute();
}

/** All acknowledgements, oldest first. */
export async function acknowledgementsIn(tx: Tx, clientId: string): Promise<AcknowledgementRow[]> {
  return tx
    .selectFrom('policy_acknowledgements')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

/** Adds an acknowledgement; false: this address already acknowledged this number. */
export async function addAcknowledgement(
  tx: Tx,
  row: Insertable<Database['policy_acknowledgements']>,
): Promise<boolean> {
  const added = await tx
    .insertInto('policy_acknowledgements')
    .values(row)
    .onConflict((on) => on.columns(['client_id', 'number', 'address']).doNothing())
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows) === 1;
}

/**
 * Erases the person's data from an acknowledgement and returns the rest; undefined: it does not exist or was already
 * erased.
 */
export async function eraseAcknowledgement(
  tx: Tx,
  clientId: string,
  id: string,
  now: Date,
): Promise<AcknowledgementRow | undefined> {
  return tx
    .updateTable('policy_acknowledgements')
    .set({ address: null, name: null, provider: null, erased_at: now })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('erased_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

export async function acknowledgementOf(
  tx: Tx,
  clientId: string,
  number: number,
  address: string,
): Promise<AcknowledgementRow | undefined> {
  return tx
    .selectFrom('policy_acknowledgements')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('number', '=', number)
    .where('address', '=', address)
    .executeTakeFirst();
}
