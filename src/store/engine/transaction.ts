import { setImmediate as aTurn } from 'node:timers/promises';
import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  DummyDriver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  Transaction,
} from 'kysely';
import type { Opening, Session } from './engine.ts';
import { errorCode, StoreUnavailable } from './problems.ts';

/** Called after every successful statement with the number of rows changed; null for one that changes none. */
export type OnStatement = (statement: CompiledQuery, changed: number | null) => void;

const ADAPTER = new PostgresAdapter();
const COMPILER = new PostgresQueryCompiler();
/** Kysely requires a driver, but everything that it would do is done here. */
const DRIVER = new DummyDriver();
const DIALECT: Dialect = {
  createDriver: () => DRIVER,
  createAdapter: () => ADAPTER,
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => COMPILER,
};

/**
 * Runs a Kysely transaction on an existing connection. Kysely's own builder would make each statement wait for the
 * previous one; here, statements issued concurrently are pipelined in order.
 */
export async function inTransaction<DB, T>(
  session: Session,
  opening: Opening,
  work: (tx: Transaction<DB>) => Promise<T>,
  onStatement: OnStatement = () => {},
): Promise<T> {
  const { connection, commit, rollback } = connectionOn(session, opening, onStatement);
  let open = true;
  const executor = new DefaultQueryExecutor(COMPILER, ADAPTER, {
    async provideConnection(consumer) {
      if (!open) throw new Error('A statement was asked for in a transaction that is over.');
      return consumer(connection);
    },
  });
  const tx = new Transaction<DB>({
    config: { dialect: DIALECT },
    dialect: DIALECT,
    driver: DRIVER,
    executor,
  });
  try {
    const result = await work(tx);
    await commit();
    return result;
  } catch (error) {
    if (!(error instanceof AbortedTransactionError)) await rollback();
    throw error;
  } finally {
    open = false;
  }
}

/** Statements sent in the same round trip, by the first of them. */
const followers = new WeakMap<CompiledQuery, readonly CompiledQuery[]>();

/**
 * Sends several statements in one round trip, executed in order, and returns their results. If one fails, those after
 * it are not executed.
 */
export async function executeTogether<DB>(
  tx: Transaction<DB>,
  statements: readonly CompiledQuery[],
): Promise<readonly QueryResult<unknown>[]> {
  const [first, ...rest] = statements;
  if (first === undefined) return [];
  const leader = { ...first };
  followers.set(leader, rest);
  const { rows } = await tx.executeQuery<QueryResult<unknown>>(leader);
  return rows;
}

const last = new WeakSet<CompiledQuery>();

/**
 * Executes statements at the end of the transaction, in the round trip of its commit. If one fails, the whole
 * transaction is rolled back and its caller gets the error.
 */
export async function atEnd<DB>(tx: Transaction<DB>, statements: readonly CompiledQuery[]): Promise<void> {
  for (const statement of statements) {
    const marked = { ...statement };
    last.add(marked);
    await tx.executeQuery(marked);
  }
}

/** PostgreSQL's code for a statement in a transaction that has already failed. */
const IS_ABORTED = '25P02';

interface Connection {
  readonly connection: DatabaseConnection;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

function connectionOn(session: Session, opening: Opening, onStatement: OnStatement): Connection {
  let begun: Promise<void> | null = session.begin(opening);
  // Reported to whoever awaits a statement first.
  begun.catch(() => {});
  const ending: CompiledQuery[] = [];
  /** The first statement also awaits `begin`, which was sent with it. */
  async function after<T>(answer: Promise<T>): Promise<T> {
    if (begun === null) return answer;
    const beginning = begun;
    begun = null;
    return (await Promise.all([beginning, answer]))[1];
  }
  let cause: unknown = null;
  /**
   * The database reports only this for a statement after the one that failed; whoever awaits it first gets the
   * original error.
   */
  async function causing(error: unknown): Promise<never> {
    if (errorCode(error) !== IS_ABORTED) cause = error;
    // That error came with the same response, and may need a few more ticks to arrive.
    else if (cause === null) await aTurn();
    throw cause ?? error;
  }
  async function one<R>(statement: CompiledQuery): Promise<QueryResult<R>> {
    const answer = await session.query<R>(statement.sql, statement.parameters).catch(causing);
    onStatement(statement, answer.changed);
    return {
      rows: answer.rows,
      ...(answer.changed === null ? {} : { numAffectedRows: BigInt(answer.changed) }),
    };
  }
  async function several(statements: readonly CompiledQuery[]): Promise<QueryResult<unknown>[]> {
    const answers = await Promise.allSettled(statements.map((statement) => one(statement)));
    return answers.map((answer) => {
      if (answer.status === 'rejected') throw answer.reason;
      return answer.value;
    });
  }
  const script = (statement: string) => after(session.script(statement));
  return {
    connection: {
      async executeQuery<R>(compiled: CompiledQuery) {
        if (last.has(compiled)) {
          ending.push(compiled);
          return { rows: [] };
        }
        const rest = followers.get(compiled);
        if (rest === undefined) return after(one<R>(compiled));
        return { rows: (await after(several([compiled, ...rest]))) as R[] };
      },
      streamQuery() {
        throw new Error('Rows are not streamed in a transaction: read them in pages.');
      },
    },
    async commit() {
      const ended = ending.map((statement) => one(statement));
      const committing = script('commit').catch((error: unknown) => {
        // Only here can the change have been stored although no response arrived.
        throw error instanceof StoreUnavailable ? new StoreUnavailable('unknown', error.cause) : error;
      });
      const [committed, ...answers] = await Promise.allSettled([committing, ...ended]);
      if (committed.status === 'rejected') throw committed.reason;
      // A commit after a failed statement rolls everything back.
      for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
      if (committed.value.command === 'ROLLBACK') throw new AbortedTransactionError();
    },
    async rollback() {
      // If the connection is gone, the server rolls back by itself, and the first error is the relevant one.
      await script('rollback').catch((error: unknown) => {
        if (!(error instanceof StoreUnavailable)) throw error;
      });
    },
  };
}
