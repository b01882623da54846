import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import type { Worker } from 'node:worker_threads';
import { deflateSync } from 'node:zlib';
import type { Store } from '#store/open.ts';
import type { Moment } from '../shared/moment.ts';
import type { Facts } from '../shared/services/facts.ts';
import type { TaskName, TaskParams, TaskResult } from '../shared/services/tasks.ts';
import { aTurn } from '../shared/turn.ts';
import { isMonth, rowsOfMonth } from './live.ts';
import { EvaluationStopped, problemOf, tooSlow } from './stopped.ts';

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
  /** The thread works on this request from now on. */
  | { readonly is: 'begun'; readonly id: number }
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

/** Time limit per request: a client with a year of logs takes seconds, and all others wait for the same thread. */
const MAX_MS = 120_000;
/** How long a request that was stopped is refused at once. Restarting Bylaw ends this, too. */
const REFUSE_MS = 60 * 60_000;
/** More of them are forgotten, which costs their time once more. */
const MAX_STOPPED = 1_000;

interface Asked {
  readonly message: Extract<ToThread, { is: 'run' }>;
  /** Runs from when the thread begins with it; null: it has not begun. */
  timer: NodeJS.Timeout | null;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * Decides in a separate thread, so that a client with a year of audit log does not block anyone's page. The thread
 * starts on first use, caches rows, and ends when idle. A request that takes too long, or more memory than there is,
 * ends alone: what else was asked is asked of another thread.
 */
export function createDecidingThread(store: Store, source: ThreadSource, maxMs = MAX_MS): DecidingThread {
  let worker: Worker | null = null;
  let forgetIt = () => {};
  let idle: NodeJS.Timeout | null = null;
  let nextId = 0;
  let closed = false;
  const open = new Map<number, Asked>();
  /** Requests that were stopped, by what they ask, so that nobody waits for the same one again and again. */
  const stopped = new Map<string, { readonly at: number; readonly problem: EvaluationStopped }>();

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

  /** Ends the request that the thread was working on, or every one if that is not known. */
  function end(ended: Worker, error: Error): void {
    if (worker !== ended && !closed) return;
    worker = null;
    const last = closed ? undefined : [...open.keys()].filter((id) => open.get(id)?.timer !== null).at(-1);
    for (const [id, { reject }] of [...open]) if (last === undefined || id === last) drop(id, error, reject);
    for (const asked of open.values()) ask(asked);
  }

  function drop(id: number, error: Error, reject: (error: Error) => void): void {
    const asked = open.get(id);
    if (asked?.timer) clearTimeout(asked.timer);
    open.delete(id);
    if (asked && error instanceof EvaluationStopped && error.why === 'too_slow') {
      if (stopped.size >= MAX_STOPPED) stopped.clear();
      stopped.set(keyOf(asked.message), { at: performance.now(), problem: error });
    }
    reject(error);
  }

  function ask(asked: Asked): void {
    if (asked.timer) clearTimeout(asked.timer);
    asked.timer = null;
    const thread = start();
    thread.ref();
    thread.postMessage(asked.message);
  }

  function begin(from: Worker, id: number, asked: Asked): void {
    asked.timer = setTimeout(() => {
      // Begun last, so that this request is the one that ends.
      open.delete(id);
      open.set(id, asked);
      end(from, tooSlow(maxMs));
      void from.terminate();
    }, maxMs);
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
          const rows = await readRows(store, asked.message.facts, message.observations);
          const transfer = [...rows.values()].flat().map((part) => part.buffer as ArrayBuffer);
          from.postMessage({ is: 'rows', id: message.id, rows } satisfies ToThread, transfer);
        } catch (error) {
          settle(message.id, () => asked.reject(error instanceof Error ? error : new Error(String(error))));
        }
        return;
      }
      case 'begun':
        if (from === worker) begin(from, message.id, asked);
        return;
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
    const timer = open.get(id)?.timer;
    if (timer) clearTimeout(timer);
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
        const message = { is: 'run', id: nextId++, task, params, facts, moment } as const;
        const before = stopped.size === 0 ? undefined : stopped.get(keyOf(message));
        if (before !== undefined && performance.now() - before.at < REFUSE_MS) throw before.problem;
        if (idle) clearTimeout(idle);
        const asked: Asked = {
          message,
          timer: null,
          resolve: (result) => resolve(result as never),
          reject,
        };
        open.set(message.id, asked);
        ask(asked);
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

/** Identity of what a request asks, for the day that it is about. */
function keyOf({ task, params, facts, moment }: Asked['message']): string {
  const { client, version, observations } = facts;
  const asked = [task, params, client.id, version, observations.map(({ id }) => id), moment.today];
  return createHash('sha256').update(serialize(asked)).digest('base64');
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
