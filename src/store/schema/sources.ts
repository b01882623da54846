import type { ColumnType, Generated } from 'kysely';
import type { Instant, Json, MaybeInstant, MaybeJson } from './columns.ts';

/** Result of a read with one scope. */
export interface ScopeReading {
  readonly scope: string;
  /** granted: it was read. missing: the vendor says that the key lacks it. unknown: could not be determined. */
  readonly state: 'granted' | 'missing' | 'unknown';
  /** Why the state is unknown; null: it is not. */
  readonly why: string | null;
}

export interface SourceTenant {
  readonly id: string;
  readonly name: string | null;
}

/** Connections to vendors, the state of each stream, and which periods are complete. */
export interface SourceTables {
  source_connections: {
    client_id: string;
    id: string;
    vendor: string;
    /** Kind of credential, one of `keys` in the vendor's `source.yaml`. */
    key_kind: string;
    /** Non-secret parts of the credential, by the vendor's field names. */
    settings: ColumnType<Readonly<Record<string, string>>, string | undefined, string>;
    /** JSON of the secret parts; before migration 049, the bare key. null: lost with the key that sealed it. */
    key_sealed: string | null;
    /** Enough of the credential for people to recognize it. */
    key_hint: string;
    scopes: Json<ScopeReading[]>;
    tenants: Json<SourceTenant[]>;
    /** The tenant, for vendors whose tenants belong to one client each; null: they do not, or it is not known. */
    tenant_of_one: Generated<string | null>;
    /** Id of what shares the vendor's rate limits, as far as known. */
    parent: string;
    /** connected, refused, no_key */
    state: string;
    problem: string | null;
    /** on, off, unknown */
    recording: string;
    recording_at: MaybeInstant;
    /** When the credential expires; null: never, or the vendor does not say. */
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
    /** Order in which a connection's streams are read. */
    position: number;
    /** Position of the reader, in a format of the source. */
    place: MaybeJson<unknown>;
    /** new, reading, ok, waiting, failed, stuck, refused, not_offered */
    state: string;
    says: string | null;
    next_at: Instant;
    /** Process that is reading it. */
    claim: string | null;
    claimed_until: MaybeInstant;
    /** When it was last read to the end. */
    read_at: MaybeInstant;
    /** Time of the newest event read; null: none, or none since migration 051. */
    newest_at: MaybeInstant;
    /** Number of activities or rows read. */
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
  /** Imported readings whose rows are in the activity log. */
  activity_logged_readings: { client_id: string; observation_id: string; logged_at: Instant };
  /** Positions of streams when their connection was removed. */
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
  /** Keys that Bylaw reads with, as named in the vendor's log. */
  source_own_keys: { client_id: string; key_id: string };
  activity_source_budgets: { parent: string; minute: Instant; used: number };
}
