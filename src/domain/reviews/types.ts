import type { AlertLevel } from '../detections/alert-words.ts';
import type { ReviewNeed } from '../model/review.ts';
import type { State, Verdict } from '../model/verdict.ts';

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
}

export interface PeopleFacts {
  /** Day of the current members file; null: there is none. */
  readonly membersOn: string | null;
  /** Why members and roster could not be compared; null: they were. */
  readonly blocked: string | null;
  /** Who left by the roster and holds a seat. */
  readonly leavers: readonly {
    readonly key: string;
    readonly name: string;
    /** null: the roster gives no day. */
    readonly lastDay: string | null;
  }[];
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
  readonly state: State;
  readonly reason: string;
  readonly entries: readonly ReviewEntry[];
  /** Day of the oldest reading behind it; null: nothing was read. */
  readonly readOn: string | null;
}

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
}
