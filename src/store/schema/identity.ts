import type { ColumnType, Generated } from 'kysely';
import type { Bytes, Instant, Json, MaybeInstant } from './columns.ts';

/** Authentication and authorization: people, credentials and grants. */
export interface IdentityTables {
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
    /** Time step of the last used code. Codes of it and of earlier steps are rejected, which prevents replay. */
    totp_step: number | null;
    /** Hashes of unused recovery codes. */
    recovery_codes: Json<string[]>;
    oidc_issuer: string | null;
    oidc_subject: string | null;
    disabled_at: MaybeInstant;
    created_at: Instant;
    last_seen_at: MaybeInstant;
    preferences: Json<unknown>;
    /** When the account was verified; null: it is not. */
    proven_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
    /** mail, provider, machine, owner; earlier: the account existed before verification was introduced. */
    proven_how: ColumnType<string | null, string | null | undefined, string | null>;
    /** The Owner who vouched for the person. */
    vouched_by: ColumnType<string | null, string | null | undefined, string | null>;
    /** Who saw the link with which the account was created or its password set. */
    handed_by: ColumnType<string | null, string | null | undefined, string | null>;
    /** Previous names of the account. */
    former_names: ColumnType<string[], string | undefined, string>;
    version: Generated<number>;
  };
  /** Notifications that a person has read, by id. */
  read_notifications: { user_id: string; notification: string; read_at: Instant };
  /** Saved filters of a list. */
  saved_views: {
    id: string;
    user_id: string;
    /** Path of the page with `$client` as placeholder, such as `/c/$client/controls`. */
    page: string;
    name: string;
    /** Query string, without `?`. */
    search: string;
    saved_at: Instant;
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
    /** Authentication method: password, password+totp, passkey, oidc. */
    method: string;
    ip: string;
    user_agent: string;
    created_at: Instant;
    last_seen_at: Instant;
    expires_at: Instant;
    /** When the person last confirmed their identity: at sign-in, or later before changing a sign-in method. */
    proved_at: Instant;
  };
  /** Requests with an `Idempotency-Key` and their responses, kept for a day. */
  idempotency_keys: {
    /** SHA-256 of account, client and key. */
    id: string;
    user_id: string;
    /** null: an operation of the workspace. */
    client_id: string | null;
    /** SHA-256 of operation and input. */
    request_hash: string;
    /** Set in the transaction of the change itself; false means that nothing was done. */
    changed: Generated<boolean>;
    /** null: no response yet, or one too long to keep. */
    reply_sealed: ColumnType<string | null, string | null | undefined, string | null>;
    begun_at: ColumnType<Date, Date, Date>;
    expires_at: ColumnType<Date, Date, never>;
  };
  /** One row: the time at which a job last read the clock, since when the clock has not jumped, and the longest absence. */
  clock_seen: { id: number; seen_at: Instant; steady_since: Instant; away_seconds: number };
  /** Hashes of networks from which a person has signed in. Attacks from other networks cannot lock them out there. */
  known_networks: { user_id: string; network: string; last_at: Instant };
  /** Short-lived secrets: first-owner link, WebAuthn challenge, OIDC state, unfinished sign-in. */
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
    /** mail: only the address received the link. handed: the inviter saw it. */
    delivery: ColumnType<string, string | undefined, string>;
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
    /** First characters, by which a person recognizes the token. */
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
    /** What is rate limited: a hash of address and network, never the address alone. */
    key: string;
    at: Instant;
  };
}
