import type { AlertLevel } from '../detections/alert-words.ts';
import type { TaskState } from '../journeys/status.ts';
import type { Audiences } from '../model/audience.ts';
import type { Cadence } from '../model/cadence.ts';
import type { Control } from '../model/catalogue.ts';
import type { JourneyKind } from '../model/person-journey.ts';
import type { State, VerdictHead } from '../model/verdict.ts';
import type { ReportKind } from '../staff/words.ts';

/** A verdict with what tells when it decays. */
export interface WorkVerdict extends VerdictHead {
  readonly goodUntil: string | null;
  readonly rule: string | null;
  /** Kinds of the readings that it rests on; documents and statements are none. */
  readonly readings: readonly string[];
}

/** Who a piece of work lies with. `user` is set for someone who can sign in. */
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

/** A change of a setting with which less is found, and that waits for a second person. */
export interface ProposedSetting {
  /** profile: what rules compare with; dlp: what guards look for; hook, icap, member_list: a guard, or the index of the member list; else a sink or source, by its id. */
  readonly setting: 'profile' | 'dlp' | 'hook' | 'icap' | 'member_list' | `${'sink' | 'source'}:${string}`;
  readonly proposedBy: string;
  readonly proposedByName: string;
}

/** A change that lets a detection find less, and waits for a second person. */
export interface ProposedDetection {
  readonly rule: string;
  readonly title: string;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedByName: string;
}

/** A draft of the charter that waits for someone who had no hand in it. */
export interface ProposedCharter {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedByName: string;
}

/** A request for a connector that waits, or is approved until a day. */
export interface ConnectorWish {
  readonly id: string;
  /** The same for all requests for one connector. */
  readonly connector: string;
  readonly name: string;
  readonly purpose: string;
  /** Last day of the approval; null: it waits for a decision. */
  readonly until: string | null;
  /** Day on which it is decided again; null: it was not put off. */
  readonly deferredUntil: string | null;
  readonly approvals: number;
  readonly askedBy: string;
  readonly askedByName: string;
}

/** A change to a system outside that waits for a second person, or holds until a day. */
export interface OpenChange {
  readonly id: string;
  readonly target: string;
  /** Whether it is about someone whose offboarding is open: it is shown there. */
  readonly ofLeaver: boolean;
  readonly title: string;
  readonly reason: string;
  /** Last day on which it holds, until it is taken back; null: it waits to be approved. */
  readonly until: string | null;
  readonly plannedBy: string;
  readonly plannedByName: string;
}

/** The newest statement that counts on a control. */
export interface Statement {
  readonly id: string;
  readonly control: string;
  readonly by: string;
  readonly seen: string;
  readonly expires: string | null;
}

/** A task of the deployment that was given to someone or has a day. */
export interface AssignedTask {
  readonly task: string;
  readonly number: number;
  readonly title: string;
  readonly state: TaskState;
  readonly owner: Owner | null;
  readonly due: string | null;
}

/** Name under which it is kept who stands for which audience of the guide. */
export const AUDIENCE_ASSIGNMENTS = 'audiences';

/** Name under which assignments of controls are kept beside those of tasks of the deployment. */
export const CONTROL_ASSIGNMENTS = 'controls';

/** Name under which assignments of what is to be put back are kept. */
export const DRIFT_ASSIGNMENTS = 'drift';

/** A departure from the charter, or from the baseline of nothing, that is to be put back. */
export interface Restore {
  readonly id: string;
  /** Key of the departure. */
  readonly departure: string;
  readonly label: string;
  readonly reason: string;
  readonly owner: Owner | null;
  readonly due: string | null;
}

/** A control that was given to someone or has a day, in whatever state it is. */
export interface AssignedControl {
  readonly control: string;
  readonly owner: Owner | null;
  readonly due: string | null;
}

/** A person who leaves or joins, with the steps that are not settled. */
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
    /** A newer reading shows otherwise than someone marked. */
    readonly contradicted: boolean;
    readonly words: string;
    readonly owner: Owner | null;
  }[];
}

/** A flag of a signed review that no one has closed. */
export interface ReviewFlag {
  readonly review: string;
  readonly item: string;
  readonly title: string;
  readonly note: string | null;
  readonly owner: Owner | null;
  readonly day: string | null;
  readonly signedOn: string | null;
}

/** What is left of an open incident or drill. */
export interface OpenIncident {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly drill: boolean;
  /** Who leads it. */
  readonly lead: Owner | null;
  /** Steps that are not settled. What waits for another step, and is not late, is left out. */
  readonly steps: readonly {
    readonly id: string;
    readonly title: string;
    /** Role that does it by the playbook. */
    readonly role: string;
    readonly owner: Owner | null;
    /** Day on which it is due, in the client's zone. */
    readonly due: string;
    readonly late: boolean;
    /** It is done, and what shows that it worked is missing. */
    readonly unproved: boolean;
  }[];
}

/** How a client does one recurring task. */
export interface Rhythm {
  readonly task: string;
  readonly active: boolean;
  readonly months: number | null;
  readonly owner: Owner | null;
  readonly due: string | null;
  /** When it was done last, by whom; null: never, as far as is written down. */
  readonly last: { readonly on: string; readonly by: string } | null;
}

/** A report of staff with which nobody has done anything. */
export interface WaitingReport {
  readonly id: string;
  readonly reference: string;
  readonly kind: ReportKind;
  /** Day on which it came, in the client's zone. */
  readonly came: string;
}

/** A weekly usage file that nobody went through. */
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
  /** Day on which it was begun. */
  readonly begun: string;
}

/** Something to put right about a source that is read by key, or about a sink. */
export interface Broken {
  readonly key: string;
  readonly title: string;
  readonly says: string;
}

/** Alerts of one severity that nobody has settled. */
export interface OpenAlertLevel {
  readonly level: AlertLevel;
  /** Groups of which it is the highest severity. */
  readonly groups: number;
  readonly alerts: number;
  /** Day on which the first of them was raised; null: there is none. */
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
  /** How many statements and journals of files nobody has confirmed or refused. */
  readonly claims: number;
  readonly requests: readonly ConnectorWish[];
  readonly statements: readonly Statement[];
  readonly tasks: readonly AssignedTask[];
  readonly assigned: readonly AssignedControl[];
  /** Who holds each audience of the guide: work that names nobody is theirs. */
  readonly holders: ReadonlyMap<string, Owner>;
  readonly journeys: readonly PersonUnderway[];
  readonly incidents: readonly OpenIncident[];
  readonly staffReports: readonly WaitingReport[];
  readonly rhythms: readonly Rhythm[];
  readonly flags: readonly ReviewFlag[];
  readonly changes: readonly OpenChange[];
  readonly restores: readonly Restore[];
  /** Day of the next governance review as the journal sets it, and of the last one that it lists. */
  readonly journal: { readonly nextReview: string | null; readonly lastReview: string | null };
  readonly usageFiles: readonly UsageFile[];
  /**
   * Days that imported reports of use cover, where someone has to export them; null: a source reads them by itself, or none
   * was ever imported.
   */
  readonly usage: {
    readonly covered: readonly { readonly from: string; readonly to: string }[];
    /** Days back from today that the vendor gives. */
    readonly keepsDays: number;
  } | null;
  readonly reports: readonly ReportPlan[];
  readonly imports: readonly OpenImport[];
  readonly sources: readonly Broken[];
  readonly sinks: readonly Broken[];
  /** Open alerts by severity, the highest first; of what there is none, nothing. */
  readonly alerts: readonly OpenAlertLevel[];
}

/** Verdicts that no work can come of. */
export function isSettled(state: State | undefined): boolean {
  return state === 'not_applicable' || state === 'not_licensed';
}
