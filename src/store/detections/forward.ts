import { sql } from 'kysely';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';
import { type AlertWithSpan, alertsWithSpans } from './alerts.ts';

/** States whose changes are forwarded: those of alerts that people have, or had, to look at. */
const SHOWN = ['open', 'follow_up', 'real', 'benign', 'withdrawn'];

export interface AlertsWanted {
  readonly after: number;
  readonly limit: number;
  readonly levels: readonly string[];
}

/** A change of an alert, with the alert's state at that time. */
export interface AlertChange {
  /** Sequence number of the change within the client; `version` is that within the alert. */
  readonly number: number;
  readonly version: number;
  /** raised, counted, or the act of a step */
  readonly act: string;
  readonly at: Date;
  /** Who decided; null: an automatic change. */
  readonly by: string | null;
  readonly alert: AlertWithSpan;
}

/** Whether any changes of alerts have no number yet. */
export async function hasNewAlertChanges(tx: Tx, clientId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('activity_alert_changes')
    .select('id')
    .where('client_id', '=', clientId)
    .where('number', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Numbers changes of alerts that have no number yet, in the order in which they were made. Only one transaction per
 * client does so at a time, and only for committed changes, so a lower number can never appear later. Changes of
 * silenced or old alerts are deleted until the alert first reaches a state that is forwarded.
 */
export async function numberAlertChanges(tx: Tx, clientId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`alert changes of ${clientId}`}, 0))`.execute(tx);
  if (!(await hasNewAlertChanges(tx, clientId))) return;
  await writing('activity_alert_changes')`
    delete from "activity_alert_changes" as c where c.client_id = ${clientId} and c.number is null
      and c.state <> all (${SHOWN}::text[]) and not exists (
        select 1 from activity_alert_changes b where b.client_id = c.client_id and b.alert_id = c.alert_id
          and (b.number is not null or ((b.written, b.step) < (c.written, c.step) and b.state = any (${SHOWN}::text[]))))`.execute(
    tx,
  );
  await writing('activity_alert_changes')`
    update "activity_alert_changes" as c set number = n.number, version = n.version
      from (select o.id,
              (select coalesce(max(number), 0) from activity_alert_changes where client_id = ${clientId})
                + row_number() over (order by o.written, o.step) as number,
              (select coalesce(max(b.version), 0) from activity_alert_changes b
                where b.client_id = ${clientId} and b.alert_id = o.alert_id)
                + row_number() over (partition by o.alert_id order by o.written, o.step) as version
              from activity_alert_changes o where o.client_id = ${clientId} and o.number is null) as n
     where c.client_id = ${clientId} and c.id = n.id`.execute(tx);
}

/** Changes of alerts after a number, in order, and `through`: the number up to which no further change is wanted. */
export async function readAlertChanges(
  tx: Tx,
  clientId: string,
  { after, limit, levels }: AlertsWanted,
): Promise<{ readonly changes: readonly AlertChange[]; readonly through: number }> {
  const head = await lastAlertChange(tx, clientId);
  if (head <= after || levels.length === 0) return { changes: [], through: Math.max(head, after) };
  const rows = await alertsWithSpans(tx, clientId)
    .innerJoin('activity_alert_changes as c', (join) =>
      join.onRef('c.client_id', '=', 'a.client_id').onRef('c.alert_id', '=', 'a.id'),
    )
    .select([
      'c.number as change_number',
      'c.version as change_version',
      'c.act',
      'c.done_by_name',
      'c.done_at',
    ])
    .select([
      'c.state as state_then',
      'c.count as count_then',
      'c.last_at as last_then',
      'c.outlier as outlier_then',
    ])
    .where('c.number', '>', after)
    .where('c.number', '<=', head)
    .where('a.level', 'in', [...levels])
    .orderBy('c.number')
    .limit(limit)
    .execute();
  const changes = rows.map(
    (row): AlertChange => ({
      number: Number(row.change_number),
      version: row.change_version ?? 1,
      act: row.act,
      at: row.done_at,
      by: row.done_by_name,
      alert: {
        ...row,
        state: row.state_then,
        count: row.count_then,
        last_at: row.last_then,
        outlier: row.outlier_then,
      },
    }),
  );
  const last = changes.at(-1);
  return { changes, through: changes.length === limit && last !== undefined ? last.number : head };
}

/**
 * Number of wanted changes after a number, counted up to `limit`, and when the first of them was made. Includes changes
 * without a number, except those of silenced or old alerts.
 */
export async function alertChangesBehind(
  tx: Tx,
  clientId: string,
  { after, limit, levels }: AlertsWanted,
): Promise<{ readonly count: number; readonly oldest: Date | null }> {
  const rows = await tx
    .selectFrom('activity_alert_changes as c')
    .innerJoin('alerts as a', (join) =>
      join.onRef('a.client_id', '=', 'c.client_id').onRef('a.id', '=', 'c.alert_id'),
    )
    .select('c.done_at')
    .where('c.client_id', '=', clientId)
    .where((eb) =>
      eb.or([eb('c.number', '>', after), eb.and([eb('c.number', 'is', null), eb('c.state', 'in', SHOWN)])]),
    )
    .where('a.level', 'in', [...levels])
    .orderBy('c.written')
    .orderBy('c.step')
    .limit(limit)
    .execute();
  return { count: rows.length, oldest: rows[0]?.done_at ?? null };
}

/** Highest number given to a change; 0: none. */
export async function lastAlertChange(tx: Tx, clientId: string): Promise<number> {
  const row = await tx
    .selectFrom('activity_alert_changes')
    .select((eb) => eb.fn.max<number | null>('number').as('number'))
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return Number(row?.number ?? 0);
}
