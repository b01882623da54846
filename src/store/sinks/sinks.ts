import { type Insertable, type Selectable, sql } from 'kysely';
import { STREAMS, type StreamName } from '#domain/forwarding/event.ts';
import type { SinkFinding } from '#domain/forwarding/findings.ts';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { versioned } from '../versioned.ts';

export type SinkRow = Selectable<Database['sinks']>;
export type SinkStateRow = Selectable<Database['activity_sink_states']>;

/** What a sink's secrets are sealed for. */
export function sinkSecretsPlace(clientId: string, id: string): string {
  return `clients/${clientId}/sinks/${id}`;
}

/** The sinks of a client, the oldest first. */
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

/** Every sink that is to send, of every client. Needs a scope that sees all. */
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

/** Adds a sink that begins after the numbers given for each stream. */
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

/** Changes a sink that is still at this version, and counts the version up; null where it is not. */
export const changeSink = versioned('sinks');

/** Removes a sink with all that it had; false where it is no more at this version. */
export async function removeSink(tx: Tx, clientId: string, id: string, version: number): Promise<boolean> {
  const removed = await tx
    .deleteFrom('sinks')
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

/** How far the sinks of a client have come, by id. */
export async function sinkStates(tx: Tx, clientId: string): Promise<ReadonlyMap<string, SinkStateRow>> {
  const rows = await tx
    .selectFrom('activity_sink_states')
    .selectAll()
    .where('client_id', '=', clientId)
    .execute();
  return new Map(rows.map((row) => [row.sink_id, row]));
}

/** The cursors of a client's sinks, by sink and stream. */
export async function sinkCursors(
  tx: Tx,
  clientId: string,
): Promise<readonly Selectable<Database['activity_sink_cursors']>[]> {
  return tx.selectFrom('activity_sink_cursors').selectAll().where('client_id', '=', clientId).execute();
}

/** Lets a sink try at once, whatever it waits for. */
export async function tryNow(tx: Tx, clientId: string, id: string): Promise<void> {
  await tx
    .updateTable('activity_sink_states')
    .set({ state: 'working', failures: 0, retry_at: null })
    .where('client_id', '=', clientId)
    .where('sink_id', '=', id)
    .execute();
}

/** Stores how a sink is doing, for the facts of a client. It is no edit: the version stays. */
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

/** Puts a sink's cursor of a stream somewhere: what was not wanted so far is passed over. */
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

/** Hosts that sinks of clients send to, with how many clients’ each. Needs a scope that sees all. */
export async function sinkHosts(
  tx: Tx,
): Promise<readonly { readonly host: string; readonly clients: number }[]> {
  const { rows } = await sql<{ host: string; clients: number }>`
    select host, count(distinct client_id)::int as clients
      from "sinks", jsonb_array_elements_text(hosts) as host group by host order by host`.execute(tx);
  return rows;
}
