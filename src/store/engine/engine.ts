import pg from 'pg';
import type { Heard, Listening } from './listen.ts';

/** One answer of the database. `changed` counts the rows of an insert, update or delete; null for anything else. */
export interface Answer<R = Record<string, unknown>> {
  readonly rows: R[];
  readonly command: string;
  readonly changed: number | null;
}

/** How a transaction begins: as which role, and the rows of which clients it sees. */
export interface Opening {
  /** What follows `begin`. */
  readonly mode: 'isolation level repeatable read read only' | 'isolation level read committed';
  /** null keeps the role of the connection. */
  readonly role: string | null;
  /** Value of `bylaw.scope`, which the policies read. */
  readonly scope: string;
}

/** One connection, used by one caller at a time. What is asked before an answer came goes out at once, in order. */
export interface Session {
  /** Begins a transaction, in the same round trip as what is asked next. */
  begin(opening: Opening): Promise<void>;
  /** One statement with parameters `$1`, `$2`, … */
  query<R = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Answer<R>>;
  /** Several statements without parameters in one round trip; gives the answer of the last one. */
  script(sql: string): Promise<Answer>;
}

/**
 * A database, embedded or on a server. Both speak the same SQL and give the same values: `bigint` as number, `numeric`
 * as text, `date` as YYYY-MM-DD, `timestamptz` as Date, `bytea` as Uint8Array, `jsonb` parsed.
 */
export interface Engine {
  readonly kind: 'embedded' | 'server';
  /** Where the data is, for messages; never with a password in it. */
  readonly place: string;
  /**
   * Gives a connection of its own to `use`. On the embedded database there is only one, so callers wait for each
   * other. Errors of the connection come as {@link StoreUnavailable}, a full disk as {@link StorageFull}.
   */
  session<T>(use: (session: Session) => Promise<T>): Promise<T>;
  /**
   * Gives a connection to the database as it is at one moment, which `use` may take its time over: others go on reading
   * and writing. Where that takes a copy of the files, it lies in `folder`, an existing directory, and goes away. The
   * embedded database in memory, or on a disk without room for a copy, has the others wait.
   */
  snapshot<T>(folder: string, use: (session: Session) => Promise<T>): Promise<T>;
  /** Hears what is notified of on a channel of the database; null where no other process can be on it. */
  readonly listen: ((channel: string, heard: Heard) => Listening) | null;
  /** Throws {@link StorageFull} when so little space is left that writing would be a risk. */
  roomToWrite(): Promise<void>;
  close(): Promise<void>;
}

/** The types of PostgreSQL whose values come otherwise than the driver would give them, by object id. */
const OURS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [20, wholeNumber],
  [1082, (text) => text],
  [1700, (text) => text],
]);

/** What makes a value of the text of a type, the same on both engines. */
export function parserOf(oid: number): (text: string) => unknown {
  return OURS.get(oid) ?? pg.types.getTypeParser(oid, 'text');
}

const COUNTED = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** The rows that a command changed; null for one that changes none. */
export function counted(command: string, rows: number | null): number | null {
  return COUNTED.has(command) ? (rows ?? 0) : null;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a whole number.`);
  return value;
}
