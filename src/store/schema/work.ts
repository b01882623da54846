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

/** Work with an owner and a day: tasks that were given to someone, and tasks that come again. */
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
  /** What people wrote of a control. */
  control_comments: {
    client_id: string;
    id: string;
    control_id: string;
    /** null: its author removed it. */
    text: string | null;
    written_by: string;
    written_by_name: string;
    written_at: Instant;
    edited_at: MaybeInstant;
    version: Generated<number>;
  };
  /** People who leave or join, with who sees to it. */
  person_journeys: Owned & {
    client_id: string;
    id: string;
    /** leaving or joining. */
    kind: string;
    /** The person as decisions call them: an address. */
    person_key: string;
    /** As it was when the journey was started. */
    name: string;
    /** Last or first day of work. */
    day: string;
    started_by: string;
    started_by_name: string;
    started_at: Instant;
    /** Why it was ended; null: it goes on. */
    ended_why: string | null;
    ended_by: string | null;
    ended_by_name: string | null;
    ended_at: MaybeInstant;
    version: Generated<number>;
  };
  /** Every mail that brought somebody who joins the page of approved connectors. */
  connector_mails: {
    client_id: string;
    /** That of the page in `policy_pages`, too. */
    id: string;
    journey_id: string;
    address: string;
    /** Version of the charter in force as it was sent. */
    charter: number;
    by_name: string;
    begun_at: Instant;
    ended_at: MaybeInstant;
    /** sending, sent, failed */
    state: string;
    /** Why it did not go out; null: it did, or nothing is known. */
    failure: string | null;
  };
  /** What was said of a step of a journey; without a row nothing was. Owner null: that of the journey. */
  person_journey_steps: Owned & {
    client_id: string;
    person_journey_id: string;
    /** Id of the step in the catalogue. */
    step: string;
    /** Day on which it was done, as someone marked it: a claim, which a later reading proves or not. */
    marked_on: string | null;
    /** done, or accepted: left undone for the reason in the note. */
    marked_how: string | null;
    note: string | null;
    marked_by: string | null;
    marked_by_name: string | null;
    marked_at: MaybeInstant;
    version: Generated<number>;
  };
  /** That the projects of someone who leaves were listed: by the vendor (api) or by a person. */
  leaver_project_lists: {
    client_id: string;
    person_journey_id: string;
    how: string;
    listed_by: string;
    listed_by_name: string;
    listed_at: Instant;
  };
  /** A project of someone who leaves. outcome: transferred, archived or lost; null: nothing became of it yet. */
  leaver_projects: {
    client_id: string;
    id: string;
    person_journey_id: string;
    /** As the vendor calls it; null: a person named it. */
    vendor_id: string | null;
    name: string;
    /** null: not reported. */
    private: boolean | null;
    outcome: string | null;
    /** Who has it now. */
    given_to: string | null;
    note: string | null;
    settled_by: string | null;
    settled_by_name: string | null;
    settled_at: MaybeInstant;
    version: Generated<number>;
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
