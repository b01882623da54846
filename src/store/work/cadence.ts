import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type RhythmRow = Selectable<Database['cadence_tasks']>;

/** A completed recurring task and its withdrawal, if any. */
export interface CadenceRecord extends Selectable<Database['cadence_records']> {
  readonly withdrawn: Selectable<Database['cadence_withdrawals']> | null;
}

/** How these clients do their recurring tasks. */
export async function rhythmsOf(tx: Tx, clientIds: readonly string[]): Promise<RhythmRow[]> {
  if (clientIds.length === 0) return [];
  return tx
    .selectFrom('cadence_tasks')
    .selectAll()
    .where('client_id', 'in', clientIds)
    .orderBy('client_id')
    .orderBy('task')
    .execute();
}

/** Stores how a client does a task over `version` (0: none); null: it is at another version. */
export async function putRhythm(
  tx: Tx,
  row: Omit<RhythmRow, 'version'>,
  version: number,
): Promise<RhythmRow | null> {
  const stored = await tx
    .insertInto('cadence_tasks')
    .values({ ...row, version: version + 1 })
    .onConflict((there) =>
      there
        .columns(['client_id', 'task'])
        .doUpdateSet({ ...row, version: version + 1 })
        .where('cadence_tasks.version', '=', version),
    )
    .returningAll()
    .executeTakeFirst();
  return stored ?? null;
}

/** Completed tasks, newest first, including withdrawn ones. */
export async function cadenceRecords(tx: Tx, clientIds: readonly string[]): Promise<CadenceRecord[]> {
  if (clientIds.length === 0) return [];
  const rows = await tx
    .selectFrom('cadence_records')
    .selectAll()
    .where('client_id', 'in', clientIds)
    .orderBy('done_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .orderBy('id')
    .execute();
  const withdrawals = await tx
    .selectFrom('cadence_withdrawals')
    .selectAll()
    .where('client_id', 'in', clientIds)
    .execute();
  const byId = new Map(withdrawals.map((row) => [`${row.client_id} ${row.cadence_record_id}`, row]));
  return rows.map((row) => ({ ...row, withdrawn: byId.get(`${row.client_id} ${row.id}`) ?? null }));
}

export async function insertCadenceRecord(
  tx: Tx,
  row: Insertable<Database['cadence_records']>,
): Promise<void> {
  await tx.insertInto('cadence_records').values(row).execute();
}

/** Withdraws a record; false: already withdrawn, and nothing is written. */
export async function withdrawCadenceRecord(
  tx: Tx,
  row: Insertable<Database['cadence_withdrawals']>,
): Promise<boolean> {
  const added = await tx
    .insertInto('cadence_withdrawals')
    .values(row)
    .onConflict((on) => on.columns(['client_id', 'cadence_record_id']).doNothing())
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows) === 1;
}
