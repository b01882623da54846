import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { versioned } from '../versioned.ts';

export type OpeningRow = Selectable<Database['text_openings']>;

/** All requests to open texts of a client, newest first. */
export async function allOpenings(tx: Tx, clientId: string): Promise<OpeningRow[]> {
  return tx
    .selectFrom('text_openings')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('asked_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function insertOpening(tx: Tx, row: Insertable<Database['text_openings']>): Promise<void> {
  await tx.insertInto('text_openings').values(row).execute();
}

/** Updates a request if its version is still the given one; otherwise returns null. */
export const changeOpening = versioned('text_openings');
