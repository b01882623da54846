import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type DriftDecisionRow = Selectable<Database['drift_decisions']>;

/** Every decision on departures of a client, the newest first. */
export async function driftDecisions(tx: Tx, clientId: string): Promise<DriftDecisionRow[]> {
  return tx
    .selectFrom('drift_decisions')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('decided_at', 'desc')
    .orderBy('id')
    .execute();
}

/** What is to be put back at these clients and no later reading shows yet, the oldest first. */
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

/** Adds a decision; false where another one on the same departure is open. */
export async function insertDriftDecision(
  tx: Tx,
  row: Insertable<Database['drift_decisions']>,
): Promise<boolean> {
  const added = await tx
    .insertInto('drift_decisions')
    .values(row)
    .onConflict((on) =>
      // Written out: with a parameter in it PostgreSQL does not know the index by its condition.
      on.columns(['client_id', 'deviation']).where(sql<boolean>`state = 'open'`).doNothing(),
    )
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows) === 1;
}

/** Ends an open decision that is still at this version; null where it is not. */
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

/** Clients with a decision that is open, for anyone who looks whether something proved it. */
export async function clientsWithOpenDrift(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom('drift_decisions')
    .select('client_id')
    .distinct()
    .where('state', '=', 'open')
    .execute();
  return rows.map(({ client_id }) => client_id);
}
