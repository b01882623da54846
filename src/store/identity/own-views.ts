import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type SavedViewRow = Selectable<Database['saved_views']>;

/** Ids of the notifications that a person has read. */
export async function readNotifications(tx: Tx, userId: string): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('read_notifications')
    .select('notification')
    .where('user_id', '=', userId)
    .execute();
  return new Set(rows.map(({ notification }) => notification));
}

/** Marks notifications as read, and deletes marks of notifications that no longer exist. */
export async function markNotificationsRead(
  tx: Tx,
  userId: string,
  {
    read,
    there,
    now,
  }: { readonly read: readonly string[]; readonly there: readonly string[]; readonly now: Date },
): Promise<void> {
  await tx
    .deleteFrom('read_notifications')
    .where('user_id', '=', userId)
    .$if(there.length > 0, (query) => query.where('notification', 'not in', [...there]))
    .execute();
  if (read.length === 0) return;
  await tx
    .insertInto('read_notifications')
    .values(read.map((notification) => ({ user_id: userId, notification, read_at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A person's saved views, ordered by page and name. */
export async function viewsOf(tx: Tx, userId: string): Promise<SavedViewRow[]> {
  return tx
    .selectFrom('saved_views')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('page')
    .orderBy('name')
    .execute();
}

/** Saves a view, replacing one of the same name on the same page. Returns its id. */
export async function putView(tx: Tx, row: SavedViewRow): Promise<string> {
  const { id } = await tx
    .insertInto('saved_views')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'page', 'name'])
        .doUpdateSet({ search: row.search, saved_at: row.saved_at }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Renames a person's view. */
export async function nameView(
  tx: Tx,
  userId: string,
  id: string,
  { name, saved_at }: Pick<SavedViewRow, 'name' | 'saved_at'>,
): Promise<void> {
  await tx
    .updateTable('saved_views')
    .set({ name, saved_at })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .execute();
}

/** Deletes a person's view and returns it; null: they have none with this id. */
export async function takeView(tx: Tx, userId: string, id: string): Promise<SavedViewRow | null> {
  const row = await tx
    .deleteFrom('saved_views')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}
