import { randomUUID } from 'node:crypto';
import type { Pace } from '#domain/forwarding/backoff.ts';
import { type Lease, releaseAll } from '#store/sinks/lease.ts';
import { activeSinks } from '#store/sinks/sinks.ts';
import type { Services } from '../context.ts';
import type { Ended, Forwarding } from '../shared/services/forwarding.ts';
import { SinkDelivery } from './deliver.ts';

export interface ForwardingOptions {
  /** Maximum time for which a crashed process blocks a sink for others. All times are in milliseconds. */
  readonly leaseMs: number;
  /** How long to collect events for a batch. */
  readonly gatherMs: number;
  readonly pace: Pace;
  /** Delay before retrying a sink that waits for a person. */
  readonly stoppedMs: number;
  /** From 0 to below 1. */
  readonly chance: () => number;
  /** Called after each batch; `notable`: a person would want to see it at once. */
  readonly onProgress: (lease: Lease, notable: boolean) => void;
}

const USUAL: Omit<ForwardingOptions, 'onProgress'> = {
  leaseMs: 15_000,
  gatherMs: 500,
  pace: { first: 1_000, max: 300_000 },
  stoppedMs: 900_000,
  chance: Math.random,
};
/** Maximum sinks served in parallel. */
const MAX_CONCURRENT_SINKS = 8;
/** Minimum time between two notifications of open pages about successful deliveries. */
const MIN_NOTIFICATION_INTERVAL_MS = 10_000;

type Of = Pick<Lease, 'clientId' | 'sinkId'>;

/** @param services Read at each use, because forwarding is one of them. */
export function createForwarding(
  services: () => Services,
  options: Partial<Omit<ForwardingOptions, 'onProgress'>> = {},
): Forwarding {
  const by = randomUUID();
  const reported = new Map<string, number>();
  const all: ForwardingOptions = { ...USUAL, ...options, onProgress: publish };
  let stopping = new AbortController();
  let unsubscribe: (() => void) | null = null;
  /** Clients that have a sink, so that adding to the log of others costs nothing. */
  const clients = new Set<string>();
  const deliveries = new Map<string, SinkDelivery>();
  const running = new Map<string, Promise<Ended>>();
  const again = new Set<string>();
  const gathering = new Map<string, NodeJS.Timeout>();
  const retries = new Map<string, NodeJS.Timeout>();
  const waiting: Of[] = [];

  function publish({ clientId, sinkId }: Of, notable: boolean): void {
    const now = performance.now();
    if (!notable && now - (reported.get(sinkId) ?? Number.NEGATIVE_INFINITY) < MIN_NOTIFICATION_INTERVAL_MS)
      return;
    reported.set(sinkId, now);
    services().events.publish({ client: clientId, topic: 'sinks', id: sinkId });
  }

  function deliveryOf({ clientId, sinkId }: Of): SinkDelivery {
    const made =
      deliveries.get(sinkId) ?? new SinkDelivery(services(), all, { clientId, sinkId, by }, stopping.signal);
    deliveries.set(sinkId, made);
    return made;
  }

  /** Runs a pass; if one is running, another one follows it. */
  function run(of: Of): Promise<Ended> {
    const at = running.get(of.sinkId);
    if (at !== undefined) {
      again.add(of.sinkId);
      return at;
    }
    clearTimeout(retries.get(of.sinkId));
    retries.delete(of.sinkId);
    const work = deliveryOf(of).pass();
    running.set(of.sinkId, work);
    void work
      .then(
        (ended) => (ended.kind === 'later' ? ended.at.getTime() - services().clock().getTime() : null),
        (error: unknown) => {
          services().log.error({ err: error, sink: of.sinkId }, 'a sink could not be sent to');
          return all.pace.first;
        },
      )
      .then((wait) => {
        running.delete(of.sinkId);
        const more = again.delete(of.sinkId);
        if (unsubscribe !== null) {
          if (wait !== null) retryIn(of, wait);
          else if (more) enqueue(of);
        }
        next();
      });
    return work;
  }

  function retryIn(of: Of, wait: number): void {
    const timer = setTimeout(() => enqueue(of), Math.max(wait, 10));
    timer.unref();
    clearTimeout(retries.get(of.sinkId));
    retries.set(of.sinkId, timer);
  }

  function enqueue(of: Of): void {
    if (running.has(of.sinkId)) again.add(of.sinkId);
    else if (!waiting.some(({ sinkId }) => sinkId === of.sinkId)) waiting.push(of);
    next();
  }

  function next(): void {
    while (unsubscribe !== null && running.size < MAX_CONCURRENT_SINKS) {
      const of = waiting.shift();
      if (of === undefined) return;
      void run(of).catch(() => {});
    }
  }

  /** Sinks of one client, or of all, that may be sent to now. */
  async function due(clientId: string | null): Promise<Of[]> {
    const { store, clock } = services();
    const rows = await store.read(clientId === null ? 'system' : [clientId], activeSinks);
    if (clientId === null) clients.clear();
    for (const row of rows) clients.add(row.client_id);
    const now = clock();
    return (
      rows
        // An attempt in the future was made before the clock was set back, so its delay is no longer meaningful.
        .filter(
          ({ retry_at, tried_at }) =>
            retry_at === null || retry_at <= now || (tried_at !== null && tried_at > now),
        )
        .map((row) => ({ clientId: row.client_id, sinkId: row.id }))
    );
  }

  function gather(clientId: string): void {
    if (unsubscribe === null || gathering.has(clientId)) return;
    const timer = setTimeout(() => {
      gathering.delete(clientId);
      due(clientId).then(
        (sinks) => sinks.forEach(enqueue),
        (error: unknown) => services().log.error({ err: error }, 'sinks could not be looked for'),
      );
    }, all.gatherMs);
    timer.unref();
    gathering.set(clientId, timer);
  }

  async function look(): Promise<void> {
    if (unsubscribe === null) return;
    for (const of of await due(null)) enqueue(of);
  }

  return {
    async start() {
      const { store, activityLog } = services();
      stopping = new AbortController();
      unsubscribe = activityLog.onAppended((clientId) => {
        if (clients.has(clientId)) gather(clientId);
      });
      // With an embedded database, no other process can be sending.
      if (store.engine === 'embedded') await store.write('system', releaseAll);
      await look();
    },
    async stop() {
      unsubscribe?.();
      unsubscribe = null;
      stopping.abort();
      for (const timer of [...gathering.values(), ...retries.values()]) clearTimeout(timer);
      gathering.clear();
      retries.clear();
      waiting.length = 0;
      await Promise.allSettled(running.values());
      deliveries.clear();
    },
    wake(clientId) {
      clients.add(clientId);
      gather(clientId);
    },
    look,
    async settle(clientId) {
      if (stopping.signal.aborted) stopping = new AbortController();
      return Promise.all((await due(clientId)).map(run));
    },
  };
}
