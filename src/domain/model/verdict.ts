import type { Ask, Params } from '../text/message.ts';
import type { Evidence } from './reading.ts';
import type { Permission } from './rows-exports.ts';

/** The eight states, in display order. */
export const STATES = [
  'fail',
  'cannot_read',
  'pending',
  'accepted',
  'policy_only',
  'not_licensed',
  'not_applicable',
  'pass',
] as const;
export type State = (typeof STATES)[number];

export const STATE_WORDS: Readonly<Record<State, string>> = {
  fail: 'Fail',
  cannot_read: 'Cannot read',
  pending: 'Pending',
  accepted: 'Accepted',
  policy_only: 'Policy only',
  not_licensed: 'Not licensed',
  not_applicable: 'Not applicable',
  pass: 'Pass',
};

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A person, action or policy listed in a verdict. Exceptions refer to it by its key. */
export interface Item {
  /** Stable and in lower case: an email address, `connector/action`, a policy id. */
  readonly key: string;
  /** Display name, for example the person's name. */
  readonly label: string;
  /** What it is, as a clause, if `detail` describes both that and what is wrong. */
  readonly what?: string;
  /** One short sentence on why it is listed. */
  readonly detail: string;
  /** For an action: its state, so that an exception can cover it up to that state only. */
  readonly state?: Permission;
  readonly evidence: readonly Evidence[];
}

/** What one check found. `accepted` and `not_licensed` are decided by `decide`, never by a check. */
export interface Outcome {
  readonly state: 'pass' | 'fail' | 'pending' | 'cannot_read' | 'policy_only' | 'not_applicable';
  /** Identity of the finding. Comparisons and storage use these, never the sentence. */
  readonly code: string;
  readonly params: Params;
  /** Complete sentences for a person who is not a programmer. */
  readonly reason: string;
  readonly items: readonly Item[];
  readonly evidence: readonly Evidence[];
  /** For `cannot_read`: what to ask, export or write down to decide the control. */
  readonly ask?: Ask;
  /** For `pending`: when it becomes due. For `fail`: its deadline, if there was one. */
  readonly due?: string;
  /**
   * For `cannot_read`: the day of a change to what the control asks about. What other checks saw up to that day is
   * outdated.
   */
  readonly changedOn?: string;
  /**
   * For a pass by documents alone: the day since which it holds; empty if they name none. Documents are cited with the
   * day of the decision, so anyone who saw otherwise since that day takes precedence.
   */
  readonly asOf?: string;
}

export interface Verdict {
  readonly control: string;
  readonly version: number;
  readonly state: State;
  /** Code of the deciding outcome; codes of outcomes that `decide` makes itself start with `decide.`. */
  readonly code: string;
  readonly params: Params;
  readonly reason: string;
  readonly items: readonly Item[];
  readonly evidence: readonly Evidence[];
  /** Alternative questions, any of which settles what cannot be read, preferred one first. */
  readonly asks: readonly Ask[];
  /** The same as a sentence for authors of files. */
  readonly question: string | null;
  readonly due: string | null;
  /** Last day on which the readings behind this verdict are current; null: it is based on none. */
  readonly goodUntil: string | null;
  /** Name of the rule that decided; null: no rule ran. */
  readonly rule: string | null;
  readonly exception: {
    readonly reason: string;
    readonly owner: string;
    readonly until: string;
    readonly covers: number;
  } | null;
  /** The outcome of each check, in order of preference. */
  readonly tried: readonly {
    readonly rule: string;
    readonly state: Outcome['state'];
    readonly reason: string;
  }[];
}

/** The content of a verdict without the rows it is based on. */
export type VerdictHead = Pick<
  Verdict,
  'control' | 'state' | 'reason' | 'asks' | 'question' | 'due' | 'exception'
>;
