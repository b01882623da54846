import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

/** Context to which the private part of a signing key is sealed. */
export function signingKeyPlace(id: string): string {
  return `signing_keys/${id}/key`;
}

/** The current signing key; null: none, or the newest one was lost with the key that sealed it. */
export async function currentSigningKey(tx: Tx): Promise<Selectable<Database['signing_keys']> | null> {
  const row = await tx
    .selectFrom('signing_keys')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .executeTakeFirst();
  return row === undefined || row.key_sealed === null ? null : row;
}

export async function insertSigningKey(
  tx: Tx,
  row: { id: string; certificate: string; key_sealed: string; created_at: Date },
): Promise<void> {
  await tx.insertInto('signing_keys').values(row).execute();
}
