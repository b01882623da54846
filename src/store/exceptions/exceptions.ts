import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { versioned } from '../versioned.ts';

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
export const changeException = versioned('exceptions');
