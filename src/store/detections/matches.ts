import { type CompiledQuery, type QueryResult, sql } from 'kysely';
import { byTime, type Match } from '#domain/detections/hot.ts';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';
import type { MatchTuple } from '../schema/detections.ts';
import { groupKey } from './match-keys.ts';

/** A match to store, for its correlation and, if `hot`, as part of an alert. */
export interface KeptMatch extends Match {
  readonly detection: string;
  readonly group: string;
  readonly hot: boolean;
}

/** Matches of one detection and group that share a row: either all of them are part of an alert, or none is. */
export interface MatchChunk {
  /**
   * Physical location of the row (`ctid`), valid within the transaction that read it and while the client's log is
   * locked; null: not stored.
   */
  readonly row: string | null;
  readonly detection: string;
  readonly group: string;
  readonly hot: boolean;
  /** Milliseconds since 1970. */
  readonly last: number;
  readonly matches: readonly Match[];
}

/** A chunk never spans more than one clock hour, so that a range query on its end can find it. */
const HOUR = 3_600_000;
/** Maximum matches per chunk. It keeps a row small enough to be stored without TOAST compression. */
export const MAX_CHUNK = 32;

/** Statement that stores matches, grouped by detection, group and hour. */
export function insertMatches(tx: Tx, clientId: string, matches: readonly KeptMatch[]): CompiledQuery {
  const together = Map.groupBy(
    matches,
    ({ detection, group, hot, at }) => `${detection} ${hot} ${Math.floor(at / HOUR)} ${group}`,
  );
  const rows: ChunkColumns[] = [];
  for (const some of together.values()) {
    const sorted = some.toSorted(byTime);
    for (let from = 0; from < sorted.length; from += MAX_CHUNK) {
      const chunk = sorted.slice(from, from + MAX_CHUNK);
      const [first] = chunk;
      const last = chunk.at(-1);
      if (first === undefined || last === undefined) continue;
      const { detection, group, hot } = first;
      rows.push({
        key: groupKey(clientId, detection, group),
        detection,
        grp: group,
        first: first.at,
        last: last.at,
        hot,
        matches: JSON.stringify(chunk.map(tupleOf)),
      });
    }
  }
  return writing('activity_match_chunks')`
    insert into "activity_match_chunks" (client_id, key, detection, grp, first_at, last_at, hot, matches)
    select ${clientId}, c.key, c.detection, c.grp, to_timestamp(c.first / 1000.0), to_timestamp(c.last / 1000.0), c.hot,
      c.matches::json
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as c(key bigint, detection text, grp text, first bigint, last bigint, hot boolean, matches text)`.compile(
    tx,
  );
}

/** A chunk as written: instants in milliseconds since 1970, matches as JSON text. */
interface ChunkColumns {
  readonly key: number;
  readonly detection: string;
  readonly grp: string;
  readonly first: number;
  readonly last: number;
  readonly hot: boolean;
  readonly matches: string;
}

/** A time span in one group of a detection, in milliseconds since 1970. */
export interface Stretch {
  readonly group: string;
  readonly from: number;
  readonly to: number;
}

/** A time span in a detection's group, and the margin around it for which stored matches are needed. */
export interface Near extends Stretch {
  readonly detection: string;
  /** Margin on either side, in milliseconds. */
  readonly span: number;
  /** Number of matches needed on either side; null: all. */
  readonly reach: number | null;
}

interface ChunkRow {
  readonly row: string;
  readonly detection: string;
  readonly grp: string;
  readonly hot: boolean;
  readonly last_at: Date;
  readonly matches: readonly MatchTuple[];
}

function chunkOf({ row, detection, grp, hot, last_at, matches }: ChunkRow): MatchChunk {
  return {
    row,
    detection,
    group: grp,
    hot,
    last: last_at.getTime(),
    matches: matches.map(matchOf),
  };
}

function tupleOf({ at, activity, base, value, reported }: Match): MatchTuple {
  return reported === undefined
    ? [at, activity, base, value]
    : [at, activity, base, value, reported.call, reported.source];
}

function matchOf([at, activity, base, value, call, source]: MatchTuple): Match {
  return call === undefined || source === undefined
    ? { at, activity, base, value }
    : { at, activity, base, value, reported: { call, source } };
}

/**
 * Stored matches within a time span or its margin `span`, with all others of the same rows. Includes at least the
 * nearest `reach` on either side; since each row holds one or more, reading `reach` rows is enough.
 */
export async function matchesNear(tx: Tx, clientId: string, wanted: readonly Near[]): Promise<MatchChunk[]> {
  return wanted.length === 0 ? [] : chunksIn(await tx.executeQuery(nearQuery(tx, clientId, wanted)));
}

/** Chunks in the result of {@link nearQuery}. */
export function chunksIn(answer: QueryResult<unknown> | undefined): MatchChunk[] {
  return ((answer?.rows ?? []) as ChunkRow[]).map(chunkOf);
}

/** Query of {@link matchesNear}. */
export function nearQuery(tx: Tx, clientId: string, wanted: readonly Near[]): CompiledQuery {
  const column = <T>(of: (one: Near) => T): T[] => wanted.map(of);
  const instants = (of: (one: Near) => number) => wanted.map((one) => new Date(of(one)).toISOString());
  const own = sql`c.client_id = ${clientId} and c.key = s.key and c.detection = s.detection and c.grp = s.grp`;
  const columns = sql`c.ctid::text as row, c.detection, c.grp, c.hot, c.last_at, c.matches`;
  return sql`
    select n.* from unnest(${column((s) => groupKey(clientId, s.detection, s.group))}::bigint[], ${column((s) => s.detection)}::text[], ${column((s) => s.group)}::text[],
      ${column((s) => s.reach)}::int[], ${instants((s) => s.from - s.span)}::timestamptz[],
      ${instants((s) => s.from)}::timestamptz[], ${instants((s) => s.to)}::timestamptz[],
      ${instants((s) => s.to + s.span)}::timestamptz[], ${instants((s) => s.to + s.span + HOUR)}::timestamptz[])
      as s(key, detection, grp, reach, lowest, first, last, highest, latest)
    cross join lateral (
      (select ${columns} from "activity_match_chunks" c
        where ${own} and c.last_at >= s.lowest and c.last_at < s.first order by c.last_at desc limit s.reach)
      union all
      (select ${columns} from "activity_match_chunks" c
        where ${own} and c.last_at >= s.first and c.last_at <= s.latest and c.first_at <= s.last)
      union all
      (select ${columns} from "activity_match_chunks" c
        where ${own} and c.last_at > s.last and c.last_at <= s.latest and c.first_at > s.last
          and c.first_at <= s.highest order by c.first_at limit s.reach)) n`.compile(tx);
}

/** Statement that deletes chunks whose matches have been stored in others. Requires the log's lock. */
export function dropChunks(tx: Tx, clientId: string, chunks: readonly MatchChunk[]): CompiledQuery {
  const column = <T>(of: (chunk: MatchChunk) => T): T[] => chunks.map(of);
  return writing('activity_match_chunks')`
    delete from "activity_match_chunks" c
    using unnest(${column((c) => groupKey(clientId, c.detection, c.group))}::bigint[],
      ${column((c) => new Date(c.last).toISOString())}::timestamptz[], ${column((c) => c.row)}::text[])
      as d(key, last_at, row)
    where c.client_id = ${clientId} and c.key = d.key and c.last_at = d.last_at and c.ctid = d.row::tid`.compile(
    tx,
  );
}

/** Time span of an alert, with its detection and group. */
interface Reach {
  readonly detection: string;
  readonly grp: string;
  readonly first_at: Date;
  readonly last_at: Date;
}

/** Matches of an alert, unordered: those of the first `max` rows, or all if omitted. */
async function matchesBehind(tx: Tx, clientId: string, span: Reach, max?: number): Promise<Match[]> {
  const first = span.first_at.getTime();
  const last = span.last_at.getTime();
  const rows = await tx
    .selectFrom('activity_match_chunks')
    .select([sql<string>`ctid::text`.as('row'), 'detection', 'grp', 'hot', 'last_at', 'matches'])
    .where('client_id', '=', clientId)
    .where('key', '=', groupKey(clientId, span.detection, span.grp))
    .where('detection', '=', span.detection)
    .where('grp', '=', span.grp)
    .where('last_at', '>=', span.first_at)
    .where('last_at', '<=', new Date(last + HOUR))
    .where('hot', '=', true)
    .$if(max !== undefined, (query) => query.orderBy('first_at').limit(max ?? 0))
    .execute();
  return rows.flatMap((row) => chunkOf(row).matches).filter(({ at }) => at >= first && at <= last);
}

/** First events of an alert in order of time, as instants and ids. */
export async function matchesOf(
  tx: Tx,
  clientId: string,
  span: Reach,
  limit: number,
): Promise<{ at: Date; id: string }[]> {
  const events = new Map<string, { at: Date; id: string }>();
  // Twice the limit: every row begins with a distinct event, but some may begin with one of the previous alert.
  const matches = await matchesBehind(tx, clientId, span, 2 * limit);
  for (const { at, activity, reported } of matches.sort(byTime)) {
    // A call that two sources report is one event, represented by the first report.
    const key = reported === undefined ? activity : `call ${reported.call}`;
    if (!events.has(key)) events.set(key, { at: new Date(at), id: activity });
    if (events.size === limit) break;
  }
  return [...events.values()];
}

/** Number of distinct values of the counted field in an alert. */
export async function valuesOf(tx: Tx, clientId: string, span: Reach): Promise<number> {
  const matches = await matchesBehind(tx, clientId, span);
  return new Set(matches.flatMap(({ value }) => value ?? [])).size;
}

/** Deletes matches that are part of no alert and too old for any correlation. */
export async function dropColdMatches(tx: Tx, clientId: string, before: Date): Promise<void> {
  await tx
    .deleteFrom('activity_match_chunks')
    .where('client_id', '=', clientId)
    .where('hot', '=', false)
    .where('last_at', '<', before)
    .execute();
}
