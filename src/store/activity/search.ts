import { type SelectQueryBuilder, sql } from 'kysely';
import type { StoredActivity } from '#domain/activity/activity.ts';
import { REPORTS_APART_MS, reportedCall } from '#domain/detections/call-reports.ts';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { activityOf } from './row.ts';

/** Filter for activities. Omitted fields do not filter. */
export interface ActivityFilter {
  /** First instant included, and first instant no longer included. */
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  /** Addresses or ids of one person, any of which matches. */
  readonly people?: readonly string[] | undefined;
  readonly source?: string | undefined;
  readonly surface?: string | undefined;
  readonly category?: string | undefined;
  readonly connector?: string | undefined;
  readonly effect?: string | undefined;
  readonly outcome?: string | undefined;
  readonly model?: string | undefined;
  /** Substring of the type, with underscores or spaces, or of the tool's name; case-insensitive. */
  readonly text?: string | undefined;
  /** Types whose titles match the text. */
  readonly types?: readonly string[] | undefined;
  /** Tools whose titles match the text, as `connector-id tool`. */
  readonly tools?: readonly string[] | undefined;
}

/** A position in the list, which runs from new to old. */
export interface Place {
  readonly at: string;
  readonly id: string;
}

export interface Found {
  readonly activities: readonly StoredActivity[];
  /** Where to continue; null: the end of the log. */
  readonly next: Place | null;
}

/** Maximum activities scanned per search, so that rare matches in a long log cost no more than frequent ones. */
export const MAX_LOOKED_AT = 20_000;

/**
 * Newest matching activities before a position, at most `limit`. Stops after scanning {@link MAX_LOOKED_AT} activities:
 * then it returns fewer than `limit`, and `next` is where it stopped.
 */
export async function searchActivities(
  tx: Tx,
  clientId: string,
  filter: ActivityFilter,
  { before, limit }: { readonly before: Place | null; readonly limit: number },
): Promise<Found> {
  const looked = tx
    .selectFrom('activities')
    .where('client_id', '=', clientId)
    .$if(filter.from !== undefined, (query) => query.where('at', '>=', filter.from ?? new Date(0)))
    .$if(filter.until !== undefined, (query) => query.where('at', '<', filter.until ?? new Date(0)))
    .$if(before !== null, (query) =>
      query.where(sql<boolean>`(at, id) < (${before?.at ?? ''}::timestamptz, ${before?.id ?? ''})`),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc');
  const rows = await matching(
    tx.selectFrom(looked.selectAll().limit(MAX_LOOKED_AT).as('activities')) as never,
    filter,
  )
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const activities = rows.map(activityOf);
  const last = activities.at(-1);
  if (last !== undefined && activities.length === limit)
    return { activities, next: { at: last.at, id: last.id } };
  const edge = await looked
    .select(['at', 'id'])
    .offset(MAX_LOOKED_AT - 1)
    .limit(1)
    .executeTakeFirst();
  return { activities, next: edge === undefined ? null : { at: edge.at.toISOString(), id: edge.id } };
}

type Activities = SelectQueryBuilder<Database, 'activities', object>;

function matching(query: Activities, filter: ActivityFilter): Activities {
  const { people, text, types = [], tools = [] } = filter;
  let narrowed = query;
  for (const column of [
    'source',
    'surface',
    'category',
    'connector',
    'effect',
    'outcome',
    'model',
  ] as const) {
    const value = filter[column];
    if (value !== undefined) narrowed = narrowed.where(column, '=', value);
  }
  if (people !== undefined) narrowed = narrowed.where(sql<boolean>`person = any(${[...people]}::text[])`);
  if (text !== undefined)
    narrowed = narrowed.where(
      sql<boolean>`(position(lower(${text}) in lower(type)) > 0 or position(lower(${text}) in lower(tool)) > 0
        or position(lower(${text}) in translate(lower(type), '_.:', '   ')) > 0 or type = any(${[...types]}::text[])
        or connector || ' ' || tool = any(${[...tools]}::text[]))`,
    );
  return narrowed;
}

/** An activity by its number. */
export async function activityNumbered(
  tx: Tx,
  clientId: string,
  seq: number,
): Promise<StoredActivity | null> {
  const row = await tx
    .selectFrom('activities')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row === undefined ? null : activityOf(row);
}

/** Assumed clock skew between devices. */
const SKEW_MS = 5 * 60_000;

/**
 * Reports of the same call by other sources. Telemetry reports a tool after it has run, a transcript when it was
 * requested, so each searches in the other's direction, scanning at most {@link MAX_LOOKED_AT} activities.
 */
export async function otherReports(
  tx: Tx,
  clientId: string,
  activity: StoredActivity,
): Promise<StoredActivity[]> {
  const reported = reportedCall(activity);
  if (reported === null) return [];
  const at = Date.parse(activity.at);
  const earlier = activity.source !== 'sessions';
  const looked = tx
    .selectFrom('activities')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('at', '>=', new Date(at - (earlier ? REPORTS_APART_MS : SKEW_MS)))
    .where('at', '<=', new Date(at + (earlier ? SKEW_MS : REPORTS_APART_MS)))
    .orderBy('at', earlier ? 'desc' : 'asc')
    .limit(MAX_LOOKED_AT);
  const rows = await tx
    .selectFrom(looked.as('activities'))
    .selectAll()
    .where('category', '=', 'tool_call')
    .where('source', '<>', activity.source)
    .where((eb) =>
      eb.or([
        eb(sql<string>`rest->'detail'->>'tool_use_id'`, '=', reported.call),
        eb(sql<string>`right(id, ${reported.call.length + 1})`, '=', `/${reported.call}`),
      ]),
    )
    .execute();
  return rows.map(activityOf).filter((other) => reportedCall(other)?.call === reported.call);
}
