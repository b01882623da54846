import type { StoredActivity } from '#domain/activity/activity.ts';
import type { Tx } from '../open.ts';
import { lastActivity } from './read.ts';
import { activityOf } from './row.ts';

/** Activities after a number, and up to which number there are no others that are wanted. */
export interface ActivityPage {
  readonly activities: readonly StoredActivity[];
  readonly through: number;
}

export interface ActivitiesWanted {
  readonly after: number;
  readonly limit: number;
  /** null: of every category. */
  readonly categories: readonly string[] | null;
}

/** Reads on in a client's log, in order of number, of some categories or all. */
export async function readActivities(
  tx: Tx,
  clientId: string,
  { after, limit, categories }: ActivitiesWanted,
): Promise<ActivityPage> {
  // In one view: what is numbered up to here is written, so that what is not wanted of it can be passed over.
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

/** How many activities after a number are wanted, counted up to `limit`, and when Bylaw had the first of them. */
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
