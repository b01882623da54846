import { sql } from 'kysely';
import type { Match } from '#domain/detections/hot.ts';
import type { Tx } from '../open.ts';

/** A match that is kept: for its correlation, and as a part of an alert where it is `hot`. */
export interface KeptMatch extends Match {
  readonly rule: string;
  readonly group: string;
  readonly hot: boolean;
}

export async function insertMatches(tx: Tx, clientId: string, matches: readonly KeptMatch[]): Promise<void> {
  if (matches.length === 0) return;
  const column = <T>(of: (match: KeptMatch) => T): T[] => matches.map(of);
  await sql`
    insert into "activity_matches" (client_id, rule, grp, at, activity_id, base, value, hot)
    select ${clientId}, m.* from unnest(${column((m) => m.rule)}::text[], ${column((m) => m.group)}::text[],
      ${column((m) => new Date(m.at).toISOString())}::timestamptz[], ${column((m) => m.activity)}::text[],
      ${column((m) => m.base)}::int[], ${column((m) => m.value)}::text[], ${column((m) => m.hot)}::boolean[]) as m
    on conflict do nothing`.execute(tx);
}

/** A stretch of time in one group of a rule; milliseconds since 1970. */
export interface Stretch {
  readonly group: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The kept matches that lie in a stretch or no further than `span` from it, on either side no more than `reach` of them
 * (null: all), of each stretch in the order of time.
 */
export async function matchesNear(
  tx: Tx,
  clientId: string,
  rule: string,
  stretches: readonly Stretch[],
  { span, reach }: { readonly span: number; readonly reach: number | null },
): Promise<KeptMatch[]> {
  if (stretches.length === 0) return [];
  const instants = (of: (one: Stretch) => number) => stretches.map((one) => new Date(of(one)).toISOString());
  const own = sql`m.client_id = ${clientId} and m.rule = ${rule} and m.grp = s.grp`;
  const { rows } = await sql<{
    grp: string;
    at: Date;
    activity_id: string;
    base: number;
    value: string | null;
    hot: boolean;
  }>`
    select s.grp, n.at, n.activity_id, n.base, n.value, n.hot
    from unnest(${stretches.map(({ group }) => group)}::text[], ${instants((s) => s.from - span)}::timestamptz[],
      ${instants((s) => s.from)}::timestamptz[], ${instants((s) => s.to)}::timestamptz[],
      ${instants((s) => s.to + span)}::timestamptz[]) as s(grp, lowest, first, last, highest)
    cross join lateral (
      (select m.at, m.activity_id, m.base, m.value, m.hot from "activity_matches" m
        where ${own} and m.at >= s.lowest and m.at < s.first order by m.at desc limit ${reach})
      union all
      (select m.at, m.activity_id, m.base, m.value, m.hot from "activity_matches" m
        where ${own} and m.at >= s.first and m.at <= s.last)
      union all
      (select m.at, m.activity_id, m.base, m.value, m.hot from "activity_matches" m
        where ${own} and m.at > s.last and m.at <= s.highest order by m.at limit ${reach})) n`.execute(tx);
  return rows.map((row) => ({
    rule,
    group: row.grp,
    at: row.at.getTime(),
    activity: row.activity_id,
    base: row.base,
    value: row.value,
    hot: row.hot,
  }));
}

/** Kept matches turn out to be part of an alert. */
export async function markHot(tx: Tx, clientId: string, matches: readonly KeptMatch[]): Promise<void> {
  if (matches.length === 0) return;
  const column = <T>(of: (match: KeptMatch) => T): T[] => matches.map(of);
  await sql`
    update "activity_matches" m set hot = true
    from unnest(${column((m) => m.rule)}::text[], ${column((m) => m.group)}::text[],
      ${column((m) => new Date(m.at).toISOString())}::timestamptz[], ${column((m) => m.activity)}::text[],
      ${column((m) => m.base)}::int[]) as h(rule, grp, at, activity_id, base)
    where m.client_id = ${clientId} and m.rule = h.rule and m.grp = h.grp and m.at = h.at
      and m.activity_id = h.activity_id and m.base = h.base`.execute(tx);
}

/** The events behind an alert, in order of time: their instants and ids. */
export async function matchesOf(
  tx: Tx,
  clientId: string,
  span: { readonly rule: string; readonly grp: string; readonly first_at: Date; readonly last_at: Date },
  limit: number,
): Promise<{ at: Date; activity_id: string }[]> {
  return tx
    .selectFrom('activity_matches')
    .select(['at', 'activity_id'])
    .distinct()
    .where('client_id', '=', clientId)
    .where('rule', '=', span.rule)
    .where('grp', '=', span.grp)
    .where('at', '>=', span.first_at)
    .where('at', '<=', span.last_at)
    .where('hot', '=', true)
    .orderBy('at')
    .orderBy('activity_id')
    .limit(limit)
    .execute();
}

/** Removes matches that no correlation can need any more and that are part of no alert. */
export async function dropColdMatches(tx: Tx, clientId: string, before: Date): Promise<void> {
  await tx
    .deleteFrom('activity_matches')
    .where('client_id', '=', clientId)
    .where('hot', '=', false)
    .where('at', '<', before)
    .execute();
}
