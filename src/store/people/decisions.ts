import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type PeopleDecisionRow = Selectable<Database['people_decisions']>;

/** All decisions about a client's people, newest first, including withdrawn ones. */
export async function allDecisions(tx: Tx, clientId: string): Promise<PeopleDecisionRow[]> {
  return tx
    .selectFrom('people_decisions')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('decided_at', 'desc')
    .orderBy('id')
    .execute();
}

/** Current decisions, oldest first. */
export async function currentDecisions(tx: Tx, clientId: string): Promise<PeopleDecisionRow[]> {
  return tx
    .selectFrom('people_decisions')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('withdrawn_at', 'is', null)
    .orderBy('decided_at')
    .orderBy('id')
    .execute();
}

export async function findDecision(
  tx: Tx,
  clientId: string,
  id: string,
): Promise<PeopleDecisionRow | undefined> {
  return tx
    .selectFrom('people_decisions')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/**
 * Serializes decisions about a client's people: two people who decide on the same pair at once could otherwise both
 * find no decision and store two that contradict each other.
 */
export async function oneAtATime(tx: Tx, clientId: string): Promise<void> {
  await tx.selectFrom('clients').select('id').where('id', '=', clientId).forUpdate().execute();
}

export interface NewDecision {
  readonly id: string;
  readonly kind: string;
  /** As in `people` of the charter: lowercase addresses, or the name of a staff record without one. */
  readonly addresses: readonly string[];
  readonly reason: string | null;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: Date;
}

export async function insertDecision(tx: Tx, clientId: string, decision: NewDecision): Promise<void> {
  await tx
    .insertInto('people_decisions')
    .values({
      id: decision.id,
      client_id: clientId,
      kind: decision.kind,
      addresses: JSON.stringify(decision.addresses),
      reason: decision.reason,
      decided_by: decision.by.id,
      decided_by_name: decision.by.name,
      decided_at: decision.at,
    })
    .execute();
}

/** Withdraws a decision; false: it has been withdrawn already. */
export async function withdrawDecision(
  tx: Tx,
  clientId: string,
  id: string,
  by: { readonly id: string; readonly name: string; readonly at: Date; readonly reason: string | null },
): Promise<boolean> {
  const done = await tx
    .updateTable('people_decisions')
    .set({
      withdrawn_by: by.id,
      withdrawn_by_name: by.name,
      withdrawn_at: by.at,
      withdrawn_reason: by.reason,
    })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) === 1;
}
