import { deserialize, serialize } from 'node:v8';
import type { Logger } from 'pino';
import { undecided } from '#domain/decide/undecided.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { cached } from '#store/cache.ts';
import type { Store, Tx } from '#store/open.ts';
import type { Events } from '../shared/events.ts';
import { type Moment, momentOf, present, zoneOf } from '../shared/moment.ts';
import type { Facts } from '../shared/services/facts.ts';
import type { Verdicts } from '../shared/services/verdicts.ts';
import { loadFacts } from './facts.ts';
import { loadLiveFeed } from './live.ts';
import { STATUS_VERSION, statusOf } from './status.ts';
import { EvaluationStopped } from './stopped.ts';
import { sha256, storeVerdicts } from './store-verdicts.ts';
import { createDecidingThread, type ThreadSource } from './thread.ts';

/** Clients refreshed in parallel: while one waits for the disk, the thread decides another. */
const MAX_CONCURRENT_CLIENTS = 3;

/** In place of the digest of the catalogue: the evaluation was stopped, and a later start tries it again. */
const STOPPED = 'stopped';
/** How long a stopped evaluation is not tried again, unless the client's facts or the day change. */
const STOPPED_MS = 60 * 60_000;
/** Times in a row that the same facts may run out of memory before that counts as the answer. */
const TIMES_OUT_OF_MEMORY = 3;

export interface VerdictsOptions {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly clock: () => Date;
  readonly events: Events;
  readonly thread: ThreadSource;
  readonly log: Pick<Logger, 'error'>;
  /** Time limit of an evaluation in milliseconds; tests have shorter ones. */
  readonly maxMs?: number;
}

/** Keeps each client's verdicts up to date with its facts, the day and the catalogue. */
export function createVerdicts({
  store,
  catalogue,
  clock,
  events,
  thread: source,
  log,
  maxMs,
}: VerdictsOptions): Verdicts {
  const thread = createDecidingThread(store, source, maxMs);
  const digest = sha256(JSON.stringify([STATUS_VERSION, catalogue.controls])).slice(0, 16);
  /** One evaluation per client at a time; a change during it requests one more. */
  const underWay = new Map<string, Promise<void>>();

  /** Cached until the client is written to, as bytes: a viewer needs them once or twice. */
  async function factsOf(clientId: string): Promise<Facts | null> {
    const kept = await cached(store, [clientId], { key: 'facts for decisions' }, async () => {
      const facts = await store.read([clientId], (tx) => loadFacts(tx, clientId, clock()));
      return facts && Buffer.from(serialize(facts));
    });
    if (kept === null) return null;
    // The ledger grows every minute, which is not a change of facts.
    const live = await store.read([clientId], (tx) => loadLiveFeed(tx, clientId, clock()));
    return { ...(deserialize(kept) as Facts), live };
  }

  /** When the evaluation of a client was stopped, for which of its facts, and how often in a row. */
  const stopped = new Map<
    string,
    { readonly version: number; readonly times: number; readonly at: number }
  >();

  /**
   * The verdict on every control. If the evaluation was stopped, and trying again at once would not help, nothing can
   * be read. Memory may be back a moment later, so running out of it counts only when repeated.
   */
  async function verdictsOf(facts: Facts, moment: Moment) {
    const { id } = facts.client;
    try {
      const verdicts = await thread.run('verdicts', facts, moment, undefined);
      stopped.delete(id);
      return { verdicts, whole: true };
    } catch (error) {
      if (!(error instanceof EvaluationStopped)) throw error;
      const before = stopped.get(id);
      const times = before?.version === facts.version ? before.times + 1 : 1;
      stopped.set(id, { version: facts.version, times, at: performance.now() });
      if (error.why === 'too_large' && times < TIMES_OUT_OF_MEMORY) throw error;
      log.error({ err: error, client: id }, 'the evaluation of a client was stopped');
      return { verdicts: undecided(catalogue.controls, error.why), whole: false };
    }
  }

  /** Whether stored verdicts say that the evaluation was stopped, and it is too early to try again. */
  function isStopped(id: string): boolean {
    const last = stopped.get(id);
    return last !== undefined && performance.now() - last.at < STOPPED_MS;
  }

  async function decideNow(clientId: string): Promise<void> {
    const facts = await factsOf(clientId);
    if (!facts) return;
    const now = clock();
    const moment = present(now, facts.profile.timezone);
    const { verdicts, whole } = await verdictsOf(facts, moment);
    const stored = await store.write([clientId], (tx) =>
      storeVerdicts(tx, facts, verdicts, moment, now, {
        digest: whole ? digest : STOPPED,
        status: statusOf(catalogue, verdicts),
      }),
    );
    if (stored) events.publish({ client: clientId, topic: 'verdicts', id: null });
  }

  async function refresh(clientId: string): Promise<void> {
    const running = underWay.get(clientId);
    // A running evaluation may have read its facts before this change.
    const next = (running ?? Promise.resolve()).catch(() => undefined).then(() => decideNow(clientId));
    underWay.set(clientId, next);
    try {
      await next;
    } finally {
      if (underWay.get(clientId) === next) underWay.delete(clientId);
    }
  }

  async function behind(clientIds: readonly string[]): Promise<readonly string[]> {
    if (clientIds.length === 0) return [];
    const rows = await cached(store, 'clients', { key: `decided ${clientIds.join()}` }, () =>
      store.read(clientIds, (tx) => decisionsOf(tx)),
    );
    const now = clock();
    const days = new Map<string, string>();
    return rows
      .filter((row) => {
        const today = days.get(row.zone) ?? present(now, row.zone).today;
        days.set(row.zone, today);
        return (
          !row.complete ||
          row.day !== today ||
          (row.digest !== digest && !(row.digest === STOPPED && isStopped(row.id)))
        );
      })
      .map(({ id }) => id);
  }

  /**
   * Running refreshes of outdated clients, which all callers share: after midnight, every page finds its client
   * outdated.
   */
  const refreshing = new Map<string, Promise<void>>();

  function refreshOnce(clientId: string): Promise<void> {
    const running = refreshing.get(clientId);
    if (running !== undefined) return running;
    const started = refresh(clientId).finally(() => refreshing.delete(clientId));
    refreshing.set(clientId, started);
    return started;
  }

  async function ensureCurrent(clientIds: readonly string[]): Promise<void> {
    const late = await behind(clientIds);
    if (late.length === 0) return;
    const joined = late.filter((id) => refreshing.has(id));
    const left = [...late];
    const problems: unknown[] = [];
    // A client that cannot be evaluated does not keep the others from it.
    const work = async (): Promise<void> => {
      for (let id = left.shift(); id !== undefined; id = left.shift())
        await refreshOnce(id).catch((error: unknown) => problems.push(error));
    };
    await Promise.all(Array.from({ length: Math.min(MAX_CONCURRENT_CLIENTS, late.length) }, work));
    if (problems.length > 0) throw problems[0];
    // A running refresh may have read its facts before this change.
    for (const id of await behind(joined)) await refresh(id);
  }

  return {
    // The change that it follows is stored; whoever reads the verdicts next is told why they are not there.
    refresh: (clientId) =>
      refresh(clientId).catch((error: unknown) => {
        if (!(error instanceof EvaluationStopped)) throw error;
        log.error({ err: error, client: clientId }, 'a changed client could not be evaluated');
      }),
    behind,
    ensureCurrent,
    run: async (clientId, task, params, options = {}) => {
      const { withImport, staged, without } = options;
      const plain = withImport === undefined && staged === undefined && without === undefined;
      const facts = plain
        ? await factsOf(clientId)
        : await store.read([clientId], (tx) => loadFacts(tx, clientId, clock(), options));
      if (!facts) return null;
      const zone = facts.profile.timezone;
      const moment = options.day === undefined ? present(clock(), zone) : momentOf(options.day, zone);
      return { result: await thread.run(task, facts, moment, params), facts, moment };
    },
    close: () => thread.close(),
  };
}

/** For which facts, day and catalogue each client in scope was last evaluated. */
async function decisionsOf(tx: Tx) {
  const rows = await tx
    .selectFrom('clients')
    .select(['id', 'profile', 'facts_version', 'decided_version', 'decided_day', 'catalogue_digest'])
    .execute();
  return rows.map((row) => ({
    id: row.id,
    zone: zoneOf(row.profile),
    complete: Number(row.facts_version) === Number(row.decided_version),
    day: row.decided_day,
    digest: row.catalogue_digest,
  }));
}
