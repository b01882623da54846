import { type Selectable, sql, type Updateable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

const HOUR = 3_600_000;
/**
 * States in which a stream waits for a day: the key lacks the scope, or the vendor does not offer it. Others wait an
 * hour at most.
 */
const LONG_WAITS = ['no_scope', 'not_offered'];
/** Maximum duration of a claim. A longer one was made before the clock was set back. */
const MAX_CLAIM_MS = HOUR;

export type StreamRow = Selectable<Database['activity_source_streams']>;

/** A stream that is read less often than hourly, and the interval between reads. */
export interface SlowStream {
  readonly vendor: string;
  readonly stream: string;
  readonly everyMs: number;
}

/**
 * Streams, of connections with a key, that are due and that no process is reading. A stream that waits longer than its
 * maximum was scheduled before the clock was set back, and is due, too. Requires a scope that sees all clients.
 * @param slow All streams whose interval is longer than an hour.
 */
export async function dueStreams(tx: Tx, now: Date, slow: readonly SlowStream[]): Promise<StreamRow[]> {
  return tx
    .selectFrom('activity_source_streams as s')
    .innerJoin('source_connections as c', (join) =>
      join.onRef('c.client_id', '=', 's.client_id').onRef('c.id', '=', 's.source_connection_id'),
    )
    .selectAll('s')
    .where((eb) => {
      const waitsLonger = (milliseconds: number) =>
        eb.and([eb('s.next_at', '>', after(now, milliseconds)), eb('s.state', 'not in', LONG_WAITS)]);
      const is = ({ vendor, stream }: SlowStream) =>
        eb.and([eb('c.vendor', '=', vendor), eb('s.stream', '=', stream)]);
      return eb.or([
        eb('s.next_at', '<=', now),
        eb('s.next_at', '>', after(now, 24 * HOUR)),
        eb.and([waitsLonger(HOUR), eb.not(eb.or(slow.map(is)))]),
        ...slow.map((one) => eb.and([waitsLonger(one.everyMs), is(one)])),
      ]);
    })
    .where('c.key_sealed', 'is not', null)
    .where((eb) =>
      eb.or([
        eb('s.claimed_until', 'is', null),
        eb('s.claimed_until', '<=', now),
        eb('s.claimed_until', '>', after(now, MAX_CLAIM_MS)),
      ]),
    )
    .orderBy('s.next_at')
    .orderBy('s.position')
    .execute();
}

function after(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds);
}

export async function streamsOf(tx: Tx, clientId: string): Promise<StreamRow[]> {
  return tx
    .selectFrom('activity_source_streams')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('position')
    .execute();
}

/** Adds missing streams of a connection, and removes those that it no longer has. */
export async function setStreams(
  tx: Tx,
  clientId: string,
  connection: string,
  streams: readonly string[],
  now: Date,
): Promise<void> {
  await tx
    .deleteFrom('activity_source_streams')
    .where('client_id', '=', clientId)
    .where('source_connection_id', '=', connection)
    .$if(streams.length > 0, (query) => query.where('stream', 'not in', streams))
    .execute();
  if (streams.length > 0)
    await tx
      .insertInto('activity_source_streams')
      .values(
        streams.map((stream, position) => ({
          client_id: clientId,
          position,
          source_connection_id: connection,
          stream,
          state: 'new',
          next_at: now,
        })),
      )
      .onConflict((there) => there.columns(['client_id', 'source_connection_id', 'stream']).doNothing())
      .execute();
}

/** Schedules every stream of a connection for the next run, whatever it is waiting for. */
export async function wakeStreams(tx: Tx, clientId: string, connection: string, now: Date): Promise<void> {
  await tx
    .updateTable('activity_source_streams')
    .set({ next_at: now, failures: 0 })
    .where('client_id', '=', clientId)
    .where('source_connection_id', '=', connection)
    .execute();
}

/** Schedules the given streams of a connection for the next run, if they are due later. */
export async function wakeStreamsNamed(
  tx: Tx,
  clientId: string,
  connection: string,
  streams: readonly string[],
  now: Date,
): Promise<void> {
  if (streams.length === 0) return;
  await tx
    .updateTable('activity_source_streams')
    .set({ next_at: now })
    .where('client_id', '=', clientId)
    .where('source_connection_id', '=', connection)
    .where('stream', 'in', [...streams])
    .where('next_at', '>', now)
    .execute();
}

type Key = Pick<StreamRow, 'client_id' | 'source_connection_id' | 'stream'>;

/** Claims a stream until an instant and returns its row; null: another process holds it. */
export async function claimStream(
  tx: Tx,
  { client_id, source_connection_id, stream }: Key,
  claim: { readonly by: string; readonly now: Date; readonly until: Date },
): Promise<StreamRow | null> {
  const row = await tx
    .updateTable('activity_source_streams')
    .set({ claim: claim.by, claimed_until: claim.until, state: 'reading' })
    .where('client_id', '=', client_id)
    .where('source_connection_id', '=', source_connection_id)
    .where('stream', '=', stream)
    .where((eb) =>
      eb.or([
        eb('claimed_until', 'is', null),
        eb('claimed_until', '<=', claim.now),
        eb('claimed_until', '>', after(claim.now, MAX_CLAIM_MS)),
      ]),
    )
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Updates a stream that this process still holds; false: the claim expired and another process took it. */
export async function changeStream(
  tx: Tx,
  { client_id, source_connection_id, stream }: Key,
  by: string,
  values: Omit<
    Updateable<Database['activity_source_streams']>,
    'client_id' | 'source_connection_id' | 'stream'
  >,
  { brought = 0, newest = null }: { readonly brought?: number; readonly newest?: string | null } = {},
): Promise<boolean> {
  const changed = await tx
    .updateTable('activity_source_streams')
    .set(values)
    .$if(newest !== null, (query) =>
      query.set({ newest_at: sql<Date>`greatest(newest_at, ${newest}::timestamptz)` }),
    )
    .$if(brought > 0, (query) => query.set((eb) => ({ brought: eb('brought', '+', brought) })))
    .where('client_id', '=', client_id)
    .where('source_connection_id', '=', source_connection_id)
    .where('stream', '=', stream)
    .where('claim', '=', by)
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) === 1;
}
