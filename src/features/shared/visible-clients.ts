import type { ClientPermission } from '#domain/access/permissions.ts';
import { cached } from '#store/cache.ts';
import type { HandlerContext } from '../context.ts';

/**
 * Ids of the clients for which the person has a permission. Reading all clients outside of any client's scope is
 * allowed for this purpose only.
 */
export async function visibleClients(
  { services, can }: Pick<HandlerContext, 'services' | 'can'>,
  permission: ClientPermission,
): Promise<string[]> {
  return (await allClients(services)).filter((id) => can(permission, id));
}

/** Ids of all clients. For checks only, never shown. */
export async function allClients({ store }: HandlerContext['services']): Promise<readonly string[]> {
  return cached(store, 'clients', { key: 'ids of all clients' }, async () => {
    const rows = await store.read('system', (tx) =>
      tx.selectFrom('clients').select('id').orderBy('id').execute(),
    );
    return rows.map(({ id }) => id);
  });
}
