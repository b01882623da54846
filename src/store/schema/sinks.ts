import type { ColumnType, Generated } from 'kysely';
import type { ForwardedEvent, SinkFilter } from '#domain/forwarding/event.ts';
import type { SinkFinding } from '#domain/forwarding/findings.ts';
import type { Instant, Json, MaybeInstant } from './columns.ts';

/** Where activities and alerts are handed on to, and how far that has come. */
export interface SinkTables {
  sinks: {
    id: string;
    client_id: string;
    /** Id of the kind in src/sinks/registry.ts. */
    kind: string;
    name: string;
    /** Where it sends to, without a secret. */
    place: string;
    /** Hosts that it asks, as in a URL. */
    hosts: Json<readonly string[]>;
    /** Without what is secret. */
    settings: Json<Readonly<Record<string, unknown>>>;
    /** JSON of what is secret, sealed; null: there is nothing, or it was lost with its key. */
    secrets_sealed: string | null;
    filter: Json<SinkFilter>;
    /** What someone has to put right, as it was last told. */
    findings: ColumnType<readonly SinkFinding[], string | undefined, string>;
    /** A delivery that was taken, at most a day before the last one; null: none was. */
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
    /** The process that sends at the moment. By the database's clock. */
    lease_by: string | null;
    lease_until: MaybeInstant;
    /** working, retrying, stopped */
    state: string;
    failures: Generated<number>;
    retry_at: MaybeInstant;
    tried_at: MaybeInstant;
    accepted_at: MaybeInstant;
    /** Events that were taken, ever; one that was taken twice counts twice. */
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
    /** Everything up to this number was taken, is set aside, or is not wanted. */
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
    /** So many of `count` were refused, which ones is not reported; 0: all. */
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
