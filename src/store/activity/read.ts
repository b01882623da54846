import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { StoredActivity } from '#domain/activity/activity.ts';
import type { Tx } from '../open.ts';
import type { ActivityTables } from '../schema/activity.ts';
import { activityOf } from './row.ts';

/**
 * Next activities of a client's log after a number, in order, as a sink reads it. A lower number can never appear
 * later.
 */
export async function activitiesAfter(
  tx: Tx,
  clientId: string,
  seq: number,
  limit: number,
): Promise<StoredActivity[]> {
  const rows = await tx
    .selectFrom('activities')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(activityOf);
}

/** Activities since an instant, newest first, before a position (null: from the newest). */
export async function activitiesBetween(
  tx: Tx,
  clientId: string,
  since: Date,
  before: { readonly at: Date; readonly id: string } | null,
  limit: number,
): Promise<StoredActivity[]> {
  let query = tx
    .selectFrom('activities')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('at', '>=', since);
  if (before !== null)
    query = query.where((eb) =>
      eb.or([eb('at', '<', before.at), eb.and([eb('at', '=', before.at), eb('id', '<', before.id)])]),
    );
  const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  return rows.map(activityOf);
}

/** Activities by instant and id, oldest first; missing ones are skipped. */
export async function activitiesNamed(
  tx: Tx,
  clientId: string,
  names: readonly { readonly at: Date; readonly id: string }[],
): Promise<StoredActivity[]> {
  if (names.length === 0) return [];
  const { rows } = await sql<Selectable<ActivityTables['activities']>>`
    select a.* from unnest(${names.map(({ at }) => at.toISOString())}::timestamptz[],
      ${names.map(({ id }) => id)}::text[]) as n(at, id)
    join "activities" a on a.client_id = ${clientId} and a.at = n.at and a.id = n.id
    order by a.at, a.id`.execute(tx);
  return rows.map(activityOf);
}

/** Those already in a client's log, each as `instant id`. */
export async function knownAmong(
  tx: Tx,
  clientId: string,
  names: readonly { readonly at: string; readonly id: string }[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ n: string }>`
    select n.n from unnest(${names.map(({ at }) => at)}::timestamptz[], ${names.map(({ id }) => id)}::text[])
      with ordinality as n(at, id, n)
    join "activities" a on a.client_id = ${clientId} and a.at = n.at and a.id = n.id`.execute(tx);
  return new Set(
    rows.flatMap(({ n }) => {
      const one = names[Number(n) - 1];
      return one === undefined ? [] : [`${one.at} ${one.id}`];
    }),
  );
}

/** A person's activities from one instant through another, oldest first. */
export function activitiesOfPerson(
  tx: Tx,
  clientId: string,
  person: string,
  from: Date,
  to: Date,
  limit: number,
): Promise<StoredActivity[]> {
  return oldestFirst(tx, clientId, sql<boolean>`person = ${person}`, { from, to, limit });
}

/** Activities of a session from one instant through another, oldest first. */
export function activitiesOfSession(
  tx: Tx,
  clientId: string,
  session: string,
  from: Date,
  to: Date,
  limit: number,
): Promise<StoredActivity[]> {
  return oldestFirst(tx, clientId, sql<boolean>`rest ->> 'session' = ${session}`, { from, to, limit });
}

async function oldestFirst(
  tx: Tx,
  clientId: string,
  whose: RawBuilder<boolean>,
  { from, to, limit }: { readonly from: Date; readonly to: Date; readonly limit: number },
): Promise<StoredActivity[]> {
  const rows = await tx
    .selectFrom('activities')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('at', '>=', from)
    .where('at', '<=', to)
    .where(whose)
    .orderBy('at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(activityOf);
}

/** Times of the first and last event in a client's log; null: empty log. */
export async function logEdges(tx: Tx, clientId: string): Promise<{ first: string; last: string } | null> {
  const edge = (order: 'asc' | 'desc') =>
    tx
      .selectFrom('activities')
      .select('at')
      .where('client_id', '=', clientId)
      .orderBy('at', order)
      .limit(1)
      .executeTakeFirst();
  const [first, last] = [await edge('asc'), await edge('desc')];
  return first === undefined || last === undefined
    ? null
    : { first: first.at.toISOString(), last: last.at.toISOString() };
}

/** Last number given out; 0: empty log. */
export async function lastActivity(tx: Tx, clientId: string): Promise<number> {
  const row = await tx
    .selectFrom('activity_heads')
    .select('last_seq')
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row?.last_seq ?? 0;
}
