import type { Generated } from 'kysely';
import type { Instant, Json, MaybeInstant } from './columns.ts';

/** Who a piece of work lies with. `owner_user` is set where the person can sign in; all null: nobody. */
interface Owned {
  owner_user: string | null;
  /** As it was when the work was given to them. */
  owner_name: string | null;
  owner_mail: string | null;
}

interface Changed {
  changed_by: string;
  changed_by_name: string;
  changed_at: Instant;
  version: Generated<number>;
}

/** One message of one period, claimed before it is sent, so that it is never sent twice. */
interface Delivery {
  /** Day of the person or client on which it was due, YYYY-MM-DD. */
  period: string;
  /** sending, sent, empty (nothing was due), failed (tried again), given_up, unknown (nobody knows whether it went out) */
  state: string;
  attempts: number;
  /** When it is tried again. */
  next_at: MaybeInstant;
  /** How much was due. */
  items: number | null;
  problem: string | null;
  claimed_at: Instant;
  finished_at: MaybeInstant;
}

/** Work with an owner and a day: tasks that were given to somebody, and tasks that come again. */
export interface WorkTables {
  task_assignments: Owned &
    Changed & {
      client_id: string;
      /** Id of the journey, such as deployment. */
      journey: string;
      /** Id of its task. */
      task: string;
      due_on: string | null;
    };
  /** How a client does a recurring task of the catalogue; without a row nobody decided yet. */
  cadence_tasks: Owned &
    Changed & {
      client_id: string;
      /** Id of the recurring task in the catalogue. */
      task: string;
      active: boolean;
      /** Months between two times, where the client differs from the catalogue; null: as there. */
      months: number | null;
      /** Why it differs, or why the task is off. */
      reason: string | null;
      due_on: string | null;
    };
  /** What was done of the recurring tasks. */
  cadence_records: {
    id: string;
    client_id: string;
    task: string;
    done_on: string;
    /** The day that it was due for; null: it had none. */
    due_on: string | null;
    note: string;
    /** Areas of the review that were looked at. */
    areas: Json<string[]>;
    /** SHA-256 of files. */
    evidence: Json<string[]>;
    done_by: string;
    done_by_name: string;
    recorded_at: Instant;
    /** As which kind of review it counts; null: it is none. */
    counts_as: string | null;
  };
  cadence_withdrawals: {
    client_id: string;
    cadence_record_id: string;
    reason: string;
    withdrawn_by: string;
    withdrawn_by_name: string;
    withdrawn_at: Instant;
  };
  /** What a client allows in messages, and where its Teams channel is. */
  reminder_settings: Changed & {
    client_id: string;
    /** Whether messages may hold titles of what is due; else a count and a link. */
    titles: boolean;
    /** Address of the workflow; null: none. */
    teams_sealed: string | null;
    teams_host: string | null;
    /** daily, weekly */
    every: string;
    /** Day of the week, 1 Monday; for weekly. */
    on_day: number;
    /** Minutes since midnight in the client's zone. */
    at_minute: number;
    /** Whether a message goes out when nothing is due. */
    when_empty: boolean;
  };
  teams_deliveries: Delivery & { client_id: string };
  /** How often what a calendar says of a piece of work changed. */
  calendar_events: {
    client_id: string;
    uid: string;
    digest: string;
    sequence: number;
    modified_at: Instant;
  };
  /** What a person wants by mail. */
  digests: {
    user_id: string;
    enabled: boolean;
    /** Days of the week, 1 Monday. */
    days: Json<number[]>;
    at_minute: number;
    zone: string;
    only_mine: boolean;
    when_empty: boolean;
    changed_at: Instant;
    version: Generated<number>;
  };
  digest_deliveries: Delivery & { user_id: string };
  /** Secret addresses of calendars. */
  calendar_feeds: {
    id: string;
    user_id: string;
    secret_hash: string;
    only_mine: boolean;
    created_at: Instant;
    last_used_at: MaybeInstant;
    revoked_at: MaybeInstant;
  };
}
