import { type Insertable, type Selectable, sql } from 'kysely';
import { STREAMS, type StreamName } from '#domain/forwarding/event.ts';
import type { SinkFinding } from '#domain/forwarding/findings.ts';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { versioned } from '../versioned.ts';

export type SinkRow = Selectable<Database['sinks']>;
export type SinkStateRow = Selectable<Database['activity_sink_states']>;

/** Context to which a sink's secrets are sealed. */
export function sinkSecretsPlace(clientId: string, id: string): string {
  return `clients/${clientId}/sinks/${id}`;
}

/** Sinks of a client, oldest first. */
export async function sinksOf(tx: Tx, clientId: string): Promise<SinkRow[]> {
  return tx
    .selectFrom('sinks')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export async function findSink(tx: Tx, clientId: string, id: string): Promise<SinkRow | undefined> {
  return tx
    .selectFrom('sinks')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Active sinks of every client. Requires a scope that sees all clients. */
export async function activeSinks(tx: Tx): Promise<
  {
    readonly id: string;
    readonly client_id: string;
    readonly retry_at: Date | null;
    readonly tried_at: Date | null;
  }[]
> {
  return tx
    .selectFrom('sinks')
    .innerJoin('activity_sink_states', 'activity_sink_states.sink_id', 'sinks.id')
    .select(['sinks.id', 'sinks.client_id', 'activity_sink_states.retry_at', 'activity_sink_states.tried_at'])
    .where('paused', '=', false)
    .orderBy('sinks.id')
    .execute();
}

/** Adds a sink that starts after the given number of each stream. */
export async function insertSink(
  tx: Tx,
  row: Insertable<Database['sinks']>,
  after: Readonly<Record<StreamName, number>>,
): Promise<void> {
  const of = { sink_id: row.id, client_id: row.client_id };
  await tx.insertInto('sinks').values(row).execute();
  await tx
    .insertInto('activity_sink_states')
    .values({
      ...of,
      lease_by: null,
      lease_until: null,
      state: 'working',
      retry_at: null,
      tried_at: null,
      accepted_at: null,
      last_says: null,
      failed_at: null,
      failed_says: null,
      failed_answer: null,
    })
    .execute();
  await tx
    .insertInto('activity_sink_cursors')
    .values(STREAMS.map((stream) => ({ ...of, stream, seq: after[stream] })))
    .execute();
}

/** Updates a sink if its version is still the given one, and increments the version; otherwise returns null. */
export const changeSink = versioned('sinks');

/** Removes a sink with all its data; false: it is no longer at this version. */
export async function removeSink(tx: Tx, clientId: string, id: string, version: number): Promise<boolean> {
  const removed = await tx
    .deleteFrom('sinks')
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

/** Delivery states of a client's sinks, by id. */
export async function sinkStates(tx: Tx, clientId: string): Promise<ReadonlyMap<string, SinkStateRow>> {
  const rows = await tx
    .selectFrom('activity_sink_states')
    .selectAll()
    .where('client_id', '=', clientId)
    .execute();
  return new Map(rows.map((row) => [row.sink_id, row]));
}

/** Cursors of a client's sinks, by sink and stream. */
export async function sinkCursors(
  tx: Tx,
  clientId: string,
): Promise<readonly Selectable<Database['activity_sink_cursors']>[]> {
  return tx.selectFrom('activity_sink_cursors').selectAll().where('client_id', '=', clientId).execute();
}

/** Makes a sink retry at once, whatever it is waiting for. */
export async function tryNow(tx: Tx, clientId: string, id: string): Promise<void> {
  await tx
    .updateTable('activity_sink_states')
    .set({ state: 'working', failures: 0, retry_at: null })
    .where('client_id', '=', clientId)
    .where('sink_id', '=', id)
    .execute();
}

/** Stores a sink's status, which is part of a client's facts. It is not an edit, so the version is unchanged. */
export async function putSinkStatus(
  tx: Tx,
  clientId: string,
  id: string,
  { findings, deliveredAt }: { readonly findings: readonly SinkFinding[]; readonly deliveredAt: Date | null },
): Promise<void> {
  await tx
    .updateTable('sinks')
    .set({ findings: JSON.stringify(findings), delivered_at: deliveredAt })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .execute();
}

/** Sets a sink's cursor of a stream, which skips what was not wanted so far. */
export async function setCursor(
  tx: Tx,
  clientId: string,
  id: string,
  stream: StreamName,
  seq: number,
): Promise<void> {
  await tx
    .updateTable('activity_sink_cursors')
    .set({ seq })
    .where('client_id', '=', clientId)
    .where('sink_id', '=', id)
    .where('stream', '=', stream)
    .execute();
}

/** Hosts that sinks send to, with the number of clients each. Requires a scope that sees all clients. */
export async function sinkHosts(
  tx: Tx,
): Promise<readonly { readonly host: string; readonly clients: number }[]> {
  const { rows } = await sql<{ host: string; clients: number }>`
    select host, count(distinct client_id)::int as clients
      from "sinks", jsonb_array_elements_text(hosts) as host group by host order by host`.execute(tx);
  return rows;
}
