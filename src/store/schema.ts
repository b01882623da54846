import type { ColumnType, Generated } from 'kysely';
import type { ClientStanding } from './verdicts/fleet.ts';

/**
 * Every table as Kysely sees it. What each is for and its row-level security stand in migrations/.
 *
 * Instants are `timestamptz` and come back as `Date`; days are YYYY-MM-DD text in the client's zone, since a day is
 * not an instant. JSON goes in as text (`JSON.stringify`) and comes back parsed.
 */
export type Instant = ColumnType<Date, Date | string, Date | string>;
export type MaybeInstant = ColumnType<Date | null, Date | string | null, Date | string | null>;
export type Json<T> = ColumnType<T, string, string>;
type MaybeJson<T> = ColumnType<T | null, string | null, string | null>;
type Bytes = ColumnType<Uint8Array, Uint8Array, Uint8Array>;

export interface Database {
  workspace: {
    id: Generated<number>;
    name: string;
    settings: Json<unknown>;
    version: Generated<number>;
    created_at: Generated<Date>;
  };
  users: {
    id: string;
    email: string;
    name: string;
    password: string | null;
    totp_sealed: string | null;
    totp_since: MaybeInstant;
    /** Time step of the code that was used last: neither it nor an older one is taken again. */
    totp_step: number | null;
    /** Hashes of recovery codes that were not used yet. */
    recovery_codes: Json<string[]>;
    oidc_issuer: string | null;
    oidc_subject: string | null;
    disabled_at: MaybeInstant;
    created_at: Instant;
    last_seen_at: MaybeInstant;
    preferences: Json<unknown>;
    version: Generated<number>;
  };
  passkeys: {
    id: string;
    user_id: string;
    credential_id: string;
    public_key: Bytes;
    counter: number;
    transports: Json<string[]>;
    name: string;
    created_at: Instant;
    last_used_at: MaybeInstant;
  };
  sessions: {
    id: string;
    user_id: string;
    token_hash: string;
    /** How the person proved who they are: password, password+totp, passkey, oidc. */
    method: string;
    ip: string;
    user_agent: string;
    created_at: Instant;
    last_seen_at: Instant;
    expires_at: Instant;
    /** When the person last proved who they are: at sign-in, or since then before a change of how they sign in. */
    proved_at: Instant;
  };
  /** Networks that a person signed in from, as hashes: attacks from elsewhere never keep them out there. */
  known_networks: { user_id: string; network: string; last_at: Instant };
  /** Short-lived secrets: first-owner link, WebAuthn challenge, OIDC state, half-done sign-in. */
  challenges: {
    id: string;
    kind: string;
    token_hash: string;
    data: Json<unknown>;
    created_at: Instant;
    expires_at: Instant;
  };
  invitations: {
    id: string;
    email: string;
    name: string;
    token_hash: string;
    grants: Json<unknown>;
    invited_by: string;
    created_at: Instant;
    expires_at: Instant;
    accepted_at: MaybeInstant;
    revoked_at: MaybeInstant;
  };
  grants: {
    id: string;
    user_id: string;
    /** null: every client, and the workspace itself. */
    client_id: string | null;
    effect: 'allow' | 'deny';
    role: string | null;
    /** Only with `deny`: one permission; null denies everything. */
    permission: string | null;
    granted_by: string;
    created_at: Instant;
  };
  api_tokens: {
    id: string;
    name: string;
    purpose: string;
    user_id: string | null;
    client_id: string | null;
    token_hash: string;
    /** The first characters, so that a person can tell tokens apart. */
    prefix: string;
    created_by: string;
    created_at: Instant;
    expires_at: MaybeInstant;
    last_used_at: MaybeInstant;
    revoked_at: MaybeInstant;
  };
  identity_providers: {
    id: string;
    name: string;
    issuer: string;
    oidc_client_id: string;
    secret_sealed: string | null;
    enabled: boolean;
    created_at: Instant;
    version: Generated<number>;
  };
  attempts: {
    id: Generated<string>;
    /** What is limited: a hash of address and network, never the address alone. */
    key: string;
    at: Instant;
  };
  audit_log: {
    client_id: string;
    seq: number;
    at: Instant;
    actor_kind: string;
    actor_id: string | null;
    actor_name: string;
    action: string;
    subject_kind: string;
    subject_id: string | null;
    /** The exact text that was hashed; every other column repeats a part of it for filtering. */
    body: string;
    prev: string;
    hash: string;
  };
  audit_heads: { client_id: string; seq: number; hash: string };
  clients: {
    id: string;
    slug: string;
    name: string;
    profile: Json<unknown>;
    sandbox: Generated<boolean>;
    logo: ColumnType<Uint8Array | null, Uint8Array | null, Uint8Array | null>;
    settings: Json<unknown>;
    /** Counts up with every fact that a verdict may rest on. */
    facts_version: Generated<number>;
    decided_version: Generated<number>;
    /** Day in the client's zone that the verdicts were decided for. */
    decided_day: string | null;
    decided_at: MaybeInstant;
    catalogue_digest: string | null;
    /** Counts and the most urgent verdict of the last decision, for lists over many clients. */
    standing: MaybeJson<ClientStanding>;
    version: Generated<number>;
    created_at: Instant;
  };
  evidence: {
    client_id: string;
    sha256: string;
    name: string;
    media_type: string;
    bytes: number;
    /** How it came: import, attestation, upload, report. */
    how: string;
    added_by: string;
    added_by_name: string | null;
    added_at: Instant;
  };
  imports: {
    id: string;
    client_id: string;
    /** collecting, reading, preview, storing, stored, cancelled, failed */
    state: string;
    created_by: string;
    created_by_name: string | null;
    created_at: Instant;
    finished_by: string | null;
    finished_by_name: string | null;
    finished_at: MaybeInstant;
    problem: string | null;
    preview: MaybeJson<unknown>;
    /** facts_version that the preview was made against. */
    preview_version: number | null;
    version: Generated<number>;
  };
  import_files: {
    id: string;
    client_id: string;
    import_id: string;
    name: string;
    sha256: string;
    bytes: number;
    modified: string | null;
    /** What a person says it is: a kind, a document, `evidence`, `left_out`; null: what its content shows. */
    wanted: string | null;
    /** Day on which a person says it was exported. */
    exported_on: string | null;
    columns: MaybeJson<Record<string, string | null>>;
    /** uploaded, read, refused */
    state: string;
    reports: MaybeJson<unknown>;
    created_at: Instant;
  };
  observations: {
    id: string;
    client_id: string;
    import_id: string | null;
    kind: string;
    provenance: string;
    file: string;
    sha256: string;
    bytes: number;
    modified: string | null;
    content_day: string | null;
    /** Day of the reading as it was dated when stored. */
    observed_on: string;
    date_from: string;
    complete: boolean;
    covers: MaybeJson<{ from: string; to: string }>;
    by_hand: boolean;
    mapping: Json<unknown>;
    unmapped: Json<string[]>;
    notes: Json<unknown>;
    row_count: number;
    /** SHA-256 of the normalised rows: two files that say the same have the same one. */
    rows_digest: string;
    /** null while its import is not stored; such a row is not a fact. */
    stored_at: MaybeInstant;
    stored_by: string | null;
  };
  observation_rows: {
    client_id: string;
    observation_id: string;
    part: number;
    /** Deflated JSON list of rows. */
    rows: Bytes;
  };
  documents: {
    id: string;
    client_id: string;
    kind: 'charter' | 'journal';
    version: number;
    value: Json<unknown>;
    lines: Json<Record<string, number>>;
    file: string;
    sha256: string;
    import_id: string | null;
    stored_at: Instant;
    stored_by: string;
  };
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
  /** What somebody was quoted, at most one for each purchase. */
  quotes: {
    client_id: string;
    /** Id of the purchase, as `domain/planner/purchases.ts` gives it. */
    purchase: string;
    /** US cents before tax, per seat, person or client and month. */
    usd_cents: number;
    note: string | null;
    /** Day of the quote. */
    quoted_on: string;
    entered_by: string;
    entered_by_name: string;
    entered_at: Instant;
    version: Generated<number>;
  };
  /** Sets of purchases that somebody saved to look at side by side. */
  comparisons: {
    id: string;
    client_id: string;
    name: string;
    /** Capability of appendix B; null: none chosen. */
    goal: string | null;
    /** Ids of purchases, set by set. */
    sets: Json<string[][]>;
    created_by: string;
    created_by_name: string;
    created_at: Instant;
    changed_by: string;
    changed_by_name: string;
    changed_at: Instant;
    version: Generated<number>;
  };
  /** Permissions to begin a locked task all the same, as they were asked for. */
  overrides: {
    id: string;
    client_id: string;
    /** Id of the journey's task. */
    task: string;
    reason: string;
    /** Ids of the tasks that it waited for then; it covers these and no others. */
    waited_for: Json<string[]>;
    requested_by: string;
    requested_by_name: string;
    requested_at: Instant;
  };
  override_decisions: {
    client_id: string;
    override_id: string;
    approved: boolean;
    reason: string;
    decided_by: string;
    decided_by_name: string;
    decided_at: Instant;
  };
  /** Who holds the deployment; the newest counts. */
  handovers: {
    id: string;
    client_id: string;
    /** msp, client */
    side: string;
    person: string;
    note: string | null;
    handed_by: string;
    handed_by_name: string;
    handed_at: Instant;
  };
  /** Keys with which this server signs records; the newest signs. */
  signing_keys: {
    /** SHA-256 of the certificate. */
    id: string;
    /** DER in base64. */
    certificate: string;
    /** null: lost with the key that sealed it. */
    key_sealed: string | null;
    created_at: Instant;
  };
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
