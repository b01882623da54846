import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type Transaction,
} from 'kysely';
import type { Opening, Session } from './engine.ts';
import { StoreUnavailable } from './problems.ts';

/** Told of every statement that succeeded, with the number of rows that it changed; null for one that changes none. */
export type OnStatement = (statement: CompiledQuery, changed: number | null) => void;

/**
 * One transaction of Kysely's on a connection that someone else holds.
 */
export async function inTransaction<DB, T>(
  session: Session,
  opening: Opening,
  work: (tx: Transaction<DB>) => Promise<T>,
  onStatement: OnStatement = () => {},
): Promise<T> {
  const dialect: Dialect = {
    createDriver: () => driver(session, opening, onStatement),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  return new Kysely<DB>({ dialect }).transaction().execute(work);
}

/** Statements that go out in one round trip, by the first of them. */
const followers = new WeakMap<CompiledQuery, readonly CompiledQuery[]>();

/**
 * Sends several statements at once, which are done in this order, and gives their answers. Where one fails, the
 * database does none of those behind it.
 */
export async function together<DB>(
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
 * Has statements done at the end of the transaction, in the round trip of its commit. Where one fails, nothing of the
 * transaction is stored and whoever waits for it hears why.
 */
export async function atEnd<DB>(tx: Transaction<DB>, statements: readonly CompiledQuery[]): Promise<void> {
  for (const statement of statements) {
    const marked = { ...statement };
    last.add(marked);
    await tx.executeQuery(marked);
  }
}

function driver(session: Session, opening: Opening, onStatement: OnStatement): Driver {
  let begun: Promise<void> | null = null;
  const ending: CompiledQuery[] = [];
  /** Anyone who asks first waits for the beginning as well, which went out with it. */
  async function after<T>(answer: Promise<T>): Promise<T> {
    if (begun === null) return answer;
    const beginning = begun;
    begun = null;
    return (await Promise.all([beginning, answer]))[1];
  }
  async function one<R>(statement: CompiledQuery): Promise<QueryResult<R>> {
    const answer = await session.query<R>(statement.sql, statement.parameters);
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
  const connection: DatabaseConnection = {
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
  };
  const script = (statement: string) => after(session.script(statement));
  const savepoint = async (statement: string): Promise<void> => {
    await script(statement);
  };
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    destroy: async () => {},
    async beginTransaction() {
      begun = session.begin(opening);
      // Anyone who asks first hears of it.
      begun.catch(() => {});
    },
    async commitTransaction() {
      const ended = ending.map((statement) => one(statement));
      const committing = script('commit').catch((error: unknown) => {
        // Only here may the change have been stored although the answer never came.
        throw error instanceof StoreUnavailable ? new StoreUnavailable('unknown', error.cause) : error;
      });
      const [commit, ...answers] = await Promise.allSettled([committing, ...ended]);
      if (commit.status === 'rejected') throw commit.reason;
      // A commit after a statement that failed undoes everything.
      for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
      if (commit.value.command === 'ROLLBACK') throw new AbortedTransactionError();
    },
    async rollbackTransaction() {
      // When the connection is gone the server rolls back by itself, and what is worth telling is the first error.
      await script('rollback').catch((error: unknown) => {
        if (!(error instanceof StoreUnavailable)) throw error;
      });
    },
    savepoint: (_connection, name, compile) => savepoint(named('savepoint', name, compile)),
    rollbackToSavepoint: (_connection, name, compile) =>
      savepoint(named('rollback to savepoint', name, compile)),
    releaseSavepoint: (_connection, name, compile) => savepoint(named('release savepoint', name, compile)),
  };
}

function named(command: string, name: string, _compile: unknown): string {
  if (!/^[a-z_][a-z0-9_]*$/i.test(name)) throw new Error(`${name} cannot be the name of a savepoint.`);
  return `${command} ${name}`;
}
