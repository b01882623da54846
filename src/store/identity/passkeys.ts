import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type PasskeyRow = Selectable<Database['passkeys']>;

export async function listPasskeys(tx: Tx, userId: string): Promise<PasskeyRow[]> {
  return tx.selectFrom('passkeys').selectAll().where('user_id', '=', userId).orderBy('created_at').execute();
}

export async function findPasskey(tx: Tx, credentialId: string): Promise<PasskeyRow | null> {
  const row = await tx
    .selectFrom('passkeys')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .executeTakeFirst();
  return row ?? null;
}

export interface NewPasskey {
  readonly userId: string;
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly name: string;
  readonly now: Date;
}

export async function insertPasskey(tx: Tx, passkey: NewPasskey): Promise<string> {
  const id = randomUUID();
  await tx
    .insertInto('passkeys')
    .values({
      id,
      user_id: passkey.userId,
      credential_id: passkey.credentialId,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: JSON.stringify(passkey.transports),
      name: passkey.name,
      created_at: passkey.now,
      last_used_at: null,
    })
    .execute();
  return id;
}

/** Records a use. Returns false if the counter has changed meanwhile, that is, if the same response came twice. */
export async function usePasskey(tx: Tx, passkey: PasskeyRow, counter: number, now: Date): Promise<boolean> {
  const row = await tx
    .updateTable('passkeys')
    .set({ counter, last_used_at: now })
    .where('id', '=', passkey.id)
    .where('counter', '=', Number(passkey.counter))
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function renamePasskey(tx: Tx, userId: string, id: string, name: string): Promise<void> {
  await tx.updateTable('passkeys').set({ name }).where('user_id', '=', userId).where('id', '=', id).execute();
}

export async function removePasskey(tx: Tx, userId: string, id: string): Promise<void> {
  await tx.deleteFrom('passkeys').where('user_id', '=', userId).where('id', '=', id).execute();
}
