import { type CompiledQuery, type QueryResult, sql } from 'kysely';
import type { Match } from '#domain/detections/hot.ts';
import { TELL_CALLS, TELLINGS_MS } from '#domain/detections/tellings.ts';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';
import { callKey } from './match-keys.ts';

const DAY = 86_400_000;

/** A match that is part of an alert, with whose it is. */
export interface AlertMatch extends Match {
  readonly rule: string;
  readonly group: string;
}

/**
 * Tellings of the same calls, in the same rule and group, that are part of an alert already, with the rule and group of
 * each; those that lie too far away to be of the same call are left out.
 */
export async function toldBefore(
  tx: Tx,
  clientId: string,
  matches: readonly AlertMatch[],
): Promise<readonly AlertMatch[]> {
  const byKey = new Map<string, AlertMatch[]>();
  for (const match of matches) {
    if (match.told === undefined) continue;
    const key = callKey(clientId, match.rule, match.group, match.base, match.told.call);
    byKey.set(key, [...(byKey.get(key) ?? []), match]);
  }
  if (byKey.size === 0) return [];
  const rows = await tx
    .selectFrom('activity_told_calls')
    .select(['key', 'at', 'source', 'activity'])
    .where('client_id', '=', clientId)
    .where('key', '=', sql<string>`any(${[...byKey.keys()]}::uuid[])`)
    .execute();
  return rows.flatMap(({ key, at, source, activity }) => {
    const near = byKey.get(key)?.find((match) => Math.abs(match.at - at.getTime()) <= TELLINGS_MS);
    if (near?.told === undefined) return [];
    const told = { call: near.told.call, source };
    return [{ ...near, at: at.getTime(), activity, value: null, told }];
  });
}

/** The statement that notes who told of the calls among matches that are part of an alert from now on; null: of none. */
export function insertTold(tx: Tx, clientId: string, matches: readonly AlertMatch[]): CompiledQuery | null {
  const rows = matches.flatMap(({ rule, group, base, at, activity, told }) =>
    told === undefined
      ? []
      : [{ key: callKey(clientId, rule, group, base, told.call), at, source: told.source, activity }],
  );
  if (rows.length === 0) return null;
  return writing('activity_told_calls')`
    insert into "activity_told_calls" (client_id, key, at, source, activity)
    select ${clientId}, t.key, to_timestamp(t.at / 1000.0), t.source, t.activity
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as t(key uuid, at bigint, source text, activity text)`.compile(tx);
}

/** Counts that are looked through for who told of calls of late: some weeks of a client. */
const LOOKED = 128;

/** What {@link mayTell} needs: when which source told of calls last, of the newest days. */
export function tellersQuery(tx: Tx, clientId: string): CompiledQuery {
  const newest = TELL_CALLS.map(
    (source) =>
      sql`max(start) filter (where category = 'tool_call' and source = ${source}) as ${sql.ref(source)}`,
  );
  return sql`
    select count(*)::int as lines, min(start) as oldest, ${sql.join(newest)} from (
      select start, category, source from "activity_rollups"
      where client_id = ${clientId} and slice = 'surface_day' order by start desc limit ${LOOKED}) d`.compile(
    tx,
  );
}

/**
 * Whether any source but these may have told of a call since shortly before an instant, by the answer to
 * {@link tellersQuery}. Of what lies further back than it looked, it says that one may.
 */
export function mayTell(
  answer: QueryResult<unknown> | undefined,
  sources: ReadonlySet<string>,
  since: number,
): boolean {
  const row = answer?.rows[0] as Record<string, unknown> | undefined;
  if (row === undefined) return true;
  // Days are of some zone, and a call may be told of some hours later.
  const from = new Date(since - 2 * DAY).toISOString().slice(0, 10);
  const told = TELL_CALLS.some((source) => !sources.has(source) && String(row[source] ?? '') >= from);
  return told || (Number(row.lines) === LOOKED && String(row.oldest) >= from);
}
