import type { ColumnType } from 'kysely';
import type { Instant, Json } from './columns.ts';

/** Guards that inspect content, and what they decided. The inspected content is never stored. */
export interface DlpTables {
  inference_hooks: {
    client_id: string;
    /** Last path segment of the URL that the vendor calls. */
    endpoint: string;
    /** See domain/dlp/decision.ts. */
    mode: string;
    /** null: not set yet, or lost with the key that sealed it. */
    secret_sealed: string | null;
    /** Whether prompts that it allows are then evaluated by the client's own Purview policies. */
    purview: ColumnType<boolean, boolean | undefined, boolean>;
    version: number;
    changed_at: Instant;
    changed_by: string;
    changed_by_name: string;
  };
  icap_services: {
    client_id: string;
    /** Path configured in the client's proxies. */
    path: string;
    /** See domain/dlp/decision.ts. */
    mode: string;
    /** Help link on the page shown in place of a blocked request; null: none. */
    help_url: string | null;
    version: number;
    changed_at: Instant;
    changed_by: string;
    changed_by_name: string;
  };
  /** A client's changes to the rules. */
  dlp_tunings: {
    client_id: string;
    /** Schema: features/dlp/schemas.ts */
    value: Json<unknown>;
    version: number;
    changed_at: Instant;
    changed_by: string;
    changed_by_name: string;
  };
  /** Index of a client's own member list. The list itself is never stored. */
  member_list_indexes: {
    client_id: string;
    key_sealed: string;
    /** Format: domain/dlp/exact.ts, as Base64. */
    hashes: string;
    /** Schema: features/dlp/schemas.ts */
    counts: Json<unknown>;
    version: number;
    changed_at: Instant;
    changed_by: string;
    changed_by_name: string;
  };
  /** A client's key for fingerprints, which tell secrets apart without storing them. */
  fingerprint_keys: { client_id: string; key_sealed: string };
  /** Activities that are decisions of a guard; details are in the activity log. */
  activity_checks: {
    client_id: string;
    /** Reference given to people and the vendor. */
    reference: string;
    at: Instant;
    id: string;
    guard: string;
    verdict: string;
    /** A person's assessment, see domain/dlp/decision.ts; null: none. */
    judged: string | null;
    judged_at: Instant | null;
    judged_by: string | null;
    judged_note: string | null;
  };
  /** Calls refused before any content was inspected, per UTC day. */
  activity_check_refusals: {
    client_id: string;
    day: string;
    guard: string;
    reason: string;
    calls: number;
    last_at: Instant;
  };
}
