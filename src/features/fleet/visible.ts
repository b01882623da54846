import type { ClientPermission } from '#domain/access/permissions.ts';
import type { HandlerContext } from '../context.ts';

/**
 * Ids of the clients for which the person holds a permission. The list of all clients is read outside of any client's
 * scope, for this question only.
 */
export async function visibleClients(
  { services, can }: Pick<HandlerContext, 'services' | 'can'>,
  permission: ClientPermission,
): Promise<string[]> {
  const rows = await services.store.read('system', (tx) =>
    tx.selectFrom('clients').select('id').orderBy('id').execute(),
  );
  return rows.map(({ id }) => id).filter((id) => can(permission, id));
}
