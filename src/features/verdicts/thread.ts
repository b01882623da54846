import type { Worker } from 'node:worker_threads';
import { deflateSync } from 'node:zlib';
import { StoreProblem } from '#store/engine/problems.ts';
import type { Store } from '#store/open.ts';
import { usableMemoryMb } from '../memory.ts';
import type { Moment } from '../shared/moment.ts';
import type { Facts } from '../shared/services/facts.ts';
import type { TaskName, TaskParams, TaskResult } from '../shared/services/tasks.ts';
import { aTurn } from '../shared/turn.ts';
import { isMonth, rowsOfMonth } from './live.ts';

/** A request to the deciding thread and its responses. */
export type ToThread =
  | {
      readonly is: 'run';
      readonly id: number;
      readonly task: TaskName;
      readonly params: unknown;
      readonly facts: Facts;
      readonly moment: Moment;
    }
  | { readonly is: 'rows'; readonly id: number; readonly rows: ReadonlyMap<string, readonly Uint8Array[]> };
export type FromThread =
  /** Rows that the thread does not have yet. */
  | { readonly is: 'need'; readonly id: number; readonly observations: readonly string[] }
  | { readonly is: 'done'; readonly id: number; readonly result: unknown }
  | { readonly is: 'failed'; readonly id: number; readonly message: string; readonly stack: string | null };

export interface DecidingThread {
  run<N extends TaskName>(
    task: N,
    facts: Facts,
    moment: Moment,
    params: TaskParams<N>,
  ): Promise<TaskResult<N>>;
  close(): Promise<void>;
}

/** Creates and disposes of the thread of a console. */
export interface ThreadSource {
  /** Idle milliseconds after which it is disposed of. */
  readonly idleMs: number;
  take(): Worker;
  giveBack(thread: Worker): Promise<void>;
}

/**
 * Decides in a separate thread, so that a client with a year of audit log does not block anyone's page. The thread
 * starts on first use, caches rows, and ends when idle.
 */
export function createDecidingThread(store: Store, source: ThreadSource): DecidingThread {
  let worker: Worker | null = null;
  let forgetIt = () => {};
  let idle: NodeJS.Timeout | null = null;
  let nextId = 0;
  let closed = false;
  const open = new Map<
    number,
    { facts: Facts; resolve: (result: unknown) => void; reject: (error: Error) => void }
  >();

  function start(): Worker {
    if (worker) return worker;
    const started = source.take();
    worker = started;
    const heard = {
      message: (message: FromThread) => void answer(started, message),
      error: (error: Error) => end(started, problemOf(error)),
      exit: () => end(started, new Error('The deciding thread ended before it answered.')),
    };
    for (const [event, listener] of Object.entries(heard)) started.on(event, listener);
    forgetIt = () => {
      for (const [event, listener] of Object.entries(heard)) started.off(event, listener);
    };
    started.unref();
    return started;
  }

  function end(ended: Worker, error: Error): void {
    if (worker === ended) worker = null;
    for (const [id, { reject }] of open) {
      open.delete(id);
      reject(error);
    }
  }

  async function leave(): Promise<void> {
    const last = worker;
    if (last === null) return;
    worker = null;
    forgetIt();
    await source.giveBack(last);
  }

  async function answer(from: Worker, message: FromThread): Promise<void> {
    const asked = open.get(message.id);
    if (!asked) return;
    switch (message.is) {
      case 'need': {
        try {
          const rows = await readRows(store, asked.facts, message.observations);
          const transfer = [...rows.values()].flat().map((part) => part.buffer as ArrayBuffer);
          from.postMessage({ is: 'rows', id: message.id, rows } satisfies ToThread, transfer);
        } catch (error) {
          settle(message.id, () => asked.reject(error instanceof Error ? error : new Error(String(error))));
        }
        return;
      }
      case 'done':
        settle(message.id, () => asked.resolve(message.result));
        return;
      case 'failed': {
        const error = new Error(message.message);
        if (message.stack !== null) error.stack = message.stack;
        settle(message.id, () => asked.reject(error));
      }
    }
  }

  function settle(id: number, publish: () => void): void {
    open.delete(id);
    publish();
    if (open.size > 0) return;
    worker?.unref();
    idle = setTimeout(() => {
      if (open.size === 0) void leave();
    }, source.idleMs);
    idle.unref();
  }

  return {
    run: (task, facts, moment, params) =>
      new Promise((resolve, reject) => {
        if (closed) throw new Error('No more decisions are made: the server is shutting down.');
        if (idle) clearTimeout(idle);
        const id = nextId++;
        const thread = start();
        thread.ref();
        open.set(id, { facts, resolve: (result) => resolve(result as never), reject });
        thread.postMessage({ is: 'run', id, task, params, facts, moment } satisfies ToThread);
      }),
    close: async () => {
      closed = true;
      if (idle) clearTimeout(idle);
      if (open.size === 0) return leave();
      // A thread that still works for this console cannot be reused by another until it has ended.
      const last = worker;
      worker = null;
      await last?.terminate();
    },
  };
}

/** Why the thread ended, for the person who asked. */
function problemOf(error: Error): Error {
  if (!('code' in error) || error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  return new StoreProblem(
    'too_large',
    `This client’s files need more memory than is available: Bylaw may use ${usableMemoryMb()} MB here. Give it 1 GB or more, then try again.`,
  );
}

/**
 * Parts per read transaction: the embedded database works in this thread, so a long log is read in several steps, with
 * requests served in between.
 */
const PARTS_PER_READ = 8;

/** Maximum rows of observations read together: most observations are one short part. */
const MAX_ROWS_PER_READ = 10_000;

/** The stored rows of observations, still compressed, each in its own transferable buffer. */
async function readRows(
  store: Store,
  { client, observations }: Facts,
  wanted: readonly string[],
): Promise<Map<string, Uint8Array[]>> {
  const all = new Map<string, Uint8Array[]>(wanted.map((id) => [id, []]));
  for (const id of wanted.filter(isMonth)) {
    const rows = await store.read([client.id], (tx) => rowsOfMonth(tx, client.id, id));
    all.set(id, [Uint8Array.from(deflateSync(JSON.stringify(rows)))]);
  }
  const lengths = new Map(observations.map(({ id, rowCount }) => [id, rowCount]));
  for (const ids of together(
    wanted.filter((id) => !isMonth(id)),
    lengths,
  )) {
    for (let from = 0; ; from += PARTS_PER_READ) {
      const some = await store.read([client.id], (tx) =>
        tx
          .selectFrom('observation_rows')
          .select(['observation_id', 'part', 'rows'])
          .where('client_id', '=', client.id)
          .where('observation_id', 'in', ids)
          .where('part', '>=', from)
          .where('part', '<', from + PARTS_PER_READ)
          .orderBy('part')
          .execute(),
      );
      for (const { observation_id, rows } of some) all.get(observation_id)?.push(Uint8Array.from(rows));
      await aTurn();
      if (!some.some(({ part }) => part === from + PARTS_PER_READ - 1)) break;
    }
  }
  return all;
}

/** Groups observations with few rows; a long one is a group by itself. */
function together(ids: readonly string[], lengths: ReadonlyMap<string, number>): string[][] {
  const groups: string[][] = [];
  let room = 0;
  for (const id of ids) {
    const rows = lengths.get(id) ?? MAX_ROWS_PER_READ;
    if (rows > room) {
      groups.push([]);
      room = MAX_ROWS_PER_READ;
    }
    groups.at(-1)?.push(id);
    room -= rows;
  }
  return groups;
}
