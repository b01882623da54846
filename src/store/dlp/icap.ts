import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type IcapServiceRow = Selectable<Database['icap_services']>;

/** What a client's proxies ask; null: nothing is set up. */
export async function findIcapService(tx: Tx, clientId: string): Promise<IcapServiceRow | null> {
  const row = await tx
    .selectFrom('icap_services')
    .selectAll()
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row ?? null;
}

/** Whether the proxies of any client ask. Needs a scope that sees all clients. */
export async function hasIcapServices(tx: Tx): Promise<boolean> {
  const row = await tx.selectFrom('icap_services').select('client_id').limit(1).executeTakeFirst();
  return row !== undefined;
}

/** What answers for a path. Needs a scope that sees all clients. */
export async function icapServiceBehind(tx: Tx, path: string): Promise<IcapServiceRow | null> {
  const row = await tx.selectFrom('icap_services').selectAll().where('path', '=', path).executeTakeFirst();
  return row ?? null;
}

/** Stores it over what was there at `version` (0: nothing). false: someone else was quicker. */
export async function putIcapService(
  tx: Tx,
  row: Omit<IcapServiceRow, 'version'>,
  version: number,
): Promise<boolean> {
  const next = { ...row, version: version + 1 };
  const stored =
    version === 0
      ? await tx
          .insertInto('icap_services')
          .values(next)
          .onConflict((there) => there.column('client_id').doNothing())
          .returning('version')
          .executeTakeFirst()
      : await tx
          .updateTable('icap_services')
          .set(next)
          .where('client_id', '=', row.client_id)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
  return stored !== undefined;
}

/** Removes it at this version. false: someone else was quicker. */
export async function removeIcapService(tx: Tx, clientId: string, version: number): Promise<boolean> {
  const gone = await tx
    .deleteFrom('icap_services')
    .where('client_id', '=', clientId)
    .where('version', '=', version)
    .executeTakeFirst();
  return Number(gone.numDeletedRows) > 0;
}
