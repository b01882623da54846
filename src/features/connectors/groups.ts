import type { z } from 'zod';
import { cached } from '#store/cache.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import type { groupsSchema } from './groups-schema.ts';

/** The groups of a client's Claude organization, with the rights for connectors that their roles grant. */
export async function listGroups(
  context: HandlerContext,
): Promise<Omit<z.input<typeof groupsSchema>, 'nextCursor'>> {
  const { services, client, now } = context;
  const key = `connector groups ${present(now, client.timezone).today}`;
  const reading = await cached(services.store, [client.id], { key, weight: 1 }, async () => {
    const run = await services.verdicts.run(client.id, 'connectorGroups', undefined);
    return run?.result ?? null;
  });
  if (reading === null) throw notFound();
  return {
    oneForAll: reading.oneForAll,
    roles: reading.roles,
    groups: reading.groups,
    items: reading.items.map((one) => ({
      ...one,
      roles:
        one.roles?.map((role) => ({ ...role, opens: role.opens?.map((open) => ({ ...open })) ?? null })) ??
        null,
    })),
    total: reading.items.length,
  };
}
// Guide: G1.1-09
