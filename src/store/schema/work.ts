import type { Generated } from 'kysely';
import type { Instant, Json } from './columns.ts';

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

/** Work with an owner and a day: tasks that were given to someone, and tasks that come again. */
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
}
