import { type Selectable, sql } from 'kysely';
import type { StoredActivity } from '#domain/activity/activity.ts';
import type { Tx } from '../open.ts';
import type { ActivityTables } from '../schema/activity.ts';
import { activityOf } from './row.ts';

/** A call by its id from Claude, and the time range in which to look for its reports, in milliseconds since 1970. */
export interface CallStretch {
  readonly call: string;
  readonly from: number;
  readonly to: number;
}

/** Reports of calls in a client's log. Overlapping time ranges are read once. */
export async function activitiesOfCalls(
  tx: Tx,
  clientId: string,
  wanted: readonly CallStretch[],
): Promise<StoredActivity[]> {
  const stretches: { from: number; to: number }[] = [];
  for (const { from, to } of wanted.toSorted((a, b) => a.from - b.from)) {
    const last = stretches.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else stretches.push({ from, to });
  }
  const instants = (of: (stretch: { from: number; to: number }) => number) =>
    stretches.map((stretch) => new Date(of(stretch)).toISOString());
  const { rows } = await sql<Selectable<ActivityTables['activities']>>`
    select a.* from unnest(${instants(({ from }) => from)}::timestamptz[], ${instants(({ to }) => to)}::timestamptz[])
      as s(low, high)
    join "activities" a on a.client_id = ${clientId} and a.at >= s.low and a.at <= s.high
    where a.category = 'tool_call'
      and a.rest -> 'detail' ->> 'tool_use_id' = any(${[...new Set(wanted.map(({ call }) => call))]}::text[])`.execute(
    tx,
  );
  return rows.map(activityOf);
}

/** Last call of each connector's tool after an instant, except refused ones, by the connector's display name. */
export async function lastCalls(
  tx: Tx,
  clientId: string,
  after: Date,
): Promise<{ connector: string; tool: string; last: string }[]> {
  const { rows } = await sql<{ connector: string; tool: string; last: Date }>`
    select coalesce(a.rest ->> 'connectorName', a.connector) as connector, a.tool, max(a.at) as last
    from "activities" a
    where a.client_id = ${clientId} and a.at > ${after.toISOString()}::timestamptz and a.category = 'tool_call'
      and a.tool is not null and a.connector is not null and a.outcome is distinct from 'rejected'
    group by 1, 2`.execute(tx);
  return rows.map(({ last, ...one }) => ({ ...one, last: new Date(last).toISOString() }));
}
