import type { StoredActivity } from '#domain/activity/activity.ts';
import type { Tx } from '../open.ts';
import { lastActivity } from './read.ts';
import { activityOf } from './row.ts';

/** Activities after a number, and `through`: the number up to which no further activity is wanted. */
export interface ActivityPage {
  readonly activities: readonly StoredActivity[];
  readonly through: number;
}

export interface ActivitiesWanted {
  readonly after: number;
  readonly limit: number;
  /** null: every category. */
  readonly categories: readonly string[] | null;
}

/** Reads a client's log onward from a number, in order, for some categories or all. */
export async function readActivities(
  tx: Tx,
  clientId: string,
  { after, limit, categories }: ActivitiesWanted,
): Promise<ActivityPage> {
  // Read in the same snapshot: everything numbered up to the head is visible, so unwanted activities can be skipped.
  const head = await lastActivity(tx, clientId);
  const rows = await tx
    .selectFrom('activities')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('seq', '>', after)
    .where('seq', '<=', head)
    .$if(categories !== null, (query) => query.where('category', 'in', [...(categories ?? [])]))
    .orderBy('seq')
    .limit(limit)
    .execute();
  const last = rows.at(-1);
  return {
    activities: rows.map(activityOf),
    through: rows.length === limit && last !== undefined ? last.seq : Math.max(head, after),
  };
}

/** Number of wanted activities after a number, counted up to `limit`, and when Bylaw received the first of them. */
export async function activitiesBehind(
  tx: Tx,
  clientId: string,
  { after, limit, categories }: ActivitiesWanted,
): Promise<{ readonly count: number; readonly oldest: Date | null }> {
  const wanted = tx
    .selectFrom('activities')
    .select(['seq', 'received_at'])
    .where('client_id', '=', clientId)
    .where('seq', '>', after)
    .$if(categories !== null, (query) => query.where('category', 'in', [...(categories ?? [])]))
    .orderBy('seq')
    .limit(limit);
  const row = await tx
    .selectFrom(wanted.as('w'))
    .select((eb) => [eb.fn.countAll<string>().as('count'), eb.fn.min('w.received_at').as('oldest')])
    .executeTakeFirst();
  return { count: Number(row?.count ?? 0), oldest: row?.oldest ?? null };
}
