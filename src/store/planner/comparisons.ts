import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { versioned } from '../versioned.ts';

export type ComparisonRow = Selectable<Database['comparisons']>;

/** All saved comparisons, most recently changed first. */
export async function allComparisons(tx: Tx, clientId: string): Promise<ComparisonRow[]> {
  return tx
    .selectFrom('comparisons')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('changed_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function findComparison(
  tx: Tx,
  clientId: string,
  id: string,
): Promise<ComparisonRow | undefined> {
  return tx
    .selectFrom('comparisons')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function insertComparison(tx: Tx, row: Insertable<Database['comparisons']>): Promise<void> {
  await tx.insertInto('comparisons').values(row).execute();
}

export async function deleteComparison(tx: Tx, clientId: string, id: string): Promise<void> {
  await tx.deleteFrom('comparisons').where('client_id', '=', clientId).where('id', '=', id).execute();
}

/** Updates a comparison if its version is still the given one, and increments the version; otherwise returns null. */
export const changeComparison = versioned('comparisons');
