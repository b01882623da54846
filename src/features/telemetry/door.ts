import { hashSecret } from '#store/identity/secrets.ts';
import { INGEST_PREFIX, markTokenUsed } from '#store/identity/tokens.ts';
import { type OpenToken, openIngestTokens } from '#store/telemetry/tokens.ts';
import type { Services } from '../context.ts';

type Needs = Pick<Services, 'store' | 'clock' | 'log'>;

/**
 * Milliseconds for which cached tokens are valid, and so the time until a token revoked by another process stops
 * working.
 */
const CACHE_MS = 3_000;
/** Minimum interval between reloads caused by unknown tokens, in milliseconds. */
const MIN_RELOAD_INTERVAL_MS = 1_000;
/** Minimum interval between writes of a token's last use, in milliseconds. */
const LAST_USE_INTERVAL_MS = 60_000;
/** Limit of wrong tokens per network and minute; beyond it, requests are refused for a while. */
const MAX_WRONG = 120;
const MINUTE = 60_000;
/** While the database is unavailable, tokens read within this time are accepted. */
const TOKEN_CACHE_MS = 4 * 60 * MINUTE;
/** How long to wait for the database before accepting a cached token. */
const DATABASE_TIMEOUT_MS = 2_000;

interface Door {
  byHash: ReadonlyMap<string, OpenToken>;
  readAt: number;
  /** When they were last read, unless a token has been created or revoked since. */
  rememberedAt: number;
  loading: Promise<void> | null;
  /** Incremented on every invalidation: a read that started before is discarded. */
  generation: number;
  readonly used: Map<string, number>;
  readonly wrong: Map<string, { count: number; until: number }>;
}

const doors = new WeakMap<Services['store'], Door>();

function doorOf({ store }: Needs): Door {
  const known = doors.get(store);
  if (known !== undefined) return known;
  const made: Door = {
    byHash: new Map(),
    readAt: Number.NEGATIVE_INFINITY,
    rememberedAt: Number.NEGATIVE_INFINITY,
    loading: null,
    generation: 0,
    used: new Map(),
    wrong: new Map(),
  };
  doors.set(store, made);
  return made;
}

/** Invalidates the cache after tokens were created or revoked, so that it takes effect with the next request. */
export function forgetIngestTokens(services: Needs): void {
  const door = doorOf(services);
  door.generation += 1;
  door.readAt = Number.NEGATIVE_INFINITY;
  door.rememberedAt = Number.NEGATIVE_INFINITY;
}

/** Reloads the tokens, so that the cache is current if the database becomes unavailable. */
export async function refreshIngestTokens(services: Needs): Promise<void> {
  await read(services, doorOf(services));
}

/** A valid token and the client whose telemetry it admits. */
export interface Admitted {
  readonly tokenId: string;
  readonly clientId: string;
}

export type Admission =
  | Admitted
  | { readonly refused: 'unknown' }
  | { readonly refused: 'later'; readonly seconds: number };

/**
 * Whether a secret is a valid token for telemetry. All tokens are cached by their hashes, so that a valid one is
 * admitted at once under any load; unknown tokens, revoked ones and those for another purpose get the same answer.
 * Throws the database's error if it is unavailable and the token is not cached.
 */
export async function admit(services: Needs, secret: string | null, ip: string): Promise<Admission> {
  const door = doorOf(services);
  const token =
    secret?.startsWith(INGEST_PREFIX) === true ? await find(services, door, hashSecret(secret)) : undefined;
  const now = services.clock().getTime();
  if (token === undefined || (token.expiresAt !== null && token.expiresAt.getTime() <= now))
    return wrong(door, ip);
  recordUse(services, door, token, now);
  return { tokenId: token.id, clientId: token.clientId };
}

async function find(services: Needs, door: Door, hash: string): Promise<OpenToken | undefined> {
  // Monotonic time instead of `clock`, because with a test's frozen clock the cache would never expire.
  const age = performance.now() - door.readAt;
  if (age <= MIN_RELOAD_INTERVAL_MS || (age <= CACHE_MS && door.byHash.has(hash)))
    return door.byHash.get(hash);
  const reading = read(services, door);
  const known = door.byHash.get(hash);
  // An unknown token may have been created since, so only the database can refuse it.
  if (known === undefined || performance.now() - door.rememberedAt > TOKEN_CACHE_MS) {
    await reading;
    return door.byHash.get(hash);
  }
  const inTime = await Promise.race([
    reading.then(
      () => true,
      () => false,
    ),
    new Promise<false>((resolve) => setTimeout(resolve, DATABASE_TIMEOUT_MS, false).unref()),
  ]);
  return inTime ? door.byHash.get(hash) : known;
}

function read(services: Needs, door: Door): Promise<void> {
  const { generation } = door;
  door.loading ??= services.store
    .read('system', openIngestTokens)
    .then((tokens) => {
      door.byHash = new Map(tokens.map((token) => [token.hash, token]));
      door.readAt = door.generation === generation ? performance.now() : Number.NEGATIVE_INFINITY;
      door.rememberedAt = door.readAt;
    })
    .finally(() => {
      door.loading = null;
    });
  const reading = door.loading;
  return reading.then(() => (door.generation === generation ? undefined : read(services, door)));
}

function wrong(door: Door, ip: string): Admission {
  const now = performance.now();
  const before = door.wrong.get(ip);
  if (before === undefined || before.until <= now) {
    if (door.wrong.size > 10_000) door.wrong.clear();
    door.wrong.set(ip, { count: 1, until: now + MINUTE });
    return { refused: 'unknown' };
  }
  before.count += 1;
  if (before.count <= MAX_WRONG) return { refused: 'unknown' };
  return { refused: 'later', seconds: Math.max(1, Math.ceil((before.until - now) / 1000)) };
}

/** A failed write must not cause a refusal. */
function recordUse({ store, log, clock }: Needs, door: Door, token: OpenToken, now: number): void {
  const last = door.used.get(token.id) ?? token.lastUsedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  if (Math.abs(now - last) < LAST_USE_INTERVAL_MS) return;
  door.used.set(token.id, now);
  void store
    .write('system', (tx) => markTokenUsed(tx, token.id, clock()))
    .catch((error: unknown) => log.warn({ err: error }, 'the last use of a token could not be noted'));
}
