import type { Tx } from '../open.ts';

/** Ids by which the vendor's log refers to the keys that Bylaw reads with. */
export async function ownKeys(tx: Tx, clientId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('source_own_keys')
    .select('key_id')
    .where('client_id', '=', clientId)
    .execute();
  return rows.map(({ key_id }) => key_id);
}

export async function recordOwnKey(tx: Tx, clientId: string, keyId: string): Promise<void> {
  await tx
    .insertInto('source_own_keys')
    .values({ client_id: clientId, key_id: keyId })
    .onConflict((there) => there.doNothing())
    .execute();
}
