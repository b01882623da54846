import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type StepRow = Selectable<Database['account_steps']>;

/** All steps about a client's personal accounts, in order within each account. */
export async function allSteps(tx: Tx, clientId: string): Promise<StepRow[]> {
  return tx
    .selectFrom('account_steps')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('account')
    .orderBy('seq')
    .execute();
}

export type NewStep = Omit<Insertable<Database['account_steps']>, 'seq' | 'client_id'>;

/**
 * Appends a step to an account's history and returns its number. The caller must hold the client's campaign lock, so
 * that numbers are unique.
 */
export async function addStep(tx: Tx, clientId: string, step: NewStep): Promise<number> {
  const last = await lastSeq(tx, clientId, step.account);
  await tx
    .insertInto('account_steps')
    .values({ ...step, client_id: clientId, seq: last + 1 })
    .execute();
  return last + 1;
}

export async function lastSeq(tx: Tx, clientId: string, account: string): Promise<number> {
  const row = await tx
    .selectFrom('account_steps')
    .select((eb) => eb.fn.max('seq').as('last'))
    .where('client_id', '=', clientId)
    .where('account', '=', account)
    .executeTakeFirst();
  return row?.last ?? 0;
}
