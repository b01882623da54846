import type { Generated } from 'kysely';
import type { Instant, Json, MaybeInstant } from './columns.ts';

/** Owner of a piece of work. `owner_user` is set if the person has an account; all null: nobody. */
interface Owned {
  owner_user: string | null;
  /** Name when the work was assigned. */
  owner_name: string | null;
  owner_mail: string | null;
}

interface Changed {
  changed_by: string;
  changed_by_name: string;
  changed_at: Instant;
  version: Generated<number>;
}

/** Work with an owner and a due date: assigned tasks, journeys of people, and recurring tasks. */
export interface WorkTables {
  task_assignments: Owned &
    Changed & {
      client_id: string;
      /** Id of the journey, such as deployment; `controls` for controls. */
      journey: string;
      /** Id of its task, or of the control. */
      task: string;
      due_on: string | null;
    };
  /** Comments on a control. */
  control_comments: {
    client_id: string;
    id: string;
    control_id: string;
    /** null: removed by its author. */
    text: string | null;
    written_by: string;
    written_by_name: string;
    written_at: Instant;
    edited_at: MaybeInstant;
    version: Generated<number>;
  };
  /** People who leave or join, and who is responsible for each. */
  person_journeys: Owned & {
    client_id: string;
    id: string;
    /** leaving or joining. */
    kind: string;
    /** The person's key in decisions: an address. */
    person_key: string;
    /** Name when the journey was started. */
    name: string;
    /** Last or first day of work. */
    day: string;
    started_by: string;
    started_by_name: string;
    started_at: Instant;
    /** Why it ended; null: in progress. */
    ended_why: string | null;
    ended_by: string | null;
    ended_by_name: string | null;
    ended_at: MaybeInstant;
    version: Generated<number>;
  };
  /** Mails that sent a joining person the page of approved connectors. */
  connector_mails: {
    client_id: string;
    /** Also the id of the page in `policy_pages`. */
    id: string;
    journey_id: string;
    address: string;
    /** Version of the charter then in force. */
    charter: number;
    by_name: string;
    begun_at: Instant;
    ended_at: MaybeInstant;
    /** sending, sent, failed */
    state: string;
    /** Why it was not sent; null: it was, or the outcome is not known. */
    failure: string | null;
  };
  /** Marks of a step of a journey; no row: none. Owner null: that of the journey. */
  person_journey_steps: Owned & {
    client_id: string;
    person_journey_id: string;
    /** Id of the step in the catalogue. */
    step: string;
    /** Day on which it was done, as marked by a person: a claim that a later reading may or may not prove. */
    marked_on: string | null;
    /** done, or accepted (not done, for the reason in `note`) */
    marked_how: string | null;
    note: string | null;
    marked_by: string | null;
    marked_by_name: string | null;
    marked_at: MaybeInstant;
    version: Generated<number>;
  };
  /** Records that the projects of a leaving person were listed, by the vendor (`api`) or by a person. */
  leaver_project_lists: {
    client_id: string;
    person_journey_id: string;
    how: string;
    listed_by: string;
    listed_by_name: string;
    listed_at: Instant;
  };
  /** A project of a leaving person. outcome: transferred, archived or lost; null: not settled. */
  leaver_projects: {
    client_id: string;
    id: string;
    person_journey_id: string;
    /** The vendor's id; null: named by a person. */
    vendor_id: string | null;
    name: string;
    /** null: not reported. */
    private: boolean | null;
    outcome: string | null;
    /** New owner. */
    given_to: string | null;
    note: string | null;
    settled_by: string | null;
    settled_by_name: string | null;
    settled_at: MaybeInstant;
    version: Generated<number>;
  };
  /** How a client does a recurring task of the catalogue; no row: not decided. */
  cadence_tasks: Owned &
    Changed & {
      client_id: string;
      /** Id of the recurring task in the catalogue. */
      task: string;
      active: boolean;
      /** Interval in months, if it differs from the catalogue; null: as in the catalogue. */
      months: number | null;
      /** Why it differs, or why the task is off. */
      reason: string | null;
      due_on: string | null;
    };
  /** Completed recurring tasks. */
  cadence_records: {
    id: string;
    client_id: string;
    task: string;
    done_on: string;
    /** The due date that it was done for; null: none. */
    due_on: string | null;
    note: string;
    /** Areas of the review that were covered. */
    areas: Json<string[]>;
    /** SHA-256 of the files. */
    evidence: Json<string[]>;
    done_by: string;
    done_by_name: string;
    recorded_at: Instant;
    /** The kind of review that it counts as; null: none. */
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
