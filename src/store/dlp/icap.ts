import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { onePerClient } from './one-per-client.ts';

export type IcapServiceRow = Selectable<Database['icap_services']>;

/** ICAP service for a client's proxies. */
export const {
  find: findIcapService,
  put: putIcapService,
  remove: removeIcapService,
} = onePerClient('icap_services');

/** Whether any client has an ICAP service. Requires a scope that sees all clients. */
export async function hasIcapServices(tx: Tx): Promise<boolean> {
  const row = await tx.selectFrom('icap_services').select('client_id').limit(1).executeTakeFirst();
  return row !== undefined;
}

/** ICAP service at a path. Requires a scope that sees all clients. */
export async function icapServiceBehind(tx: Tx, path: string): Promise<IcapServiceRow | null> {
  const row = await tx.selectFrom('icap_services').selectAll().where('path', '=', path).executeTakeFirst();
  return row ?? null;
}
