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
  type Transaction,
} from 'kysely';
import type { Opening, Session } from './engine.ts';
import { StoreUnavailable } from './problems.ts';

/** Told of every statement that succeeded, with the number of rows that it changed; null for one that changes none. */
export type OnStatement = (sql: string, changed: number | null) => void;

/**
 * One transaction of Kysely's on a connection that somebody else holds.
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

function driver(session: Session, opening: Opening, onStatement: OnStatement): Driver {
  const connection: DatabaseConnection = {
    async executeQuery<R>(compiled: CompiledQuery) {
      const answer = await session.query<R>(compiled.sql, compiled.parameters);
      onStatement(compiled.sql, answer.changed);
      return {
        rows: answer.rows,
        ...(answer.changed === null ? {} : { numAffectedRows: BigInt(answer.changed) }),
      };
    },
    streamQuery() {
      throw new Error('Rows are not streamed in a transaction: read them in pages.');
    },
  };
  const savepoint = async (statement: string): Promise<void> => {
    await session.script(statement);
  };
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    destroy: async () => {},
    async beginTransaction() {
      await session.begin(opening);
    },
    async commitTransaction() {
      const { command } = await session.script('commit').catch((error: unknown) => {
        // Only here may the change have been stored although the answer never came.
        throw error instanceof StoreUnavailable ? new StoreUnavailable('unknown', error.cause) : error;
      });
      if (command === 'ROLLBACK') throw new AbortedTransactionError();
    },
    async rollbackTransaction() {
      // When the connection is gone the server rolls back by itself, and what is worth telling is the first error.
      await session.script('rollback').catch((error: unknown) => {
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
