import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type ConnectionRow = Selectable<Database['source_connections']>;

/** Context to which the key of a connection is sealed. */
export function sourceKeyPlace(clientId: string, connection: string): string {
  return `clients/${clientId}/sources/${connection}`;
}

export async function connectionsOf(tx: Tx, clientId: string): Promise<ConnectionRow[]> {
  return tx
    .selectFrom('source_connections')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('connected_at')
    .orderBy('id')
    .execute();
}

export async function findConnection(tx: Tx, clientId: string, id: string): Promise<ConnectionRow | null> {
  const row = await tx
    .selectFrom('source_connections')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Stores a connection; false: there already is one of this kind. */
export async function insertConnection(
  tx: Tx,
  row: Insertable<Database['source_connections']>,
): Promise<boolean> {
  const stored = await tx
    .insertInto('source_connections')
    .values(row)
    .onConflict((there) => there.columns(['client_id', 'vendor', 'key_kind']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return stored !== undefined;
}

/** Updates a connection if its version is still the given one, and increments the version; false: it is not. */
export async function changeConnection(
  tx: Tx,
  { client_id, id, version }: Pick<ConnectionRow, 'client_id' | 'id' | 'version'>,
  values: Omit<Updateable<Database['source_connections']>, 'client_id' | 'id' | 'version'>,
): Promise<boolean> {
  const changed = await tx
    .updateTable('source_connections')
    .set({ ...values, version: version + 1 })
    .where('client_id', '=', client_id)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) === 1;
}

/**
 * Records what a read found about the connection itself, without a new version because no person edited it. Returns
 * whether anything changed.
 */
export async function recordConnection(
  tx: Tx,
  clientId: string,
  id: string,
  values: Pick<
    Updateable<Database['source_connections']>,
    'state' | 'problem' | 'recording' | 'recording_at' | 'tenants'
  >,
): Promise<boolean> {
  const changed = await tx
    .updateTable('source_connections')
    .set(values)
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where((eb) =>
      eb.or([
        ...(values.state === undefined ? [] : [eb('state', 'is distinct from', values.state)]),
        ...(values.problem === undefined ? [] : [eb('problem', 'is distinct from', values.problem)]),
        ...(values.recording === undefined ? [] : [eb('recording', 'is distinct from', values.recording)]),
        ...(values.tenants === undefined ? [] : [eb.val(true)]),
      ]),
    )
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) === 1;
}

export async function removeConnection(tx: Tx, clientId: string, id: string): Promise<void> {
  await tx.deleteFrom('source_connections').where('client_id', '=', clientId).where('id', '=', id).execute();
}

/** Stores a renewed credential unless it was replaced meanwhile, without a new version because no person edited it. */
export async function renewCredential(
  tx: Tx,
  { client_id, id, key_sealed }: Pick<ConnectionRow, 'client_id' | 'id' | 'key_sealed'>,
  sealed: string,
): Promise<void> {
  await tx
    .updateTable('source_connections')
    .set({ key_sealed: sealed })
    .where('client_id', '=', client_id)
    .where('id', '=', id)
    .where('key_sealed', '=', key_sealed)
    .execute();
}

/** Clients and vendors with a credential, and its non-secret settings. Requires a scope that sees all clients. */
export async function connectedSources(
  tx: Tx,
): Promise<readonly Pick<ConnectionRow, 'client_id' | 'vendor' | 'settings'>[]> {
  return tx
    .selectFrom('source_connections')
    .select(['client_id', 'vendor', 'settings'])
    .where('key_sealed', 'is not', null)
    .orderBy('vendor')
    .execute();
}

/** Tenants of a vendor that are connected for other clients. Requires a scope that sees all clients. */
export async function tenantsOfOthers(tx: Tx, clientId: string, vendor: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('source_connections')
    .select('tenants')
    .where('vendor', '=', vendor)
    .where('client_id', '!=', clientId)
    .execute();
  return rows.flatMap(({ tenants }) => tenants.map(({ id }) => id));
}
