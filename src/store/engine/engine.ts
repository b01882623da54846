import pg from 'pg';
import type { Heard, Listening } from './listen.ts';

/** Result of a statement. `changed` is the number of rows inserted, updated or deleted; null for other statements. */
export interface Answer<R = Record<string, unknown>> {
  readonly rows: R[];
  readonly command: string;
  readonly changed: number | null;
}

/** How a transaction starts: with which role, and with the rows of which clients visible. */
export interface Opening {
  /** Text after `begin`. */
  readonly mode: 'isolation level repeatable read read only' | 'isolation level read committed';
  /** null: the role of the connection. */
  readonly role: string | null;
  /** Value of `bylaw.scope`, which the row-level policies read. */
  readonly scope: string;
}

/** One connection, used by one caller at a time. Statements sent before a result arrived are pipelined, in order. */
export interface Session {
  /** Starts a transaction, in the same round trip as the next statement. */
  begin(opening: Opening): Promise<void>;
  /** Runs one statement with parameters `$1`, `$2`, … */
  query<R = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Answer<R>>;
  /** Runs several statements without parameters in one round trip; returns the result of the last one. */
  script(sql: string): Promise<Answer>;
}

/**
 * A database, embedded or on a server. Both use the same SQL and return the same values: `bigint` as number, `numeric`
 * as text, `date` as YYYY-MM-DD, `timestamptz` as Date, `bytea` as Uint8Array, `jsonb` parsed.
 */
export interface Engine {
  readonly kind: 'embedded' | 'server';
  /** Where the data is, for messages; never contains a password. */
  readonly place: string;
  /**
   * Runs `use` with a connection of its own. The embedded database has only one, so callers wait for each other.
   * Connection errors are thrown as {@link StoreUnavailable}, a full disk as {@link StorageFull}.
   */
  session<T>(use: (session: Session) => Promise<T>): Promise<T>;
  /**
   * Runs `use` with a connection to a snapshot of the database, for any length of time, while others continue to read
   * and write. If that requires a copy of the files, it is made in `folder`, an existing directory, and removed
   * afterwards. Others have to wait if the embedded database is in memory or has no disk space for a copy.
   */
  snapshot<T>(folder: string, use: (session: Session) => Promise<T>): Promise<T>;
  /** Listens to notifications on a channel of the database; null: no other process can be using it. */
  readonly listen: ((channel: string, heard: Heard) => Listening) | null;
  /** Throws {@link StorageFull} if so little space is left that writing would be risky. */
  roomToWrite(): Promise<void>;
  close(): Promise<void>;
}

/** PostgreSQL types for which the driver's default conversion is replaced, by object id. */
const OURS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [20, wholeNumber],
  [1082, (text) => text],
  [1700, (text) => text],
]);

/** Converts the text of a value by its type, identically on both engines. */
export function parserOf(oid: number): (text: string) => unknown {
  return OURS.get(oid) ?? pg.types.getTypeParser(oid, 'text');
}

const COUNTED = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** Rows changed by a command; null for one that changes none. */
export function counted(command: string, rows: number | null): number | null {
  return COUNTED.has(command) ? (rows ?? 0) : null;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a whole number.`);
  return value;
}
