/** What a guard does with what it finds: only writes it down, or refuses it. */
export const CHECK_MODES = ['watch', 'enforce'] as const;
export type CheckMode = (typeof CHECK_MODES)[number];

/**
 * What became of one check of content. `flagged`: it would have been refused, but the guard only watches. `unchecked`: it
 * was let through although not all of it was looked at. `tested`: the vendor's own test of the connection.
 */
export const CHECK_VERDICTS = ['allowed', 'denied', 'flagged', 'unchecked', 'tested'] as const;
export type CheckVerdict = (typeof CHECK_VERDICTS)[number];

/**
 * What the client's own Purview policies said of a prompt, asked as a second opinion. `allowed`: none of them blocked it,
 * also where there is none. `not_answered`: not in time, or not in a way that says anything. `no_account`: the address has
 * no account in the tenant. `not_licensed`: Microsoft does not do this for the tenant without a license or billing.
 */
export const PURVIEW_ANSWERS = ['blocked', 'allowed', 'not_answered', 'no_account', 'not_licensed'] as const;
export type PurviewAnswer = (typeof PURVIEW_ANSWERS)[number];

/** What a refusal rests on: what was found, that not all was looked at, or a policy of Purview. */
export const CHECK_REASONS = ['content', 'unfinished', 'purview'] as const;
export type CheckReason = (typeof CHECK_REASONS)[number];

/** What a person says of an alarm. */
export const CHECK_JUDGMENTS = ['right', 'false_alarm'] as const;
export type CheckJudgment = (typeof CHECK_JUDGMENTS)[number];

/**
 * Whose organization of Claude something was going to, by its id: one that the charter names, another one, such as a
 * personal account, or one that cannot be known.
 */
export const CHECK_ACCOUNTS = ['approved', 'other', 'unknown'] as const;
export type CheckAccount = (typeof CHECK_ACCOUNTS)[number];

/** What a check found. It holds nothing of the content. */
export interface CheckOutcome {
  /** By rule, of which there were as many hits as matter, how many. */
  readonly alarming: Readonly<Record<string, number>>;
  /** All of it was looked at in the time there was. */
  readonly finished: boolean;
}

export interface CheckRules {
  readonly mode: CheckMode;
  /** Whether the charter refuses what could not be looked at; null: it does not say. */
  readonly blockUnchecked: boolean | null;
}

/** The verdict on a check. `because`: what it rests on, where it was refused or would have been. */
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

/** A verdict with the second opinion of Purview, which makes it stricter or leaves it; null: it was not asked. */
export function withPurview(own: Decided, mode: CheckMode, purview: PurviewAnswer | null): Decided {
  return own.verdict === 'allowed' && purview === 'blocked'
    ? { verdict: mode === 'enforce' ? 'denied' : 'flagged', because: 'purview' }
    : own;
}

/** What an activity says of a decision, by the names that rules over activities use. */
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

/** The type of the activity that a verdict becomes. */
export const checkType = (verdict: CheckVerdict) => `content_check_${verdict}` as const;
