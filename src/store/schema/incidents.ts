import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { OwnType } from '#domain/incidents/own-type.ts';
import type { FollowedPermission } from '#domain/incidents/permissions.ts';
import type { KeptProof, Lesson } from '#domain/incidents/status.ts';
import type { Playbook } from '#domain/model/playbook.ts';
import type { Instant, Json, MaybeInstant } from './columns.ts';

/** Who leads it, or does a step of it. `owner_user` is set where the person can sign in; all null: nobody. */
interface Owned {
  owner_user: string | null;
  owner_name: string | null;
  owner_mail: string | null;
}

/** Incidents and drills, and what was done of them. */
export interface IncidentTables {
  /** Types of incident that a client defines itself; an incident keeps its playbook as it was. */
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
    /** Counted up within the client, drills included. */
    number: number;
    /** Id of the playbook in the catalogue. */
    playbook: string;
    /** Day of the playbook's revision when the incident was opened. */
    playbook_revised: string;
    /** SHA-256 of `plan`. */
    playbook_sha256: string;
    /** The playbook as it was then; a later one changes nothing here. */
    plan: Json<Playbook>;
    title: string;
    summary: string;
    severity: string;
    /** An exercise: it is no incident and counts as none. */
    drill: boolean;
    /** alert, defender, drift, staff, register, grant, hand */
    origin: string;
    /** Id of the alert of Bylaw or of Defender, key of the departure, id of the report or address of the personal account; null: by hand. */
    origin_id: string | null;
    /** Address or name of whom it is about. */
    person: string | null;
    connector: string | null;
    /** Names of files; null, here and in the next two: it was not reported. */
    file_name: string | null;
    /** What a check found, by the names of its rules or policies; never what matched. */
    pattern: string | null;
    /** Names of devices; of a check at the proxy its address. */
    device: string | null;
    /** Kinds of data that it is about, by their ids in the catalogue of connectors. */
    data: Json<string[]>;
    session: string | null;
    /** null: it is not known. */
    happened_at: MaybeInstant;
    /** From when on the clocks run. */
    noticed_at: Instant;
    /** open, closed */
    state: string;
    opened_by: string;
    opened_by_name: string;
    opened_at: Instant;
    /** resolved, false_alarm; null: it is open. */
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
    /** Someone states that the list of the step has no entry. */
    is_none: boolean;
    /** SHA-256 of files. */
    files: Json<string[]>;
    lessons: Json<Lesson[]>;
    /** Stricter permissions of connector actions that were proposed from it. */
    permissions: ColumnType<FollowedPermission[], string | undefined, string>;
    /** What showed at the closing that it contained the incident; null: it is open, or was closed before this was kept. */
    proof: ColumnType<KeptProof | null, string | null | undefined, string | null>;
    /** Why it is left out. */
    reason: string | null;
    /** Who did it, or asked to leave it out. */
    done_by: string | null;
    done_by_name: string | null;
    done_at: MaybeInstant;
    version: Generated<number>;
  };
  /** Everything that was done to an incident, in order. */
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
    /** kept: a file holds it; none: there was nothing; not_read: no source was read for it. */
    found: string;
    sha256: string | null;
    /** What the file holds, where it is counted. */
    rows: number | null;
    from_at: MaybeInstant;
    until_at: MaybeInstant;
    /** Whether nothing was cut off; null: it cannot be cut. */
    whole: boolean | null;
    /** Name of the file, number of the charter's version, code of the alert. */
    detail: string | null;
    added_by_name: string;
    added_at: Instant;
  };
}
