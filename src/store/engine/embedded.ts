import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { flushDirectory } from '../blobs.ts';
import type { EmbeddedServer, EmbeddedStart } from './embedded-server.ts';
import { startInThread } from './embedded-thread.ts';
import type { Answer, Engine, Session } from './engine.ts';
import { blankFiles } from './prepared.ts';
import { errorCode, isFull, StorageFull, StoreProblem, StoreUnavailable } from './problems.ts';
import { type FreeBytes, watchRoom } from './room.ts';
import { copyClosed, copyDatabase, hasRoomForCopy, removeCopy } from './snapshot.ts';
import { startUpkeep } from './upkeep.ts';
import { wireTo } from './wire.ts';

export interface EmbeddedOptions {
  /** Data directory; null: in memory, for tests. */
  readonly directory: string | null;
  /** Files of a closed database to start a copy of; null: start empty. */
  readonly from?: string | null;
  /** Returns the free bytes of a directory's disk; replaced in tests of a full disk. */
  readonly freeBytes?: FreeBytes;
  /** How the server is started: tests that inject faults run it in the calling thread. */
  readonly thread?: 'own' | 'same';
  /** Starts the server instead of the engine: for tests that reuse one. */
  readonly server?: () => Promise<EmbeddedServer>;
}

/** PostgreSQL inside this process, in a separate thread. Durable: every commit waits for fsync. */
export async function embeddedEngine(options: EmbeddedOptions): Promise<Engine> {
  const { directory } = options;
  const place = directory ?? 'the memory of this process';
  const full = directory === null ? async () => false : watchRoom(dirname(directory), options.freeBytes);
  let database: Opened | null = await first(options).catch(async (error: unknown) => {
    throw isFull(error) || (await full())
      ? new StorageFull(place, error, 'opening')
      : cannotOpen(place, error);
  });
  let queue: Promise<unknown> = Promise.resolve();
  let closed = false;

  /** Runs callers one after the other, because there is a single connection. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = queue.then(run, run);
    queue = turn.catch(() => {});
    return turn;
  }

  async function session<T>(use: (session: Session) => Promise<T>): Promise<T> {
    if (closed) throw new StoreUnavailable('not_stored', new Error('The database was closed.'));
    return inTurn(async () => {
      // After a crash of the embedded server, reopening the files recovers everything that was committed.
      database ??= await start(options).catch((error: unknown) => {
        throw isFull(error) ? new StorageFull(place, error) : new StoreUnavailable('not_stored', error);
      });
      const current = database;
      async function guarded<R>(run: () => Promise<Answer<R>>): Promise<Answer<R>> {
        try {
          return await run();
        } catch (error) {
          if (isFull(error)) throw new StorageFull(place, error);
          if (isSqlError(error)) throw error;
          database = null;
          current.abandon();
          throw new StoreUnavailable('not_stored', error);
        }
      }
      return use({
        begin: async (opening) => {
          await guarded(() => current.wire.begin(opening).then(() => NOTHING));
        },
        query: <R>(sql: string, parameters: readonly unknown[] = []) =>
          guarded<R>(() => current.wire.query<R>(sql, parameters)),
        script: (sql) => guarded(() => current.wire.script(sql)),
      });
    });
  }

  const engine: Omit<Engine, 'close' | 'snapshot'> = {
    kind: 'embedded',
    place,
    session,
    listen: null,
    async roomToWrite() {
      if (await full()) throw new StorageFull(place);
    },
  };
  const upkeep = directory === null ? null : startUpkeep(engine);
  return {
    ...engine,
    async snapshot(folder, use) {
      if (directory === null || !(await hasRoomForCopy(directory, folder))) return session(use);
      const copy = join(folder, 'database');
      const resume = await upkeep?.pause();
      try {
        await copyDatabase(directory, copy, session);
      } catch (error) {
        await removeCopy(copy);
        throw error;
      } finally {
        resume?.();
      }
      return onCopy(copy, use);
    },
    async close() {
      if (closed) return;
      closed = true;
      upkeep?.stop();
      await inTurn(async () => database?.close());
    },
  };
}

const NOTHING: Answer<never> = { rows: [], command: 'BEGIN', changed: null };

interface Opened extends Pick<EmbeddedServer, 'close' | 'abandon'> {
  readonly wire: Session;
}

async function first(options: EmbeddedOptions): Promise<Opened> {
  const { directory, from } = options;
  if (directory !== null && !existsSync(directory))
    await create(directory, from ?? (await blankFiles()), options);
  return start(options);
}

function cannotOpen(place: string, cause: unknown): StoreProblem {
  return new StoreProblem(
    'damaged',
    `The database in ${place} cannot be opened. Start again; if it fails again, restore a backup into another directory and name that with BYLAW_DATA.`,
    { cause },
  );
}

/** Created in a temporary place and moved when complete, so that an interrupted start leaves no partial database. */
async function create(directory: string, from: string | null, options: EmbeddedOptions): Promise<void> {
  const unfinished = `${directory}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(dirname(directory), { recursive: true });
  if (from !== null) await copyClosed(from, unfinished);
  else await (await start({ ...options, directory: unfinished })).close();
  await rename(unfinished, directory);
  await flushDirectory(dirname(directory));
}

/** Loads PostgreSQL only where it runs, which keeps it out of the main thread's memory. */
async function startHere(begin: EmbeddedStart): Promise<EmbeddedServer> {
  const { startServer } = await import('./embedded-server.ts');
  return startServer(begin);
}

/**
 * An in-memory database belongs to one of thousands of tests, for which a thread each would cost more than it gains.
 */
async function start(
  { directory, thread, server: given }: EmbeddedOptions,
  disposable = false,
): Promise<Opened> {
  const begin: EmbeddedStart = { directory, disposable };
  const apart = thread === undefined ? directory !== null : thread === 'own';
  const server = await (given?.() ?? (apart ? startInThread(begin) : startHere(begin)));
  return { wire: wireTo(server), close: () => server.close(), abandon: () => server.abandon() };
}

/** Opens a copy while it is being used. */
async function onCopy<T>(directory: string, use: (session: Session) => Promise<T>): Promise<T> {
  try {
    // Flushing it would delay everyone's commits.
    const opened = await start({ directory }, true);
    try {
      return await use(opened.wire);
    } finally {
      await opened.close();
    }
  } finally {
    await removeCopy(directory);
  }
}

/**
 * Whether PostgreSQL itself reported the error and the connection remains usable; anything else means that it crashed.
 */
function isSqlError(error: unknown): boolean {
  const code = errorCode(error);
  return (code !== null && /^[0-9A-Z]{5}$/.test(code)) || error instanceof RangeError;
}
