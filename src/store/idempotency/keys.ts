import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type IdempotencyKey = Selectable<Database['idempotency_keys']>;

/** Context to which a response is sealed. */
export function replyPlace(id: string): string {
  return `idempotency_keys/${id}/reply`;
}

/**
 * Starts a request with a key. Returns null if this call started it, otherwise the existing row. An expired row is
 * replaced.
 */
export async function beginKey(
  tx: Tx,
  row: Pick<IdempotencyKey, 'id' | 'user_id' | 'client_id' | 'request_hash' | 'begun_at' | 'expires_at'>,
): Promise<IdempotencyKey | null> {
  await tx
    .deleteFrom('idempotency_keys')
    .where('id', '=', row.id)
    .where('expires_at', '<=', row.begun_at)
    .execute();
  const begun = await tx
    .insertInto('idempotency_keys')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (begun !== undefined) return null;
  return tx.selectFrom('idempotency_keys').selectAll().where('id', '=', row.id).executeTakeFirstOrThrow();
}

/** Number of unexpired keys of an account for one client (null: the workspace). */
export async function countKeys(
  tx: Tx,
  { userId, clientId, now }: { userId: string; clientId: string | null; now: Date },
): Promise<number> {
  const { n } = await tx
    .selectFrom('idempotency_keys')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('user_id', '=', userId)
    .where('client_id', clientId === null ? 'is' : '=', clientId)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Takes over a request that no process is answering anymore; false: another process did. */
export async function takeOverKey(
  tx: Tx,
  { id, begun_at }: Pick<IdempotencyKey, 'id' | 'begun_at'>,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('idempotency_keys')
    .set({ begun_at: now })
    .where('id', '=', id)
    .where('begun_at', '=', begun_at)
    .where('changed', '=', false)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Records, in the transaction of the change, that it was made. */
export async function recordChanged(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('idempotency_keys').set({ changed: true }).where('id', '=', id).execute();
}

/** Stores the response; null: too large to keep. */
export async function keepReply(tx: Tx, id: string, sealed: string | null): Promise<void> {
  await tx
    .updateTable('idempotency_keys')
    .set({ changed: true, reply_sealed: sealed })
    .where('id', '=', id)
    .execute();
}

/** Deletes the key of a request that was refused without a change, so that a corrected request can use it. */
export async function forgetKey(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('idempotency_keys').where('id', '=', id).where('changed', '=', false).execute();
}

export async function sweepKeys(tx: Tx, now: Date): Promise<void> {
  await tx.deleteFrom('idempotency_keys').where('expires_at', '<=', now).execute();
}
