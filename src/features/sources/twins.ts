import { sql } from 'kysely';
import type { Activity, ActivitySource } from '#domain/activity/activity.ts';
import type { Tx } from '#store/open.ts';
import type { Services } from '../context.ts';

const OTHER: Partial<Record<ActivitySource, ActivitySource>> = {
  compliance_feed: 'audit_export',
  audit_export: 'compliance_feed',
};

/**
 * Drops events that the log already has from the other of two sources with the same events: the activity feed, which
 * has ids, and the audit-log export, which does not. Two events are the same if second, type and person match, and
 * each is matched once. Events that are new to the log are kept.
 */
export async function withoutTwins(
  { store }: Pick<Services, 'store'>,
  clientId: string,
  activities: readonly Activity[],
): Promise<readonly Activity[]> {
  const source = activities[0]?.source;
  const other = source === undefined ? undefined : OTHER[source];
  if (other === undefined) return activities;
  const twins = await store.read([clientId], async (tx) =>
    (await hasAuditExport(tx, clientId)) ? countByKey(tx, clientId, other, activities) : null,
  );
  if (twins === null || twins.size === 0) return activities;
  const left = new Set<Activity>();
  // In order of id, so that the same ones are dropped whenever the page is read again.
  for (const activity of activities.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const key = keyOf(activity.at, activity.type, activity.person);
    const count = twins.get(key) ?? 0;
    if (count === 0) continue;
    twins.set(key, count - 1);
    left.add(activity);
  }
  return activities.filter((activity) => !left.has(activity));
}

/** Whether an audit-log export was ever imported: without one there is nothing to compare. */
async function hasAuditExport(tx: Tx, clientId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('observations')
    .select('id')
    .where('client_id', '=', clientId)
    .where('kind', '=', 'audit_log')
    .where('stored_at', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}

async function countByKey(
  tx: Tx,
  clientId: string,
  source: ActivitySource,
  activities: readonly Activity[],
): Promise<Map<string, number>> {
  let from = activities[0]?.at ?? '';
  let to = from;
  for (const { at } of activities) {
    if (at < from) from = at;
    if (at > to) to = at;
  }
  const rows = await tx
    .selectFrom('activities')
    .select(['at', 'type', 'person'])
    .where('client_id', '=', clientId)
    .where('at', '>=', new Date(`${from.slice(0, 19)}Z`))
    .where('at', '<', sql<Date>`${to}::timestamptz + interval '1 second'`)
    .where('source', '=', source)
    .execute();
  const counts = new Map<string, number>();
  for (const { at, type, person } of rows) {
    const key = keyOf(at.toISOString(), type, person);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function keyOf(at: string, type: string, person: string | null): string {
  return `${at.slice(0, 19)} ${type} ${person ?? ''}`;
}
