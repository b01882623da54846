import { type GraphAsked, type GraphReply, graphError } from './graph.ts';
import type { Tenant, Thing } from './tenant.ts';

/**
 * Delta queries: whole items that were added or changed since a delta token was issued, and the ids of removed ones.
 */
export class Deltas {
  readonly #states = new Map<string, ReadonlyMap<string, string>>();
  #given = 0;

  expire(): void {
    this.#states.clear();
  }

  answer(tenant: Tenant, { path, query }: GraphAsked, address: (path: string) => string): GraphReply {
    const users = path.startsWith('/users');
    const items = users ? tenant.users : tenant.grants;
    const state = new Map(items.map((one) => [one.id, JSON.stringify(one)]));
    const asked = query.get('$deltatoken');
    const before =
      asked === null ? new Map<string, string>() : asked === 'latest' ? state : this.#states.get(asked);
    if (before === undefined)
      return graphError(410, 'resyncRequired', 'The delta token has expired. Start again.');
    this.#given += 1;
    const token = `delta-${this.#given}`;
    this.#states.set(token, state);
    const changed: Thing[] = [
      ...items.filter((one) => before.get(one.id) !== state.get(one.id)),
      ...[...before.keys()].flatMap((id) =>
        state.has(id) ? [] : [{ id, '@removed': { reason: 'deleted' } } as Thing],
      ),
    ];
    const name = users ? 'users' : 'oauth2PermissionGrants';
    return {
      status: 200,
      body: {
        '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${name}`,
        '@odata.deltaLink': `${address(path)}?$deltatoken=${token}`,
        value: changed,
      },
    };
  }
}
