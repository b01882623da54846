import type { Generated } from 'kysely';
import type { Instant, Json, MaybeInstant, MaybeJson } from './columns.ts';

/** What was decided on departures from the charter. */
export interface DriftTables {
  drift_decisions: {
    client_id: string;
    id: string;
    /** Key of the departure; it stays the same whatever a file calls the thing. */
    deviation: string;
    /** As it was called when the decision was made. */
    label: string;
    urgency: string;
    /** accept, restore, charter */
    decision: string;
    reason: string;
    /** Last day of an acceptance; null: the decision has none. */
    until_day: string | null;
    /** What was observed when the decision was made. */
    seen: string;
    /** How far it went then: what goes further is not covered. */
    width: number;
    /** Version of the charter in force then; null: none was counted. */
    charter_version: number | null;
    /** Ids of the exceptions that were asked for with it. */
    exceptions: Json<string[]>;
    charter_draft_id: string | null;
    /** open; lapsed; withdrawn; proven by a later reading; settled: the charter changed */
    state: string;
    decided_by: string;
    decided_by_name: string;
    decided_at: Instant;
    ended_by: string | null;
    ended_by_name: string | null;
    ended_at: MaybeInstant;
    ended_reason: string | null;
    /** The reading or event that proved it, with what it says. */
    proof: MaybeJson<unknown>;
    version: Generated<number>;
  };
}
