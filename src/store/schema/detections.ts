import type { ColumnType, Generated } from 'kysely';
import type { Outlier } from '#domain/detections/baseline.ts';
import type { JudgingSettings } from '#domain/detections/calendars.ts';
import type { Sample } from '#domain/detections/words.ts';
import type { Instant, Json, MaybeInstant, MaybeJson } from './columns.ts';

export type MatchTuple = readonly [
  at: number,
  activity: string,
  base: number,
  value: string | null,
  /** The call reported and the source that reports it, set if another source may report the same call. */
  call?: string,
  source?: string,
];

/** Detections, the alerts that they raised, and decisions about both. */
export interface DetectionTables {
  /** Matches of one detection and group within one UTC hour, many per row. */
  activity_match_chunks: {
    client_id: string;
    /** `groupKey` of client, detection and group. */
    key: number;
    detection: string;
    grp: string;
    first_at: Instant;
    last_at: Instant;
    /**
     * true: every match is part of an alert, because it lies in a window that fulfills the correlation. false: none is.
     */
    hot: boolean;
    /**
     * Ordered by time. Each: milliseconds since 1970, id of the activity, index of the rule in its correlation, counted
     * value.
     */
    matches: Json<readonly MatchTuple[]>;
  };
  /** Calls that are part of alerts, as each source reported them. */
  activity_call_reports: {
    client_id: string;
    /** `callKey` of client, detection, group, index in the correlation and call. */
    key: string;
    at: Instant;
    source: string;
    /** Id of the activity that reports the call. */
    activity: string;
  };
  /** Settings of a client's profile that detections use, each in effect from an instant on. */
  client_judged_settings: { client_id: string; from_at: Instant; value: Json<JudgingSettings> };
  activity_person_days: {
    client_id: string;
    person: string;
    /** Day in the client's zone. */
    day: string;
    /** Both empty: counted before source and surface were recorded. */
    source: Generated<string>;
    surface: Generated<string>;
    messages: number;
    calls: number;
    /** Bitmap: bit n is set if there was activity in the hour that begins at n o'clock. */
    hours: number;
    /** Number of files given to Claude, and their bytes; null: not counted yet. */
    uploads: number | null;
    upload_bytes: number | null;
  };
  alerts: {
    client_id: string;
    id: string;
    /** Number within its code: AL-0012 is 12. */
    number: number;
    detection: string;
    grp: string;
    level: string;
    /** open, follow_up, benign, real, silenced, old, merged, withdrawn */
    state: string;
    raised_at: Instant;
    silence_id: string | null;
    /** Id of the alert that it turned out to be part of. */
    merged_into: string | null;
    settled_by_name: string | null;
    settled_at: MaybeInstant;
    version: Generated<number>;
  };
  activity_alert_spans: {
    client_id: string;
    alert_id: string;
    detection: string;
    grp: string;
    first_at: Instant;
    last_at: Instant;
    count: number;
    first_activity: string | null;
    sample: Json<Sample>;
    outlier: MaybeJson<Outlier>;
  };
  activity_alert_changes: {
    client_id: string;
    id: Generated<string>;
    alert_id: string;
    /** Database time of writing, by which changes of an alert are ordered. */
    written: ColumnType<Date, never, never>;
    /** Orders changes written in the same instant: later ones have higher values. */
    step: ColumnType<string, never, never>;
    /** raised, counted, or the act of a step */
    act: string;
    state: string;
    done_by_name: string | null;
    done_at: Instant;
    count: number;
    last_at: Instant;
    outlier: MaybeJson<Outlier>;
    /** Sequence number among all changes that are forwarded to sinks; null: none yet. */
    number: number | null;
    /** Sequence number within the alert. */
    version: number | null;
  };
  alert_steps: {
    client_id: string;
    alert_id: string;
    seq: number;
    /** raised, grew, benign, real, follow_up, reopened, note, merged, withdrawn */
    act: string;
    note: string | null;
    done_by: string | null;
    done_by_name: string | null;
    done_at: Instant;
  };
  detection_settings: {
    client_id: string;
    detection: string;
    /** null: as in the detection's file. */
    is_on: boolean | null;
    number: number | null;
    /** Minimum days of history; null: as in the detection's file. */
    history: number | null;
    reason: string;
    changed_by_name: string;
    /** Who approved a change that makes the detection find less; null: no approval was required. */
    approved_by_name: string | null;
    changed_at: Instant;
    version: Generated<number>;
  };
  /** A change that makes a detection find less, waiting for approval by a second person. */
  detection_proposals: {
    client_id: string;
    detection: string;
    id: string;
    /** Values for `detection_settings` once approved. */
    is_on: boolean | null;
    number: number | null;
    history: number | null;
    reason: string;
    /** Account of the proposer. */
    proposed_by: string;
    proposed_by_name: string;
    proposed_at: Instant;
    /** Version of the detection's settings that it changes. */
    version: number;
  };
  /** A change to a setting that makes Bylaw find less, waiting for approval by a second person. */
  watch_proposals: {
    client_id: string;
    /**
     * profile: what detections compare with. dlp: what guards look for. hook, icap, member_list: a guard, or the index
     * that all of them use. Otherwise the id of a sink or source.
     */
    setting: 'profile' | 'dlp' | 'hook' | 'icap' | 'member_list' | `${'sink' | 'source'}:${string}`;
    id: string;
    /**
     * Schemas: features/shared/watch-proposals.ts, features/dlp/schemas.ts, features/dlp/pending-change.ts,
     * features/shared/pending-acts.ts
     */
    value: Json<unknown>;
    /** Account of the proposer. */
    proposed_by: string;
    proposed_by_name: string;
    proposed_at: Instant;
    /** Version of the setting that it changes; 0 for a profile, because its other parts keep changing. */
    version: number;
    /** Proposed secret of the hook or key of the index; null: none. */
    secret_sealed: string | null;
  };
  detection_silences: {
    client_id: string;
    id: string;
    detection: string;
    /** null: every group of the detection. */
    grp: string | null;
    /** Description of the group. */
    about: string;
    reason: string;
    /** Last day, in the client's zone. */
    until_day: string;
    /** Account of the author; null: created before accounts were recorded. */
    made_by: string | null;
    made_by_name: string;
    /** Names, addresses and account ids by which an alert would name the author. */
    made_by_names: Json<readonly string[]>;
    made_at: Instant;
    ended_by_name: string | null;
    ended_at: MaybeInstant;
  };
}
