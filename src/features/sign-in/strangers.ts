import { anyKnownNetworks } from '#store/identity/attempts.ts';
import type { Services } from '../context.ts';
import { tooMany } from '../problems.ts';
import { keyOf, networkOf } from '../shared/network.ts';

/** Requests that change something before anyone is signed in: at once, and after that in each minute. */
export const STRANGER_LIMITS = { network: 240, together: 600 } as const;
const MINUTE = 60_000;
/** Networks that are counted one by one; the longest silent are forgotten. */
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
 * Lets a request in that comes before sign-in and writes or computes something, or throws TOO_MANY_REQUESTS. Each network
 * has an allowance of its own; all together have one, so that many networks at once fill no disk. Who comes from a network
 * that anyone ever signed in from does not share that one: a flood from elsewhere locks nobody out of their own office.
 *
 * @param now Milliseconds of a clock that only goes forward.
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

/** The bucket of a network, put at the end of the order in which they are forgotten. */
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

/** Takes one of what is allowed in a minute; how many milliseconds there are to wait where nothing is left. */
function take(bucket: Bucket, perMinute: number, now: number): number {
  const grown = (Math.max(0, now - bucket.at) / MINUTE) * perMinute;
  bucket.left = Math.min(perMinute, bucket.left + grown);
  bucket.at = now;
  if (bucket.left < 1) return ((1 - bucket.left) / perMinute) * MINUTE;
  bucket.left -= 1;
  return 0;
}

/** Read once a minute at most, and only while a flood is on. */
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
