import type { Generated } from 'kysely';
import type { ChangePlan, Plain } from '#domain/changes/plan.ts';
import type { ChangeState } from '#domain/changes/states.ts';
import type { Instant, Json, MaybeInstant, MaybeJson } from './columns.ts';

/** One approval of a plan. */
export interface ChangeApproval {
  readonly by: string;
  readonly byName: string;
  /** ISO instant. */
  readonly at: string;
}

/** Changes to systems outside: what was planned, who approved it, how far it came, and what showed that it is there. */
export interface ChangeTables {
  changes: {
    client_id: string;
    id: string;
    target: string;
    subject: string;
    title: string;
    plan: Json<ChangePlan>;
    /** SHA-256 of the plan's text, which approvals are bound to. */
    plan_sha256: string;
    state: ChangeState;
    reason: string;
    /** The change that this one takes back; null: none. */
    undoes: string | null;
    /** One person may carry it out: it ends by itself, or takes back what ends by itself. */
    alone: Generated<boolean>;
    /** When people were last told that it did not end on its day; null: never. */
    told_at: MaybeInstant;
    /** Last day on which it holds; then it has to be taken back. null: it has no end. */
    until_day: string | null;
    planned_by: string;
    planned_by_name: string;
    planned_at: Instant;
    approvals: Json<readonly ChangeApproval[]>;
    /** Who carried it out or let it be carried out. */
    applied_by: string | null;
    applied_by_name: string | null;
    applied_at: MaybeInstant;
    /** Whoever carries it out holds it until then, so that two never do. */
    held_until: MaybeInstant;
    /** What a later observation lacks, or why a step was refused. */
    lacks: MaybeJson<readonly string[]>;
    /** What showed that it is there, in the target's own terms. */
    proof: MaybeJson<Plain>;
    verified_at: MaybeInstant;
    /** SHA-256 of the receipt among the evidence. */
    receipt_sha256: string | null;
    changed_by_name: string;
    changed_at: Instant;
    version: Generated<number>;
  };
  /** The steps of a change that are carried out by the server, each noted before it is begun. */
  change_steps: {
    client_id: string;
    change_id: string;
    at: number;
    mark: string;
    /** begun, done, refused */
    state: string;
    /** Id that the outside gave to what the step made. */
    made_id: string | null;
    /** It was there already when the step was begun again. */
    found: boolean;
    begun_at: Instant;
    /** When it was last sent; null: it was not. */
    sent_at: MaybeInstant;
    /** How often it was looked for since then and not found. */
    looks: Generated<number>;
    done_at: MaybeInstant;
  };
}
