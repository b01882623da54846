import { setImmediate } from 'node:timers/promises';
import type { Activity } from '#domain/activity/activity.ts';
import { appendActivities } from '#store/activity/append.ts';
import { makeMonths } from '#store/activity/months.ts';
import { StoreProblem } from '#store/engine/problems.ts';
import type { Services } from '../context.ts';
import { STAGES, type Stage } from './stages.ts';

/** What became of one batch. */
export interface AppendResult {
  readonly added: number;
  /** Activities that the log had already. */
  readonly known: number;
}

/** The one way into the activity log. */
export interface ActivityLog {
  /**
   * Adds a batch to a client's log. Once it has answered, the batch is on the disk, counted and looked at by every
   * detection; where it throws, none of it is. Batches that wait for the same client are written together.
   */
  append(clientId: string, activities: readonly Activity[]): Promise<AppendResult>;
  /** Activities that were accepted by {@link append} and are not written yet: who takes them in says "later" above a bound. */
  readonly waiting: number;
  /** Calls back after something was added to a client's log, until the returned function is called. */
  onAppended(listener: (clientId: string) => void): () => void;
}

/** Rows of one transaction. More gain nothing and make others wait. */
const MOST_AT_ONCE = 5_000;
/** Batches that are waited for at most, before those that are there are written. */
const MOST_GATHERED = 100;

/** Looks for more to write that must find nothing new before writing begins. */
const QUIET_LOOKS = 3;

/**
 * Lets in what has reached this process already, so that it is written together: the embedded database keeps the process
 * from hearing anything while it writes, so that every transaction would be of the little that came between two. With a
 * server the next batch is read while this one is written.
 */
async function gathered(queue: readonly Batch[]): Promise<void> {
  let known = 0;
  for (let quiet = 0; quiet < QUIET_LOOKS; quiet += 1) {
    if (queue.length !== known) quiet = 0;
    known = queue.length;
    if (known >= MOST_GATHERED) return;
    await setImmediate();
  }
}

interface Batch {
  readonly activities: readonly Activity[];
  readonly done: (result: AppendResult) => void;
  readonly failed: (error: unknown) => void;
}

/** @param services The services that stages work with; asked at each write, since the log is one of them. */
export function createActivityLog(services: () => Services, stages: readonly Stage[] = STAGES): ActivityLog {
  const queues = new Map<string, Batch[]>();
  const listeners = new Set<(clientId: string) => void>();
  const months = new Set<string>();
  let waiting = 0;

  async function ensureMonths(activities: readonly Activity[]): Promise<void> {
    const missing = [...new Set(activities.map(({ at }) => at.slice(0, 7)))].filter(
      (month) => !months.has(month),
    );
    if (missing.length === 0) return;
    await makeMonths(services().store, missing);
    for (const month of missing) months.add(month);
  }

  async function write(clientId: string, batches: readonly Batch[]): Promise<void> {
    const activities = batches.flatMap((batch) => batch.activities);
    const { store, clock } = services();
    await ensureMonths(activities);
    for (const stage of stages) await stage.prepare?.(services(), clientId);
    const now = clock();
    const added = await store.write([clientId], async (tx) => {
      const fresh = await appendActivities(tx, clientId, now, activities);
      if (fresh.length > 0)
        for (const stage of stages)
          await stage.run({ tx, services: services(), clientId, now, activities: fresh });
      return fresh;
    });
    // A row is of the first batch that holds it.
    const all = added.length === activities.length;
    const fresh = new Set(all ? [] : added.map((activity) => `${activity.at} ${activity.id}`));
    for (const batch of batches) {
      if (all) {
        batch.done({ added: batch.activities.length, known: 0 });
        continue;
      }
      let mine = 0;
      for (const activity of batch.activities) if (fresh.delete(`${activity.at} ${activity.id}`)) mine += 1;
      batch.done({ added: mine, known: batch.activities.length - mine });
    }
    for (const stage of stages) stage.committed?.(services(), clientId);
    if (added.length > 0) for (const listener of listeners) listener(clientId);
  }

  /** A batch that the database refuses fails alone: the others that were to be written with it are written without it. */
  async function writeOrFail(clientId: string, batches: readonly Batch[]): Promise<void> {
    try {
      await write(clientId, batches);
    } catch (error) {
      if (batches.length === 1 || error instanceof StoreProblem)
        for (const batch of batches) batch.failed(error);
      else for (const batch of batches) await writeOrFail(clientId, [batch]);
    }
  }

  /** Writes what waits for a client until nothing does. */
  async function drain(clientId: string, queue: Batch[]): Promise<void> {
    while (queue.length > 0) {
      if (services().store.engine === 'embedded') await gathered(queue);
      let rows = 0;
      let count = 0;
      for (const batch of queue) {
        if (count > 0 && rows + batch.activities.length > MOST_AT_ONCE) break;
        rows += batch.activities.length;
        count += 1;
      }
      const batches = queue.splice(0, count);
      await writeOrFail(clientId, batches);
      waiting -= rows;
    }
    queues.delete(clientId);
  }

  return {
    append(clientId, activities) {
      if (activities.length === 0) return Promise.resolve({ added: 0, known: 0 });
      waiting += activities.length;
      return new Promise((done, failed) => {
        const batch: Batch = { activities, done, failed };
        const queue = queues.get(clientId);
        if (queue !== undefined) {
          queue.push(batch);
          return;
        }
        const fresh = [batch];
        queues.set(clientId, fresh);
        void drain(clientId, fresh);
      });
    },
    get waiting() {
      return waiting;
    },
    onAppended(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
