import { type CompiledQuery, type QueryResult, sql } from 'kysely';
import { CALL_SOURCES, REPORTS_APART_MS } from '#domain/detections/call-reports.ts';
import type { Match } from '#domain/detections/hot.ts';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';
import { callKey } from './match-keys.ts';

const DAY = 86_400_000;

/** A match that is part of an alert, with its detection and group. */
export interface AlertMatch extends Match {
  readonly detection: string;
  readonly group: string;
}

/**
 * Earlier reports of the same calls, in the same detection and group, that are already part of an alert. Reports
 * further apart than `REPORTS_APART_MS` are ignored, because they cannot be of the same call.
 */
export async function reportedBefore(
  tx: Tx,
  clientId: string,
  matches: readonly AlertMatch[],
): Promise<readonly AlertMatch[]> {
  const byKey = new Map<string, AlertMatch[]>();
  for (const match of matches) {
    if (match.reported === undefined) continue;
    const key = callKey(clientId, match.detection, match.group, match.base, match.reported.call);
    byKey.set(key, [...(byKey.get(key) ?? []), match]);
  }
  if (byKey.size === 0) return [];
  const rows = await tx
    .selectFrom('activity_call_reports')
    .select(['key', 'at', 'source', 'activity'])
    .where('client_id', '=', clientId)
    .where('key', '=', sql<string>`any(${[...byKey.keys()]}::uuid[])`)
    .execute();
  return rows.flatMap(({ key, at, source, activity }) => {
    const near = byKey.get(key)?.find((match) => Math.abs(match.at - at.getTime()) <= REPORTS_APART_MS);
    if (near?.reported === undefined) return [];
    const reported = { call: near.reported.call, source };
    return [{ ...near, at: at.getTime(), activity, value: null, reported }];
  });
}

/**
 * Statement that records which source reported the calls among these matches, which are now part of an alert; null: no
 * calls.
 */
export function insertCallReports(
  tx: Tx,
  clientId: string,
  matches: readonly AlertMatch[],
): CompiledQuery | null {
  const rows = matches.flatMap(({ detection, group, base, at, activity, reported }) =>
    reported === undefined
      ? []
      : [
          {
            key: callKey(clientId, detection, group, base, reported.call),
            at,
            source: reported.source,
            activity,
          },
        ],
  );
  if (rows.length === 0) return null;
  return writing('activity_call_reports')`
    insert into "activity_call_reports" (client_id, key, at, source, activity)
    select ${clientId}, t.key, to_timestamp(t.at / 1000.0), t.source, t.activity
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as t(key uuid, at bigint, source text, activity text)`.compile(tx);
}

/** Number of recent counts searched for sources that reported calls: a few weeks of a client. */
const MAX_COUNTS_SEARCHED = 128;

/** Query for {@link mayReport}: the newest day on which each source reported a call. */
export function callSourcesQuery(tx: Tx, clientId: string): CompiledQuery {
  const newest = CALL_SOURCES.map(
    (source) =>
      sql`max(start) filter (where category = 'tool_call' and source = ${source}) as ${sql.ref(source)}`,
  );
  return sql`
    select count(*)::int as lines, min(start) as oldest, ${sql.join(newest)} from (
      select start, category, source from "activity_rollups"
      where client_id = ${clientId} and slice = 'surface_day' order by start desc limit ${MAX_COUNTS_SEARCHED}) d`.compile(
    tx,
  );
}

/**
 * Whether any source outside `sources` may have reported a call since shortly before an instant, from the result of
 * {@link callSourcesQuery}. Returns true for times before those that the query covered.
 */
export function mayReport(
  answer: QueryResult<unknown> | undefined,
  sources: ReadonlySet<string>,
  since: number,
): boolean {
  const row = answer?.rows[0] as Record<string, unknown> | undefined;
  if (row === undefined) return true;
  // Two days of slack: days are in the client's zone, and a call may be reported hours later.
  const from = new Date(since - 2 * DAY).toISOString().slice(0, 10);
  const reported = CALL_SOURCES.some((source) => !sources.has(source) && String(row[source] ?? '') >= from);
  return reported || (Number(row.lines) === MAX_COUNTS_SEARCHED && String(row.oldest) >= from);
}
