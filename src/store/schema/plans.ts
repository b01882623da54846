import type { Generated } from 'kysely';
import type { Instant, Json, MaybeInstant } from './columns.ts';

/** What is planned and under way: quotes, comparisons, the deployment. */
export interface PlanTables {
  quotes: {
    client_id: string;
    /** Id of the purchase, as `domain/planner/purchases.ts` gives it. */
    purchase: string;
    /** US cents before tax, per seat, person or client and month. */
    usd_cents: number;
    note: string | null;
    /** Date of the quote. */
    quoted_on: string;
    entered_by: string;
    entered_by_name: string;
    entered_at: Instant;
    version: Generated<number>;
  };
  /** Sets of purchases that someone saved to look at side by side. */
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
  /** Menu paths of the catalogue that someone found changed. Of the workspace: every client is shown them. */
  path_reports: {
    id: string;
    /** The path as the catalogue writes it. */
    path: string;
    /** Day on which the catalogue had it checked when it was reported. */
    checked: string | null;
    saw: string;
    reported_by: string;
    reported_by_name: string;
    reported_at: Instant;
    /** Day of the report in the zone of the client at which it was made. */
    reported_on: string;
    /** open, corrected, dismissed */
    state: Generated<string>;
    /** The path as it is now, where someone corrected it. */
    corrected: string | null;
    note: string | null;
    resolved_by: string | null;
    resolved_by_name: string | null;
    resolved_at: MaybeInstant;
    resolved_on: string | null;
    version: Generated<number>;
  };
  /** Facts of the catalogue that someone held against the vendor's page again. Of the workspace. */
  fact_renewals: {
    id: string;
    /** Id of the capability. */
    capability: string;
    /** Day on which the vendor's page was looked at. */
    checked_on: string;
    /** same, differs */
    outcome: 'same' | 'differs';
    note: string | null;
    renewed_by: string;
    renewed_by_name: string;
    renewed_at: Instant;
  };
  /** The TXT value that Claude shows for a domain, as someone entered it. */
  expected_records: {
    client_id: string;
    domain: string;
    value: string;
    set_by: string;
    set_by_name: string;
    set_at: Instant;
  };
  /** When Bylaw looked at a client's domains by itself last, and what it found. */
  dns_looks: {
    client_id: string;
    looked_at: Instant;
    /** What was found, to see whether the next look finds the same. */
    finding: string;
    /** When answers were last kept as evidence. */
    stored_at: MaybeInstant;
  };
}
