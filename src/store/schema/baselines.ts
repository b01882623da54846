import type { Instant, Json, MaybeInstant } from './columns.ts';

/** Baselines, and the catalogues that this server has run with. */
export interface BaselineTables {
  baselines: {
    id: string;
    name: string;
    /** Baseline of the catalogue that it was copied from; null: written here. */
    shipped_id: string | null;
    /** Hash of that baseline when it was copied. */
    shipped_hash: string | null;
    /** Number of the newest version. */
    version: number;
    created_at: Instant;
    created_by: string;
    created_by_name: string;
    changed_at: Instant;
    changed_by: string;
    changed_by_name: string;
    retired_at: MaybeInstant;
    retired_reason: string | null;
  };
  baseline_versions: {
    baseline_id: string;
    version: number;
    /** YAML as written. */
    body: string;
    note: string | null;
    made_at: Instant;
    made_by: string;
    made_by_name: string;
  };
  /** Baselines applied to clients; a client follows the one applied last. */
  client_baselines: {
    client_id: string;
    baseline_id: string;
    baseline_version: number;
    /** Value for `{owner}`; null: not known. */
    owner_address: string | null;
    /** Assignments of deployment tasks, as the baseline had them on that day. */
    tasks: Json<readonly AppliedTask[]>;
    /** Id of the charter draft that it created; null: there was nothing to propose. */
    draft: string | null;
    applied_at: Instant;
    applied_by: string;
    applied_by_name: string;
  };
  /** Intentional differences from a baseline. */
  baseline_differences: {
    client_id: string;
    /** Path in the charter, as the comparison reports it. */
    id: string;
    baseline_id: string;
    /** Hash of the client's value at the time of the decision, which applies to that value only. */
    value_digest: string;
    label: string;
    reason: string;
    decided_at: Instant;
    decided_by: string;
    decided_by_name: string;
  };
  /** Catalogue entries, addressed by content. */
  catalogue_entries: {
    hash: string;
    kind: string;
    entry: string;
    title: string;
    dated: string | null;
    body: Json<unknown>;
  };
  /** Catalogues that this server has run with, in order of first use. */
  catalogue_revisions: {
    number: number;
    /** Hash of all entries. */
    digest: string;
    stored_at: Instant;
    bylaw_version: string;
    /** Revision of the guide that the catalogue follows. */
    guide: string | null;
    /** Hashes of the entries. */
    entries: Json<readonly string[]>;
  };
}

export interface AppliedTask {
  readonly task: string;
  readonly by: 'msp' | 'client';
  readonly owner: string | null;
  /** YYYY-MM-DD; null: no due date. */
  readonly due: string | null;
}
