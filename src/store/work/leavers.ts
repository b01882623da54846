import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type LeaverRow = Selectable<Database['leavers']>;

/** The leavings of these clients that were started, oldest last day first. */
export async function leaversOf(tx: Tx, clientIds: readonly string[]): Promise<LeaverRow[]> {
  if (clientIds.length === 0) return [];
  return tx
    .selectFrom('leavers')
    .selectAll()
    .where('client_id', 'in', clientIds)
    .orderBy('client_id')
    .orderBy('last_day')
    .orderBy('id')
    .execute();
}

export async function findLeaver(tx: Tx, clientId: string, id: string): Promise<LeaverRow | null> {
  const row = await tx
    .selectFrom('leavers')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Adds a leaving; false where this person's was started before. */
export async function insertLeaver(tx: Tx, row: LeaverRow): Promise<boolean> {
  const added = await tx
    .insertInto('leavers')
    .values(row)
    .onConflict((on) => on.columns(['client_id', 'person_key']).doNothing())
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows) === 1;
}

type Changed = Partial<
  Pick<
    LeaverRow,
    | 'last_day'
    | 'owner_user'
    | 'owner_name'
    | 'owner_mail'
    | 'removed_on'
    | 'removed_by'
    | 'removed_by_name'
    | 'removed_at'
  >
>;

/** Changes a leaving over what was at `version`; false: someone else was quicker. */
export async function changeLeaver(
  tx: Tx,
  { client_id, id, version }: Pick<LeaverRow, 'client_id' | 'id' | 'version'>,
  change: Changed,
): Promise<boolean> {
  const changed = await tx
    .updateTable('leavers')
    .set({ ...change, version: version + 1 })
    .where('client_id', '=', client_id)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) === 1;
}

export async function removeLeaver(
  tx: Tx,
  { client_id, id }: Pick<LeaverRow, 'client_id' | 'id'>,
): Promise<void> {
  await tx.deleteFrom('leavers').where('client_id', '=', client_id).where('id', '=', id).execute();
}
