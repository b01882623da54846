import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { versioned } from '../versioned.ts';

export type RequestRow = Selectable<Database['connector_requests']>;
export type RequestStepRow = Selectable<Database['connector_request_steps']>;

/** All connector requests of a client, newest first. */
export async function allRequests(tx: Tx, clientId: string): Promise<RequestRow[]> {
  return tx
    .selectFrom('connector_requests')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('asked_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function findRequest(tx: Tx, clientId: string, id: string): Promise<RequestRow | undefined> {
  return tx
    .selectFrom('connector_requests')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function insertRequest(tx: Tx, row: Insertable<Database['connector_requests']>): Promise<void> {
  await tx.insertInto('connector_requests').values(row).execute();
}

/** Appends to the history of a request. */
export async function addRequestStep(
  tx: Tx,
  step: Omit<Insertable<Database['connector_request_steps']>, 'seq'>,
): Promise<void> {
  const last = await tx
    .selectFrom('connector_request_steps')
    .select((eb) => eb.fn.max<number | null>('seq').as('seq'))
    .where('client_id', '=', step.client_id)
    .where('connector_request_id', '=', step.connector_request_id)
    .executeTakeFirst();
  await tx
    .insertInto('connector_request_steps')
    .values({ ...step, seq: Number(last?.seq ?? 0) + 1 })
    .execute();
}

/** History of a client's requests, oldest first within each. */
export async function requestSteps(tx: Tx, clientId: string): Promise<RequestStepRow[]> {
  return tx
    .selectFrom('connector_request_steps')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('connector_request_id')
    .orderBy('seq')
    .execute();
}

/** Updates a request if its version is still the given one, and increments the version; otherwise returns null. */
export const changeRequest = versioned('connector_requests');
