import type { ColumnType, Generated, RawBuilder } from 'kysely';
import type { Bytes, Instant, Json, MaybeInstant, MaybeJson } from './columns.ts';

/** Statements and decisions by people, verdicts, reports, and links for people without an account. */
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
    /** SHA-256 of further files. */
    evidence_more: ColumnType<string[], string | undefined, string>;
    /** Evidence file that an imported attestation names but that was not imported with it. */
    proof_missing: string | null;
    expires: string | null;
    /** The client's domains at the time; null: not recorded. */
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
    /** Per item, the least strict state that the exception covers; null: any state. */
    at_most: MaybeJson<Record<string, 'allow' | 'ask' | 'blocked'>>;
    reason: string;
    owner: string;
    from_day: string;
    until_day: string;
    /** requested (waits for a second person), approved, refused, ended */
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
  /** Decisions about whose an account is. */
  people_decisions: {
    id: string;
    client_id: string;
    /** same, different, shared, service, guest: the keys of `people` in the charter. */
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
    /** The whole verdict as evaluated. */
    body: Json<unknown>;
    /** Hash of state, reason and items. A new row is written only if it changes, not for a new reading day. */
    digest: string;
    /** Hash of `body`, a cheap test of whether anything in it changed. */
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
    /** SHA-256 of its evidence files, which are retained as long as the report. */
    rests_on: ColumnType<string[], string | undefined, string>;
    counts: Json<Record<string, number>>;
    paper: string;
    schedule_id: string | null;
    made_by: string;
    made_by_name: string;
    made_at: Instant;
  };
  /** Links with which people without an account can read one report. */
  report_links: {
    client_id: string;
    id: string;
    report_id: string;
    token_hash: string;
    /** Recipient of the link. */
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
  /** Links with which people without an account can upload files. */
  upload_links: {
    client_id: string;
    id: string;
    token_hash: string;
    /** Recipient of the link. */
    label: string;
    /** Requested kinds of files. */
    kinds: Json<string[]>;
    /** Import that its files are collected in; null: no file yet. */
    import_id: string | null;
    /** Number and size of the files uploaded. */
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
    /** Day of the week (1 to 7) or of the month (1 to 28). */
    on_day: number;
    recipients: Json<string[]>;
    paper: string;
    next_on: string;
    paused: boolean;
    created_by: string;
    created_at: Instant;
    version: Generated<number>;
  };
  /** Records of what retention removed. */
  removals: {
    client_id: string;
    what: 'reading' | 'file' | 'report';
    /** Id of the reading or report, or SHA-256 of the file. */
    id: string;
    /** Kind of the reading. */
    kind: string | null;
    name: string;
    sha256: string;
    bytes: number;
    /** Day of the reading or report, or when the file was added. */
    of_day: string;
    rows: number | null;
    import_id: string | null;
    stored_at: MaybeInstant;
    stored_by: string | null;
    removed_at: Instant;
    /** Day of the removal, in the client's zone. */
    removed_on: string;
    /** Number of the audit record that reports it. */
    record: number;
  };
}
