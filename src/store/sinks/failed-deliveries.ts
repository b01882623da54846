import { randomUUID } from 'node:crypto';
import type { Selectable, Updateable } from 'kysely';
import { type ForwardedEvent, type StreamName, seqOf } from '#domain/forwarding/event.ts';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type FailedDeliveryRow = Selectable<Database['activity_dead_letters']>;
/** A failed delivery without its events, for lists. */
export type FailedDeliveryHead = Omit<FailedDeliveryRow, 'events'>;

export interface FailedDelivery {
  readonly clientId: string;
  readonly sinkId: string;
  readonly stream: StreamName;
  readonly events: readonly ForwardedEvent[];
  /** Number of events that were refused without the sink saying which; 0: all. */
  readonly unnamed: number;
  readonly says: string;
  readonly answer: string | null;
  readonly at: Date;
}

/** Sets events aside that a sink refused. If that was already done (by first number), nothing changes. */
export async function setAside(tx: Tx, delivery: FailedDelivery): Promise<void> {
  const { clientId, sinkId, stream, events, unnamed, says, answer, at } = delivery;
  const [first] = events;
  const last = events.at(-1);
  if (first === undefined || last === undefined) return;
  await tx
    .insertInto('activity_dead_letters')
    .values({
      id: randomUUID(),
      client_id: clientId,
      sink_id: sinkId,
      stream,
      first_seq: seqOf(first),
      last_seq: seqOf(last),
      count: events.length,
      unnamed,
      events: JSON.stringify(events),
      says,
      answer,
      state: 'waiting',
      made_at: at,
      edited_at: null,
      edited_by_name: null,
      settled_at: null,
      settled_by_name: null,
      settled_why: null,
    })
    .onConflict((there) => there.columns(['sink_id', 'stream', 'first_seq']).doNothing())
    .execute();
}

/** Numbers above `after` whose events were set aside one by one. */
export async function setAsideAfter(
  tx: Tx,
  {
    clientId,
    sinkId,
    stream,
    after,
  }: { clientId: string; sinkId: string; stream: StreamName; after: number },
): Promise<ReadonlySet<number>> {
  const rows = await tx
    .selectFrom('activity_dead_letters')
    .select('first_seq')
    .where('client_id', '=', clientId)
    .where('sink_id', '=', sinkId)
    .where('stream', '=', stream)
    .where('first_seq', '>', after)
    .execute();
  return new Set(rows.map((row) => row.first_seq));
}

const HEAD = [
  'id',
  'client_id',
  'sink_id',
  'stream',
  'first_seq',
  'last_seq',
  'count',
  'unnamed',
  'says',
  'answer',
  'state',
  'made_at',
  'edited_at',
  'edited_by_name',
  'settled_at',
  'settled_by_name',
  'settled_why',
  'version',
] as const;

/** Failed deliveries of a client in a state (null: any), newest first. */
export async function failedDeliveries(
  tx: Tx,
  clientId: string,
  { state, limit }: { readonly state: string | null; readonly limit: number },
): Promise<FailedDeliveryHead[]> {
  return tx
    .selectFrom('activity_dead_letters')
    .select(HEAD)
    .where('client_id', '=', clientId)
    .$if(state !== null, (query) => query.where('state', '=', state ?? ''))
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Number of a client's failed deliveries, by sink and state. */
export async function failedDeliveryCounts(
  tx: Tx,
  clientId: string,
): Promise<readonly { readonly sink_id: string; readonly state: string; readonly count: number }[]> {
  const rows = await tx
    .selectFrom('activity_dead_letters')
    .select((eb) => ['sink_id', 'state', eb.fn.countAll<string>().as('count')])
    .where('client_id', '=', clientId)
    .groupBy(['sink_id', 'state'])
    .execute();
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** Number of a sink's failed deliveries that wait for a person. */
export async function waitingDeliveryCount(tx: Tx, clientId: string, sinkId: string): Promise<number> {
  const row = await tx
    .selectFrom('activity_dead_letters')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('client_id', '=', clientId)
    .where('sink_id', '=', sinkId)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

export async function findFailedDelivery(
  tx: Tx,
  clientId: string,
  id: string,
): Promise<FailedDeliveryRow | undefined> {
  return tx
    .selectFrom('activity_dead_letters')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** A sink's waiting failed deliveries, oldest event first. */
export async function waitingDeliveries(
  tx: Tx,
  clientId: string,
  sinkId: string,
  limit: number,
): Promise<FailedDeliveryRow[]> {
  return tx
    .selectFrom('activity_dead_letters')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('sink_id', '=', sinkId)
    .where('state', '=', 'waiting')
    .orderBy('stream')
    .orderBy('first_seq')
    .limit(limit)
    .execute();
}

/** Updates a failed delivery that is still waiting and at this version; otherwise returns null. */
export async function changeFailedDelivery(
  tx: Tx,
  clientId: string,
  id: string,
  version: number,
  values: Pick<
    Updateable<Database['activity_dead_letters']>,
    | 'events'
    | 'count'
    | 'unnamed'
    | 'state'
    | 'says'
    | 'answer'
    | 'edited_at'
    | 'edited_by_name'
    | 'settled_at'
    | 'settled_by_name'
    | 'settled_why'
  >,
): Promise<FailedDeliveryHead | null> {
  const row = await tx
    .updateTable('activity_dead_letters')
    .set({ ...values, version: version + 1 })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('version', '=', version)
    .returning(HEAD)
    .executeTakeFirst();
  return row ?? null;
}
