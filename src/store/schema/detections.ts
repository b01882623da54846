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
  /** The call that it reports and the source that reports it, where another may report the same one. */
  call?: string,
  source?: string,
];

/** Detections, the alerts that they raised, and what was decided on both. */
export interface DetectionTables {
  /** Matches of one rule and group within one hour of UTC, many to a row. */
  activity_match_chunks: {
    client_id: string;
    /** `groupKey` of client, rule and group. */
    key: number;
    rule: string;
    grp: string;
    first_at: Instant;
    last_at: Instant;
    /** They lie in a window that fulfills their rule: they are part of an alert. Otherwise none of them is. */
    hot: boolean;
    /** In order of time: milliseconds since 1970, id of the activity, place of the rule in its correlation, counted value. */
    matches: Json<readonly MatchTuple[]>;
  };
  /** Calls that are part of alerts, as each source reported them. */
  activity_call_reports: {
    client_id: string;
    /** `callKey` of client, rule, group, place in the correlation and call. */
    key: string;
    at: Instant;
    source: string;
    /** Id of the activity that reports it. */
    activity: string;
  };
  /** What of a client's profile activities are judged by, from an instant on. */
  client_judged_settings: { client_id: string; from_at: Instant; value: Json<JudgingSettings> };
  activity_person_days: {
    client_id: string;
    person: string;
    /** In the client's zone. */
    day: string;
    /** Both empty: counted before it was noted which source reported it, and where. */
    source: Generated<string>;
    surface: Generated<string>;
    messages: number;
    calls: number;
    /** Bit n: something was done in the hour that begins at n o'clock. */
    hours: number;
    /** Files given to Claude, and their bytes; null: they were not counted yet. */
    uploads: number | null;
    upload_bytes: number | null;
  };
  alerts: {
    client_id: string;
    id: string;
    /** AL-0012 is 12. */
    number: number;
    rule: string;
    grp: string;
    level: string;
    /** open, follow_up, benign, real, silenced, old, merged, withdrawn */
    state: string;
    raised_at: Instant;
    silence_id: string | null;
    /** The alert that it turned out to be a part of. */
    merged_into: string | null;
    settled_by_name: string | null;
    settled_at: MaybeInstant;
    version: Generated<number>;
  };
  activity_alert_spans: {
    client_id: string;
    alert_id: string;
    rule: string;
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
    /** By the database's clock: the order in which changes of an alert were made. */
    written: ColumnType<Date, never, never>;
    /** Tells apart what was written in the same instant: the later has the higher. */
    step: ColumnType<string, never, never>;
    /** raised, counted, or the act of a step */
    act: string;
    state: string;
    done_by_name: string | null;
    done_at: Instant;
    count: number;
    last_at: Instant;
    outlier: MaybeJson<Outlier>;
    /** Its place among all that are handed on; null: it has none yet. */
    number: number | null;
    /** Its place among those of the alert. */
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
    rule: string;
    /** null: as the rule's file says. */
    is_on: boolean | null;
    number: number | null;
    /** Fewest days of history; null: as the rule's file says. */
    history: number | null;
    reason: string;
    changed_by_name: string;
    /** Who approved a change that lets the rule find less; null: nobody was asked. */
    approved_by_name: string | null;
    changed_at: Instant;
    version: Generated<number>;
  };
  /** A change that lets a rule find less and waits for a second person. */
  detection_proposals: {
    client_id: string;
    rule: string;
    id: string;
    /** As in `detection_settings`, once it is approved. */
    is_on: boolean | null;
    number: number | null;
    history: number | null;
    reason: string;
    /** Account of who proposed it. */
    proposed_by: string;
    proposed_by_name: string;
    proposed_at: Instant;
    /** Version of the rule's settings that it changes. */
    version: number;
  };
  /** A change of a setting that lets less be found and waits for a second person. */
  watch_proposals: {
    client_id: string;
    /** profile: what rules compare with; dlp: what guards look for; hook, icap, member_list: a guard, or the index that all of them use; else a sink or source, by its id. */
    setting: 'profile' | 'dlp' | 'hook' | 'icap' | 'member_list' | `${'sink' | 'source'}:${string}`;
    id: string;
    /** features/shared/watch-proposals.ts, features/dlp/schemas.ts, features/dlp/held.ts, features/shared/held-acts.ts */
    value: Json<unknown>;
    /** Account of who proposed it. */
    proposed_by: string;
    proposed_by_name: string;
    proposed_at: Instant;
    /** Version of the setting that it changes; 0 of a profile, whose other parts go on changing. */
    version: number;
    /** Secret of the hook, or key of the index, that waits; null: none does. */
    secret_sealed: string | null;
  };
  detection_silences: {
    client_id: string;
    id: string;
    rule: string;
    /** null: every group of the rule. */
    grp: string | null;
    /** The group in words. */
    about: string;
    reason: string;
    /** Last day, in the client's zone. */
    until_day: string;
    /** Account of who made it; null: made before accounts were kept. */
    made_by: string | null;
    made_by_name: string;
    /** Names, addresses and account ids by which an alert would name them. */
    made_by_names: Json<readonly string[]>;
    made_at: Instant;
    ended_by_name: string | null;
    ended_at: MaybeInstant;
  };
}
