/** What a guard does with findings: only records them, or blocks. */
export const CHECK_MODES = ['watch', 'enforce'] as const;
export type CheckMode = (typeof CHECK_MODES)[number];

/**
 * Result of one check of content. `flagged`: would have been blocked, but the guard only watches. `unchecked`: let
 * through although not all of it was scanned. `tested`: the vendor's connection test.
 */
export const CHECK_VERDICTS = ['allowed', 'denied', 'flagged', 'unchecked', 'tested'] as const;
export type CheckVerdict = (typeof CHECK_VERDICTS)[number];

/**
 * The second opinion of the client's Purview policies on a prompt. `allowed`: none of them blocked it, or there is
 * none. `not_answered`: not in time, or without a usable answer. `no_account`: the address has no account in the
 * tenant. `not_licensed`: Microsoft requires a license or billing for it.
 */
export const PURVIEW_ANSWERS = ['blocked', 'allowed', 'not_answered', 'no_account', 'not_licensed'] as const;
export type PurviewAnswer = (typeof PURVIEW_ANSWERS)[number];

/** The basis of a block: findings, incomplete scanning, or a Purview policy. */
export const CHECK_REASONS = ['content', 'unfinished', 'purview'] as const;
export type CheckReason = (typeof CHECK_REASONS)[number];

/** A person's assessment of an alert. */
export const CHECK_JUDGMENTS = ['right', 'false_alarm'] as const;
export type CheckJudgment = (typeof CHECK_JUDGMENTS)[number];

/**
 * Which Claude organization content was sent to, by its id: one that the charter names, another one (such as a
 * personal account), or unknown.
 */
export const CHECK_ACCOUNTS = ['approved', 'other', 'unknown'] as const;
export type CheckAccount = (typeof CHECK_ACCOUNTS)[number];

/** Findings of a check, without any content. */
export interface CheckOutcome {
  /** Number of hits by rule, for rules that reached their threshold. */
  readonly alarming: Readonly<Record<string, number>>;
  /** Everything was scanned in time. */
  readonly finished: boolean;
}

export interface CheckRules {
  readonly mode: CheckMode;
  /** Whether the charter requires blocking content that could not be scanned; null: it does not say. */
  readonly blockUnchecked: boolean | null;
}

/** The verdict on a check. `because`: why it was or would have been blocked. */
export function decideCheck(
  { alarming, finished }: CheckOutcome,
  { mode, blockUnchecked }: CheckRules,
): { readonly verdict: Exclude<CheckVerdict, 'tested'>; readonly because: 'content' | 'unfinished' | null } {
  if (Object.keys(alarming).length > 0)
    return { verdict: mode === 'enforce' ? 'denied' : 'flagged', because: 'content' };
  if (finished) return { verdict: 'allowed', because: null };
  return mode === 'enforce' && blockUnchecked === true
    ? { verdict: 'denied', because: 'unfinished' }
    : { verdict: 'unchecked', because: 'unfinished' };
}

interface Decided {
  readonly verdict: CheckVerdict;
  readonly because: CheckReason | null;
}

/** Adds Purview's second opinion, which can only make a verdict stricter; null: it was not asked. */
export function withPurview(own: Decided, mode: CheckMode, purview: PurviewAnswer | null): Decided {
  return own.verdict === 'allowed' && purview === 'blocked'
    ? { verdict: mode === 'enforce' ? 'denied' : 'flagged', because: 'purview' }
    : own;
}

/** Fields of a decision's activity, by the names that detections use. */
export const CHECK_DETAILS = [
  'guard',
  'reference',
  'mode',
  'finished',
  'because',
  'rules',
  'groups',
  'fingerprints',
  'application',
  'unread',
  'account',
  'purview',
] as const;

/** The type of the activity for a verdict. */
export const checkType = (verdict: CheckVerdict) => `content_check_${verdict}` as const;
