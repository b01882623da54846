import type { Generated } from 'kysely';
import type { Instant, Json, MaybeInstant } from './columns.ts';

/** Planning and deployment: quotes, comparisons, overrides, handovers, DNS. */
export interface PlanTables {
  quotes: {
    client_id: string;
    /** Id of the purchase from `domain/planner/purchases.ts`. */
    purchase: string;
    /** US cents before tax, per month and per seat, person or client. */
    usd_cents: number;
    note: string | null;
    /** Date of the quote. */
    quoted_on: string;
    entered_by: string;
    entered_by_name: string;
    entered_at: Instant;
    version: Generated<number>;
  };
  /** Saved side-by-side comparisons of sets of purchases. */
  comparisons: {
    id: string;
    client_id: string;
    name: string;
    /** Capability of appendix B; null: none chosen. */
    goal: string | null;
    /** Ids of purchases, per set. */
    sets: Json<string[][]>;
    created_by: string;
    created_by_name: string;
    created_at: Instant;
    changed_by: string;
    changed_by_name: string;
    changed_at: Instant;
    version: Generated<number>;
  };
  /** Overrides as requested: permission to start a locked task. */
  overrides: {
    id: string;
    client_id: string;
    /** Id of the journey's task. */
    task: string;
    reason: string;
    /** Ids of the tasks that it was waiting for. The override covers only these. */
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
  /** Who is responsible for the deployment; the newest row applies. */
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
  /** Keys with which this server signs records; the newest is used. */
  signing_keys: {
    /** SHA-256 of the certificate. */
    id: string;
    /** DER in Base64. */
    certificate: string;
    /** null: lost with the key that sealed it. */
    key_sealed: string | null;
    created_at: Instant;
  };
  /** Menu paths of the catalogue reported as changed. They belong to the workspace and are shown for every client. */
  path_reports: {
    id: string;
    /** The path as written in the catalogue. */
    path: string;
    /** When the catalogue had last verified the path, as of the report. */
    checked: string | null;
    saw: string;
    reported_by: string;
    reported_by_name: string;
    reported_at: Instant;
    /** Day of the report, in the zone of the client where it was made. */
    reported_on: string;
    /** open, corrected, dismissed */
    state: Generated<string>;
    /** The corrected path, if someone entered one. */
    corrected: string | null;
    note: string | null;
    resolved_by: string | null;
    resolved_by_name: string | null;
    resolved_at: MaybeInstant;
    resolved_on: string | null;
    version: Generated<number>;
  };
  /** Catalogue facts that someone verified again on the vendor's page. They belong to the workspace. */
  fact_renewals: {
    id: string;
    /** Id of the capability. */
    capability: string;
    /** Day on which the vendor's page was read. */
    checked_on: string;
    outcome: 'same' | 'differs';
    note: string | null;
    renewed_by: string;
    renewed_by_name: string;
    renewed_at: Instant;
  };
  /** The TXT value that Claude shows for a domain, as entered by a person. */
  expected_records: {
    client_id: string;
    domain: string;
    value: string;
    set_by: string;
    set_by_name: string;
    set_at: Instant;
  };
  /** Bylaw's last automatic DNS lookup of a client's domains, and its result. */
  dns_looks: {
    client_id: string;
    looked_at: Instant;
    /** Result, compared with the next one. */
    finding: string;
    /** When answers were last stored as evidence. */
    stored_at: MaybeInstant;
  };
}
