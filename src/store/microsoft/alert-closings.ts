import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type AlertClosingRow = Selectable<Database['alert_closings']>;
type Table = Database['alert_closings'];

export function alertClosingsOf(tx: Tx, clientId: string): Promise<AlertClosingRow[]> {
  return tx.selectFrom('alert_closings').selectAll().where('client_id', '=', clientId).execute();
}

export function findAlertClosing(
  tx: Tx,
  clientId: string,
  alertId: string,
): Promise<AlertClosingRow | undefined> {
  return tx
    .selectFrom('alert_closings')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('alert_id', '=', alertId)
    .executeTakeFirst();
}

/** Replaces the row at `version` (0: none); false: it is at another version. */
export async function putAlertClosing(
  tx: Tx,
  row: Omit<Insertable<Table>, 'version'>,
  version: number,
): Promise<boolean> {
  const next = { ...row, version: version + 1 };
  const stored =
    version === 0
      ? await tx
          .insertInto('alert_closings')
          .values(next)
          .onConflict((there) => there.columns(['client_id', 'alert_id']).doNothing())
          .returning('version')
          .executeTakeFirst()
      : await tx
          .updateTable('alert_closings')
          .set(next)
          .where('client_id', '=', row.client_id)
          .where('alert_id', '=', row.alert_id)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
  return stored !== undefined;
}

/** Updates the row at this version; false: it is at another version. */
export async function changeAlertClosing(
  tx: Tx,
  row: Pick<AlertClosingRow, 'client_id' | 'alert_id' | 'version'>,
  values: Omit<Updateable<Table>, 'version'>,
): Promise<boolean> {
  const changed = await tx
    .updateTable('alert_closings')
    .set({ ...values, version: row.version + 1 })
    .where('client_id', '=', row.client_id)
    .where('alert_id', '=', row.alert_id)
    .where('version', '=', row.version)
    .returning('version')
    .executeTakeFirst();
  return changed !== undefined;
}

/** Closings of any client that are due to be sent or verified. Requires a scope that sees all clients. */
export function dueAlertClosings(
  tx: Tx,
  now: Date,
): Promise<Pick<AlertClosingRow, 'client_id' | 'alert_id'>[]> {
  return tx
    .selectFrom('alert_closings')
    .select(['client_id', 'alert_id'])
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .limit(200)
    .execute();
}
