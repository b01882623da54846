import type { Effect } from '../connectors/words.ts';
import type { Evidence } from '../model/reading.ts';
import type { Permission } from '../model/rows-exports.ts';

/** From what cannot wait to what only needs to be known. */
export const URGENCIES = ['urgent', 'soon', 'information'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** wider: Claude or people can do more than was approved. narrower: less. other: something else. */
export const DIRECTIONS = ['wider', 'narrower', 'other'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const SUBJECTS = ['connector', 'action', 'setting'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** Who made it so, and when: an event of the log, or why none tells. */
export type Cause =
  | {
      readonly known: true;
      /** Name or address; null: the event names nobody. */
      readonly who: string | null;
      readonly at: string;
      /** Name of the event as the vendor has it. */
      readonly event: string;
      readonly ip: string | null;
      readonly evidence: Evidence;
    }
  | { readonly known: false; readonly why: string };

/** A step of putting it back. `where` is a menu path of the catalogue. */
export interface RestoreStep {
  readonly words: string;
  readonly where: string | null;
  readonly link: string | null;
  /** Day on which the path was last looked at. */
  readonly checked: string | null;
}

/** A control and what it lists of a departure; an exception for these items accepts it. */
export interface Listed {
  readonly control: string;
  readonly keys: readonly string[];
  /** Of actions the state that each has, by key. */
  readonly states: Readonly<Record<string, Permission>>;
}

/** The exceptions in force that cover a departure, with the day on which the first of them ends. */
export interface Accepted {
  readonly until: string;
  readonly owner: string;
  readonly reason: string;
}

/** One difference between what the charter says and what was observed. */
export interface Deviation {
  /** Stays the same whatever a file calls the thing and wherever it lists it. */
  readonly key: string;
  readonly subject: Subject;
  /** Name of the system, or of the group of settings. */
  readonly system: string;
  readonly label: string;
  readonly direction: Direction;
  readonly urgency: Urgency;
  /** Whole sentences that can follow the label, as a title or before a colon: what is, and what the charter says. */
  readonly words: string;
  /** What the action does; `unknown` is as urgent as a write. null: it is no action. */
  readonly effect: Effect | null;
  readonly charter: string;
  readonly observed: string;
  /** The state of an action as it was observed; null: it is no action. */
  readonly state: Permission | 'off' | null;
  /** What the charter comes to; null: it is no action. */
  readonly wanted: Permission | null;
  /** How far it goes, to tell whether an acceptance still covers it: more is wider. */
  readonly width: number;
  /** Day of the reading or event that shows it. */
  readonly on: string;
  /** The newest reading does not speak of it; it was last seen on `on`. */
  readonly notCovered: boolean;
  readonly evidence: readonly Evidence[];
  readonly cause: Cause;
  /** The invariant that it breaks, in words; null: none. */
  readonly invariant: string | null;
  readonly listed: readonly Listed[];
  /** null: no exception in force covers all of it. */
  readonly accepted: Accepted | null;
  readonly restore: readonly RestoreStep[];
  /** Row of the matrix; null: it is not of an action. */
  readonly row: string | null;
  /** What the charter would have to say for this to be no departure; null: the charter cannot say it. */
  readonly amend: Amendment | null;
}

export type Amendment =
  | {
      readonly kind: 'cells';
      readonly cells: readonly { readonly row: string; readonly permission: Permission }[];
    }
  | {
      readonly kind: 'connector';
      /** Entries of the catalogue; none: the catalogue does not know it. */
      readonly entries: readonly string[];
      readonly name: string;
      /** Tools that were observed, where the catalogue does not know it. */
      readonly tools: readonly string[];
    }
  | { readonly kind: 'remove'; readonly name: string }
  | { readonly kind: 'part'; readonly part: string; readonly value: unknown };

/** What could not be compared, and what would settle it. Never a departure, and never the same. */
export interface Unread {
  readonly key: string;
  readonly label: string;
  readonly why: string;
  readonly question: string;
}

/** How a thing stands, for a decision that waits for proof. */
export interface Status {
  readonly how: 'departs' | 'conforms' | 'unread';
  readonly words: string;
  readonly evidence: Evidence | null;
  /** Instant of the event that shows it; null: a reading of a day does. */
  readonly at: string | null;
}

/** A departure as it is found, before anyone asks which exceptions cover it. */
export type Found = Omit<Deviation, 'accepted'>;

export interface Drift {
  readonly deviations: readonly Deviation[];
  readonly unread: readonly Unread[];
  /** Things that were compared and are as the charter says. */
  readonly same: number;
  /**
   * Connectors and actions that the charter approves and of which the newest table says nothing, by name: whether they
   * are there as approved is not told, whatever an older table says.
   */
  readonly unreported: readonly string[];
  /** How each thing that was asked about stands, by key. */
  readonly status: ReadonlyMap<string, Status>;
  /** The lock-down that left nothing connected, where that is what counts; null: the charter is, or nothing is. */
  readonly baseline: { readonly on: string; readonly by: string } | null;
  readonly observed: {
    readonly on: string | null;
    readonly why: string | null;
    readonly howToGet: string | null;
    readonly events: { readonly from: string; readonly to: string } | null;
  };
}
