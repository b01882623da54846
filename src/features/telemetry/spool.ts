import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { constants, gunzip, gzip } from 'node:zlib';
import { StoreProblem } from '#store/engine/problems.ts';
import type { Spool, SpoolEntry } from '#store/spool.ts';
import type { Services } from '../context.ts';
import type { SpooledRequest, TelemetrySpool } from '../shared/services/telemetry-spool.ts';
import type { Tally } from '../tally.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Version of the file format. Files of older versions are read first or set aside. */
const FORMAT = 1;

/** Exporters abandon a request after ten seconds, so it has to be answered earlier. */
const DATABASE_TIMEOUT_MS = 6_000;
const SCAN_INTERVAL_MS = 1_000;
/** Requests that are stored concurrently. */
const MAX_CONCURRENT_REQUESTS = 4;
/** Attempts after which a request that fails although the database is available is set aside. */
const MAX_TRIES = 5;

export interface TelemetrySpoolOptions {
  readonly log: () => Services['log'];
  readonly spool: Spool;
  readonly tally: Tally;
  /** Stores a spooled request; throws {@link StoreProblem} if the database is unavailable. */
  readonly handOn: (clientId: string, request: SpooledRequest) => Promise<void>;
  /** Called for each lost request. */
  readonly lost: (clientId: string) => void;
  /** Milliseconds without any successful write after which the database counts as unavailable. */
  readonly databaseTimeoutMs?: number | undefined;
}

export function createTelemetrySpool(options: TelemetrySpoolOptions): TelemetrySpool {
  const { log, spool, tally, handOn, lost, databaseTimeoutMs = DATABASE_TIMEOUT_MS } = options;
  let away = false;
  /** There may be spooled requests: from an earlier process or added since. */
  let waiting = true;
  let answered = performance.now();
  let draining: Promise<number> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  const tries = new Map<string, number>();

  async function open(entry: SpoolEntry): Promise<SpooledRequest | null> {
    const bytes = await spool.read(entry);
    if (bytes === null) return null;
    try {
      const { format, ...request } = deserialize(await unpack(bytes)) as SpooledRequest & { format: number };
      if (format !== FORMAT) throw new Error(`format ${format} is not read here`);
      return request;
    } catch (error) {
      await giveUp(entry, error);
      return null;
    }
  }

  async function one(entry: SpoolEntry): Promise<void> {
    const request = await open(entry);
    if (request === null) return spool.remove(entry);
    try {
      await handOn(entry.clientId, request);
      tries.delete(entry.name);
      await spool.remove(entry);
      tally.add('telemetry_queue', 'stored');
    } catch (error) {
      const tried = (tries.get(entry.name) ?? 0) + 1;
      if (isAway(error) || tried < MAX_TRIES) {
        if (!isAway(error)) tries.set(entry.name, tried);
        throw error;
      }
      // A request that triggers a bug in Bylaw must not block the others.
      tries.delete(entry.name);
      await giveUp(entry, error);
    }
  }

  async function giveUp(entry: SpoolEntry, error: unknown): Promise<void> {
    log().error({ err: error, entry: entry.name }, 'telemetry that waited on the disk is set aside');
    lost(entry.clientId);
    await spool.setAside(entry);
    tally.add('telemetry_queue', 'set_aside');
  }

  async function all(): Promise<number> {
    for (let done = 0; ; ) {
      waiting = false;
      const entries = await spool.list();
      if (entries.length === 0) {
        away = false;
        return done;
      }
      waiting = true;
      while (entries.length > 0) {
        if (stopped) return done;
        // One at a time until the database is known to be available.
        const some = entries.splice(0, away ? 1 : MAX_CONCURRENT_REQUESTS);
        const ended = await Promise.allSettled(some.map(one));
        const failed = ended.find((end) => end.status === 'rejected');
        if (failed !== undefined) throw failed.reason;
        done += some.length;
        answered = performance.now();
        away = false;
      }
    }
  }

  function drain(): Promise<number> {
    draining ??= all().finally(() => {
      draining = null;
    });
    return draining;
  }

  function look(): void {
    if (!waiting && !away) return;
    drain().catch((error: unknown) => {
      if (isAway(error)) away = true;
      else log().error({ err: error }, 'telemetry that waits on the disk could not be handed on');
    });
  }

  return {
    get away() {
      return away;
    },
    async put(clientId, request) {
      const bytes = await pack(serialize({ format: FORMAT, ...request }), {
        level: constants.Z_BEST_SPEED,
      });
      await spool.put(clientId, bytes);
      tally.add('telemetry_queue', 'queued');
      waiting = true;
    },
    async patiently(work) {
      let clock: NodeJS.Timeout | undefined;
      const silence = new Promise<never>((_, reject) => {
        const begun = performance.now();
        clock = setInterval(() => {
          if (performance.now() - Math.max(answered, begun) < databaseTimeoutMs) return;
          reject(new StoreProblem('unavailable', 'The database does not answer.', { retryable: true }));
        }, databaseTimeoutMs / 4);
      });
      try {
        const done = work();
        // It may reject after the race is over.
        done.catch(() => {});
        const given = await Promise.race([done, silence]);
        answered = performance.now();
        return given;
      } catch (error) {
        if (isAway(error)) away = true;
        throw error;
      } finally {
        clearInterval(clock);
      }
    },
    size: () => spool.size(),
    drain,
    start() {
      timer = setInterval(look, SCAN_INTERVAL_MS);
      timer.unref();
    },
    async stop() {
      stopped = true;
      if (timer !== null) clearInterval(timer);
      await draining?.catch(() => {});
    },
  };
}

/** Whether an error means that the database is temporarily unavailable. */
export function isAway(error: unknown): boolean {
  return error instanceof StoreProblem && error.retryable;
}
