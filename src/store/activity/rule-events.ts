import { type Selectable, sql } from 'kysely';
import type { StoredActivity } from '#domain/activity/activity.ts';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';
import type { ActivityTables } from '../schema/activity.ts';
import { activityOf } from './row.ts';

/** An activity that rules read; `once` as in the table. */
export interface RuleEvent {
  readonly at: string;
  readonly id: string;
  readonly seq: number;
  readonly once: string | null;
}

/** Records activities that rules read, in the transaction that adds them to the log. */
export async function storeRuleEvents(tx: Tx, clientId: string, events: readonly RuleEvent[]): Promise<void> {
  if (events.length === 0) return;
  const { numAffectedRows } = await writing('activity_rule_events')`
    insert into "activity_rule_events" (client_id, at, id, seq, once)
    select ${clientId}, e.at, e.id, e.seq, e.once
    from unnest(${events.map(({ at }) => at)}::timestamptz[], ${events.map(({ id }) => id)}::text[],
      ${events.map(({ seq }) => seq)}::bigint[], ${events.map(({ once }) => once)}::text[]) as e(at, id, seq, once)
    on conflict do nothing`.execute(tx);
  const fresh = Number(numAffectedRows ?? 0);
  if (fresh > 0)
    await writing(
      'activity_rule_heads',
    )`insert into "activity_rule_heads" as h (client_id, noted, announced) values (${clientId}, ${fresh}, 0)
      on conflict (client_id) do update set noted = h.noted + ${fresh}`.execute(tx);
}

/** Marks new events as announced; true: there were any. */
export async function announceRuleEvents(tx: Tx, clientId: string): Promise<boolean> {
  const changed = await tx
    .updateTable('activity_rule_heads')
    .set((eb) => ({ announced: eb.ref('noted') }))
    .where('client_id', '=', clientId)
    .whereRef('announced', '<>', 'noted')
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) > 0;
}

/** A month (YYYY-MM, UTC) of such events. `mark` changes whenever one is added. */
export interface RuleEventMonth {
  readonly month: string;
  readonly events: number;
  readonly mark: string;
}

export async function ruleEventMonths(tx: Tx, clientId: string): Promise<RuleEventMonth[]> {
  const { rows } = await sql<{ month: string; events: string; last: string }>`
    select to_char(at at time zone 'UTC', 'YYYY-MM') as month, count(*) as events, max(seq) as last
    from "activity_rule_events" where client_id = ${clientId} group by 1 order by 1`.execute(tx);
  return rows.map(({ month, events, last }) => ({
    month,
    events: Number(events),
    mark: `${events}.${last}`,
  }));
}

/** Events of one month, oldest first, without those removed by retention. */
export async function ruleEventsOf(tx: Tx, clientId: string, month: string): Promise<StoredActivity[]> {
  const { rows } = await sql<Selectable<ActivityTables['activities']>>`
    select a.* from "activity_rule_events" e
    join "activities" a on a.client_id = e.client_id and a.at = e.at and a.id = e.id
    where e.client_id = ${clientId} and e.at >= ${`${month}-01T00:00:00Z`}::timestamptz
      and e.at < ${`${month}-01T00:00:00Z`}::timestamptz + interval '1 month'
    order by a.at, a.id`.execute(tx);
  return rows.map(activityOf);
}

/** Newest event of the activity feed since an instant, of any type; null: none. */
export async function newestOfFeed(tx: Tx, clientId: string, since: Date): Promise<StoredActivity | null> {
  const row = await tx
    .selectFrom('activities')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('at', '>=', since)
    .where('source', '=', 'compliance_feed')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : activityOf(row);
}
