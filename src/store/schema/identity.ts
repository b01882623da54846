import type { ColumnType, Generated } from 'kysely';
import type { Bytes, Instant, Json, MaybeInstant } from './columns.ts';

/** Who may come in: people, what proves who they are, what they may do. */
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
    /** Since when it is known that the account is its person's; null: it is not. */
    proven_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
    /** mail, provider, machine, owner; earlier: it was there before anyone asked. */
    proven_how: ColumnType<string | null, string | null | undefined, string | null>;
    /** The Owner who confirmed the person. */
    vouched_by: ColumnType<string | null, string | null | undefined, string | null>;
    /** Who was shown the link that the account was made, or its password set, with. */
    handed_by: ColumnType<string | null, string | null | undefined, string | null>;
    /** Names that the account had before. */
    former_names: ColumnType<string[], string | undefined, string>;
    version: Generated<number>;
  };
  /** Notifications that a person has read, by the id that each had then. */
  read_notifications: { user_id: string; notification: string; read_at: Instant };
  /** Filters of a list that a person kept by a name. */
  saved_views: {
    id: string;
    user_id: string;
    /** Path of the page with `$client` for the client: `/c/$client/controls`. */
    page: string;
    name: string;
    /** What follows the `?` of its address. */
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
  /** Requests that came with an `Idempotency-Key`, and what was answered, for a day. */
  idempotency_keys: {
    /** SHA-256 of account, client and key. */
    id: string;
    user_id: string;
    /** null: an operation of the workspace. */
    client_id: string | null;
    /** SHA-256 of operation and input. */
    request_hash: string;
    /** Set in the transaction of the change itself: without it nothing was done. */
    changed: Generated<boolean>;
    /** null: not answered yet, or too long to be kept. */
    reply_sealed: ColumnType<string | null, string | null | undefined, string | null>;
    begun_at: ColumnType<Date, Date, Date>;
    expires_at: ColumnType<Date, Date, never>;
  };
  /** One row: what time it was when a job last looked, and since when the clock has made no leap. */
  clock_seen: { id: number; seen_at: Instant; steady_since: Instant };
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
    /** mail: only the address got the link; handed: whoever invited was shown it. */
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
}
