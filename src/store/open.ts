import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Transaction } from 'kysely';
import { embeddedEngine } from './engine/embedded.ts';
import type { Engine, Opening, Session } from './engine/engine.ts';
import { isConflict } from './engine/problems.ts';
import { grantRights, prepareRole } from './engine/role.ts';
import { serverEngine } from './engine/server.ts';
import { inTransaction, type OnStatement } from './engine/transaction.ts';
import { createMarks, recordStatement } from './engine/written.ts';
import { lockDirectory } from './lock.ts';
import { type Migration, migrate } from './migrate.ts';
import { migratedFiles } from './migrated.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Database } from './schema.ts';

/** The clients whose rows a transaction sees, or `system` for work that belongs to no client. */
export type Scope = readonly string[] | 'system';
export type Tx = Transaction<Database>;

export interface Store {
  readonly engine: 'embedded' | 'server';
  /** Where the data is, in words for a person. */
  readonly place: string;
  /** Runs `work` in a consistent, read-only snapshot. */
  read<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in a transaction. It runs again, up to three times, if another transaction conflicts, so it must have
   * no effect outside of the transaction.
   */
  write<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * A counter that increases with writes to a scope, to the table of clients, or to that of people, so that what was
   * read at the same mark is still valid. Records of visits do not count. null: other processes may write to the
   * database.
   */
  mark(of: Scope | 'clients' | 'people'): number | null;
  /**
   * Runs `use` with a connection as the tables' owner, without a transaction: for backup, restore and the job queue's
   * own tables. Row-level security applies to the owner too, unless it is a superuser.
   */
  asOwner<T>(use: (session: Session) => Promise<T>): Promise<T>;
  /** {@link Engine.listen}. */
  readonly listen: Engine['listen'];
  /** {@link Engine.snapshot}, as the tables' owner. */
  snapshot<T>(folder: string, use: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** The data directory; the embedded database is in its folder `database`. null: in memory, for tests. */
  readonly dataDir: string | null;
  /** A PostgreSQL server to use instead of the embedded database. */
  readonly databaseUrl?: string | null;
  readonly onProgress?: (message: string) => void;
  readonly migrations?: readonly Migration[];
}

/** Opens the database, migrates it, and locks the data directory until closed. */
export async function openStore(options: StoreOptions): Promise<Store> {
  if (options.databaseUrl) return storeOn(serverEngine(options.databaseUrl), options);
  const { dataDir } = options;
  if (dataDir === null) return storeOn(await embeddedEngine({ directory: null }), options);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockDirectory(dataDir);
  try {
    const directory = join(dataDir, 'database');
    const from = existsSync(directory) ? null : await migratedFiles(options.migrations ?? MIGRATIONS);
    const engine = await embeddedEngine({ directory, from });
    return await storeOn(engine, options, () => lock.release());
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Advisory lock: processes that start concurrently on one server migrate one after the other. Arbitrary but fixed. */
const SCHEMA_LOCK = 6_201_947;

/** A store on an open engine. Closes the engine when the store is closed or cannot be created. */
export async function storeOn(
  engine: Engine,
  options: Pick<StoreOptions, 'onProgress' | 'migrations'> = {},
  onClose: () => Promise<void> = async () => {},
): Promise<Store> {
  let role: string | null;
  try {
    role = await engine.session(async (session) => {
      await session.query('select pg_advisory_lock($1)', [SCHEMA_LOCK]);
      try {
        const created = await prepareRole(session);
        await migrate(session, options.migrations ?? MIGRATIONS, options.onProgress);
        await grantRights(session, created);
        return created;
      } finally {
        await session.query('select pg_advisory_unlock($1)', [SCHEMA_LOCK]).catch(() => {});
      }
    });
  } catch (error) {
    await engine.close();
    throw error;
  }
  const inside = new AsyncLocalStorage<{ open: boolean }>();

  const marks = createMarks();

  async function run<T>(
    mode: Opening['mode'],
    scope: Scope,
    work: (tx: Tx) => Promise<T>,
    onStatement?: OnStatement,
  ): Promise<T> {
    if (inside.getStore()?.open) {
      throw new Error(
        'A transaction was asked for inside another: on one connection it would wait for itself.',
      );
    }
    const opening: Opening = { mode, role, scope: scopeText(scope) };
    const mark = { open: true };
    try {
      return await inside.run(mark, () =>
        engine.session((session) => inTransaction<Database, T>(session, opening, work, onStatement)),
      );
    } finally {
      mark.open = false;
    }
  }

  return {
    engine: engine.kind,
    place: engine.place,
    read: (scope, work) => run('isolation level repeatable read read only', scope, work),
    async write(scope, work) {
      await engine.roomToWrite();
      for (let attempt = 1; ; attempt += 1) {
        try {
          const touched = { facts: false, log: false, clients: false, people: false };
          return await run('isolation level read committed', scope, work, (statement, changed) =>
            recordStatement(touched, statement, changed),
          ).finally(() => marks.note(scope, touched));
        } catch (error) {
          if (!isConflict(error) || attempt > 3) throw error;
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
        }
      }
    },
    mark: (of) => (engine.kind === 'server' ? null : marks.mark(of)),
    asOwner: (use) =>
      engine
        .session(use)
        .finally(() => marks.note('system', { facts: true, log: true, clients: true, people: true })),
    listen: engine.listen,
    snapshot: (folder, use) => engine.snapshot(folder, use),
    async close() {
      await engine.close();
      await onClose();
    },
  };
}

const CLIENT_ID = /^[a-z0-9-]+$/;

/** The scope as the policies read it: ids separated by commas, so an id with a comma would become two. */
function scopeText(scope: Scope): string {
  if (scope === 'system') return '*';
  for (const id of scope) {
    if (!CLIENT_ID.test(id)) throw new TypeError(`${JSON.stringify(id)} is not the id of a client.`);
  }
  return scope.join(',');
}
