import { foldPlaces } from '#domain/detections/fold.ts';
import { NOW, type WorkItem, type WorkKind, type WorkWhen, workItems } from '#domain/work/items.ts';
import { cached, cachedEach } from '#store/cache.ts';
import { Packed } from '#store/packed.ts';
import { dueRows, timeZones } from '#store/work/due.ts';
import { present } from '../shared/moment.ts';
import { factsOf, journeysAt, type Needed, type WorkClient } from './facts.ts';

/** What is due at one client, before permissions are applied. */
export interface ClientWork {
  readonly client: WorkClient;
  readonly today: string;
  readonly items: readonly WorkItem[];
}

/** Number of pieces of work by kind and time; missing means zero. */
export type KindCounts = Readonly<Partial<Record<WorkKind, Partial<Record<WorkWhen, number>>>>>;

/**
 * What is due at one client, as cached. What is to be done now is separate because it is read far more often than the
 * rest.
 */
export interface KeptWork {
  readonly client: WorkClient;
  readonly today: string;
  readonly counts: KindCounts;
  readonly now: Packed<readonly WorkItem[]>;
  readonly rest: Packed<readonly WorkItem[]>;
}

/** What is due at each of these clients, by name, from the verdicts of today. */
export async function workAt(services: Needed, clientIds: readonly string[]): Promise<readonly ClientWork[]> {
  await services.verdicts.ensureCurrent(clientIds);
  return (await keptWork(services, clientIds)).map(({ client, today, now, rest }) => ({
    client,
    today,
    // Both parts are sorted, and what is to be done now comes before the rest.
    items: [...now.read(), ...rest.read()],
  }));
}

/**
 * The same from the stored verdicts; the caller must ensure that they are of today. Cached per client until something
 * of the client is written or its day ends.
 */
export async function keptWork(services: Needed, clientIds: readonly string[]): Promise<readonly KeptWork[]> {
  const { store, catalogue, clock } = services;
  if (clientIds.length === 0) return [];
  const zones = await cached(store, 'clients', { key: 'time zones' }, () =>
    store.read('system', (tx) => timeZones(tx)),
  );
  const now = clock();
  const days = new Map<string, string>();
  const dayOf = (clientId: string): string => {
    const zone = zones.get(clientId) ?? 'UTC';
    const day = days.get(zone) ?? present(now, zone).today;
    days.set(zone, day);
    return day;
  };
  const each = await cachedEach(
    store,
    clientIds,
    { key: (id) => `due work ${dayOf(id)} ${hourOf(now)}` },
    async (ids) => {
      const rows = await store.read(ids, (tx) => dueRows(tx, ids, foldPlaces(catalogue.detections)));
      const journeys = await journeysAt(services, rows, now);
      return new Map(
        factsOf(rows, journeys, catalogue, now).map(({ client, facts }) => {
          const today = dayOf(client.id);
          return [client.id, kept(client, today, workItems(facts, today))];
        }),
      );
    },
  );
  const byName = new Intl.Collator('en', { sensitivity: 'base' });
  return [...each.values()].sort((a, b) => byName.compare(a.client.name, b.client.name));
}

/** Hours since 1970, as part of a cache key: how long a source has been silent changes every hour without any write. */
export function hourOf(now: Date): number {
  return Math.floor(now.getTime() / 3_600_000);
}

function kept(client: WorkClient, today: string, items: readonly WorkItem[]): KeptWork {
  const counts: Partial<Record<WorkKind, Partial<Record<WorkWhen, number>>>> = {};
  for (const { kind, when } of items) {
    const of = counts[kind] ?? {};
    of[when] = (of[when] ?? 0) + 1;
    counts[kind] = of;
  }
  const isNow = ({ when }: WorkItem) => NOW.includes(when);
  return {
    client,
    today,
    counts,
    now: Packed.of(items.filter(isNow)),
    rest: Packed.of(items.filter((item) => !isNow(item))),
  };
}
