import type { StoredActivity } from '#domain/activity/activity.ts';
import type { Tx } from '../open.ts';
import { activityOf } from './row.ts';

/**
 * The next activities of a client's log after a number, in order of number: how a sink goes through it. Nothing with a
 * lower number can appear later.
 */
export async function activitiesAfter(
  tx: Tx,
  clientId: string,
  seq: number,
  limit: number,
): Promise<StoredActivity[]> {
  const rows = await tx
    .selectFrom('activities')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(activityOf);
}

/** The number that was given out last; 0 while the log is empty. */
export async function lastActivity(tx: Tx, clientId: string): Promise<number> {
  const row = await tx
    .selectFrom('activity_heads')
    .select('last_seq')
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row?.last_seq ?? 0;
}
