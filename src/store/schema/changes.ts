import type { Generated } from 'kysely';
import type { ChangePlan, Plain } from '#domain/changes/plan.ts';
import type { ChangeState } from '#domain/changes/states.ts';
import type { Instant, Json, MaybeInstant, MaybeJson } from './columns.ts';

/** One approval of a change plan. */
export interface ChangeApproval {
  readonly by: string;
  readonly byName: string;
  /** ISO instant. */
  readonly at: string;
}

/** Changes to external systems: plan, approvals, progress, and proof that the change is in effect. */
export interface ChangeTables {
  changes: {
    client_id: string;
    id: string;
    target: string;
    subject: string;
    title: string;
    plan: Json<ChangePlan>;
    /** SHA-256 of the plan's text. Approvals apply to this text only. */
    plan_sha256: string;
    state: ChangeState;
    reason: string;
    /** Id of the change that this one undoes; null: none. */
    undoes: string | null;
    /** Whether one person may apply it: it ends by itself, or undoes something that does. */
    alone: Generated<boolean>;
    /** When people were last notified that it did not end on time; null: never. */
    told_at: MaybeInstant;
    /** Last day on which it is in effect; after that it must be undone. null: no end. */
    until_day: string | null;
    planned_by: string;
    planned_by_name: string;
    planned_at: Instant;
    approvals: Json<readonly ChangeApproval[]>;
    /** Who applied it or allowed it to be applied. */
    applied_by: string | null;
    applied_by_name: string | null;
    applied_at: MaybeInstant;
    /** End of the lease of the process that applies it, so that two never do. */
    held_until: MaybeInstant;
    /** What a later observation is missing, or why a step was refused. */
    lacks: MaybeJson<readonly string[]>;
    /** What showed that it is in effect, in the target's own terms. */
    proof: MaybeJson<Plain>;
    verified_at: MaybeInstant;
    /** SHA-256 of the receipt, which is kept as evidence. */
    receipt_sha256: string | null;
    changed_by_name: string;
    changed_at: Instant;
    version: Generated<number>;
  };
  /** Steps of a change that the server carries out. Each is recorded before it begins. */
  change_steps: {
    client_id: string;
    change_id: string;
    at: number;
    mark: string;
    /** begun, done, refused */
    state: string;
    /** Id that the external system gave to what the step created. */
    made_id: string | null;
    /** It already existed when the step was retried. */
    found: boolean;
    begun_at: Instant;
    /** When it was last sent; null: never. */
    sent_at: MaybeInstant;
    /** Failed lookups since then. */
    looks: Generated<number>;
    done_at: MaybeInstant;
  };
}
