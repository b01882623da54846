import type { Generated } from 'kysely';
import type { Instant, Json, MaybeInstant, MaybeJson } from './columns.ts';

/** Decisions about drift. */
export interface DriftTables {
  drift_decisions: {
    client_id: string;
    id: string;
    /** Key of the drift, which does not depend on how a file names the thing. */
    deviation: string;
    /** Label at the time of the decision. */
    label: string;
    urgency: string;
    /** accept, restore, charter */
    decision: string;
    reason: string;
    /** Last day of an acceptance; null: no end date. */
    until_day: string | null;
    /** What was observed at the time of the decision. */
    seen: string;
    /** How wide the drift was at the time. Wider drift is not covered. */
    width: number;
    /** Version of the charter then in force; null: none was counted. */
    charter_version: number | null;
    /** Ids of the exceptions requested with it. */
    exceptions: Json<string[]>;
    charter_draft_id: string | null;
    /** open, lapsed, withdrawn, proven (by a later reading), settled (the charter changed) */
    state: string;
    decided_by: string;
    decided_by_name: string;
    decided_at: Instant;
    ended_by: string | null;
    ended_by_name: string | null;
    ended_at: MaybeInstant;
    ended_reason: string | null;
    /** The reading or event that proved it, with its content. */
    proof: MaybeJson<unknown>;
    version: Generated<number>;
  };
}
