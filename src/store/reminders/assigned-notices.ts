import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type AssignedNotice = Selectable<Database['assigned_notices']>;

/** Notes that a person is to be told of work that was assigned to them, or reminded of it. */
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

/** Mails whose time has come, the oldest first. Needs a scope that sees all clients. */
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

/** Takes a mail for whoever calls, until an instant after which it is tried again. false: another process has it. */
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

/** Has a mail tried again at an instant; null: it is over. */
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
