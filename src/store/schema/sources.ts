import type { ColumnType, Generated } from 'kysely';
import type { Instant, Json, MaybeInstant, MaybeJson } from './columns.ts';

/** What reading with one scope came to. */
export interface ScopeReading {
  readonly scope: string;
  /** granted: it was read; missing: the vendor says that the key lacks it; unknown: it could not be told. */
  readonly state: 'granted' | 'missing' | 'unknown';
  /** Why it could not be told; null: it could. */
  readonly why: string | null;
}

export interface SourceTenant {
  readonly id: string;
  readonly name: string | null;
}

/** Vendors that are read by program, where each reading stands, and which time is complete. */
export interface SourceTables {
  source_connections: {
    client_id: string;
    id: string;
    vendor: string;
    /** Kind of credential, one of `keys` in the vendor's `source.yaml`. */
    key_kind: string;
    /** What of the credential is no secret, by the names of the vendor's fields. */
    settings: ColumnType<Readonly<Record<string, string>>, string | undefined, string>;
    /** The secret parts as JSON; until migration 049 the bare key. null: lost with the key that sealed it. */
    key_sealed: string | null;
    /** So much of the credential that people can tell which it is. */
    key_hint: string;
    scopes: Json<ScopeReading[]>;
    tenants: Json<SourceTenant[]>;
    /** The tenant, where the vendor's tenants belong to one client each; null: they do not, or it is not known. */
    tenant_of_one: Generated<string | null>;
    /** What shares the vendor's limits, as far as it is known. */
    parent: string;
    /** connected, refused, no_key */
    state: string;
    problem: string | null;
    /** on, off, unknown */
    recording: string;
    recording_at: MaybeInstant;
    /** When the credential ends; null: it does not, or the vendor does not say. */
    expires_at: MaybeInstant;
    tested_at: Instant;
    connected_by_name: string;
    connected_at: Instant;
    version: Generated<number>;
  };
  activity_source_streams: {
    client_id: string;
    source_connection_id: string;
    stream: string;
    /** Which of a connection's streams is read first. */
    position: number;
    /** Where the reading stands, in the source's own words. */
    place: MaybeJson<unknown>;
    /** new, reading, ok, waiting, failed, stuck, refused, not_offered */
    state: string;
    says: string | null;
    next_at: Instant;
    /** Who reads it now. */
    claim: string | null;
    claimed_until: MaybeInstant;
    /** When it was last read to its end. */
    read_at: MaybeInstant;
    /** When the newest event that it brought happened; null: it brought none, or none since migration 051. */
    newest_at: MaybeInstant;
    /** Activities or rows that it brought. */
    brought: Generated<number>;
    failures: Generated<number>;
  };
  activity_source_spans: {
    client_id: string;
    source: string;
    from_at: Instant;
    to_at: Instant;
    gap: string | null;
    mendable: boolean;
  };
  /** Readings that people brought whose rows are in the activity log. */
  activity_logged_readings: { client_id: string; observation_id: string; logged_at: Instant };
  /** Where streams stood when their connection went. */
  source_places: {
    client_id: string;
    vendor: string;
    key_kind: string;
    stream: string;
    place: Json<unknown>;
    /** Ids of the tenants that were read. */
    tenants: Json<string[]>;
    left_at: Instant;
  };
  /** Keys that Bylaw reads with, as the vendor's log names them. */
  source_own_keys: { client_id: string; key_id: string };
  activity_source_budgets: { parent: string; minute: Instant; used: number };
}
