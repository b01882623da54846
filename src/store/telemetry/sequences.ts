import { sql } from 'kysely';
import { holesOf, type NumberRange, withRanges } from '#domain/activity/telemetry-ledger.ts';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';

/**
 * Adds the sequence numbers of the next part of a client's log to what is known of their sessions, and records the new
 * position. Only events received before `until` are read, because newer ones may still arrive out of order. Returns the
 * number of log positions read; less than `max` means that there are no more for now.
 */
export async function readSequences(
  tx: Tx,
  clientId: string,
  { until, max }: { readonly until: Date; readonly max: number },
): Promise<number> {
  const after = await readTo(tx, clientId);
  const { rows } = await sql<{ last: number | null }>`
    select max(seq) as last from "activities" where client_id = ${clientId} and seq > ${after}
      and seq <= ${after + max} and received_at <= ${until.toISOString()}::timestamptz`.execute(tx);
  // The log may skip numbers, so a range can be empty although more follows.
  const last = rows[0]?.last ?? (await skippedUpTo(tx, clientId, after, max, until));
  if (last === null) return 0;
  const fresh = await rangesBetween(tx, clientId, after, Number(last));
  const known = await rangesOf(tx, clientId, [...fresh.keys()]);
  for (const [session, ranges] of fresh) {
    const all = withRanges(known.get(session) ?? [], ranges);
    await putRanges(tx, clientId, session, all);
  }
  await tx
    .insertInto('activity_sequence_reads')
    .values({ client_id: clientId, seq: Number(last) })
    .onConflict((conflict) => conflict.column('client_id').doUpdateSet({ seq: Number(last) }))
    .execute();
  return Number(last) - after;
}

/** Position of the reader. The row is locked, so that two processes do not read the same range. */
async function readTo(tx: Tx, clientId: string): Promise<number> {
  await writing(
    'activity_sequence_reads',
  )`insert into "activity_sequence_reads" (client_id, seq) values (${clientId}, 0)
    on conflict do nothing`.execute(tx);
  const row = await tx
    .selectFrom('activity_sequence_reads')
    .select('seq')
    .where('client_id', '=', clientId)
    .forUpdate()
    .executeTakeFirst();
  return Number(row?.seq ?? 0);
}

/** End of an empty range that is followed by older events; null: what follows is too new, or there is nothing. */
async function skippedUpTo(
  tx: Tx,
  clientId: string,
  after: number,
  max: number,
  until: Date,
): Promise<number | null> {
  const next = await tx
    .selectFrom('activities')
    .select(['seq', 'received_at'])
    .where('client_id', '=', clientId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  if (next === undefined || next.received_at > until || Number(next.seq) <= after + max) return null;
  return Number(next.seq) - 1;
}

async function rangesBetween(
  tx: Tx,
  clientId: string,
  after: number,
  last: number,
): Promise<ReadonlyMap<string, NumberRange[]>> {
  const { rows } = await sql<{ session: string; first: string; last: string; from: Date; to: Date }>`
    select session, min(n) as first, max(n) as last, (array_agg(at order by n))[1] as from,
      (array_agg(at order by n desc))[1] as to
    from (
      select session, n, at, n - row_number() over (partition by session order by n) as island
      from (
        select rest ->> 'session' as session, (rest -> 'detail' ->> 'sequence')::bigint as n,
          min(case when rest ->> 'claimedAt' is null then at else received_at end) as at
        from "activities"
        where client_id = ${clientId} and seq > ${after} and seq <= ${last} and source = 'otlp'
          and rest ->> 'session' is not null and rest -> 'detail' ->> 'sequence' ~ '^[0-9]{1,15}$'
        group by 1, 2) as told) as islands
    group by session, island`.execute(tx);
  const sessions = new Map<string, NumberRange[]>();
  for (const { session, first, last: end, from, to } of rows) {
    const range = {
      first: Number(first),
      last: Number(end),
      from: from.toISOString(),
      to: to.toISOString(),
    };
    const list = sessions.get(session);
    if (list === undefined) sessions.set(session, [range]);
    else list.push(range);
  }
  return sessions;
}

async function rangesOf(
  tx: Tx,
  clientId: string,
  sessions: readonly string[],
): Promise<ReadonlyMap<string, readonly NumberRange[]>> {
  if (sessions.length === 0) return new Map();
  const rows = await tx
    .selectFrom('activity_sequences')
    .select(['session', 'ranges'])
    .where('client_id', '=', clientId)
    .where(sql<boolean>`session = any(${[...sessions]}::text[])`)
    .execute();
  return new Map(rows.map(({ session, ranges }) => [session, ranges]));
}

async function putRanges(
  tx: Tx,
  clientId: string,
  session: string,
  ranges: readonly NumberRange[],
): Promise<void> {
  const instants = ranges.flatMap(({ from, to }) => [from, to]).sort();
  const row = {
    ranges: JSON.stringify(ranges),
    holes: holesOf(ranges).length,
    first_at: instants[0] ?? new Date(),
    last_at: instants.at(-1) ?? new Date(),
  };
  await tx
    .insertInto('activity_sequences')
    .values({ client_id: clientId, session, ...row })
    .onConflict((conflict) => conflict.columns(['client_id', 'session']).doUpdateSet(row))
    .execute();
}

/** Ranges of sessions that have missing numbers and events within a period. */
export async function sessionsWithHoles(
  tx: Tx,
  clientId: string,
  period: { readonly from: string; readonly to: string },
): Promise<NumberRange[][]> {
  const rows = await tx
    .selectFrom('activity_sequences')
    .select('ranges')
    .where('client_id', '=', clientId)
    .where('holes', '>', 0)
    .where('last_at', '>=', new Date(period.from))
    .where('first_at', '<', new Date(period.to))
    .execute();
  return rows.map(({ ranges }) => [...ranges]);
}

/** Deletes sessions that ended before an instant; those with missing numbers only before an earlier one. */
export async function forgetSequences(
  tx: Tx,
  before: { readonly whole: Date; readonly holed: Date },
): Promise<void> {
  await tx
    .deleteFrom('activity_sequences')
    .where((eb) =>
      eb.or([
        eb.and([eb('holes', '=', 0), eb('last_at', '<', before.whole)]),
        eb('last_at', '<', before.holed),
      ]),
    )
    .execute();
}
