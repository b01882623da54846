import type { Selectable } from 'kysely';
import type { Tx } from '../open.ts';
import type { Database } from '../schema.ts';
import { onePerClient } from './one-per-client.ts';

export type HookRow = Selectable<Database['inference_hooks']>;

/** Context to which the signing secret of a client's inference hook is sealed. */
export const hookSecretPlace = (clientId: string) => `clients/${clientId}/inference_hook`;

/** Inference hook of a client. */
export const { find: findHook, put: putHook, remove: removeHook } = onePerClient('inference_hooks');

/** Whether any client has an inference hook. Requires a scope that sees all clients. */
export async function hasHooks(tx: Tx): Promise<boolean> {
  const row = await tx.selectFrom('inference_hooks').select('client_id').limit(1).executeTakeFirst();
  return row !== undefined;
}

/** Inference hook of an endpoint. Requires a scope that sees all clients. */
export async function hookBehind(tx: Tx, endpoint: string): Promise<HookRow | null> {
  const row = await tx
    .selectFrom('inference_hooks')
    .selectAll()
    .where('endpoint', '=', endpoint)
    .executeTakeFirst();
  return row ?? null;
}
