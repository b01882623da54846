import type { ColumnType } from 'kysely';
import type { Instant, Json } from './columns.ts';

/** Guards that look at content, and what they decided. What they looked at is stored nowhere. */
export interface DlpTables {
  inference_hooks: {
    client_id: string;
    /** Last part of the address that the vendor calls. */
    endpoint: string;
    /** domain/dlp/decision.ts */
    mode: string;
    /** null: there is none yet, or it was lost with the key that sealed it. */
    secret_sealed: string | null;
    /** Whether prompts that it lets pass are shown to the client's own Purview policies. */
    purview: ColumnType<boolean, boolean | undefined, boolean>;
    version: number;
    changed_at: Instant;
    changed_by: string;
    changed_by_name: string;
  };
  icap_services: {
    client_id: string;
    /** Path that the client's proxies name. */
    path: string;
    /** domain/dlp/decision.ts */
    mode: string;
    /** Where the page that is shown in place of a request sends people who think that it is wrong; null: nowhere. */
    help_url: string | null;
    version: number;
    changed_at: Instant;
    changed_by: string;
    changed_by_name: string;
  };
  /** What a client changes of the rules. */
  dlp_tunings: {
    client_id: string;
    /** features/dlp/schemas.ts */
    value: Json<unknown>;
    version: number;
    changed_at: Instant;
    changed_by: string;
    changed_by_name: string;
  };
  /** The index of a client's own member list; the list itself is stored nowhere. */
  member_list_indexes: {
    client_id: string;
    key_sealed: string;
    /** domain/dlp/exact.ts, as Base64. */
    hashes: string;
    /** features/dlp/schemas.ts */
    counts: Json<unknown>;
    version: number;
    changed_at: Instant;
    changed_by: string;
    changed_by_name: string;
  };
  /** The key of a client that secrets are told apart by, without being stored. */
  fingerprint_keys: { client_id: string; key_sealed: string };
  /** Activities that are decisions of a guard; what they say is in the activity log. */
  activity_checks: {
    client_id: string;
    /** What people and the vendor get to name it by. */
    reference: string;
    at: Instant;
    id: string;
    guard: string;
    verdict: string;
    /** What a person says of it: domain/dlp/decision.ts; null: nothing. */
    judged: string | null;
    judged_at: Instant | null;
    judged_by: string | null;
    judged_note: string | null;
  };
  /** Calls that were refused before anything was looked at, by day (UTC). */
  activity_check_refusals: {
    client_id: string;
    day: string;
    guard: string;
    reason: string;
    calls: number;
    last_at: Instant;
  };
}
