import { sql } from 'kysely';
import type { Tx } from '../open.ts';
import type { AlertWithSpan } from './alerts.ts';
import { groupKey } from './match-keys.ts';

/** Addresses, names and account ids of the actors in the events of alerts, by alert id. */
export async function namedInEvents(
  tx: Tx,
  clientId: string,
  alerts: readonly AlertWithSpan[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (alerts.length === 0) return new Map();
  const column = <T>(of: (alert: AlertWithSpan) => T): T[] => alerts.map(of);
  // One hour of margin, because a chunk never spans more than one clock hour.
  const { rows } = await sql<{ alert: string; named: (string | null)[] }>`
    select distinct s.id as alert, a.named
    from unnest(${column(({ id }) => id)}::text[], ${column(({ detection, grp }) => groupKey(clientId, detection, grp))}::bigint[],
      ${column(({ detection }) => detection)}::text[], ${column(({ grp }) => grp)}::text[],
      ${column(({ first_at }) => first_at.toISOString())}::timestamptz[],
      ${column(({ last_at }) => last_at.toISOString())}::timestamptz[]) as s(id, key, detection, grp, first, last)
    cross join lateral (
      select c.matches from "activity_match_chunks" c
      where c.client_id = ${clientId} and c.key = s.key and c.detection = s.detection and c.grp = s.grp and c.hot
        and c.last_at >= s.first and c.last_at <= s.last + interval '1 hour' offset 0) c
    cross join lateral json_array_elements(c.matches) as m
    cross join lateral (
      select array[a.person, a.rest->'actor'->>'email', a.rest->'actor'->>'name', a.rest->'actor'->>'id'] as named
      from "activities" a
      where a.client_id = ${clientId} and a.at = to_timestamp((m->>0)::bigint / 1000.0) and a.id = m->>1
        and a.at between s.first and s.last offset 0) a`.execute(tx);
  const found = Map.groupBy(rows, ({ alert }) => alert);
  return new Map(
    [...found].map(([alert, own]) => [
      alert,
      own.flatMap(({ named }) => named.filter((one) => one !== null)),
    ]),
  );
}
