import type { AlertLevel } from '../detections/alert-words.ts';
import type { TaskState } from '../journeys/status.ts';
import type { Audiences } from '../model/audience.ts';
import type { Cadence } from '../model/cadence.ts';
import type { Control } from '../model/catalogue.ts';
import type { JourneyKind } from '../model/person-journey.ts';
import type { State, VerdictHead } from '../model/verdict.ts';
import type { ReportKind } from '../staff/words.ts';

/** A verdict with the data that determines when it expires. */
export interface WorkVerdict extends VerdictHead {
  readonly goodUntil: string | null;
  readonly rule: string | null;
  /** Kinds of the readings it is based on, without documents and statements. */
  readonly readings: readonly string[];
}

/** Owner of a work item. `user` is set for people who can sign in. */
export interface Owner {
  readonly user: string | null;
  readonly name: string;
  readonly mail: string | null;
}

export interface RequestedException {
  readonly id: string;
  readonly control: string;
  readonly reason: string;
  readonly until: string;
  readonly requestedBy: string;
  readonly requestedByName: string;
}

export interface RequestedOverride {
  readonly id: string;
  readonly task: string;
  /** Title of the task. */
  readonly title: string;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedByName: string;
}

/** A change of a setting that would find less and waits for a second person. */
export interface ProposedSetting {
  /**
   * profile: what detections compare with; dlp: what guards look for; hook, icap, member_list: a guard, or the index of
   * the member list; otherwise a sink or source, by id.
   */
  readonly setting: 'profile' | 'dlp' | 'hook' | 'icap' | 'member_list' | `${'sink' | 'source'}:${string}`;
  readonly proposedBy: string;
  readonly proposedByName: string;
}

/** A change that makes a detection find less and waits for a second person. */
export interface ProposedDetection {
  readonly detection: string;
  readonly title: string;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedByName: string;
}

/** A draft of the charter that waits for someone who was not involved in it. */
export interface ProposedCharter {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedByName: string;
}

/** A request for a connector that is waiting, or approved until a day. */
export interface ConnectorWish {
  readonly id: string;
  /** The same for all requests for one connector. */
  readonly connector: string;
  readonly name: string;
  readonly purpose: string;
  /** Last day of the approval; null: not decided yet. */
  readonly until: string | null;
  /** Day on which to decide again; null: not deferred. */
  readonly deferredUntil: string | null;
  readonly approvals: number;
  readonly askedBy: string;
  readonly askedByName: string;
}

/** A change to an external system that waits for a second person, or is in effect until a day. */
export interface OpenChange {
  readonly id: string;
  readonly target: string;
  /** Whether it concerns someone whose offboarding is open, where it is shown instead. */
  readonly ofLeaver: boolean;
  readonly title: string;
  readonly reason: string;
  /** Last day on which it is in effect before it is reverted; null: not approved yet. */
  readonly until: string | null;
  readonly plannedBy: string;
  readonly plannedByName: string;
}

/** The newest valid statement on a control. */
export interface Statement {
  readonly id: string;
  readonly control: string;
  readonly by: string;
  readonly seen: string;
  readonly expires: string | null;
}

/** A task of the deployment that has an owner or a due date. */
export interface AssignedTask {
  readonly task: string;
  readonly number: number;
  readonly title: string;
  readonly state: TaskState;
  readonly owner: Owner | null;
  readonly due: string | null;
}

/** Key under which the holders of the guide's audiences are stored. */
export const AUDIENCE_ASSIGNMENTS = 'audiences';

/** Key under which assignments of controls are stored, beside those of deployment tasks. */
export const CONTROL_ASSIGNMENTS = 'controls';

/** Key under which assignments of drift to restore are stored. */
export const DRIFT_ASSIGNMENTS = 'drift';

/** Drift from the charter, or from the baseline of no connectors, that is to be restored. */
export interface Restore {
  readonly id: string;
  /** Key of the deviation. */
  readonly departure: string;
  readonly label: string;
  readonly reason: string;
  readonly owner: Owner | null;
  readonly due: string | null;
}

/** A control that has an owner or a due date, in any state. */
export interface AssignedControl {
  readonly control: string;
  readonly owner: Owner | null;
  readonly due: string | null;
}

/** A person who is leaving or joining, with the steps that are not settled. */
export interface PersonUnderway {
  readonly id: string;
  readonly kind: JourneyKind;
  readonly name: string;
  readonly steps: readonly {
    readonly id: string;
    readonly title: string;
    readonly action: string;
    readonly who: string;
    readonly due: string;
    /** A newer reading contradicts a mark. */
    readonly contradicted: boolean;
    readonly words: string;
    readonly owner: Owner | null;
  }[];
}

/** An open flag of a signed review. */
export interface ReviewFlag {
  readonly review: string;
  readonly item: string;
  readonly title: string;
  readonly note: string | null;
  readonly owner: Owner | null;
  readonly day: string | null;
  readonly signedOn: string | null;
}

/** What is left to do in an open incident or drill. */
export interface OpenIncident {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly drill: boolean;
  /** Who leads it. */
  readonly lead: Owner | null;
  /** Steps that are not settled, without those that wait for another step and are not late. */
  readonly steps: readonly {
    readonly id: string;
    readonly title: string;
    /** Role responsible for it in the playbook. */
    readonly role: string;
    readonly owner: Owner | null;
    /** Due date in the client's zone. */
    readonly due: string;
    readonly late: boolean;
    /** It is done, but there is no evidence that it worked. */
    readonly unproved: boolean;
  }[];
  /** Steps that wait for another one and are not late. */
  readonly waiting: number;
}

/** A client's settings for one recurring task. */
export interface Rhythm {
  readonly task: string;
  readonly active: boolean;
  readonly months: number | null;
  readonly owner: Owner | null;
  readonly due: string | null;
  /** When it was last done, and by whom; null: never recorded. */
  readonly last: { readonly on: string; readonly by: string } | null;
}

/** A report by staff that no one has dealt with. */
export interface WaitingReport {
  readonly id: string;
  readonly reference: string;
  readonly kind: ReportKind;
  /** Day on which it arrived, in the client's zone. */
  readonly came: string;
}

/** A weekly usage file that no one has reviewed. */
export interface UsageFile {
  /** Monday of its week. */
  readonly week: string;
}

export interface ReportPlan {
  readonly id: string;
  readonly cadence: 'weekly' | 'monthly' | 'quarterly';
  readonly nextOn: string;
  readonly recipients: number;
}

export interface OpenImport {
  readonly id: string;
  readonly files: number;
  /** Day on which it was started. */
  readonly begun: string;
}

/** A problem with a source that is read by key, or with a sink. */
export interface Broken {
  readonly key: string;
  readonly title: string;
  readonly says: string;
}

/** Open alerts of one severity. */
export interface OpenAlertLevel {
  readonly level: AlertLevel;
  /** Groups whose highest severity this is. */
  readonly groups: number;
  readonly alerts: number;
  /** Day on which the first of them was raised; null: none. */
  readonly raised: string | null;
}

/** Everything of one client that may be due. Lists in any order. */
export interface WorkFacts {
  readonly catalogue: {
    readonly controls: readonly Control[];
    readonly cadence: Cadence;
    readonly audiences: Audiences;
  };
  readonly verdicts: readonly WorkVerdict[];
  readonly exceptions: readonly RequestedException[];
  readonly overrides: readonly RequestedOverride[];
  readonly detections: readonly ProposedDetection[];
  readonly settings: readonly ProposedSetting[];
  readonly charters: readonly ProposedCharter[];
  /** Number of statements and journals from files that no one has confirmed or refused. */
  readonly claims: number;
  readonly requests: readonly ConnectorWish[];
  readonly statements: readonly Statement[];
  readonly tasks: readonly AssignedTask[];
  readonly assigned: readonly AssignedControl[];
  /** Holder of each audience of the guide; work without an assigned person is theirs. */
  readonly holders: ReadonlyMap<string, Owner>;
  readonly journeys: readonly PersonUnderway[];
  readonly incidents: readonly OpenIncident[];
  readonly staffReports: readonly WaitingReport[];
  readonly rhythms: readonly Rhythm[];
  readonly flags: readonly ReviewFlag[];
  readonly changes: readonly OpenChange[];
  readonly restores: readonly Restore[];
  /** Day of the next governance review set in the journal, and of the last one it lists. */
  readonly journal: { readonly nextReview: string | null; readonly lastReview: string | null };
  readonly usageFiles: readonly UsageFile[];
  /**
   * Days covered by imported usage reports that someone has to export; null: a source reads them automatically, or none
   * was ever imported.
   */
  readonly usage: {
    readonly covered: readonly { readonly from: string; readonly to: string }[];
    /** How many days back the vendor provides. */
    readonly keepsDays: number;
  } | null;
  readonly reports: readonly ReportPlan[];
  readonly imports: readonly OpenImport[];
  readonly sources: readonly Broken[];
  readonly sinks: readonly Broken[];
  /** Open alerts by severity, highest first; severities without alerts are left out. */
  readonly alerts: readonly OpenAlertLevel[];
}

/** Verdicts that never lead to work. */
export function isSettled(state: State | undefined): boolean {
  return state === 'not_applicable' || state === 'not_licensed';
}
