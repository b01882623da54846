import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type AssignedNotice = Selectable<Database['assigned_notices']>;

/** Queues mails to people about work that was assigned to them, or of which they were reminded. */
export async function addAssignedNotices(
  tx: Tx,
  notices: readonly (Pick<AssignedNotice, 'client_id' | 'user_id' | 'pieces' | 'assigned_at'> &
    Partial<Pick<AssignedNotice, 'reminder'>>)[],
): Promise<void> {
  if (notices.length === 0) return;
  await tx
    .insertInto('assigned_notices')
    .values(notices.map((one) => ({ ...one, id: randomUUID(), next_at: one.assigned_at })))
    .execute();
}

/** Mails that are due, oldest first. Requires a scope that sees all clients. */
export async function dueAssignedNotices(tx: Tx, now: Date): Promise<AssignedNotice[]> {
  return tx
    .selectFrom('assigned_notices')
    .selectAll()
    .where('next_at', '<=', now)
    .orderBy('assigned_at')
    .orderBy('id')
    .limit(500)
    .execute();
}

/** Claims a mail until an instant, after which it is tried again; false: another process holds it. */
export async function claimAssignedNotice(tx: Tx, notice: AssignedNotice, until: Date): Promise<boolean> {
  const taken = await tx
    .updateTable('assigned_notices')
    .set({ tries: notice.tries + 1, next_at: until })
    .where('client_id', '=', notice.client_id)
    .where('id', '=', notice.id)
    .where('tries', '=', notice.tries)
    .returning('id')
    .executeTakeFirst();
  return taken !== undefined;
}

/** Schedules another try of a mail; null: done. */
export async function endAssignedNotice(
  tx: Tx,
  { client_id, id }: Pick<AssignedNotice, 'client_id' | 'id'>,
  again: Date | null,
): Promise<void> {
  if (again === null)
    await tx.deleteFrom('assigned_notices').where('client_id', '=', client_id).where('id', '=', id).execute();
  else
    await tx
      .updateTable('assigned_notices')
      .set({ next_at: again })
      .where('client_id', '=', client_id)
      .where('id', '=', id)
      .execute();
}
