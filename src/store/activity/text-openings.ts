import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { versioned } from '../versioned.ts';

export type OpeningRow = Selectable<Database['text_openings']>;

/** Every time that someone asked to open text of a client, the newest first. */
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

/** Changes one that is still at this version; null where it is not. */
export const changeOpening = versioned('text_openings');
