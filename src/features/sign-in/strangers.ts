import { anyKnownNetworks } from '#store/identity/attempts.ts';
import type { Services } from '../context.ts';
import { tooMany } from '../problems.ts';
import { keyOf, networkOf } from '../shared/network.ts';

/**
 * Requests before sign-in that change something: burst size, and refill per minute, per network and for all together.
 */
export const STRANGER_LIMITS = { network: 240, together: 600 } as const;
const MINUTE = 60_000;
/** Limit of networks that are counted separately; the least recently seen are evicted. */
const MAX_NETWORKS = 10_000;

type Needs = Pick<Services, 'store'>;

interface Bucket {
  left: number;
  at: number;
}

interface Strangers {
  readonly networks: Map<string, Bucket>;
  readonly together: Bucket;
  known: ReadonlySet<string>;
  knownAt: number;
}

const all = new WeakMap<Services['store'], Strangers>();

/**
 * Admits an unauthenticated request that writes or computes something, or throws TOO_MANY_REQUESTS. Each network has
 * its own allowance, and all share one, so that many networks at once cannot fill the disk. Networks from which anyone
 * ever signed in are exempt from the shared limit: a flood from elsewhere locks nobody out of their own office.
 *
 * @param now Milliseconds of a monotonic clock.
 */
export async function admitStranger(services: Needs, ip: string, now = performance.now()): Promise<void> {
  const strangers = strangersOf(services);
  const network = networkOf(ip);
  const own = take(bucketOf(strangers, network, now), STRANGER_LIMITS.network, now);
  if (own > 0) throw refusal(own);
  const shared = take(strangers.together, STRANGER_LIMITS.together, now);
  if (shared > 0 && !(await isKnown(services, strangers, network, now))) throw refusal(shared);
}

function strangersOf({ store }: Needs): Strangers {
  const there = all.get(store);
  if (there !== undefined) return there;
  const made: Strangers = {
    networks: new Map(),
    together: { left: STRANGER_LIMITS.together, at: Number.NEGATIVE_INFINITY },
    known: new Set(),
    knownAt: Number.NEGATIVE_INFINITY,
  };
  all.set(store, made);
  return made;
}

/** The bucket of a network, moved to the end of the eviction order. */
function bucketOf({ networks }: Strangers, network: string, now: number): Bucket {
  const bucket = networks.get(network) ?? { left: STRANGER_LIMITS.network, at: now };
  networks.delete(network);
  networks.set(network, bucket);
  for (const oldest of networks.keys()) {
    if (networks.size <= MAX_NETWORKS) break;
    networks.delete(oldest);
  }
  return bucket;
}

/** Takes one token from a bucket. Returns the milliseconds to wait if it is empty. */
function take(bucket: Bucket, perMinute: number, now: number): number {
  const grown = (Math.max(0, now - bucket.at) / MINUTE) * perMinute;
  bucket.left = Math.min(perMinute, bucket.left + grown);
  bucket.at = now;
  if (bucket.left < 1) return ((1 - bucket.left) / perMinute) * MINUTE;
  bucket.left -= 1;
  return 0;
}

/** Queried at most once a minute, and only during a flood. */
async function isKnown(
  services: Needs,
  strangers: Strangers,
  network: string,
  now: number,
): Promise<boolean> {
  if (now - strangers.knownAt > MINUTE) {
    strangers.knownAt = now;
    strangers.known = await services.store.read('system', anyKnownNetworks);
  }
  return strangers.known.has(keyOf('known', network));
}

function refusal(milliseconds: number) {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return tooMany('Too many requests arrived before anyone signed in. Try again in a moment.', seconds);
}
