import type { ColumnType, Generated, RawBuilder } from 'kysely';
import type { Bytes, Instant, Json, MaybeInstant, MaybeJson } from './columns.ts';

/** What people and Bylaw decided, and what was made of it. */
export interface DecisionTables {
  attestations: {
    id: string;
    client_id: string;
    control_id: string;
    holds: boolean;
    seen: string;
    attested_by: string;
    note: string | null;
    evidence_sha: string | null;
    /** SHA-256 of the files beside that one. */
    evidence_more: ColumnType<string[], string | undefined, string>;
    /** The file that an imported statement names as proof, where it did not come along. */
    proof_missing: string | null;
    expires: string | null;
    /** The client's domains when it was recorded; null: they were not kept. */
    domains: ColumnType<string[] | null, string | RawBuilder<unknown> | undefined, never>;
    import_id: string | null;
    created_by: string;
    created_at: Instant;
    withdrawn_by: string | null;
    withdrawn_by_name: string | null;
    withdrawn_at: MaybeInstant;
    withdrawn_reason: string | null;
  };
  exceptions: {
    id: string;
    client_id: string;
    control_id: string;
    items: MaybeJson<string[]>;
    /** By item, the widest state that it covers; null: whatever the state. */
    at_most: MaybeJson<Record<string, 'allow' | 'ask' | 'blocked'>>;
    reason: string;
    owner: string;
    from_day: string;
    until_day: string;
    /** requested: waits for a second person; approved; refused; ended */
    state: string;
    requested_by: string;
    requested_by_name: string;
    requested_at: Instant;
    decided_by: string | null;
    decided_by_name: string | null;
    decided_at: MaybeInstant;
    decision_note: string | null;
    ended_by: string | null;
    ended_by_name: string | null;
    ended_at: MaybeInstant;
    ended_reason: string | null;
    version: Generated<number>;
  };
  /** What someone was quoted, at most one for each purchase. */
  people_decisions: {
    id: string;
    client_id: string;
    /** same, different, shared, service, guest: the keys of charter `people`. */
    kind: string;
    addresses: Json<string[]>;
    reason: string | null;
    decided_by: string;
    decided_by_name: string;
    decided_at: Instant;
    withdrawn_by: string | null;
    withdrawn_by_name: string | null;
    withdrawn_at: MaybeInstant;
    withdrawn_reason: string | null;
  };
  verdicts: {
    id: string;
    client_id: string;
    control_id: string;
    state: string;
    reason: string;
    /** The whole verdict as decided. */
    body: Json<unknown>;
    /** What a change of it means a new row: state, reason and items, not the day of a reading. */
    digest: string;
    /** Hash of the body, to see without comparing whether anything in it is new. */
    body_digest: string;
    since: Instant;
    /** null: current. */
    until: MaybeInstant;
    decided_day: string;
    good_until: string | null;
    due: string | null;
  };
  visits: { client_id: string; user_id: string; previous_at: MaybeInstant; last_at: Instant };
  reports: {
    id: string;
    client_id: string;
    title: string;
    as_of: string;
    /** Deflated JSON of the report model. */
    model: Bytes;
    model_sha256: string;
    /** SHA-256 of the files that it rests on: they stay as long as the report does. */
    rests_on: ColumnType<string[], string | undefined, string>;
    counts: Json<Record<string, number>>;
    paper: string;
    schedule_id: string | null;
    made_by: string;
    made_by_name: string;
    made_at: Instant;
  };
  /** Links at which people without an account read one report. */
  report_links: {
    client_id: string;
    id: string;
    report_id: string;
    token_hash: string;
    /** Whom it was made for. */
    label: string;
    expires_at: Instant;
    made_by: string;
    made_by_name: string;
    made_at: Instant;
    revoked_at: MaybeInstant;
    revoked_by_name: string | null;
    opened: Generated<number>;
    last_opened_at: MaybeInstant;
  };
  /** Links at which people without an account hand in files. */
  upload_links: {
    client_id: string;
    id: string;
    token_hash: string;
    /** Whom it was made for. */
    label: string;
    /** Kinds of files that are asked for. */
    kinds: Json<string[]>;
    /** The import that its files wait in; null: none came yet. */
    import_id: string | null;
    /** Files and bytes that came over it. */
    files: Generated<number>;
    bytes: Generated<number>;
    expires_at: Instant;
    made_by: string;
    made_by_name: string;
    made_at: Instant;
    revoked_at: MaybeInstant;
    revoked_by_name: string | null;
    last_used_at: MaybeInstant;
  };
  report_schedules: {
    id: string;
    client_id: string;
    cadence: string;
    /** Day of the week (1 to 7) or month (1 to 28). */
    on_day: number;
    recipients: Json<string[]>;
    paper: string;
    next_on: string;
    paused: boolean;
    created_by: string;
    created_at: Instant;
    version: Generated<number>;
  };
  /** What retention removed. */
  removals: {
    client_id: string;
    what: 'reading' | 'file' | 'report';
    /** Id of the reading or report; SHA-256 of a file. */
    id: string;
    /** Kind of a reading. */
    kind: string | null;
    name: string;
    sha256: string;
    bytes: number;
    /** Day of the reading or report, or on which the file was added. */
    of_day: string;
    rows: number | null;
    import_id: string | null;
    stored_at: MaybeInstant;
    stored_by: string | null;
    removed_at: Instant;
    /** Day of the removal in the client's zone. */
    removed_on: string;
    /** Number of the audit record that tells of it. */
    record: number;
  };
}
