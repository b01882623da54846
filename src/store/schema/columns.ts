import type { ColumnType } from 'kysely';

/**
 * Instants are `timestamptz` and are read as `Date`. Days are YYYY-MM-DD text in the client's zone, since a day is not
 * an instant. JSON is written as text (`JSON.stringify`) and read parsed.
 */
export type Instant = ColumnType<Date, Date | string, Date | string>;
export type MaybeInstant = ColumnType<Date | null, Date | string | null, Date | string | null>;
export type Json<T> = ColumnType<T, string, string>;
export type MaybeJson<T> = ColumnType<T | null, string | null, string | null>;
export type Bytes = ColumnType<Uint8Array, Uint8Array, Uint8Array>;
