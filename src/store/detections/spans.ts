import { type CompiledQuery, sql } from 'kysely';
import type { Outlier } from '#domain/detections/baseline.ts';
import type { Sample } from '#domain/detections/words.ts';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';
import { alertsWithSpans } from './alerts.ts';
import type { Stretch } from './matches.ts';

/** An alert with its time span. */
export interface SpanRow {
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly version: number;
  readonly detection: string;
  readonly grp: string;
  readonly first_at: Date;
  readonly last_at: Date;
  readonly count: number;
  readonly first_activity: string | null;
  readonly sample: Sample;
  readonly outlier: Outlier | null;
}

/**
 * Alerts that overlap the given time spans, except merged ones. `offset 0` forces a lookup per time span: a generic
 * plan made while there were few alerts would scan all of them.
 */
export async function spansNear(
  tx: Tx,
  clientId: string,
  wanted: readonly (Stretch & { readonly detection: string })[],
): Promise<SpanRow[]> {
  if (wanted.length === 0) return [];
  const instants = (of: (one: Stretch) => number) => wanted.map((one) => new Date(of(one)).toISOString());
  const { rows } = await sql<SpanRow>`
    select a.id, a.number, a.state, a.version, s.*
    from unnest(${wanted.map(({ detection }) => detection)}::text[], ${wanted.map(({ group }) => group)}::text[],
      ${instants((w) => w.from)}::timestamptz[], ${instants((w) => w.to)}::timestamptz[]) as w(detection, grp, first, last)
    cross join lateral (
      select s.alert_id, s.detection, s.grp, s.first_at, s.last_at, s.count, s.first_activity, s.sample, s.outlier
      from "activity_alert_spans" s
      where s.client_id = ${clientId} and s.detection = w.detection and s.grp = w.grp and s.last_at >= w.first
        and s.first_at <= w.last offset 0) s
    cross join lateral (
      select a.id, a.number, a.state, a.version from "alerts" a
      where a.client_id = ${clientId} and a.id = s.alert_id and a.state <> 'merged' offset 0) a`.execute(tx);
  // Two of the time spans may overlap the same alert.
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

/** Alerts of a detection that overlap a time span, except merged ones. */
export async function spansBetween(
  tx: Tx,
  clientId: string,
  detection: string,
  from: Date,
  to: Date,
): Promise<SpanRow[]> {
  return alertsWithSpans(tx, clientId)
    .where('a.detection', '=', detection)
    .where('a.state', '<>', 'merged')
    .where('s.last_at', '>=', from)
    .where('s.first_at', '<=', to)
    .orderBy('a.number')
    .execute();
}

/** An alert to store. */
export interface NewSpan {
  readonly id: string;
  readonly detection: string;
  readonly group: string;
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly firstActivity: string | null;
  readonly sample: Sample;
  readonly outlier: Outlier | null;
}

export interface NewAlert extends NewSpan {
  readonly level: string;
  readonly state: string;
  readonly silence: string | null;
}

/** Inserts alerts with consecutive numbers. Requires the log's lock, so that no number is given twice. */
export async function insertAlerts(
  tx: Tx,
  clientId: string,
  alerts: readonly NewAlert[],
  now: Date,
): Promise<void> {
  if (alerts.length === 0) return;
  const column = <T>(of: (alert: NewAlert) => T): T[] => alerts.map(of);
  await writing('alerts')`
    insert into "alerts" (client_id, number, raised_at, id, detection, grp, level, state, silence_id)
    select ${clientId}, (select coalesce(max(number), 0) from alerts where client_id = ${clientId}) + n.place,
      ${now.toISOString()}::timestamptz, n.id, n.detection, n.grp, n.level, n.state, n.silence
    from unnest(${column((a) => a.id)}::text[], ${column((a) => a.detection)}::text[], ${column((a) => a.group)}::text[],
      ${column((a) => a.level)}::text[], ${column((a) => a.state)}::text[], ${column((a) => a.silence)}::text[])
      with ordinality as n(id, detection, grp, level, state, silence, place)`.execute(tx);
  await tx.executeQuery(putSpans(tx, clientId, alerts));
}

/** Statement that stores the time spans of alerts. */
export function putSpans(tx: Tx, clientId: string, spans: readonly NewSpan[]): CompiledQuery {
  const column = <T>(of: (span: NewSpan) => T): T[] => spans.map(of);
  return writing('activity_alert_spans')`
    insert into "activity_alert_spans" (client_id, alert_id, detection, grp, first_at, last_at, count, first_activity, sample,
      outlier)
    select ${clientId}, n.* from unnest(${column((s) => s.id)}::text[], ${column((s) => s.detection)}::text[],
      ${column((s) => s.group)}::text[], ${column((s) => new Date(s.first).toISOString())}::timestamptz[],
      ${column((s) => new Date(s.last).toISOString())}::timestamptz[], ${column((s) => s.count)}::int[],
      ${column((s) => s.firstActivity)}::text[], ${column((s) => JSON.stringify(s.sample))}::jsonb[],
      ${column((s) => (s.outlier === null ? null : JSON.stringify(s.outlier)))}::jsonb[]) as n
    on conflict (client_id, alert_id) do update set first_at = excluded.first_at, last_at = excluded.last_at,
      count = excluded.count, first_activity = excluded.first_activity, sample = excluded.sample,
      outlier = excluded.outlier`.compile(tx);
}
