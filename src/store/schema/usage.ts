import type { Instant, Json, MaybeInstant } from './columns.ts';

/** Aggregates of the activity log, and what is derived from them. */
export interface UsageTables {
  activity_rollups: {
    client_id: string;
    slice: string;
    start: string;
    key: string;
    source: string | null;
    surface: string | null;
    category: string | null;
    person: string | null;
    connector: string | null;
    tool: string | null;
    effect: string | null;
    outcome: string | null;
    model: string | null;
    events: number;
    messages: number;
    tool_calls: number;
    uses: number;
    first_at: Instant;
    last_at: Instant;
    input_tokens: number;
    input_tokens_stated: number;
    output_tokens: number;
    output_tokens_stated: number;
    cache_read_tokens: number;
    cache_read_tokens_stated: number;
    cache_creation_tokens: number;
    cache_creation_tokens_stated: number;
    cost_micros: number;
    cost_micros_stated: number;
    duration_ms: number;
    duration_ms_stated: number;
    size: number;
    size_stated: number;
  };
  activity_rollup_states: { client_id: string; zone: string; log_from: MaybeInstant };
  /** Addresses by Claude account id. */
  account_ids: { client_id: string; id: string; address: string; reported_at: Instant };
  usage_files: {
    client_id: string;
    week: string;
    made_at: Instant;
    name: string;
    xlsx: string;
    csv: string;
    summary: Json<unknown>;
    deliveries: Json<unknown>;
    reviewed_at: MaybeInstant;
    reviewed_by: string | null;
    reviewed_by_name: string | null;
    review_note: string | null;
  };
  legal_holds: {
    client_id: string;
    id: string;
    person: string | null;
    reason: string;
    owner: string;
    until_day: string | null;
    placed_at: Instant;
    placed_by: string;
    lifted_at: MaybeInstant;
    lifted_by: string | null;
    lift_reason: string | null;
  };
}
