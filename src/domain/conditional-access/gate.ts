import type { Impact } from './impact.ts';

/** Decision about a person whom an enforced policy would keep out. */
export const GATE_DECISIONS = ['ready', 'left_out', 'kept_out'] as const;
/** ready: it will let them in by then · left_out: they are left out for some days · kept_out: that is meant */
export type GateDecision = (typeof GATE_DECISIONS)[number];

/** Percent of people who would be kept out above which a policy is not enforced, unless the plan names another limit. */
export const GATE_PERCENT = 10;

export interface GateAsked {
  /** Decisions by address, in lower case; `*`: everyone of whom none is named. */
  readonly decisions: Readonly<Record<string, GateDecision>>;
  readonly limit: number;
  /** Reason to enforce it although it is unknown whom it would keep out. */
  readonly unmeasured: string | null;
}

/** What keeps a policy from being enforced. */
export type Gate =
  | { readonly is: 'open' }
  | { readonly is: 'undecided'; readonly people: readonly string[] }
  | { readonly is: 'share'; readonly percent: number; readonly limit: number; readonly people: number }
  | { readonly is: 'not_measured'; readonly why: string };

/**
 * Whether a policy may be enforced with the impact that was measured while it only reported: each person whom it would
 * keep out is decided on, and those who will not get in are no larger share than the limit.
 */
export function gateOf(impact: Impact, { decisions, limit, unmeasured }: GateAsked): Gate {
  if (impact.is === 'not_recorded') return { is: 'open' };
  if (impact.is === 'not_read')
    return unmeasured === null ? { is: 'not_measured', why: impact.why } : { is: 'open' };
  if (impact.what !== 'blocked') return { is: 'open' };
  const decided = (who: string) => decisions[who.trim().toLowerCase()] ?? decisions['*'];
  const undecided = impact.people.filter(({ who }) => decided(who) === undefined);
  if (undecided.length > 0) return { is: 'undecided', people: undecided.map(({ who }) => who) };
  const out = impact.people.filter(({ who }) => decided(who) === 'kept_out').length;
  const percent = impact.of === 0 ? 0 : Math.round((out / impact.of) * 1000) / 10;
  return percent > limit ? { is: 'share', percent, limit, people: out } : { is: 'open' };
}
// Guide: G6.3-01 G6.3-08
