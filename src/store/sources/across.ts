import type { Tx } from '../open.ts';
import type { ConnectionRow } from './connections.ts';
import type { StreamRow } from './streams.ts';

export interface ConnectionAcross {
  readonly client: { readonly slug: string; readonly name: string; readonly sandbox: boolean };
  /** null: no connection to the vendor. */
  readonly connection: ConnectionRow | null;
  readonly streams: readonly Pick<StreamRow, 'state' | 'says' | 'read_at'>[];
}

/** Each client with its connection to a vendor. */
export async function connectionsAcross(
  tx: Tx,
  clients: readonly string[],
  vendor: string,
): Promise<readonly ConnectionAcross[]> {
  if (clients.length === 0) return [];
  const [rows, connections, streams] = [
    await tx
      .selectFrom('clients')
      .select(['id', 'slug', 'name', 'sandbox'])
      .where('id', 'in', clients)
      .execute(),
    await tx
      .selectFrom('source_connections')
      .selectAll()
      .where('client_id', 'in', clients)
      .where('vendor', '=', vendor)
      .orderBy('connected_at')
      .execute(),
    await tx
      .selectFrom('activity_source_streams')
      .select(['client_id', 'source_connection_id', 'state', 'says', 'read_at'])
      .where('client_id', 'in', clients)
      .execute(),
  ];
  return rows.map(({ id, ...client }) => {
    const own = connections.filter(({ client_id }) => client_id === id);
    const streamsOf = (connection: string | undefined) =>
      streams.filter((one) => one.client_id === id && one.source_connection_id === connection);
    // Prefer one with streams: a connection that only writes is never read.
    const connection = own.find((one) => streamsOf(one.id).length > 0) ?? own[0] ?? null;
    return { client, connection, streams: streamsOf(connection?.id) };
  });
}
