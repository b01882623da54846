import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

/** An override and its decision, if any. */
export interface OverrideRow extends Selectable<Database['overrides']> {
  readonly decision: Selectable<Database['override_decisions']> | null;
}
export type HandoverRow = Selectable<Database['handovers']>;

/** All override requests, newest first. */
export async function allOverrides(tx: Tx, clientId: string): Promise<OverrideRow[]> {
  const rows = await tx
    .selectFrom('overrides')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('requested_at', 'desc')
    .orderBy('id')
    .execute();
  const decisions = await tx
    .selectFrom('override_decisions')
    .selectAll()
    .where('client_id', '=', clientId)
    .execute();
  const byId = new Map(decisions.map((decision) => [decision.override_id, decision]));
  return rows.map((row) => ({ ...row, decision: byId.get(row.id) ?? null }));
}

export async function insertOverride(tx: Tx, row: Insertable<Database['overrides']>): Promise<void> {
  await tx.insertInto('overrides').values(row).execute();
}

/** Decides an override; false: already decided, and nothing is written. */
export async function decideOverride(
  tx: Tx,
  row: Insertable<Database['override_decisions']>,
): Promise<boolean> {
  const added = await tx
    .insertInto('override_decisions')
    .values(row)
    .onConflict((on) => on.columns(['client_id', 'override_id']).doNothing())
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows) === 1;
}

/** Handovers of the deployment, newest first. */
export async function allHandovers(tx: Tx, clientId: string): Promise<HandoverRow[]> {
  return tx
    .selectFrom('handovers')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('handed_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function insertHandover(tx: Tx, row: Insertable<Database['handovers']>): Promise<void> {
  await tx.insertInto('handovers').values(row).execute();
}
