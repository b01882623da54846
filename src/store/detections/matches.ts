import { type CompiledQuery, type QueryResult, sql } from 'kysely';
import { byTime, type Match } from '#domain/detections/hot.ts';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';
import type { MatchTuple } from '../schema/detections.ts';
import { groupKey } from './match-keys.ts';

/** A match that is to be kept: for its correlation, and as a part of an alert where it is `hot`. */
export interface KeptMatch extends Match {
  readonly rule: string;
  readonly group: string;
  readonly hot: boolean;
}

/** Matches of one rule and group that stand in one row: all of them part of an alert, or none. */
export interface MatchChunk {
  /**
   * Where the row lies, which counts within the transaction that read it and while the client's log is locked; null: they
   * are in the log only.
   */
  readonly row: string | null;
  readonly rule: string;
  readonly group: string;
  readonly hot: boolean;
  /** Milliseconds since 1970. */
  readonly last: number;
  readonly matches: readonly Match[];
}

/** A chunk reaches no further than one hour of the clock, so that looking for what is near finds it by its end. */
const HOUR = 3_600_000;
/** Matches of one chunk: a row of them stays small enough to be written as it is, without being packed. */
export const MAX_CHUNK = 32;

/** The statement that keeps matches, those of one rule, group and hour together. */
export function insertMatches(tx: Tx, clientId: string, matches: readonly KeptMatch[]): CompiledQuery {
  const together = Map.groupBy(
    matches,
    ({ rule, group, hot, at }) => `${rule} ${hot} ${Math.floor(at / HOUR)} ${group}`,
  );
  const rows: ChunkColumns[] = [];
  for (const some of together.values()) {
    const sorted = some.toSorted(byTime);
    for (let from = 0; from < sorted.length; from += MAX_CHUNK) {
      const chunk = sorted.slice(from, from + MAX_CHUNK);
      const [first] = chunk;
      const last = chunk.at(-1);
      if (first === undefined || last === undefined) continue;
      const { rule, group, hot } = first;
      rows.push({
        key: groupKey(clientId, rule, group),
        rule,
        grp: group,
        first: first.at,
        last: last.at,
        hot,
        matches: JSON.stringify(chunk.map(tupleOf)),
      });
    }
  }
  return writing('activity_match_chunks')`
    insert into "activity_match_chunks" (client_id, key, rule, grp, first_at, last_at, hot, matches)
    select ${clientId}, c.key, c.rule, c.grp, to_timestamp(c.first / 1000.0), to_timestamp(c.last / 1000.0), c.hot,
      c.matches::json
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as c(key bigint, rule text, grp text, first bigint, last bigint, hot boolean, matches text)`.compile(
    tx,
  );
}

/** A chunk as it is written; instants in milliseconds since 1970, the matches as JSON text, kept as it is. */
interface ChunkColumns {
  readonly key: number;
  readonly rule: string;
  readonly grp: string;
  readonly first: number;
  readonly last: number;
  readonly hot: boolean;
  readonly matches: string;
}

/** A stretch of time in one group of a rule; milliseconds since 1970. */
export interface Stretch {
  readonly group: string;
  readonly from: number;
  readonly to: number;
}

/** A stretch of a rule's group, and how far around it kept matches are wanted. */
export interface Near extends Stretch {
  readonly rule: string;
  /** Milliseconds on either side. */
  readonly span: number;
  /** Matches on either side that are enough; null: all. */
  readonly reach: number | null;
}

interface ChunkRow {
  readonly row: string;
  readonly rule: string;
  readonly grp: string;
  readonly hot: boolean;
  readonly last_at: Date;
  readonly matches: readonly MatchTuple[];
}

function chunkOf({ row, rule, grp, hot, last_at, matches }: ChunkRow): MatchChunk {
  return {
    row,
    rule,
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
 * The kept matches that lie in a stretch or no further than its `span` from it, with those that stand in one row with
 * them. On either side at least the nearest `reach` are among them; since each row holds one or more, it is enough to
 * read so many rows.
 */
export async function matchesNear(tx: Tx, clientId: string, wanted: readonly Near[]): Promise<MatchChunk[]> {
  return wanted.length === 0 ? [] : chunksIn(await tx.executeQuery(nearQuery(tx, clientId, wanted)));
}

/** The chunks in the answer to {@link nearQuery}. */
export function chunksIn(answer: QueryResult<unknown> | undefined): MatchChunk[] {
  return ((answer?.rows ?? []) as ChunkRow[]).map(chunkOf);
}

/** Asks for what {@link matchesNear} gives. */
export function nearQuery(tx: Tx, clientId: string, wanted: readonly Near[]): CompiledQuery {
  const column = <T>(of: (one: Near) => T): T[] => wanted.map(of);
  const instants = (of: (one: Near) => number) => wanted.map((one) => new Date(of(one)).toISOString());
  const own = sql`c.client_id = ${clientId} and c.key = s.key and c.rule = s.rule and c.grp = s.grp`;
  const columns = sql`c.ctid::text as row, c.rule, c.grp, c.hot, c.last_at, c.matches`;
  return sql`
    select n.* from unnest(${column((s) => groupKey(clientId, s.rule, s.group))}::bigint[], ${column((s) => s.rule)}::text[], ${column((s) => s.group)}::text[],
      ${column((s) => s.reach)}::int[], ${instants((s) => s.from - s.span)}::timestamptz[],
      ${instants((s) => s.from)}::timestamptz[], ${instants((s) => s.to)}::timestamptz[],
      ${instants((s) => s.to + s.span)}::timestamptz[], ${instants((s) => s.to + s.span + HOUR)}::timestamptz[])
      as s(key, rule, grp, reach, lowest, first, last, highest, latest)
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

/** The statement that takes chunks out, whose matches are kept in others from then on. Needs the log's lock. */
export function dropChunks(tx: Tx, clientId: string, chunks: readonly MatchChunk[]): CompiledQuery {
  const column = <T>(of: (chunk: MatchChunk) => T): T[] => chunks.map(of);
  return writing('activity_match_chunks')`
    delete from "activity_match_chunks" c
    using unnest(${column((c) => groupKey(clientId, c.rule, c.group))}::bigint[],
      ${column((c) => new Date(c.last).toISOString())}::timestamptz[], ${column((c) => c.row)}::text[])
      as d(key, last_at, row)
    where c.client_id = ${clientId} and c.key = d.key and c.last_at = d.last_at and c.ctid = d.row::tid`.compile(
    tx,
  );
}

/** How far an alert of a rule and group reaches. */
interface Reach {
  readonly rule: string;
  readonly grp: string;
  readonly first_at: Date;
  readonly last_at: Date;
}

/** The matches behind an alert, in no order: of so many rows, those that begin first (left out: of all). */
async function matchesBehind(tx: Tx, clientId: string, span: Reach, max?: number): Promise<Match[]> {
  const first = span.first_at.getTime();
  const last = span.last_at.getTime();
  const rows = await tx
    .selectFrom('activity_match_chunks')
    .select([sql<string>`ctid::text`.as('row'), 'rule', 'grp', 'hot', 'last_at', 'matches'])
    .where('client_id', '=', clientId)
    .where('key', '=', groupKey(clientId, span.rule, span.grp))
    .where('rule', '=', span.rule)
    .where('grp', '=', span.grp)
    .where('last_at', '>=', span.first_at)
    .where('last_at', '<=', new Date(last + HOUR))
    .where('hot', '=', true)
    .$if(max !== undefined, (query) => query.orderBy('first_at').limit(max ?? 0))
    .execute();
  return rows.flatMap((row) => chunkOf(row).matches).filter(({ at }) => at >= first && at <= last);
}

/** The first events behind an alert, in order of time: their instants and ids. */
export async function matchesOf(
  tx: Tx,
  clientId: string,
  span: Reach,
  limit: number,
): Promise<{ at: Date; id: string }[]> {
  const events = new Map<string, { at: Date; id: string }>();
  // Each row begins with an event of its own; some may begin with one of an alert before.
  const matches = await matchesBehind(tx, clientId, span, 2 * limit);
  for (const { at, activity, reported } of matches.sort(byTime)) {
    // A call that two sources report is one event: the first report stands for it.
    const key = reported === undefined ? activity : `call ${reported.call}`;
    if (!events.has(key)) events.set(key, { at: new Date(at), id: activity });
    if (events.size === limit) break;
  }
  return [...events.values()];
}

/** How many different values the counted field had in an alert. */
export async function valuesOf(tx: Tx, clientId: string, span: Reach): Promise<number> {
  const matches = await matchesBehind(tx, clientId, span);
  return new Set(matches.flatMap(({ value }) => value ?? [])).size;
}

/** Removes matches that no correlation can need anymore and that are part of no alert. */
export async function dropColdMatches(tx: Tx, clientId: string, before: Date): Promise<void> {
  await tx
    .deleteFrom('activity_match_chunks')
    .where('client_id', '=', clientId)
    .where('hot', '=', false)
    .where('last_at', '<', before)
    .execute();
}
