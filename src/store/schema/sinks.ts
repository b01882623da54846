import type { ColumnType, Generated } from 'kysely';
import type { ForwardedEvent, SinkFilter } from '#domain/forwarding/event.ts';
import type { SinkFinding } from '#domain/forwarding/findings.ts';
import type { Instant, Json, MaybeInstant } from './columns.ts';

/** Sinks for activities and alerts, and their delivery state. */
export interface SinkTables {
  sinks: {
    id: string;
    client_id: string;
    /** Id of the kind in src/sinks/registry.ts. */
    kind: string;
    name: string;
    /** Destination, without secrets. */
    place: string;
    /** Hosts that it connects to, as in a URL. */
    hosts: Json<readonly string[]>;
    /** Non-secret settings. */
    settings: Json<Readonly<Record<string, unknown>>>;
    /** Sealed JSON of the secret settings; null: none, or lost with its key. */
    secrets_sealed: string | null;
    filter: Json<SinkFilter>;
    /** Problems that someone has to fix, as last reported. */
    findings: ColumnType<readonly SinkFinding[], string | undefined, string>;
    /** Time of an accepted delivery, up to a day before the last one; null: none. */
    delivered_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
    paused: boolean;
    created_at: Instant;
    created_by_name: string;
    changed_at: Instant;
    changed_by_name: string;
    version: Generated<number>;
  };
  activity_sink_states: {
    sink_id: string;
    client_id: string;
    /** Process that holds the lease to send. By the database's clock. */
    lease_by: string | null;
    lease_until: MaybeInstant;
    /** working, retrying, stopped */
    state: string;
    failures: Generated<number>;
    retry_at: MaybeInstant;
    tried_at: MaybeInstant;
    accepted_at: MaybeInstant;
    /** Total events accepted; one that was accepted twice counts twice. */
    accepted_count: Generated<number>;
    last_says: string | null;
    failed_at: MaybeInstant;
    failed_says: string | null;
    failed_answer: string | null;
  };
  activity_sink_cursors: {
    sink_id: string;
    client_id: string;
    stream: string;
    /** Everything up to this number was accepted, set aside, or filtered out. */
    seq: number;
  };
  activity_dead_letters: {
    id: string;
    client_id: string;
    sink_id: string;
    stream: string;
    first_seq: number;
    last_seq: number;
    count: number;
    /** Number of `count` that were refused without the sink saying which; 0: all of them. */
    unnamed: Generated<number>;
    events: Json<readonly ForwardedEvent[]>;
    says: string;
    answer: string | null;
    /** waiting, replayed, dropped */
    state: string;
    made_at: Instant;
    edited_at: MaybeInstant;
    edited_by_name: string | null;
    settled_at: MaybeInstant;
    settled_by_name: string | null;
    settled_why: string | null;
    version: Generated<number>;
  };
}
