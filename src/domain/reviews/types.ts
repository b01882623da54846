import type { AlertLevel, AlertState } from '../detections/alert-words.ts';
import type { Classification, ClosingState, Determination } from '../microsoft/alert-closing.ts';
import type { ReviewNeed } from '../model/review.ts';
import type { State, Verdict } from '../model/verdict.ts';
import type { AlertKind } from '../rules/microsoft/defender-alerts.ts';

/** The data that pre-fills a review. */
export interface ReviewFacts {
  readonly today: string;
  /** First day of the review period: the day of the last signed review, or one interval ago. */
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
  /** Day of the current members file; null: none. */
  readonly membersOn: string | null;
  /** Why members and roster could not be compared; null: they were. */
  readonly blocked: string | null;
  /** Leavers according to the roster who hold a seat. */
  readonly leavers: readonly {
    readonly key: string;
    readonly name: string;
    /** null: not in the roster. */
    readonly lastDay: string | null;
    /** Source. For Entra, the day is the first on which the account was seen disabled. */
    readonly from: 'roster' | 'entra_users';
  }[];
  /** Number of seats of people on the roster. */
  readonly matched: number;
  /** Seats and staff records that do not match, including leavers, with the reason. */
  readonly unmatched: readonly { readonly key: string; readonly name: string; readonly why: string }[];
}

export interface AccountFacts {
  /** Day of the newest Domain memberships report; null: none. */
  readonly reportOn: string | null;
  /** Why that report does not cover every domain today; null: it does. */
  readonly gap: string | null;
  /** Accounts outside the workspace that are not closed. */
  readonly open: readonly {
    readonly key: string;
    readonly name: string | null;
    /** Day on which it was first listed, or listed again after it had been closed; null: in no report. */
    readonly listedFrom: string | null;
    /** null: unknown. */
    readonly usedForWork: boolean | null;
  }[];
}

/** Events of the activity log since the first day of the review period. */
export interface LogFacts {
  readonly calls: number;
  /** Calls of which no source says whether they wrote. */
  readonly unknown: number;
  readonly writes: readonly {
    readonly connector: string | null;
    /** Display name of the connector. */
    readonly name: string | null;
    readonly tool: string | null;
    readonly person: string | null;
    readonly calls: number;
    /** Day of the last call. */
    readonly lastOn: string;
  }[];
  /** Whether any events were reported at all. */
  readonly events: boolean;
}

export interface OpenAlert {
  readonly key: string;
  readonly title: string;
  readonly level: AlertLevel;
  readonly alerts: number;
  /** Rows of the guide that its rule implements. */
  readonly guide: readonly string[];
}

/** An alert that was settled in the review period. */
export interface SettledAlert {
  readonly key: string;
  readonly title: string;
  readonly state: AlertState;
  /** null: no person settled it, for example a silenced one. */
  readonly by: string | null;
  readonly on: string | null;
}

/** Defender alerts about Claude in the review period, and older ones that are still open there. */
export interface DefenderFacts {
  readonly readOn: string | null;
  /** Why they could not be read; null: they were. */
  readonly why: string | null;
  readonly lines: readonly {
    readonly key: string;
    readonly title: string;
    readonly kind: AlertKind;
    readonly day: string;
    /** As in Defender; null: not set. */
    readonly status: string | null;
    readonly classification: string | null;
    /** Classification that someone gave it in Bylaw; null: none. */
    readonly closed: {
      readonly classification: Classification;
      readonly determination: Determination;
      readonly by: string;
      readonly on: string;
      readonly state: ClosingState;
    } | null;
  }[];
}

/** Connectors and their actions, according to the charter and the newest readings. */
export interface ConnectorFacts {
  /** null: nothing was observed. */
  readonly observedOn: string | null;
  /** Why nothing was observed; null: something was. */
  readonly why: string | null;
  readonly lines: readonly {
    readonly key: string;
    readonly name: string;
    readonly approved: boolean;
    /** null: unknown. */
    readonly enabled: boolean | null;
    /** Day of the last call that a source reported; null: none. */
    readonly lastUsed: string | null;
    readonly actions: number;
    readonly wider: number;
    readonly unconfirmed: number;
    /** What has to be done in the source system first; null: nothing. */
    readonly prerequisite: string | null;
  }[];
  /** An agent in the client's own cloud that the charter declares and no reading shows. */
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
  /** Why not every change can be read; null: all were. */
  readonly why: string | null;
  readonly lines: readonly {
    readonly key: string;
    readonly label: string;
    /** From which state to which, and by whom if a source says so. */
    readonly step: string;
    readonly day: string;
    readonly approved: boolean;
  }[];
}

/** Permissions of the Microsoft 365 connector's applications. */
export interface ScopeFacts {
  readonly readOn: string | null;
  readonly why: string | null;
  readonly lines: readonly { readonly app: string; readonly scope: string; readonly who: string }[];
  /** Who consented, according to the journal; null: not stated. */
  readonly consent: { readonly on: string; readonly by: string } | null;
  /** Comparison with the previous file; null: there is none. */
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

/** What happens with a line that meets the rule. */
export type LineMark = 'explained' | 'escalated';

/** What was read for one part of an item. */
export interface SignalRead {
  /** Id of a control, or name of a list. */
  readonly signal: string;
  readonly title: string;
  /** Whether the item's rule is met if its state is `fail`. */
  readonly escalates: boolean;
  /** null: a list without a verdict, which never meets a rule. */
  readonly state: State | null;
  readonly reason: string;
  readonly entries: readonly ReviewEntry[];
  /** Day of the oldest reading behind it; null: nothing was read. */
  readonly readOn: string | null;
}

/** The part that depends on the facts. */
export type FactRead = Pick<SignalRead, 'state' | 'reason' | 'entries' | 'readOn'>;

/** met: the rule is met; unread: it cannot be ruled out; clear: it was read and is not met; none: it does not apply. */
export const ITEM_STATES = ['met', 'unread', 'clear', 'none'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

export interface ItemRead {
  readonly item: string;
  readonly state: ItemState;
  readonly signals: readonly SignalRead[];
  /** Readings missing from the review period. */
  readonly missing: readonly ReviewNeed[];
}

/** later: someone will return to it; the note is kept, but the item does not count as answered. */
export const ANSWERS = ['fine', 'flag', 'not_reviewed', 'later'] as const;
export type AnswerKind = (typeof ANSWERS)[number];

/** Decisions on single lines, such as each connector of a client every quarter. */
export const DECISIONS = ['keep', 'remove', 'question'] as const;
export type DecisionKind = (typeof DECISIONS)[number];

export interface LineDecision {
  readonly signal: string;
  readonly key: string;
  readonly decision: DecisionKind;
}

/** A reviewer's answer to an item. */
export interface ReviewAnswer {
  readonly item: string;
  readonly answer: AnswerKind;
  readonly note: string | null;
  /** Who follows up on a flag; null: no one. */
  readonly owner: string | null;
  /** For a flag: when the follow-up is due. For "fine" although the rule is met: until when that applies. */
  readonly day: string | null;
  /** Lines that met the rule at the time of the answer, see `metKeys`. */
  readonly seen: readonly string[];
  /** For a flag: the lines that the note explains; the rest is escalated. "Fine" explains all of them. */
  readonly explained: readonly string[];
  readonly decisions: readonly LineDecision[];
}
