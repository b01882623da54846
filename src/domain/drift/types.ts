import type { Effect } from '../connectors/words.ts';
import type { Evidence } from '../model/reading.ts';
import type { Permission } from '../model/rows-exports.ts';

/** From most to least urgent. */
export const URGENCIES = ['urgent', 'soon', 'information'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** wider: Claude or people can do more than was approved. narrower: less. other: something else. */
export const DIRECTIONS = ['wider', 'narrower', 'other'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const SUBJECTS = ['connector', 'action', 'setting'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** Who made the change and when, from an event of the log, or why that is unknown. */
export type Cause =
  | {
      readonly known: true;
      /** Name or address; null: not in the event. */
      readonly who: string | null;
      readonly at: string;
      /** The vendor's name of the event. */
      readonly event: string;
      readonly ip: string | null;
      readonly evidence: Evidence;
    }
  | { readonly known: false; readonly why: string };

/** A step of restoring the approved state. `where` is a menu path of the catalogue. */
export interface RestoreStep {
  readonly words: string;
  readonly where: string | null;
  readonly link: string | null;
  /** Day on which the path was last verified. */
  readonly checked: string | null;
}

/** A control and the items it lists for a deviation; an exception for these items accepts it. */
export interface Listed {
  readonly control: string;
  readonly keys: readonly string[];
  /** For actions: the state of each, by key. */
  readonly states: Readonly<Record<string, Permission>>;
}

/** The exceptions in force that cover a deviation; `until` is the earliest end. */
export interface Accepted {
  readonly until: string;
  readonly owner: string;
  readonly reason: string;
}

/** One difference between the charter and what was observed. */
export interface Deviation {
  /** Stable, whatever a file calls the subject and wherever it lists it. */
  readonly key: string;
  readonly subject: Subject;
  /** Name of the system, or of the group of settings. */
  readonly system: string;
  readonly label: string;
  readonly direction: Direction;
  readonly urgency: Urgency;
  /**
   * Complete sentences that can follow the label, as a title or before a colon: the actual state, and the charter's.
   */
  readonly words: string;
  /** Effect of the action; `unknown` is as urgent as a write. null: not an action. */
  readonly effect: Effect | null;
  readonly charter: string;
  readonly observed: string;
  /** Observed state of an action; null: not an action. */
  readonly state: Permission | 'off' | null;
  /** The charter's permission; null: not an action. */
  readonly wanted: Permission | null;
  /** How much wider it is, to check whether an acceptance still covers it; higher is wider. */
  readonly width: number;
  /** Day of the reading or event that shows it. */
  readonly on: string;
  /** The newest reading does not cover it; it was last seen on `on`. */
  readonly notCovered: boolean;
  readonly evidence: readonly Evidence[];
  readonly cause: Cause;
  /** The invariant it violates, in words; null: none. */
  readonly invariant: string | null;
  readonly listed: readonly Listed[];
  /** null: no exception in force covers all of it. */
  readonly accepted: Accepted | null;
  readonly restore: readonly RestoreStep[];
  /** Row of the matrix; null: not an action. */
  readonly row: string | null;
  /** How the charter could be changed so that this is no longer drift; null: it cannot. */
  readonly amend: Amendment | null;
}

export type Amendment =
  | {
      readonly kind: 'cells';
      readonly cells: readonly { readonly row: string; readonly permission: Permission }[];
    }
  | {
      readonly kind: 'connector';
      /** Catalogue entries; empty: not in the catalogue. */
      readonly entries: readonly string[];
      readonly name: string;
      /** Observed tools, if it is not in the catalogue. */
      readonly tools: readonly string[];
    }
  | { readonly kind: 'remove'; readonly name: string }
  | { readonly kind: 'part'; readonly part: string; readonly value: unknown };

/** What could not be compared, and what would resolve it. Counts neither as drift nor as the same. */
export interface Unread {
  readonly key: string;
  readonly label: string;
  readonly why: string;
  readonly question: string;
}

/** Current status of a subject, for decisions that wait for proof. */
export interface Status {
  readonly how: 'departs' | 'conforms' | 'unread';
  readonly words: string;
  readonly evidence: Evidence | null;
  /** Instant of the event that shows it; null: shown by a day's reading. */
  readonly at: string | null;
}

/** A deviation before exceptions are taken into account. */
export type Found = Omit<Deviation, 'accepted'>;

export interface Drift {
  readonly deviations: readonly Deviation[];
  readonly unread: readonly Unread[];
  /** Number of compared subjects that match the charter. */
  readonly same: number;
  /**
   * Names of approved connectors and actions that the newest table does not cover: whether they still match is unknown,
   * whatever an older table says.
   */
  readonly unreported: readonly string[];
  /** Status of each subject, by key. */
  readonly status: ReadonlyMap<string, Status>;
  /**
   * The lockdown that left nothing connected, if connectors are compared with it; null: they are compared with the
   * charter, or not at all.
   */
  readonly baseline: { readonly on: string; readonly by: string } | null;
  readonly observed: {
    readonly on: string | null;
    readonly why: string | null;
    readonly howToGet: string | null;
    readonly events: { readonly from: string; readonly to: string } | null;
  };
}
