import type { Instant, Json, MaybeInstant } from './columns.ts';

/** Templates for many clients, and the catalogues that this server ran with. */
export interface BaselineTables {
  baselines: {
    id: string;
    name: string;
    /** The baseline of the catalogue that it was copied from; null: it was written here. */
    shipped_id: string | null;
    /** Hash of that one as it was copied. */
    shipped_hash: string | null;
    /** The newest version. */
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
    /** YAML as it was written. */
    body: string;
    note: string | null;
    made_at: Instant;
    made_by: string;
    made_by_name: string;
  };
  /** Which baseline a client follows; the newest application counts. */
  client_baselines: {
    client_id: string;
    baseline_id: string;
    baseline_version: number;
    /** Fills `{owner}`; null: not known. */
    owner_address: string | null;
    /** Who does which task of the deployment until when, as the baseline had it on the day. */
    tasks: Json<readonly AppliedTask[]>;
    /** Id of the draft of the charter that it made; null: nothing was to be proposed. */
    draft: string | null;
    applied_at: Instant;
    applied_by: string;
    applied_by_name: string;
  };
  /** Differences that stay on purpose. */
  baseline_differences: {
    client_id: string;
    /** Place in the charter, as the comparison names it. */
    id: string;
    baseline_id: string;
    /** Hash of the client's value when it was decided: for another value the decision does not count. */
    value_digest: string;
    label: string;
    reason: string;
    decided_at: Instant;
    decided_by: string;
    decided_by_name: string;
  };
  /** Entries of catalogues by their content. */
  catalogue_entries: {
    hash: string;
    kind: string;
    entry: string;
    title: string;
    dated: string | null;
    body: Json<unknown>;
  };
  /** Catalogues that this server ran with, in the order in which it first did. */
  catalogue_revisions: {
    number: number;
    /** Hash over all entries. */
    digest: string;
    stored_at: Instant;
    bylaw_version: string;
    /** Revision of the guide that it follows. */
    guide: string | null;
    /** Hashes of its entries. */
    entries: Json<readonly string[]>;
  };
}

export interface AppliedTask {
  readonly task: string;
  readonly by: 'msp' | 'client';
  readonly owner: string | null;
  /** YYYY-MM-DD; null: none was set. */
  readonly due: string | null;
}
