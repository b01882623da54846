import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { versioned } from '../versioned.ts';

export type ExceptionRow = Selectable<Database['exceptions']>;

/** All exceptions requested in the console, newest request first. */
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

/** Updates an exception if its version is still the given one, and increments the version; otherwise returns null. */
export const changeException = versioned('exceptions');
