import type { StreamName } from '#domain/forwarding/event.ts';
import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';

/** Lease to send for a sink: one process at a time, by the database's clock. */
export interface Lease {
  readonly clientId: string;
  readonly sinkId: string;
  readonly by: string;
}

/**
 * Takes the lease on a sink that is due to send and is not held by another process. Returns the number of failures in a
 * row; null: held, paused, waiting for its next try, or gone. A lease or wait set before the clock was set back is
 * ignored.
 */
export async function claimSink(
  tx: Tx,
  { clientId, sinkId, by }: Lease,
  { milliseconds, now }: { readonly milliseconds: number; readonly now: Date },
): Promise<{ readonly failures: number } | null> {
  const { rows } = await writing('activity_sink_states')<{ failures: number }>`
    update "activity_sink_states" as s
       set lease_by = ${by}, lease_until = clock_timestamp() + ${milliseconds} * interval '1 millisecond'
      from sinks
     where s.sink_id = ${sinkId} and s.client_id = ${clientId} and sinks.id = s.sink_id and not sinks.paused
       and (s.lease_by is null or s.lease_by = ${by} or s.lease_until is null or s.lease_until < clock_timestamp()
         or s.lease_until > clock_timestamp() + 2 * ${milliseconds} * interval '1 millisecond')
       and (s.retry_at is null or s.retry_at <= ${now.toISOString()}::timestamptz
         or s.tried_at > ${now.toISOString()}::timestamptz)
    returning s.failures`.execute(tx);
  return rows[0] ?? null;
}

/** Extends a lease; false: another process has taken it. */
export async function renewLease(
  tx: Tx,
  { clientId, sinkId, by }: Lease,
  milliseconds: number,
): Promise<boolean> {
  const { numAffectedRows } = await writing('activity_sink_states')`
    update "activity_sink_states" set lease_until = clock_timestamp() + ${milliseconds} * interval '1 millisecond'
     where sink_id = ${sinkId} and client_id = ${clientId} and lease_by = ${by}`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}

export async function releaseSink(tx: Tx, { clientId, sinkId, by }: Lease): Promise<void> {
  await tx
    .updateTable('activity_sink_states')
    .set({ lease_by: null, lease_until: null })
    .where('sink_id', '=', sinkId)
    .where('client_id', '=', clientId)
    .where('lease_by', '=', by)
    .execute();
}

/**
 * Releases every lease, for the only running process: a killed one before it may hold some. Requires a scope that sees
 * all clients.
 */
export async function releaseAll(tx: Tx): Promise<void> {
  await tx
    .updateTable('activity_sink_states')
    .set({ lease_by: null, lease_until: null })
    .where('lease_by', 'is not', null)
    .execute();
}

export async function cursorOf(tx: Tx, { clientId, sinkId }: Lease, stream: StreamName): Promise<number> {
  const row = await tx
    .selectFrom('activity_sink_cursors')
    .select('seq')
    .where('sink_id', '=', sinkId)
    .where('client_id', '=', clientId)
    .where('stream', '=', stream)
    .executeTakeFirst();
  return row?.seq ?? 0;
}

/** Advances a cursor if the caller still holds the lease; false: it does not, and nothing changes. */
export async function moveCursor(
  tx: Tx,
  lease: Lease,
  stream: StreamName,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<boolean> {
  if (!(await holdsLease(tx, lease))) return false;
  const moved = await tx
    .updateTable('activity_sink_cursors')
    .set({ seq: to })
    .where('sink_id', '=', lease.sinkId)
    .where('client_id', '=', lease.clientId)
    .where('stream', '=', stream)
    .where('seq', '=', from)
    .executeTakeFirst();
  return moved.numUpdatedRows > 0n;
}

/** Whether the caller still holds the lease. Locks it until the transaction ends. */
export async function holdsLease(tx: Tx, { clientId, sinkId, by }: Lease): Promise<boolean> {
  const row = await tx
    .selectFrom('activity_sink_states')
    .select('lease_by')
    .where('sink_id', '=', sinkId)
    .where('client_id', '=', clientId)
    .where('lease_by', '=', by)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** Outcome of a delivery attempt, apart from the cursor. */
export type Result =
  | { readonly kind: 'accepted'; readonly count: number; readonly says: string }
  | {
      readonly kind: 'failed';
      readonly state: 'retrying' | 'stopped';
      readonly failures: number;
      readonly retryAt: Date;
      readonly says: string;
      readonly answer: string | null;
    };

export async function recordResult(
  tx: Tx,
  { clientId, sinkId }: Lease,
  at: Date,
  result: Result,
): Promise<void> {
  await tx
    .updateTable('activity_sink_states')
    .set({ tried_at: at })
    .$if(result.kind === 'accepted', (query) =>
      query.set({ state: 'working', failures: 0, retry_at: null, accepted_at: at }),
    )
    .set((eb) =>
      result.kind === 'accepted'
        ? { accepted_count: eb('accepted_count', '+', result.count), last_says: result.says }
        : {
            state: result.state,
            failures: result.failures,
            retry_at: result.retryAt,
            failed_at: at,
            failed_says: result.says,
            failed_answer: result.answer,
          },
    )
    .where('sink_id', '=', sinkId)
    .where('client_id', '=', clientId)
    .execute();
}
