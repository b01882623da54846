import type { AlertLevel, AlertState } from '../detections/alert-words.ts';
import type { Classification, ClosingState, Determination } from '../microsoft/alert-closing.ts';
import type { ReviewNeed } from '../model/review.ts';
import type { State, Verdict } from '../model/verdict.ts';
import type { AlertKind } from '../rules/microsoft/defender-alerts.ts';

/** What a review is pre-filled from. */
export interface ReviewFacts {
  readonly today: string;
  /** First day of the time that the review is about: that of the last signed one, or one interval ago. */
  readonly from: string;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** Titles of controls by id. */
  readonly titles: ReadonlyMap<string, string>;
  readonly people: PeopleFacts;
  readonly accounts: AccountFacts;
  readonly log: LogFacts;
  readonly alerts: readonly OpenAlert[];
  readonly settled: readonly SettledAlert[];
  readonly defender: DefenderFacts;
  readonly connectors: ConnectorFacts;
  readonly changes: ChangeFacts;
  readonly scopes: ScopeFacts;
  readonly exceptions: readonly ExceptionFact[];
}

export interface PeopleFacts {
  /** Day of the current members file; null: there is none. */
  readonly membersOn: string | null;
  /** Why members and roster could not be compared; null: they were. */
  readonly blocked: string | null;
  /** Who left according to the roster and holds a seat. */
  readonly leavers: readonly {
    readonly key: string;
    readonly name: string;
    /** null: the roster gives no day. */
    readonly lastDay: string | null;
    /** What says so. Of Entra the day is the first on which the account was seen disabled. */
    readonly from: 'roster' | 'entra_users';
  }[];
  /** Seats of people on the roster. */
  readonly matched: number;
  /** Seats and staff records that do not match, leavers among them, with the reason. */
  readonly unmatched: readonly { readonly key: string; readonly name: string; readonly why: string }[];
}

export interface AccountFacts {
  /** Day of the newest Domain memberships report; null: there is none. */
  readonly reportOn: string | null;
  /** Why that report does not speak for every domain today; null: it does. */
  readonly gap: string | null;
  /** Accounts outside the workspace that are not closed. */
  readonly open: readonly {
    readonly key: string;
    readonly name: string | null;
    /** Day on which it was first listed, or listed again after it had been closed; null: no report lists it. */
    readonly listedFrom: string | null;
    /** null: not known. */
    readonly usedForWork: boolean | null;
  }[];
}

/** Events of the activity log since the review's first day. */
export interface LogFacts {
  readonly calls: number;
  /** Of them: calls of which no source says whether they wrote. */
  readonly unknown: number;
  readonly writes: readonly {
    readonly connector: string | null;
    /** Name of the connector, as people call it. */
    readonly name: string | null;
    readonly tool: string | null;
    readonly person: string | null;
    readonly calls: number;
    /** Day of the last one. */
    readonly lastOn: string;
  }[];
  /** Whether anything at all was reported. */
  readonly events: boolean;
}

export interface OpenAlert {
  readonly key: string;
  readonly title: string;
  readonly level: AlertLevel;
  readonly alerts: number;
  /** Rows of the guide that its rule is for. */
  readonly guide: readonly string[];
}

/** An alert that someone settled in the time that the review is about. */
export interface SettledAlert {
  readonly key: string;
  readonly title: string;
  readonly state: AlertState;
  /** null: nobody did, as where it was silenced. */
  readonly by: string | null;
  readonly on: string | null;
}

/** Defender alerts about Claude in the time that the review is about, and older ones that are open there. */
export interface DefenderFacts {
  readonly readOn: string | null;
  /** Why they could not be read; null: they were. */
  readonly why: string | null;
  readonly lines: readonly {
    readonly key: string;
    readonly title: string;
    readonly kind: AlertKind;
    readonly day: string;
    /** As Defender has them; null: not given. */
    readonly status: string | null;
    readonly classification: string | null;
    /** What someone said here that it was; null: nobody did. */
    readonly closed: {
      readonly classification: Classification;
      readonly determination: Determination;
      readonly by: string;
      readonly on: string;
      readonly state: ClosingState;
    } | null;
  }[];
}

/** Connectors and their actions, by the charter and by the newest readings. */
export interface ConnectorFacts {
  /** null: nothing was observed. */
  readonly observedOn: string | null;
  /** Why nothing could be observed; null: something was. */
  readonly why: string | null;
  readonly lines: readonly {
    readonly key: string;
    readonly name: string;
    readonly approved: boolean;
    /** null: not known. */
    readonly enabled: boolean | null;
    /** Day of the last call that a source reported; null: none did. */
    readonly lastUsed: string | null;
    readonly actions: number;
    readonly wider: number;
    readonly unconfirmed: number;
    /** What has to be done in the system itself first; null: nothing is open. */
    readonly prerequisite: string | null;
  }[];
  /** An agent in the client's own cloud that the charter declares, which no reading shows. */
  readonly agent: {
    readonly system: string;
    readonly account: string;
    readonly name: string;
    readonly scopes: string;
    readonly readOnly: boolean;
    readonly reviewed: string;
  } | null;
  readonly actions: readonly {
    readonly key: string;
    readonly label: string;
    readonly approved: string;
    /** null: no reading confirms it. */
    readonly observed: string | null;
    readonly on: string | null;
    readonly wider: boolean;
  }[];
}

export interface ChangeFacts {
  readonly readOn: string | null;
  /** Why not every change can be read; null: they were. */
  readonly why: string | null;
  readonly lines: readonly {
    readonly key: string;
    readonly label: string;
    /** From which state to which, and by whom where a source says so. */
    readonly step: string;
    readonly day: string;
    readonly approved: boolean;
  }[];
}

/** What the applications of the Microsoft 365 connector may do. */
export interface ScopeFacts {
  readonly readOn: string | null;
  readonly why: string | null;
  readonly lines: readonly { readonly app: string; readonly scope: string; readonly who: string }[];
  /** Who consented, by the journal; null: it does not say. */
  readonly consent: { readonly on: string; readonly by: string } | null;
  /** The file before; null: there is none. */
  readonly earlier: {
    readonly day: string;
    readonly added: readonly string[];
    readonly removed: readonly string[];
  } | null;
}

export interface ExceptionFact {
  readonly key: string;
  readonly title: string;
  readonly state: string;
  readonly owner: string;
  readonly until: string;
  readonly reason: string;
}

/** One line of the list behind a figure. */
export interface ReviewEntry {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
}

/** What becomes of a line that meets the rule. */
export type LineMark = 'explained' | 'escalated';

/** What was read for one part of an item. */
export interface SignalRead {
  /** Id of a control, or name of a list. */
  readonly signal: string;
  readonly title: string;
  /** Whether it meets the item's rule where its state is `fail`. */
  readonly escalates: boolean;
  /** null: a list that has no verdict of its own; it never meets a rule. */
  readonly state: State | null;
  readonly reason: string;
  readonly entries: readonly ReviewEntry[];
  /** Day of the oldest reading behind it; null: nothing was read. */
  readonly readOn: string | null;
}

/** The part of it that depends on the facts. */
export type FactRead = Pick<SignalRead, 'state' | 'reason' | 'entries' | 'readOn'>;

/** met: the rule is; unread: it cannot be ruled out; clear: it was read and is not met; none: it asks nothing here. */
export const ITEM_STATES = ['met', 'unread', 'clear', 'none'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

export interface ItemRead {
  readonly item: string;
  readonly state: ItemState;
  readonly signals: readonly SignalRead[];
  /** What was not read in the time that the review is about. */
  readonly missing: readonly ReviewNeed[];
}

/** later: someone comes back to it; what they noted is kept, and the item is not answered. */
export const ANSWERS = ['fine', 'flag', 'not_reviewed', 'later'] as const;
export type AnswerKind = (typeof ANSWERS)[number];

/** What becomes of a line that is decided by itself, as each connector of a client is every quarter. */
export const DECISIONS = ['keep', 'remove', 'question'] as const;
export type DecisionKind = (typeof DECISIONS)[number];

export interface LineDecision {
  readonly signal: string;
  readonly key: string;
  readonly decision: DecisionKind;
}

/** What a reviewer said of an item. */
export interface ReviewAnswer {
  readonly item: string;
  readonly answer: AnswerKind;
  readonly note: string | null;
  /** Who follows a flag up; null: nobody. */
  readonly owner: string | null;
  /** Of a flag: until when it is followed up; of what is fine although the rule is met: until when. */
  readonly day: string | null;
  /** What met the rule when it was said, see `metKeys`. */
  readonly seen: readonly string[];
  /** Of a flag: what of it the note explains; the rest is escalated. What is fine explains all of it. */
  readonly explained: readonly string[];
  readonly decisions: readonly LineDecision[];
}
