import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { OwnType } from '#domain/incidents/own-type.ts';
import type { FollowedPermission } from '#domain/incidents/permissions.ts';
import type { KeptProof, Lesson } from '#domain/incidents/status.ts';
import type { Playbook } from '#domain/model/playbook.ts';
import type { Instant, Json, MaybeInstant } from './columns.ts';

/** Who leads an incident or does a step. `owner_user` is set if the person has an account; all null: nobody. */
interface Owned {
  owner_user: string | null;
  owner_name: string | null;
  owner_mail: string | null;
}

/** Incidents and drills, and their history. */
export interface IncidentTables {
  /** Incident types defined by a client. An incident keeps its own copy of the playbook. */
  incident_types: {
    client_id: string;
    id: string;
    value: Json<OwnType>;
    made_by: string;
    made_by_name: string;
    made_at: Instant;
    changed_by: string;
    changed_by_name: string;
    changed_at: Instant;
    version: number;
  };
  incidents: Owned & {
    client_id: string;
    id: string;
    /** Sequence number within the client, drills included. */
    number: number;
    /** Id of the playbook in the catalogue. */
    playbook: string;
    /** Revision date of the playbook when the incident was opened. */
    playbook_revised: string;
    /** SHA-256 of `plan`. */
    playbook_sha256: string;
    /** Copy of the playbook at that time, unaffected by later revisions. */
    plan: Json<Playbook>;
    title: string;
    summary: string;
    severity: string;
    /** An exercise, which does not count as an incident. */
    drill: boolean;
    /** alert, defender, drift, staff, register, grant, hand */
    origin: string;
    /**
     * Depending on `origin`, id of the alert of Bylaw or Defender, key of the drift, id of the report or address of the
     * personal account; null: opened by hand.
     */
    origin_id: string | null;
    /** Address or name of the person concerned. */
    person: string | null;
    connector: string | null;
    /** Names of files; null, here and in the next two fields: not reported. */
    file_name: string | null;
    /** What a check found, as names of its rules or policies, never the matching text. */
    pattern: string | null;
    /** Names of devices; for a check at the proxy, an address. */
    device: string | null;
    /** Kinds of data involved, by id in the catalogue of connectors. */
    data: Json<string[]>;
    session: string | null;
    /** null: not known. */
    happened_at: MaybeInstant;
    /** Start of all deadlines. */
    noticed_at: Instant;
    /** open, closed */
    state: string;
    opened_by: string;
    opened_by_name: string;
    opened_at: Instant;
    /** resolved, false_alarm; null: still open. */
    outcome: string | null;
    closing: string | null;
    closed_by: string | null;
    closed_by_name: string | null;
    closed_at: MaybeInstant;
    version: Generated<number>;
  };
  incident_steps: Owned & {
    client_id: string;
    incident_id: string;
    /** Id of the step in the incident's own plan. */
    step: string;
    /** One of `STEP_STATES`. */
    state: string;
    due_at: Instant;
    answers: Json<Record<string, string>>;
    entries: Json<Record<string, string>[]>;
    /** Someone states that the list of the step is empty. */
    is_none: boolean;
    /** SHA-256 of the files. */
    files: Json<string[]>;
    lessons: Json<Lesson[]>;
    /** Stricter permissions for connector actions that were proposed from this step. */
    permissions: ColumnType<FollowedPermission[], string | undefined, string>;
    /**
     * What showed at closing that the step contained the incident; null: still open, or closed before this was
     * recorded.
     */
    proof: ColumnType<KeptProof | null, string | null | undefined, string | null>;
    /** Why the step was skipped. */
    reason: string | null;
    /** Who did the step, or asked to skip it. */
    done_by: string | null;
    done_by_name: string | null;
    done_at: MaybeInstant;
    version: Generated<number>;
  };
  /** History of an incident, in order. */
  incident_acts: {
    client_id: string;
    incident_id: string;
    seq: GeneratedAlways<number>;
    act: string;
    step: string | null;
    note: string | null;
    done_by: string;
    done_by_name: string;
    done_at: Instant;
  };
  incident_evidence: {
    client_id: string;
    incident_id: string;
    id: string;
    /** activities, charter, alert, readings, file */
    kind: string;
    /** kept: a file holds it. none: there was nothing. not_read: no source was read for it. */
    found: string;
    sha256: string | null;
    /** Number of records in the file, if it has any. */
    rows: number | null;
    from_at: MaybeInstant;
    until_at: MaybeInstant;
    /** Whether nothing was truncated; null: it cannot be. */
    whole: boolean | null;
    /** Name of the file, number of the charter version or code of the alert. */
    detail: string | null;
    added_by_name: string;
    added_at: Instant;
  };
}
