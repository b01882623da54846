import type { Ask, Params } from '../text/message.ts';
import type { Evidence } from './reading.ts';
import type { Permission } from './rows-exports.ts';

/** The eight states, in the order in which they are always shown. */
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

/** One thing that a verdict counts: a person, an action, a policy. Its key is what an exception can name. */
export interface Item {
  /** Stable and lower case: an email address, `connector/action`, a policy id. */
  readonly key: string;
  /** What the list calls it, for example the person's name. */
  readonly label: string;
  /** What it is, as a clause, where `detail` says that together with what is wrong. */
  readonly what?: string;
  /** One short sentence on why it is listed. */
  readonly detail: string;
  /** Of an action: the state that it has, so that an exception can cover it so far and no further. */
  readonly state?: Permission;
  readonly evidence: readonly Evidence[];
}

/** What one check found. `accepted` and `not_licensed` are decided by `decide`, never by a check. */
export interface Outcome {
  readonly state: 'pass' | 'fail' | 'pending' | 'cannot_read' | 'policy_only' | 'not_applicable';
  /** Which case it is, and what makes it another one. What is compared or kept goes by these, never by the sentence. */
  readonly code: string;
  readonly params: Params;
  /** Whole sentences for a person who is not a programmer. */
  readonly reason: string;
  readonly items: readonly Item[];
  readonly evidence: readonly Evidence[];
  /** For `cannot_read`: what to ask, export or write down so that the control can be decided. */
  readonly ask?: Ask;
  /** For `pending`: the day on which it becomes due. For `fail`: the day by which it was to be done, where one was set. */
  readonly due?: string;
  /**
   * For `cannot_read`: the day on which what the control asks about was changed. What another check saw up to that day
   * says nothing of how it is now.
   */
  readonly changedOn?: string;
  /**
   * For a pass by what people wrote alone: the day from which that holds, empty where it names none. Documents are cited with
   * the day of the decision, and whoever looked since then and saw otherwise knows better.
   */
  readonly asOf?: string;
}

export interface Verdict {
  readonly control: string;
  readonly version: number;
  readonly state: State;
  /** As of the outcome that counts; of one that `decide` makes itself a code that begins with `decide.`. */
  readonly code: string;
  readonly params: Params;
  readonly reason: string;
  readonly items: readonly Item[];
  readonly evidence: readonly Evidence[];
  /** Questions of which one answer settles what cannot be read, the preferred one first. */
  readonly asks: readonly Ask[];
  /** The same as a sentence for anyone who writes files. */
  readonly question: string | null;
  readonly due: string | null;
  /** Last day on which the readings behind this verdict still count; null where nothing was read. */
  readonly goodUntil: string | null;
  /** Name of the rule that decided; null where none ran. */
  readonly rule: string | null;
  readonly exception: {
    readonly reason: string;
    readonly owner: string;
    readonly until: string;
    readonly covers: number;
  } | null;
  /** What each check said, in order of preference. */
  readonly tried: readonly {
    readonly rule: string;
    readonly state: Outcome['state'];
    readonly reason: string;
  }[];
}

/** What a verdict says, without the rows that it rests on. */
export type VerdictHead = Pick<
  Verdict,
  'control' | 'state' | 'reason' | 'asks' | 'question' | 'due' | 'exception'
>;
