import type { LiveSource } from '#sources/source.ts';
import type { Tx } from '#store/open.ts';
import type { ConnectionRow } from '#store/sources/connections.ts';
import { forgetPlaces, keepPlaces, takePlaces } from '#store/sources/places.ts';
import { addSpans, spansOf } from '#store/sources/spans.ts';
import { setStreams, streamsOf } from '#store/sources/streams.ts';

type Connection = Pick<ConnectionRow, 'client_id' | 'id' | 'vendor' | 'key_kind' | 'tenants'>;

/**
 * Gives a connection the streams that its key can read. New ones continue at their stored position; those that read
 * all tenants start over if there is a new tenant, and until then earlier periods are not complete.
 *
 * @param before The connection as it was; null: it is new.
 */
export async function arrangeStreams(
  tx: Tx,
  live: LiveSource,
  connection: Connection,
  {
    streams,
    before,
    now,
  }: { readonly streams: readonly string[]; readonly before: Connection | null; readonly now: Date },
): Promise<void> {
  if (before !== null) {
    await keepPlaces(tx, before, now);
    if (!sameTenants(before, connection)) await forgetPlaces(tx, connection, ofEvery(live));
  }
  await setStreams(tx, connection.client_id, connection.id, streams, now);
  await takePlaces(tx, connection);
  await restart(tx, live, connection, now);
}

/** Restarts the streams that read all tenants, because a new one was linked. */
export async function readNewTenant(
  tx: Tx,
  live: LiveSource,
  connection: Connection,
  now: Date,
): Promise<void> {
  await forgetPlaces(tx, connection, ofEvery(live));
  await restart(tx, live, connection, now);
}

/** Whether the connection read each of its tenants before. If that is unknown, they are not the same. */
export function sameTenants(before: Connection, now: Connection): boolean {
  const known = new Set(before.tenants.map(({ id }) => id));
  return now.tenants.length > 0 && now.tenants.every(({ id }) => known.has(id));
}

/** When a stream starts over, periods that the ledgers call complete are not yet read for the new tenant. */
async function restart(tx: Tx, live: LiveSource, { client_id, id }: Connection, now: Date): Promise<void> {
  const rows = await streamsOf(tx, client_id);
  for (const { id: name, ledger, everyTenant } of live.streams) {
    const row = rows.find((one) => one.source_connection_id === id && one.stream === name);
    if (ledger === null || everyTenant !== true || row === undefined || row.place !== null) continue;
    const [first] = await spansOf(tx, client_id, ledger);
    if (first === undefined) continue;
    await addSpans(tx, client_id, ledger, [
      { from: first.from, to: now.toISOString(), gap: 'not_read', mendable: true },
    ]);
  }
}

function ofEvery(live: LiveSource): string[] {
  return live.streams.filter(({ everyTenant }) => everyTenant === true).map(({ id }) => id);
}
