import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type OwnTypeRow = Selectable<Database['incident_types']>;

/** Incident types defined by a client. */
export async function ownTypes(tx: Tx, clientId: string): Promise<OwnTypeRow[]> {
  return tx
    .selectFrom('incident_types')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('made_at')
    .orderBy('id')
    .execute();
}

export async function insertOwnType(tx: Tx, { value, ...row }: OwnTypeRow): Promise<void> {
  await tx
    .insertInto('incident_types')
    .values({ ...row, value: JSON.stringify(value) })
    .execute();
}

/** Updates a type at `version`; false: it is at another version. */
export async function changeOwnType(tx: Tx, { value, version, ...row }: OwnTypeRow): Promise<boolean> {
  const changed = await tx
    .updateTable('incident_types')
    .set({ ...row, value: JSON.stringify(value), version: version + 1 })
    .where('client_id', '=', row.client_id)
    .where('id', '=', row.id)
    .where('version', '=', version)
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) === 1;
}

export async function removeOwnType(tx: Tx, clientId: string, id: string, version: number): Promise<boolean> {
  const removed = await tx
    .deleteFrom('incident_types')
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return Number(removed.numDeletedRows) === 1;
}
