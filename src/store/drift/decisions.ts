import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type DriftDecisionRow = Selectable<Database['drift_decisions']>;

/** All decisions about a client's drift, newest first. */
export async function driftDecisions(tx: Tx, clientId: string): Promise<DriftDecisionRow[]> {
  return tx
    .selectFrom('drift_decisions')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('decided_at', 'desc')
    .orderBy('id')
    .execute();
}

/** Decisions to restore something at these clients that no later reading shows as restored, oldest first. */
export async function openRestores(
  tx: Tx,
  clientIds: readonly string[],
): Promise<Pick<DriftDecisionRow, 'client_id' | 'id' | 'deviation' | 'label' | 'reason'>[]> {
  return tx
    .selectFrom('drift_decisions')
    .select(['client_id', 'id', 'deviation', 'label', 'reason'])
    .where('client_id', 'in', clientIds)
    .where('state', '=', 'open')
    .where('decision', '=', 'restore')
    .orderBy('decided_at')
    .orderBy('id')
    .execute();
}

/** Adds a decision; false: another one about the same drift is open. */
export async function insertDriftDecision(
  tx: Tx,
  row: Insertable<Database['drift_decisions']>,
): Promise<boolean> {
  const added = await tx
    .insertInto('drift_decisions')
    .values(row)
    .onConflict((on) =>
      // A literal, because PostgreSQL cannot match the partial index's condition with a parameter.
      on.columns(['client_id', 'deviation']).where(sql<boolean>`state = 'open'`).doNothing(),
    )
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows) === 1;
}

/** Ends an open decision if its version is still the given one; otherwise returns null. */
export async function endDriftDecision(
  tx: Tx,
  clientId: string,
  id: string,
  version: number,
  values: Pick<
    Updateable<Database['drift_decisions']>,
    'state' | 'ended_by' | 'ended_by_name' | 'ended_at' | 'ended_reason' | 'proof'
  >,
): Promise<DriftDecisionRow | null> {
  const row = await tx
    .updateTable('drift_decisions')
    .set({ ...values, version: version + 1 })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', 'open')
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Clients with an open decision, to check whether a reading has proved it. */
export async function clientsWithOpenDrift(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom('drift_decisions')
    .select('client_id')
    .distinct()
    .where('state', '=', 'open')
    .execute();
  return rows.map(({ client_id }) => client_id);
}
