import type { Generated } from 'kysely';
import type { Instant, Json } from './columns.ts';

/** What is planned and under way: quotes, comparisons, the deployment. */
export interface PlanTables {
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
}
