import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';

export type HookRow = Selectable<Database['inference_hooks']>;

/** What the signing secret of a client's inference hook is sealed for. */
export const hookSecretPlace = (clientId: string) => `clients/${clientId}/inference_hook`;

/** The inference hook of a client; null: none is set up. */
export async function findHook(tx: Tx, clientId: string): Promise<HookRow | null> {
  const row = await tx
    .selectFrom('inference_hooks')
    .selectAll()
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row ?? null;
}

/** Whether any client has an inference hook. Needs a scope that sees all clients. */
export async function hasHooks(tx: Tx): Promise<boolean> {
  const row = await tx.selectFrom('inference_hooks').select('client_id').limit(1).executeTakeFirst();
  return row !== undefined;
}

/** The inference hook behind an address. Needs a scope that sees all clients. */
export async function hookBehind(tx: Tx, endpoint: string): Promise<HookRow | null> {
  const row = await tx
    .selectFrom('inference_hooks')
    .selectAll()
    .where('endpoint', '=', endpoint)
    .executeTakeFirst();
  return row ?? null;
}

/** Stores a hook over what was there at `version` (0: nothing). false: someone else was quicker. */
export async function putHook(tx: Tx, row: Omit<HookRow, 'version'>, version: number): Promise<boolean> {
  const next = { ...row, version: version + 1 };
  const stored =
    version === 0
      ? await tx
          .insertInto('inference_hooks')
          .values(next)
          .onConflict((there) => there.column('client_id').doNothing())
          .returning('version')
          .executeTakeFirst()
      : await tx
          .updateTable('inference_hooks')
          .set(next)
          .where('client_id', '=', row.client_id)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
  return stored !== undefined;
}

/** Removes a hook at this version. false: someone else was quicker. */
export async function removeHook(tx: Tx, clientId: string, version: number): Promise<boolean> {
  const gone = await tx
    .deleteFrom('inference_hooks')
    .where('client_id', '=', clientId)
    .where('version', '=', version)
    .executeTakeFirst();
  return Number(gone.numDeletedRows) > 0;
}
