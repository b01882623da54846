import { writing } from '../engine/written.ts';
import type { Tx } from '../open.ts';
import type { ConnectionRow } from './connections.ts';

type Connection = Pick<ConnectionRow, 'client_id' | 'id' | 'vendor' | 'key_kind' | 'tenants'>;

/** Saves the position of each stream of a connection, for a later key. */
export async function keepPlaces(tx: Tx, connection: Connection, now: Date): Promise<void> {
  const { client_id, id, vendor, key_kind, tenants } = connection;
  const ids = JSON.stringify(tenants.map((one) => one.id));
  await writing(
    'source_places',
  )`insert into "source_places" as p (client_id, vendor, key_kind, stream, place, tenants, left_at)
    select client_id, ${vendor}, ${key_kind}, stream, place, ${ids}::jsonb, ${now.toISOString()}::timestamptz
    from "activity_source_streams"
    where client_id = ${client_id} and source_connection_id = ${id} and place is not null and place <> 'null'::jsonb
    on conflict (client_id, vendor, key_kind, stream) do update
      set place = excluded.place, tenants = excluded.tenants, left_at = excluded.left_at`.execute(tx);
}

/**
 * Restores saved positions to new streams of a connection if all of its tenants were read then. With unknown tenants,
 * streams start from the beginning: continuing from another tenant's position would lose what came before.
 */
export async function takePlaces(tx: Tx, connection: Connection): Promise<void> {
  const { client_id, id, vendor, key_kind, tenants } = connection;
  if (tenants.length === 0) return;
  const ids = JSON.stringify(tenants.map((one) => one.id));
  await writing('activity_source_streams')`update "activity_source_streams" set place = p.place
    from "source_places" p
    where "activity_source_streams".client_id = ${client_id} and source_connection_id = ${id}
      and "activity_source_streams".place is null and p.client_id = ${client_id} and p.vendor = ${vendor}
      and p.key_kind = ${key_kind} and p.stream = "activity_source_streams".stream
      and p.tenants @> ${ids}::jsonb`.execute(tx);
}

/** Makes streams of a connection start from the beginning. */
export async function forgetPlaces(
  tx: Tx,
  { client_id, id }: Pick<Connection, 'client_id' | 'id'>,
  streams: readonly string[],
): Promise<void> {
  if (streams.length === 0) return;
  await tx
    .updateTable('activity_source_streams')
    .set({ place: null })
    .where('client_id', '=', client_id)
    .where('source_connection_id', '=', id)
    .where('stream', 'in', streams)
    .execute();
}
