import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type ExceptionRow = Selectable<Database['exceptions']>;

/** Every exception that was asked for in the console, the newest request first. */
export async function allExceptions(tx: Tx, clientId: string): Promise<ExceptionRow[]> {
  return tx
    .selectFrom('exceptions')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('requested_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function findException(tx: Tx, clientId: string, id: string): Promise<ExceptionRow | undefined> {
  return tx
    .selectFrom('exceptions')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function insertException(tx: Tx, row: Insertable<Database['exceptions']>): Promise<void> {
  await tx.insertInto('exceptions').values(row).execute();
}

/** Changes an exception that is still at this version, and counts the version up; null where it is not. */
export async function changeException(
  tx: Tx,
  clientId: string,
  id: string,
  version: number,
  values: Omit<Updateable<Database['exceptions']>, 'version' | 'client_id' | 'id'>,
): Promise<ExceptionRow | null> {
  const row = await tx
    .updateTable('exceptions')
    .set({ ...values, version: version + 1 })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}
