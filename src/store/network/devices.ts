import { type Insertable, type Selectable, sql } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type NetworkDevice = Selectable<Database['network_devices']>;

/** Devices that sign their tests, newest first, including revoked ones. */
export function networkDevices(tx: Tx, clientId: string): Promise<NetworkDevice[]> {
  return tx
    .selectFrom('network_devices')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('enrolled_at', 'desc')
    .orderBy('id')
    .execute();
}

/** Serializes enrollments of a client's devices, so that each sees the previous one. */
export async function takeTurnsEnrolling(tx: Tx, clientId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`network devices of ${clientId}`}, 0))`.execute(
    tx,
  );
}

/** A device of a client; null: none with this id. `hold` locks its row until the transaction ends. */
export async function networkDevice(
  tx: Tx,
  clientId: string,
  id: string,
  hold = false,
): Promise<NetworkDevice | null> {
  const row = await tx
    .selectFrom('network_devices')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .$if(hold, (query) => query.forUpdate())
    .executeTakeFirst();
  return row ?? null;
}

export async function addNetworkDevice(
  tx: Tx,
  device: Omit<Insertable<Database['network_devices']>, 'revoked_at' | 'revoked_by_name'>,
): Promise<void> {
  await tx.insertInto('network_devices').values(device).execute();
}

export async function revokeNetworkDevice(
  tx: Tx,
  clientId: string,
  id: string,
  by: { readonly name: string; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('network_devices')
    .set({ revoked_at: by.at, revoked_by_name: by.name })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .execute();
}
