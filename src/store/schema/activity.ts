import type { Activity } from '#domain/activity/activity.ts';
import type { NumberRange } from '#domain/activity/telemetry-ledger.ts';
import type { Instant, Json } from './columns.ts';

type Stated<T> = { readonly [K in keyof T]?: NonNullable<T[K]> };

/**
 * Parts of an activity (`domain/activity/activity.ts`) that have no column because nothing filters by them; nulls
 * omitted.
 */
export type ActivityRest = Stated<
  Pick<Activity, 'claimedAt' | 'organization' | 'session' | 'prompt' | 'ip' | 'userAgent' | 'connectorName'>
> & {
  /** Older spelling of `organization`, in rows written before November 2026. */
  readonly organisation?: string;
  readonly actor: Omit<Stated<Activity['actor']>, 'email'> & {
    /** true: same address as the column `person`. */
    readonly email?: string | true;
  };
  readonly amounts: Stated<Activity['amounts']>;
  readonly detail: Activity['detail'];
};

/** The activity log of each client. */
export interface ActivityTables {
  activities: {
    client_id: string;
    at: Instant;
    id: string;
    seq: number;
    received_at: Instant;
    source: string;
    surface: string;
    type: string;
    category: string;
    person: string | null;
    connector: string | null;
    tool: string | null;
    effect: string | null;
    outcome: string | null;
    model: string | null;
    rest: Json<ActivityRest>;
  };
  activity_heads: { client_id: string; last_seq: number };
  /** Telemetry events received, per emitter and hour of receipt. */
  activity_intake: {
    client_id: string;
    emitter: string;
    hour: Instant;
    events: number;
    /** Of `events`: those of another organization than the client's. */
    other_organization: number;
    no_organization: number;
    no_person: number;
    /** Of `events`: those whose own timestamp was implausible. */
    clock: number;
    last_received_at: Instant;
    /** Timestamp of the newest event, by the sender's clock. */
    last_at: Instant;
    last_type: string;
    service: string | null;
    version: string | null;
  };
  /** Claude organizations named in a client's telemetry. */
  activity_organizations: {
    client_id: string;
    organization: string;
    events: number;
    first_at: Instant;
    last_at: Instant;
  };
  /** Telemetry records that were refused or skipped, per hour, signal and reason. */
  activity_refusals: {
    client_id: string;
    hour: Instant;
    signal: string;
    reason: string;
    records: number;
    last_at: Instant;
  };
  /** Texts that the charter allows to be kept. Each belongs to the activity with the same `at` and `id`. */
  activity_texts: {
    client_id: string;
    at: Instant;
    id: string;
    part: string;
    /** Encrypted with the client's key in `activity_text_keys`. */
    locked: string;
    /** Length of the whole text, which may have been truncated. */
    characters: number;
    person: string | null;
    keep_until: Instant;
    /** Version of the charter that allows it to be kept. */
    charter: number;
    stored_at: Instant;
  };
  activity_text_keys: { client_id: string; key_sealed: string };
  /** Sequence numbers of the events received in each telemetry session. */
  activity_sequences: {
    client_id: string;
    session: string;
    ranges: Json<readonly NumberRange[]>;
    /** Number of gaps between the ranges. */
    holes: number;
    first_at: Instant;
    last_at: Instant;
  };
  /** Highest `seq` of a client's log already scanned for sequence numbers. */
  activity_sequence_reads: { client_id: string; seq: number };
  /** Uptime of server processes, from start to last heartbeat. */
  server_runs: { id: string; from_at: Instant; to_at: Instant };
  /** Activities that rules read. */
  activity_rule_events: {
    client_id: string;
    at: Instant;
    id: string;
    seq: number;
    /** Deduplication key: one event represents all others of its day with the same key. null: not deduplicated. */
    once: string | null;
  };
  /** Number of such events noted, and that number when the client was last evaluated. */
  activity_rule_heads: { client_id: string; noted: number; announced: number };
}
