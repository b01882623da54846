import type { Activity } from '#domain/activity/activity.ts';
import type { NumberRange } from '#domain/activity/telemetry-ledger.ts';
import type { Instant, Json } from './columns.ts';

type Stated<T> = { readonly [K in keyof T]?: NonNullable<T[K]> };

/** What of an activity is not filtered by: the parts of `domain/activity/activity.ts` that have no column, without nulls. */
export type ActivityRest = Stated<
  Pick<Activity, 'claimedAt' | 'organization' | 'session' | 'prompt' | 'ip' | 'userAgent' | 'connectorName'>
> & {
  /** The organization, in rows from before November 2026. */
  readonly organisation?: string;
  readonly actor: Omit<Stated<Activity['actor']>, 'email'> & {
    /** true: the same as the column `person`. */
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
  /** Events that came over telemetry, per emitter and hour of receipt. */
  activity_intake: {
    client_id: string;
    emitter: string;
    hour: Instant;
    events: number;
    /** Of them: events of another organization than the client's. */
    other_organization: number;
    no_organization: number;
    no_person: number;
    /** Of them: events whose instant could not be believed. */
    clock: number;
    last_received_at: Instant;
    /** Newest event by its own instant. */
    last_at: Instant;
    last_type: string;
    service: string | null;
    version: string | null;
  };
  /** Claude organizations that a client's telemetry names. */
  activity_organizations: {
    client_id: string;
    organization: string;
    events: number;
    first_at: Instant;
    last_at: Instant;
  };
  /** Records of telemetry that were refused or left out, per hour, signal and reason. */
  activity_refusals: {
    client_id: string;
    hour: Instant;
    signal: string;
    reason: string;
    records: number;
    last_at: Instant;
  };
  /** Texts that the charter lets be kept, each of the activity with its instant and id. */
  activity_texts: {
    client_id: string;
    at: Instant;
    id: string;
    part: string;
    /** Locked with the client's key of `activity_text_keys`. */
    locked: string;
    /** How long the whole text was. */
    characters: number;
    person: string | null;
    keep_until: Instant;
    /** Version of the charter that lets it be kept. */
    charter: number;
    stored_at: Instant;
  };
  activity_text_keys: { client_id: string; key_sealed: string };
  /** Numbers of events that came of each session of telemetry. */
  activity_sequences: {
    client_id: string;
    session: string;
    ranges: Json<readonly NumberRange[]>;
    /** How many holes there are between them. */
    holes: number;
    first_at: Instant;
    last_at: Instant;
  };
  /** How far a client's log was gone through for them. */
  activity_sequence_reads: { client_id: string; seq: number };
  /** When a server was at work, each from its start to its last word. */
  server_runs: { id: string; from_at: Instant; to_at: Instant };
  /** Activities that decisions look at. */
  activity_rule_events: {
    client_id: string;
    at: Instant;
    id: string;
    seq: number;
    /** One event stands for others of its day that say the same; null: it stands for itself. */
    once: string | null;
  };
  /** How many of them there were, and how many when the client was decided last. */
  activity_rule_heads: { client_id: string; noted: number; announced: number };
}
