import { cached } from '#store/cache.ts';
import { type FleetClient, fleetClients } from '#store/verdicts/fleet.ts';
import type { Services } from '../context.ts';

/** The state of these clients after their last decision, by name. The same list until one of them changes. */
export async function clientsNow(
  { store }: Pick<Services, 'store'>,
  ids: readonly string[],
): Promise<readonly FleetClient[]> {
  return cached(store, ids, { key: 'fleet', weight: 10 }, () =>
    store.read(ids, (tx) => fleetClients(tx, ids)),
  );
}

/** Per cached list: in how many of its clients each control fails. */
const failing = new WeakMap<readonly FleetClient[], ReadonlyMap<string, number>>();

/** In how many of these clients a control fails, and how many were decided. Each was decided on every control. */
export async function failsAmong(
  services: Pick<Services, 'store'>,
  ids: readonly string[],
  control: string,
): Promise<{ readonly fails: number; readonly of: number }> {
  const clients = await clientsNow(services, ids);
  const counts = failing.get(clients) ?? countFails(clients);
  failing.set(clients, counts);
  return {
    fails: counts.get(control) ?? 0,
    of: clients.filter(({ status }) => status !== null).length,
  };
}

function countFails(clients: readonly FleetClient[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const control of clients.flatMap(({ status }) => status?.fails ?? []))
    counts.set(control, (counts.get(control) ?? 0) + 1);
  return counts;
}
