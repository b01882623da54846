import type { Actor, Services } from '../context.ts';

/** Someone known to be signed in is not asked after again for this long, in milliseconds. */
const FRESH = 3_000;
/** So that nobody fills the memory with sessions. */
const MAX_ACTORS = 5_000;

interface Cache {
  /** Counts up whenever all is forgotten: a reading that began before is not kept. */
  generation: number;
  readonly actors: Map<string, { readonly actor: Actor; readonly until: number }>;
}

const caches = new WeakMap<Services['store'], Cache>();

function cacheOf({ store }: Pick<Services, 'store'>): Cache {
  const known = caches.get(store);
  if (known !== undefined) return known;
  const made: Cache = { generation: 0, actors: new Map() };
  caches.set(store, made);
  return made;
}

/**
 * Forgets who was found to be signed in and what they may do. Called after every change that passes secured.ts, so that
 * what is taken away is gone with the next request; another process on the same database follows within seconds.
 */
export function forgetActors(services: Pick<Services, 'store'>): void {
  const cache = cacheOf(services);
  cache.generation += 1;
  cache.actors.clear();
}

/** The actor behind a secret's hash, from memory or from `load`. Only found ones are kept. */
export async function rememberedActor(
  services: Pick<Services, 'store' | 'clock'>,
  hash: string,
  load: () => Promise<Actor | null>,
): Promise<Actor | null> {
  const cache = cacheOf(services);
  const now = services.clock().getTime();
  const known = cache.actors.get(hash);
  if (known !== undefined && known.until > now && known.until <= now + FRESH) return known.actor;
  const { generation } = cache;
  const actor = await load();
  if (actor === null || cache.generation !== generation) return actor;
  if (cache.actors.size >= MAX_ACTORS) cache.actors.clear();
  cache.actors.set(hash, { actor, until: now + FRESH });
  return actor;
}
