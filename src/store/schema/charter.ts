import type { Generated } from 'kysely';
import type { Instant, Json, MaybeInstant } from './columns.ts';

/** Drafts of the charter and their history. */
export interface CharterTables {
  charter_drafts: {
    id: string;
    client_id: string;
    title: string;
    /** Why the change is wanted. */
    reason: string;
    /** console, yaml, import, sandbox, baseline:<id> */
    origin: string;
    value: Json<unknown>;
    /** Version of the charter that it was based on; null: there was none. */
    base_version: number | null;
    /** draft, proposed, approved, refused, withdrawn */
    state: string;
    /** Number of times it was proposed. An approval applies to its round only. */
    round: Generated<number>;
    created_by: string;
    created_by_name: string;
    created_at: Instant;
    changed_by: string;
    changed_by_name: string;
    changed_at: Instant;
    proposed_by: string | null;
    proposed_by_name: string | null;
    proposed_at: MaybeInstant;
    ended_by: string | null;
    ended_by_name: string | null;
    ended_at: MaybeInstant;
    ended_reason: string | null;
    /** Version of the charter that it became. */
    document_version: number | null;
    version: Generated<number>;
  };
  /** History of a draft, in order. */
  charter_steps: {
    client_id: string;
    charter_draft_id: string;
    seq: number;
    /** made, contributed, edited, rebased, proposed, approved, returned, refused, withdrawn, in_force */
    act: string;
    note: string | null;
    done_by: string;
    done_by_name: string;
    done_at: Instant;
  };
  charter_approvals: {
    client_id: string;
    charter_draft_id: string;
    round: number;
    approved_by: string;
    approved_by_name: string;
    note: string | null;
    approved_at: Instant;
  };
}
