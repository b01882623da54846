import type { Actor, Services } from '../context.ts';

/** Milliseconds for which a signed-in person is cached. */
const CACHE_MS = 3_000;
/** Limits the memory used. */
const MAX_ACTORS = 5_000;

interface Cache {
  /** Incremented on every invalidation: the result of a read that started before is not cached. */
  generation: number;
  readonly actors: Map<string, { readonly actor: Actor; readonly until: number }>;
  /** Reads under way, which everyone who asks for the same secret since the last invalidation waits for. */
  readonly loading: Map<string, Promise<Actor | null>>;
}

const caches = new WeakMap<Services['store'], Cache>();

function cacheOf({ store }: Pick<Services, 'store'>): Cache {
  const known = caches.get(store);
  if (known !== undefined) return known;
  const made: Cache = { generation: 0, actors: new Map(), loading: new Map() };
  caches.set(store, made);
  return made;
}

/**
 * Invalidates all cached actors and permissions. Called after every change that passes secured.ts, so that a
 * revocation takes effect with the next request; other processes on the same database follow within seconds.
 */
export function forgetActors(services: Pick<Services, 'store'>): void {
  const cache = cacheOf(services);
  cache.generation += 1;
  cache.actors.clear();
  cache.loading.clear();
}

/** The actor for a secret's hash, from the cache or from `load`. Only existing ones are cached. */
export async function rememberedActor(
  services: Pick<Services, 'store' | 'clock'>,
  hash: string,
  load: () => Promise<Actor | null>,
): Promise<Actor | null> {
  const cache = cacheOf(services);
  const now = services.clock().getTime();
  const known = cache.actors.get(hash);
  if (known !== undefined && known.until > now && known.until <= now + CACHE_MS) return known.actor;
  const underWay = cache.loading.get(hash);
  if (underWay !== undefined) return underWay;
  const { generation } = cache;
  const loading = load();
  cache.loading.set(hash, loading);
  try {
    const actor = await loading;
    if (actor === null || cache.generation !== generation) return actor;
    if (cache.actors.size >= MAX_ACTORS) cache.actors.clear();
    cache.actors.set(hash, { actor, until: now + CACHE_MS });
    return actor;
  } finally {
    if (cache.loading.get(hash) === loading) cache.loading.delete(hash);
  }
}
