import { createHash, randomUUID } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Verdict } from '#domain/model/verdict.ts';
import { cached } from '#store/cache.ts';
import type { Store, Tx } from '#store/open.ts';
import type { ClientStatus } from '#store/verdicts/fleet.ts';
import type { Events } from '../shared/events.ts';
import { type Moment, momentOf, present, zoneOf } from '../shared/moment.ts';
import type { Facts } from '../shared/services/facts.ts';
import type { Verdicts } from '../shared/services/verdicts.ts';
import { loadFacts } from './facts.ts';
import { loadLiveFeed } from './live.ts';
import { meaningOf, sameAsWorded, wordedVerdicts } from './meaning.ts';
import { STATUS_VERSION, statusOf } from './status.ts';
import { createDecidingThread, type ThreadSource } from './thread.ts';

/** Clients refreshed in parallel: while one waits for the disk, the thread decides another. */
const MAX_CONCURRENT_CLIENTS = 3;

export interface VerdictsOptions {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly clock: () => Date;
  readonly events: Events;
  readonly thread: ThreadSource;
}

/** Keeps each client's verdicts up to date with its facts, the day and the catalogue. */
export function createVerdicts({
  store,
  catalogue,
  clock,
  events,
  thread: source,
}: VerdictsOptions): Verdicts {
  const thread = createDecidingThread(store, source);
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

  async function decideNow(clientId: string): Promise<void> {
    const facts = await factsOf(clientId);
    if (!facts) return;
    const now = clock();
    const moment = present(now, facts.profile.timezone);
    const verdicts = await thread.run('verdicts', facts, moment, undefined);
    const stored = await store.write([clientId], (tx) =>
      storeVerdicts(tx, facts, verdicts, moment, now, { digest, status: statusOf(catalogue, verdicts) }),
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
        return !row.complete || row.day !== today || row.digest !== digest;
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
    const work = async (): Promise<void> => {
      for (let id = left.shift(); id !== undefined; id = left.shift()) await refreshOnce(id);
    };
    await Promise.all(Array.from({ length: Math.min(MAX_CONCURRENT_CLIENTS, late.length) }, work));
    // A running refresh may have read its facts before this change.
    for (const id of await behind(joined)) await refresh(id);
  }

  return {
    refresh,
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

/**
 * Writes verdicts that differ from the current ones; the previous ones end at this instant and become history.
 * Verdicts from older facts than the stored ones are dropped, so a slow thread never overwrites a newer result.
 */
async function storeVerdicts(
  tx: Tx,
  facts: Facts,
  verdicts: readonly Verdict[],
  moment: Moment,
  now: Date,
  decided: { readonly digest: string; readonly status: ClientStatus },
): Promise<boolean> {
  const clientId = facts.client.id;
  const claimed = await tx
    .updateTable('clients')
    .set({
      decided_version: facts.version,
      decided_day: moment.today,
      decided_at: now,
      catalogue_digest: decided.digest,
      status: JSON.stringify(decided.status),
    })
    .where('id', '=', clientId)
    .where((eb) =>
      eb.or([
        eb('decided_version', '<=', facts.version),
        eb('decided_version', '>', eb.ref('facts_version')),
      ]),
    )
    .executeTakeFirst();
  if (Number(claimed.numUpdatedRows) === 0) return false;
  const current = await tx
    .selectFrom('verdicts')
    .select(['id', 'control_id', 'digest', 'body_digest'])
    .where('client_id', '=', clientId)
    .where('until', 'is', null)
    .execute();
  const byControl = new Map(current.map((row) => [row.control_id, row]));
  const meanings = new Map(verdicts.map((verdict) => [verdict.control, meaningOf(verdict)]));
  const other = current.filter((row) => row.digest !== meanings.get(row.control_id));
  const worded = await wordedVerdicts(tx, clientId, other);
  const ended: string[] = [];
  const fresh: Verdict[] = [];
  for (const verdict of verdicts) {
    const old = byControl.get(verdict.control);
    byControl.delete(verdict.control);
    const meaning = meanings.get(verdict.control) ?? '';
    const before = worded.get(verdict.control);
    if (old?.digest === meaning || (before !== undefined && sameAsWorded(before, verdict))) {
      // Same meaning, possibly with newer readings or better wording: the row is kept, so that "since" remains true.
      if (old !== undefined && old.body_digest !== sha256(JSON.stringify(verdict)))
        await tx
          .updateTable('verdicts')
          .set({ digest: meaning, ...columnsOf(verdict, moment) })
          .where('client_id', '=', clientId)
          .where('id', '=', old.id)
          .execute();
      continue;
    }
    if (old) ended.push(old.id);
    fresh.push(verdict);
  }
  // Controls that were removed from the catalogue have no current verdict.
  ended.push(...[...byControl.values()].map(({ id }) => id));
  if (ended.length > 0)
    await tx
      .updateTable('verdicts')
      .set({ until: now })
      .where('client_id', '=', clientId)
      .where('id', 'in', ended)
      .execute();
  if (fresh.length > 0)
    await tx
      .insertInto('verdicts')
      .values(
        fresh.map((verdict) => ({
          id: randomUUID(),
          client_id: clientId,
          control_id: verdict.control,
          digest: meanings.get(verdict.control) ?? '',
          since: now,
          until: null,
          ...columnsOf(verdict, moment),
        })),
      )
      .execute();
  return fresh.length > 0 || ended.length > 0;
}

function columnsOf(verdict: Verdict, moment: Moment) {
  const body = JSON.stringify(verdict);
  return {
    state: verdict.state,
    reason: verdict.reason,
    body,
    body_digest: sha256(body),
    decided_day: moment.today,
    good_until: verdict.goodUntil,
    due: verdict.due,
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
