import { type RawBuilder, sql } from 'kysely';
import { ALERT_LEVELS, OPEN_ALERT_STATES } from '#domain/detections/alert-words.ts';
import type { FoldPlaces } from '#domain/detections/fold.ts';
import type { Tx } from '../open.ts';
import { type AlertWithSpan, alertsWithSpans } from './alerts.ts';

/** Filter for alerts. Omitted fields do not filter. */
export interface AlertSearch {
  readonly states: readonly string[];
  readonly detection?: string | undefined;
  readonly levels?: readonly string[] | undefined;
  readonly connector?: string | undefined;
  readonly person?: string | undefined;
  /** Alerts with events between two instants. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Substring of any value of the first event, or of the alert's code. */
  readonly text?: string | undefined;
  /** Detections whose own text contains `text`. */
  readonly textDetections?: readonly string[] | undefined;
  readonly fold?: { readonly detection: string; readonly subject: string | null } | undefined;
}

/** Alerts of one detection about the same subject, folded into one row. */
export interface FoldRow {
  readonly detection: string;
  readonly subject: string | null;
  /** Highest of the alerts' levels; `state` is the first of theirs in the order of the states given. */
  readonly level: string;
  readonly state: string;
  readonly alerts: number;
  /** Number of alerts still to be settled. */
  readonly open: number;
  readonly events: number;
  /** Number of alerts about an unusual day. */
  readonly days: number;
  readonly first: Date;
  readonly last: Date;
  readonly raised: Date;
  readonly people: readonly string[];
  readonly connectors: readonly string[];
  /** Changes whenever one of its alerts is opened, settled or changes state. */
  readonly mark: string;
  /** Id of the alert, if there is only one. */
  readonly only: string | null;
  /** Whether any of its alerts matches the filter. */
  readonly matches: boolean;
}

/** Levels in order; an unknown one sorts last. */
const LEVELS: readonly string[] = ALERT_LEVELS;

const WHO = sql<
  string | null
>`coalesce(s.sample ->> 'person', s.sample ->> 'actor.email', s.sample ->> 'actor.name', s.sample ->> 'actor.id')`;
const CONNECTOR = sql<string | null>`coalesce(s.sample ->> 'connector_name', s.sample ->> 'mcp_server_name')`;

function subjectOf({ detections, places }: FoldPlaces): RawBuilder<string | null> {
  return sql`(select nullif(a.grp::jsonb ->> p.place, '') from unnest(${detections}::text[], ${places}::int[]) as p(detection, place)
    where p.detection = a.detection)`;
}

function matching(search: AlertSearch, places: FoldPlaces): RawBuilder<boolean> {
  const { detection, levels, connector, person, from, to, text, textDetections, fold } = search;
  const all = [
    detection === undefined ? null : sql`a.detection = ${detection}`,
    levels === undefined ? null : sql`a.level = any(${levels}::text[])`,
    connector === undefined ? null : sql`${CONNECTOR} = ${connector}`,
    person === undefined ? null : sql`${WHO} = ${person}`,
    from === undefined ? null : sql`s.last_at >= ${from.toISOString()}::timestamptz`,
    to === undefined ? null : sql`s.first_at <= ${to.toISOString()}::timestamptz`,
    fold === undefined
      ? null
      : sql`(a.detection = ${fold.detection} and ${subjectOf(places)} is not distinct from ${fold.subject}::text)`,
    text === undefined
      ? null
      : sql`(a.detection = any(${textDetections ?? []}::text[]) or 'al-' || lpad(a.number::text, 4, '0') = lower(${text})
          or exists (select from jsonb_each_text(s.sample) as v where strpos(lower(v.value), lower(${text})) > 0))`,
  ].filter((one) => one !== null);
  return all.length === 0 ? sql`true` : sql`(${sql.join(all, sql` and `)})`;
}

/**
 * All rows for alerts in the given states. The filter only sets `matches`; it does not remove alerts from a row.
 * `states` are in order of precedence, highest first.
 */
export async function alertFolds(
  tx: Tx,
  clientId: string,
  search: AlertSearch,
  places: FoldPlaces,
): Promise<FoldRow[]> {
  const open = sql`a.state = any(${OPEN_ALERT_STATES}::text[])`;
  const { rows } = await sql<FoldRow>`
    select a.detection, f.subject,
      (${LEVELS}::text[])[min(coalesce(array_position(${LEVELS}::text[], a.level), ${LEVELS.length}))] as level,
      (${search.states}::text[])[min(array_position(${search.states}::text[], a.state))] as state,
      count(*)::int as alerts, (count(*) filter (where ${open}))::int as open,
      coalesce(sum(s.count) filter (where s.outlier is null), 0)::int as events, count(s.outlier)::int as days,
      min(s.first_at) as first, max(s.last_at) as last, max(a.raised_at) as raised,
      coalesce(array_agg(distinct f.who) filter (where f.who is not null), '{}') as people,
      coalesce(array_agg(distinct f.connector) filter (where f.connector is not null), '{}') as connectors,
      md5(coalesce(string_agg(a.id || ' ' || a.version, ',' order by a.id) filter (where ${open}), '')) as mark,
      case when count(*) = 1 then min(a.id) end as only,
      bool_or(${matching(search, places)}) as matches
    from alerts a
    join activity_alert_spans s on s.client_id = a.client_id and s.alert_id = a.id
    cross join lateral (select ${subjectOf(places)} as subject, ${WHO} as who, ${CONNECTOR} as connector) as f
    where a.client_id = ${clientId} and a.state = any(${search.states}::text[])
    group by a.detection, f.subject`.execute(tx);
  return rows;
}

/** Alerts that match the filter, latest first. */
export async function alertsFound(
  tx: Tx,
  clientId: string,
  search: AlertSearch,
  places: FoldPlaces,
  limit: number,
): Promise<AlertWithSpan[]> {
  return alertsWithSpans(tx, clientId)
    .where('a.state', 'in', [...search.states])
    .where(matching(search, places))
    .orderBy('s.last_at', 'desc')
    .orderBy('a.number', 'desc')
    .limit(limit)
    .execute();
}

/** Number of alerts that match the filter. */
export async function countFound(
  tx: Tx,
  clientId: string,
  search: AlertSearch,
  places: FoldPlaces,
): Promise<number> {
  const row = await alertsWithSpans(tx, clientId)
    .clearSelect()
    .select((eb) => eb.fn.countAll<string>().as('found'))
    .where('a.state', 'in', [...search.states])
    .where(matching(search, places))
    .executeTakeFirstOrThrow();
  return Number(row.found);
}

/**
 * Detection and subject of the row that an alert belongs to, and the number of its alerts that were not merged into
 * others.
 */
export async function foldOfAlert(
  tx: Tx,
  clientId: string,
  id: string,
  places: FoldPlaces,
): Promise<{ readonly detection: string; readonly subject: string | null; readonly alerts: number }> {
  const { rows } = await sql<{ detection: string; subject: string | null; alerts: number }>`
    select o.detection, o.subject, (
      select count(*)::int from alerts a where a.client_id = ${clientId} and a.detection = o.detection and a.state <> 'merged'
        and ${subjectOf(places)} is not distinct from o.subject) as alerts
    from (select a.detection, ${subjectOf(places)} as subject from alerts a
      where a.client_id = ${clientId} and a.id = ${id}) as o`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error(`there is no alert ${id}`);
  return row;
}

/** Alerts of one row that are still to be settled. */
export async function openOf(
  tx: Tx,
  clientId: string,
  fold: NonNullable<AlertSearch['fold']>,
  places: FoldPlaces,
): Promise<AlertWithSpan[]> {
  return alertsFound(tx, clientId, { states: OPEN_ALERT_STATES, fold }, places, 100_000);
}

/**
 * Open alerts of clients by severity: number of rows with that highest level, number of alerts, and earliest time
 * raised.
 */
export async function openByLevel(tx: Tx, clientIds: readonly string[], places: FoldPlaces) {
  const { rows } = await sql<{
    client_id: string;
    level: string;
    groups: number;
    alerts: number;
    raised: Date | null;
  }>`
    with open as (
      select a.client_id, a.detection, ${subjectOf(places)} as subject, a.raised_at,
        coalesce(array_position(${LEVELS}::text[], a.level), ${LEVELS.length}) as level
      from alerts a where a.client_id = any(${clientIds}::text[]) and a.state = any(${OPEN_ALERT_STATES}::text[])),
    folds as (select client_id, min(level) as level from open group by client_id, detection, subject)
    select o.client_id, (${LEVELS}::text[])[o.level] as level, count(*)::int as alerts, min(o.raised_at) as raised,
      (select count(*)::int from folds f where f.client_id = o.client_id and f.level = o.level) as groups
    from open o group by o.client_id, o.level order by o.client_id, o.level`.execute(tx);
  return rows;
}
