import type { Activity } from '#domain/activity/activity.ts';
import type { Instant, Json } from './columns.ts';

/** What of an activity is not filtered by: the parts of `domain/activity/activity.ts` that have no column. */
export type ActivityRest = Omit<
  Activity,
  | 'id'
  | 'at'
  | 'source'
  | 'surface'
  | 'type'
  | 'category'
  | 'person'
  | 'connector'
  | 'tool'
  | 'effect'
  | 'outcome'
  | 'model'
>;

/** The activity log of each client. */
export interface ActivityTables {
  activities: {
    client_id: string;
    at: Instant;
    id: string;
    seq: number;
    received_at: Instant;
    source: string;
    surface: string;
    type: string;
    category: string;
    person: string | null;
    connector: string | null;
    tool: string | null;
    effect: string | null;
    outcome: string | null;
    model: string | null;
    rest: Json<ActivityRest>;
  };
  activity_heads: { client_id: string; last_seq: number };
}
