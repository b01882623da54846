import { sql } from 'kysely';
import type { Activity, StoredActivity } from '#domain/activity/activity.ts';
import type { Tx } from '../open.ts';
import { restOf } from './row.ts';

/**
 * Adds activities to a client's log, in the order given, and gives those that were new, with their numbers. What the log
 * has already, by instant and id, is left as it is. Whoever adds to the same client waits for this transaction to end,
 * so that a reader that goes by number never passes one that is still to come.
 */
export async function appendActivities(
  tx: Tx,
  clientId: string,
  receivedAt: Date,
  activities: readonly Activity[],
): Promise<StoredActivity[]> {
  if (activities.length === 0) return [];
  const { rows: heads } = await sql<{ last_seq: number }>`
    insert into "activity_heads" as h (client_id, last_seq) values (${clientId}, ${activities.length})
    on conflict (client_id) do update set last_seq = h.last_seq + excluded.last_seq returning last_seq`.execute(
    tx,
  );
  const received = receivedAt.toISOString();
  const before = (heads[0]?.last_seq ?? 0) - activities.length;
  // The JSON goes as one document: in an array each would be quoted once more, which costs as much as writing it.
  const column = <T>(of: (activity: Activity) => T): T[] => activities.map(of);
  const { numAffectedRows } = await sql`
    insert into "activities" (client_id, received_at, at, id, seq, source, surface, type, category, person, connector,
      tool, effect, outcome, model, rest)
    select ${clientId}, ${received}::timestamptz, e.at, e.id, ${before} + e.n, e.source, e.surface, e.type,
      e.category, e.person, e.connector, e.tool, e.effect, e.outcome, e.model, e.rest
    from rows from (
      unnest(${column((a) => a.at)}::timestamptz[], ${column((a) => a.id)}::text[],
        ${column((a) => a.source)}::text[], ${column((a) => a.surface)}::text[], ${column((a) => a.type)}::text[],
        ${column((a) => a.category)}::text[], ${column((a) => a.person)}::text[],
        ${column((a) => a.connector)}::text[], ${column((a) => a.tool)}::text[], ${column((a) => a.effect)}::text[],
        ${column((a) => a.outcome)}::text[], ${column((a) => a.model)}::text[]),
      jsonb_array_elements(${JSON.stringify(activities.map(restOf))}::jsonb))
      with ordinality as e(at, id, source, surface, type, category, person, connector, tool, effect, outcome, model,
        rest, n)
    on conflict do nothing`.execute(tx);
  // Nearly always all of it was new. Only otherwise is it asked which was, since an answer of a row for each would cost
  // more than all other answers together.
  const fresh =
    Number(numAffectedRows ?? 0) === activities.length
      ? null
      : await numbersBetween(tx, clientId, before, before + activities.length);
  const stored: StoredActivity[] = [];
  for (const [index, activity] of activities.entries()) {
    const seq = before + 1 + index;
    if (fresh === null || fresh.has(seq)) stored.push({ ...activity, seq, receivedAt: received });
  }
  return stored;
}

/** Numbers of a client's log after one and up to another that stand in it. */
async function numbersBetween(
  tx: Tx,
  clientId: string,
  after: number,
  last: number,
): Promise<ReadonlySet<number>> {
  const rows = await tx
    .selectFrom('activities')
    .select('seq')
    .where('client_id', '=', clientId)
    .where('seq', '>', after)
    .where('seq', '<=', last)
    .execute();
  return new Set(rows.map(({ seq }) => seq));
}

/** Makes whoever adds to a client's log, or numbers its alerts, wait for this transaction to end. */
export async function lockLog(tx: Tx, clientId: string): Promise<void> {
  await tx
    .selectFrom('activity_heads')
    .select('last_seq')
    .where('client_id', '=', clientId)
    .forUpdate()
    .execute();
}
