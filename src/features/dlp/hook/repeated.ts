import { setTimeout } from 'node:timers/promises';
import { hasCheck, referencesSince } from '#store/dlp/checks.ts';
import type { Services } from '../../context.ts';
import { INFERENCE_HOOK } from './activity.ts';
import { type Claimed, TOLERANCE } from './signature.ts';

/** Milliseconds for which a call is remembered: as long as its timestamp is accepted, in both directions. */
const CALL_KEPT_MS = 2 * TOLERANCE * 1000 + 60_000;
/** Maximum references remembered per client; beyond that, each call is looked up in the log. */
const MAX_REFERENCES = 100_000;

type Needs = Pick<Services, 'store' | 'clock' | 'log'>;

interface Seen {
  /**
   * When this process received its first call. Earlier ones are in the log, with timestamps up to {@link TOLERANCE}
   * later.
   */
  readonly since: number;
  readonly calls: Map<string, number>;
  /** Earlier calls by client; null: too many to keep. Empty once none of them would be accepted anymore. */
  readonly before: Map<string, Promise<ReadonlySet<string> | null>>;
}

const seen = new WeakMap<Services['store'], Seen>();

/**
 * Whether this process received the same call before; `unknown`: another process may have, which only the log shows.
 */
export function isRepeated(
  { store, clock }: Needs,
  clientId: string,
  { id, at: sent }: Claimed,
): 'yes' | 'no' | 'unknown' {
  const now = clock().getTime();
  const mine = seen.get(store) ?? { since: now, calls: new Map(), before: new Map() };
  seen.set(store, mine);
  for (const [key, at] of mine.calls) {
    // Those of a clock that was set back since would keep all later ones.
    if (now >= at && now - at < CALL_KEPT_MS) break;
    mine.calls.delete(key);
  }
  const key = `${clientId} ${id}`;
  if (mine.calls.has(key)) return 'yes';
  mine.calls.set(key, now);
  // Other servers on the same database receive calls all the time.
  if (store.engine === 'server' || sent.getTime() < mine.since + TOLERANCE * 1000) return 'unknown';
  if (now > mine.since + CALL_KEPT_MS) mine.before.clear();
  return 'no';
}

/** Whether the log contains a call. Waits at most `timeoutMs`: a slow database must not delay Claude. */
export async function isInLog(
  services: Needs,
  clientId: string,
  reference: string,
  timeoutMs: number,
): Promise<boolean> {
  const late = new AbortController();
  try {
    const asked = askLog(services, clientId, reference);
    return await Promise.race([asked, setTimeout(timeoutMs, false, { signal: late.signal })]);
  } catch (error) {
    services.log.error(
      { err: error, client: clientId },
      'it could not be seen whether a call of a hook came before',
    );
    return false;
  } finally {
    late.abort();
  }
}

/**
 * The embedded database has a single process, so earlier calls are read once: it runs one query at a time on the
 * thread that also answers Claude.
 */
async function askLog(services: Needs, clientId: string, reference: string): Promise<boolean> {
  const { store } = services;
  const lookUp = () => store.read([clientId], (tx) => hasCheck(tx, clientId, reference));
  if (store.engine === 'server') return await lookUp();
  const before = await beforeThisProcess(services, clientId);
  return before === null ? await lookUp() : before.has(reference);
}

function beforeThisProcess({ store, clock }: Needs, clientId: string): Promise<ReadonlySet<string> | null> {
  const known = seen.get(store)?.before ?? new Map<string, Promise<ReadonlySet<string> | null>>();
  const there = known.get(clientId);
  if (there !== undefined) return there;
  const since = new Date(clock().getTime() - CALL_KEPT_MS);
  const asked = store
    .read([clientId], (tx) => referencesSince(tx, clientId, INFERENCE_HOOK, since, MAX_REFERENCES + 1))
    .then((references) => (references.length > MAX_REFERENCES ? null : new Set(references)));
  known.set(clientId, asked);
  // If the database did not answer, the next call tries again.
  asked.catch(() => known.delete(clientId));
  return asked;
}
