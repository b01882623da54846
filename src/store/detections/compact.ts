import { sql } from 'kysely';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';
import { MAX_CHUNK } from './matches.ts';

const HOUR = 3_600_000;
/** Rows with fewer matches than this are merged within their group and hour … */
const SMALL = MAX_CHUNK / 2;
/** … if there are at least this many. */
const MIN_ROWS = 4;

/** Start of each hour whose cold matches (of no alert) are spread over more rows than needed. */
export async function scatteredHours(tx: Tx, clientId: string, from: Date, to: Date): Promise<Date[]> {
  const { rows } = await sql<{ hour: Date }>`
    select distinct hour from (
      select date_trunc('hour', last_at, 'UTC') as hour from "activity_match_chunks"
      where client_id = ${clientId} and not hot and last_at >= ${from.toISOString()}::timestamptz
        and last_at < ${to.toISOString()}::timestamptz and json_array_length(matches) < ${SMALL}
      group by key, detection, grp, 1 having count(*) >= ${MIN_ROWS}) s
    order by hour`.execute(tx);
  return rows.map(({ hour }) => hour);
}

/** Merges the cold matches of an hour into as few rows as possible. Requires the log's lock. */
export async function gatherHour(tx: Tx, clientId: string, hour: Date): Promise<void> {
  const until = new Date(hour.getTime() + HOUR);
  await writing('activity_match_chunks')`
    with small as materialized (
      select ctid as row, count(*) over (partition by key, detection, grp) as rows from "activity_match_chunks"
      where client_id = ${clientId} and not hot and last_at >= ${hour.toISOString()}::timestamptz
        and last_at < ${until.toISOString()}::timestamptz and json_array_length(matches) < ${SMALL}),
    gone as (
      delete from "activity_match_chunks" c using small
      where c.ctid = small.row and small.rows >= ${MIN_ROWS} and c.client_id = ${clientId}
      returning c.key, c.detection, c.grp, c.matches),
    each as (
      select key, detection, grp, m.value as match, (m.value ->> 0)::bigint as at, row_number() over (
        partition by key, detection, grp
        order by (m.value ->> 0)::bigint, (m.value ->> 1) collate "C", (m.value ->> 2)::int) - 1 as place
      from gone, json_array_elements(gone.matches) as m)
    insert into "activity_match_chunks" (client_id, key, detection, grp, first_at, last_at, hot, matches)
    select ${clientId}, key, detection, grp, to_timestamp(min(at) / 1000.0), to_timestamp(max(at) / 1000.0), false,
      ('[' || string_agg(match::text, ',' order by place) || ']')::json
    from each group by key, detection, grp, place / ${MAX_CHUNK}`.execute(tx);
}
