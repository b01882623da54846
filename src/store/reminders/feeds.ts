import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type FeedRow = Selectable<Database['calendar_feeds']>;

/** Calendar feed of a person; null: none. */
export async function findFeed(tx: Tx, userId: string): Promise<FeedRow | null> {
  const row = await tx
    .selectFrom('calendar_feeds')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row ?? null;
}

/** Sets a person's feed URL, invalidating any earlier one. */
export async function putFeed(tx: Tx, userId: string, tokenHash: string, now: Date): Promise<void> {
  const row = { user_id: userId, token_hash: tokenHash, made_at: now, last_read_at: null };
  await tx
    .insertInto('calendar_feeds')
    .values(row)
    .onConflict((there) => there.column('user_id').doUpdateSet(row))
    .execute();
}

/** Removes a person's feed; false: they had none. */
export async function removeFeed(tx: Tx, userId: string): Promise<boolean> {
  const gone = await tx.deleteFrom('calendar_feeds').where('user_id', '=', userId).executeTakeFirst();
  return Number(gone.numDeletedRows) === 1;
}

/** Feed with this secret, of a person who can sign in. */
export async function feedOf(tx: Tx, tokenHash: string): Promise<FeedRow | null> {
  const row = await tx
    .selectFrom('calendar_feeds')
    .innerJoin('users', 'users.id', 'calendar_feeds.user_id')
    .selectAll('calendar_feeds')
    .where('token_hash', '=', tokenHash)
    .where('users.disabled_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

export async function markFeedRead(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx.updateTable('calendar_feeds').set({ last_read_at: now }).where('user_id', '=', userId).execute();
}
