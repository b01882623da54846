import type { z } from 'zod';
import { rollUp } from '#domain/decide/rollup.ts';
import { AREA_WORDS } from '#domain/labels.ts';
import { AREAS } from '#domain/model/catalogue.ts';
import { STATES } from '#domain/model/verdict.ts';
import { cachedEach } from '#store/cache.ts';
import { statesAcross } from '#store/verdicts/across.ts';
import type { HandlerContext } from '../context.ts';
import { visibleClients } from '../shared/visible-clients.ts';
import { clientsNow } from '../verdicts/index.ts';
import type { areasSchema } from './contract.ts';
import { type FleetFilter, listFleet } from './list.ts';

type Areas = z.infer<typeof areasSchema>;

/** The clients of {@link listFleet} in its order, each with the worst state of the controls in each area. */
export async function fleetAreas(context: HandlerContext, filter: FleetFilter): Promise<Areas> {
  const { services } = context;
  const { items, total } = await listFleet(context, filter);
  const shown = new Set(items.filter(({ status }) => status !== null).map(({ client }) => client));
  const ids = await visibleClients(context, 'controls.read');
  const clients = (await clientsNow(services, ids)).filter(({ slug }) => shown.has(slug));
  const rollups = await cachedEach(
    services.store,
    clients.map(({ id }) => id),
    { key: () => 'fleet areas' },
    async (missing) => {
      const states = await services.store.read(missing, (tx) => statesAcross(tx, missing));
      return new Map([...states].map(([id, own]) => [id, rollUp(services.catalogue, own).areas] as const));
    },
  );
  const idOf = new Map(clients.map(({ slug, id }) => [slug, id]));
  return {
    areas: AREAS.map((area) => ({ area, name: AREA_WORDS[area] })),
    items: items.map(({ client, name, sandbox, status }) => ({
      client,
      name,
      sandbox,
      critical: status?.critical ?? null,
      areas:
        status === null
          ? null
          : (rollups.get(idOf.get(client) ?? '') ?? []).map(({ area, counts, total: of }) => {
              const state = STATES.find((one) => counts[one] > 0) ?? 'not_applicable';
              return { area, state, n: counts[state], of };
            }),
    })),
    nextCursor: null,
    total,
  };
}
